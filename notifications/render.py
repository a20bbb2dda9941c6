"""Letters become words here: sandboxed templates, every name must exist, HTML escaped; the only home of Jinja2."""

import re
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, ClassVar, Final

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from engine.errors import EngineError
from engine.quoting import alternated
from engine.words import tr
from notifications.columns import clip, wrap
from notifications.wording import WORDINGS, Wording

LOCALES: Final = ("zh_CN", "en")
PARTS: Final = ("subject.txt", "body.txt", "body.html")
LONGEST_SUBJECT: Final = 50
LAYOUT: Final = "_layout"
BLANK: Final = "\n\n"
_BLANKS: Final = re.compile(r"\n(?:[ \t]*\n){2,}")
"""Several empty lines, as conditions of templates leave them behind; one is enough."""


class LetterFailed(EngineError):
    """A letter could not be put into words."""

    code: ClassVar[str] = "LETTER_FAILED"

    def __init__(self, template: str, line: int, fault: str) -> None:
        super().__init__(
            tr("The letter template {template}, line {line}: {fault}", template=template, line=line, fault=fault)
        )
        self.template = template
        self.line = line
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter in words: one line of subject, plain text within 78 columns, a whole HTML page."""

    subject: str
    text: str
    html: str


class Letters:
    """The letters of a folder (`NAME/LOCALE/PART`), read once; `version` is a hash over all of them."""

    def __init__(self, folder: Traversable | None = None) -> None:
        self._sources = dict(_read(folder or files("notifications").joinpath("letters"), ""))
        self._environments = {locale: self._environment(WORDINGS[locale]) for locale in LOCALES}

    @cached_property
    def version(self) -> str:
        digest = sha256()
        for name, source in sorted(self._sources.items()):
            digest.update(f"{name}\0{source}\0".encode())
        return digest.hexdigest()

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted({name.split("/")[0] for name in self._sources} - {LAYOUT}))

    def missing(self) -> tuple[str, ...]:
        """Parts that a letter lacks in some language."""
        wanted = (f"{name}/{locale}/{part}" for name in self.names for locale in LOCALES for part in PARTS)
        return tuple(name for name in wanted if name not in self._sources)

    def render(self, name: str, locale: str, facts: object) -> Rendered:
        """The letter in one language; `facts` is a dataclass whose fields are the names that templates may use."""
        values: dict[str, Any] = {field.name: getattr(facts, field.name) for field in fields(facts)}  # type: ignore[arg-type]
        subject = self._part(f"{name}/{locale}/subject.txt", locale, values).strip()
        if "\n" in subject or not 0 < len(subject) <= LONGEST_SUBJECT:
            fault = (
                f"a subject is one line of 1 to {LONGEST_SUBJECT} characters; this one has {len(subject)}: {subject}"
            )
            raise LetterFailed(f"{name}/{locale}/subject.txt", 1, fault)
        text = self._part(f"{name}/{locale}/body.txt", locale, values)
        html = self._part(f"{name}/{locale}/body.html", locale, values)
        return Rendered(subject, f"{wrap(_BLANKS.sub(BLANK, text.strip()))}\n", html)

    def _part(self, template: str, locale: str, values: Mapping[str, Any]) -> str:
        try:
            return alternated(self._environments[locale].get_template(template).render(values))
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as fault:
            raise self._located(template, fault) from fault

    def _located(self, template: str, fault: Exception) -> LetterFailed:
        """The failure with the innermost template and line it came from."""
        if isinstance(fault, TemplateSyntaxError):
            return LetterFailed(fault.name or template, fault.lineno, str(fault.message))
        frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if frame.filename in self._sources]
        if frames:
            template, line = frames[-1].filename, frames[-1].lineno or 0
        else:
            line = 0
        return LetterFailed(template, line, f"{type(fault).__name__}: {fault}")

    def _environment(self, wording: Wording) -> ImmutableSandboxedEnvironment:
        environment = ImmutableSandboxedEnvironment(
            loader=FunctionLoader(self._load),
            undefined=StrictUndefined,
            autoescape=lambda name: name is not None and name.endswith(".html"),
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
        )
        environment.filters.update({"clip": clip, **wording.filters()})
        environment.globals["locale"] = wording.locale
        return environment

    def _load(self, name: str) -> tuple[str, str, Any] | None:
        source = self._sources.get(name)
        return None if source is None else (source, name, lambda: True)


def _read(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _read(entry, f"{path}{entry.name}/")
        elif entry.name.endswith((".txt", ".html")):
            yield f"{path}{entry.name}", entry.read_text(encoding="utf-8")
