"""A fault of a list: where it stands, what is the matter, what it means and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from engine.quoting import alternated
from workflows.benchmarking.roster.sentences import WORDINGS, Wording
from workflows.benchmarking.roster.sheets import Place

Severity = Literal["error", "warning"]

_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Spotted:
    """Where a fault stands: row counted from 1 and column from 0, both None where the whole file is meant."""

    place: Place | None = None
    row: int | None = None
    column: int | None = None
    label: str | None = None

    def spoken(self) -> str:
        """As a person says it."""
        if self.place is None:
            return ""
        said = self.place.spoken()
        if self.row is not None:
            said += f"第{self.row}行"
        return f"{said}“{self.label}”" if self.label else said


NOWHERE = Spotted()


@dataclass(frozen=True, slots=True)
class Fault:
    """An error, which refuses, or a warning, which does not; `more` are further keys of the answer."""

    severity: Severity
    code: str
    name: str | None
    detail: str
    at: Spotted = NOWHERE
    more: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    wording: Wording | None = None

    @property
    def sentence(self) -> str:
        """What is the matter, with the place."""
        where = self.at.spoken()
        return f"{where}：{self.said}" if where else self.said

    @property
    def said(self) -> str:
        """What is the matter, for whoever stands at the place already."""
        wording = self.wording or WORDINGS[self.code]
        return alternated(wording.sentence.replace("{detail}", self.detail))

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return (self.wording or WORDINGS[self.code]).remedy

    def as_json(self) -> dict[str, object]:
        """The answer for machines; place and row are those of the sender's file."""
        answer: dict[str, object] = {"field": self.name, "code": self.code, "detail": self.detail, **self.more}
        answer |= {"sentence": self.sentence, "remedy": self.remedy}
        if self.at.place is not None:
            answer |= self.at.place.as_json()
            answer |= {"row": self.at.row, "column": self.at.label}
            if self.at.row is not None and self.at.column is not None:
                answer["cell"] = self.at.place.cell(self.at.row - 1, self.at.column)
        return answer
