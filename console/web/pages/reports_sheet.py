"""The form of a half-yearly report as a page shows it: every field with what is typed, what the records say, hints."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from console.web.attempt import Attempt
from engine.errors import EngineError, Refused
from engine.kinds import Reason
from engine.words import Sentence, tr
from workflows.benchmarking.annex3 import BY_KEY, COUNTED, FIELDS, HINT, Field
from workflows.benchmarking.annex3checks import Findings
from workflows.benchmarking.model import ReportSheet, ReportVersion

WAS: Final = "was."
FOLLOWING: Final = frozenset({*COUNTED, *(field.key for field in FIELDS if field.of)})
"""Fields that follow the records or other fields by themselves until somebody types into them."""

NUMBERS: Final = frozenset({"count", "amount", "percent"})


@dataclass(frozen=True, slots=True)
class Box:
    """A field of one industry's form; `known` is what the records say, `within` their figure for the period alone."""

    field: Field
    name: str
    value: str
    known: str
    within: str
    differs: bool
    hints: tuple[Sentence, ...]

    @property
    def follows(self) -> bool:
        return self.field.key in FOLLOWING

    @property
    def is_number(self) -> bool:
        return self.field.kind in NUMBERS

    @property
    def note(self) -> str:
        """What the form itself prints below the field."""
        return HINT if self.field.key == "standards_influence_gains" else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The form of one industry."""

    industry: str
    title: str
    boxes: tuple[Box, ...]

    @property
    def rows(self) -> tuple[Box, ...]:
        """Fields that stand side by side."""
        return tuple(one for one in self.boxes if one.field.kind != "long")

    @property
    def texts(self) -> tuple[Box, ...]:
        return tuple(one for one in self.boxes if one.field.kind == "long")


def sheets_of(version: ReportVersion, findings: Findings) -> tuple[Sheet, ...]:
    hints: dict[str, list[Sentence]] = {}
    for one in findings.hints:
        hints.setdefault(one.part, []).append(one.sentence)
    return tuple(_sheet(sheet, hints) for sheet in version.sheets)


def _sheet(sheet: ReportSheet, hints: Mapping[str, list[Sentence]]) -> Sheet:
    within: Mapping[str, Any] = sheet.computed.get("within", {})
    boxes = []
    for field in FIELDS:
        name = f"{sheet.industry}:{field.key}"
        boxes.append(
            Box(
                field=field,
                name=name,
                value=shown(sheet.typed.get(field.key)),
                known=shown(sheet.computed.get(field.key)),
                within=shown(within.get(field.key)),
                differs=field.key in sheet.differences,
                hints=tuple(hints.get(name, ())),
            )
        )
    return Sheet(sheet.industry, str(sheet.typed.get("industry_name") or sheet.industry), tuple(boxes))


def shown(value: object) -> str:
    return "" if value is None else str(value)


def entries_of(version: ReportVersion, typed: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, str]]:
    """What was changed on the page, by industry and field; what stands there untouched goes on following the records.

    A field that follows is compared with what the page had shown, every other one with what is kept.
    """
    found: dict[str, dict[str, str]] = {}
    for sheet in version.sheets:
        for key in BY_KEY:
            name = f"{sheet.industry}:{key}"
            if name not in typed:
                continue
            value = typed[name][-1].replace("\r\n", "\n")
            before = typed.get(WAS + name, ("",))[-1] if key in FOLLOWING else shown(sheet.typed.get(key))
            if value != before:
                found.setdefault(str(sheet.typed.get("industry_name") or sheet.industry), {})[key] = value
    return found


def placed(attempt: Attempt, version: ReportVersion | None) -> Attempt:
    """The same with every reason at its field, and a short word above them in place of all reasons once more."""
    reasons: tuple[Reason, ...] = getattr(attempt.refusal, "reasons", ())
    names = {f"{sheet.industry}:{key}" for sheet in (version.sheets if version else ()) for key in BY_KEY}
    if not reasons or not all(one.part in names for one in reasons):
        return attempt
    return Attempt(attempt.typed, _at_fields(reasons), _told(len(reasons)))


def checked(findings: Findings) -> Attempt:
    """What a check found, as if the form had been refused."""
    return Attempt({}, _at_fields(findings.errors), _told(len(findings.errors)) if findings.errors else None)


def _at_fields(reasons: tuple[Reason, ...]) -> dict[str, Sentence]:
    faults: dict[str, Sentence] = {}
    for one in reasons:
        faults.setdefault(one.part, one.sentence)
    return faults


def _told(n: int) -> EngineError:
    return Refused(tr("{n} places are to be mended before the report can be handed in; what was typed is kept.", n=n))
