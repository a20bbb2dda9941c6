"""Fields of a form as rows of a table, so that a page shows any form of a kind by the same template."""

from dataclasses import dataclass
from typing import Literal

from console.web.frames import Choice
from engine.words import Sentence

Kind = Literal["text", "day", "area", "choice", "file", "tick", "ticks", "number"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field: what it is called, what kind it is, and what stands in it before anybody types."""

    name: str
    label: Sentence
    kind: Kind = "text"
    before: object = ""
    hint: Sentence | None = None
    required: bool = False
    choices: tuple[Choice, ...] = ()
    blank: Sentence | None = None
