"""The script of a rehearsal: which district does what on which day, read from YAML and checked whole."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from engine.faults import FaultsFound, refuse_if_any
from engine.sections import Day, Name, Section, Text, validated
from engine.yamlsource import read_document

Span = tuple[Day, Day]
"""From the day of the first enterprise to the day of the last."""


class Pace(Section):
    """When a district takes its steps: the enterprises of its list spread evenly over each span."""

    draft: Span
    upload: Span
    verify: Span
    publish: Span
    leader: Span | None = None


class DistrictScript(Section):
    """`reports` gives the day each half-yearly report is handed in; a missing one never is."""

    pace: Name
    reports: dict[str, Day] = Field(default_factory=dict)
    leaders: Annotated[int, Field(ge=0)] = 0
    """How many of its enterprises are proposed as Top Runner candidates."""


class ListArrives(Section):
    """`by` brings it in where the district does not do so itself; `refused` are the faults for which it goes back."""

    on: Day
    district: Name
    file: Text
    by: Text | None = None
    refused: tuple[Text, ...] = ()
    replaces: Text | None = None
    pace: Name | None = None


class SentBack(Section):
    do: Literal["send_back"]
    on: Day
    enterprise: Text
    step: Name
    reason: Text
    again: Day


class Withdrawn(Section):
    do: Literal["withdraw"]
    on: Day
    enterprise: Text
    reason: Text


class Returned(Section):
    """The next proposal of the enterprise from that day on is returned instead of confirmed."""

    do: Literal["return"]
    on: Day
    enterprise: Text
    reason: Text


class Replied(Section):
    do: Literal["reply"]
    on: Day
    district: Name
    milestone: Name
    promised: Day
    reason: Text


class Extended(Section):
    do: Literal["extend"]
    on: Day
    enterprise: Text
    milestone: Name
    to: Day
    reason: Text
    granted: bool = True


class Corrected(Section):
    do: Literal["correct"]
    on: Day
    enterprise: Text
    reason: Text
    again: Day


Event = Annotated[SentBack | Withdrawn | Returned | Replied | Extended | Corrected, Field(discriminator="do")]


class Script(Section):
    """A whole campaign as it is played. Paths of files are relative to the script."""

    campaign: Name
    since: Day
    until: Day
    confirm_after: Annotated[int, Field(ge=0, le=30)] = 2
    """Workdays after which the bureau confirms what was proposed."""
    enterprises: tuple[Text, ...] = ()
    """Tables (CSV) of the enterprises' credit codes, industries, clusters and honours."""
    paces: dict[Name, Pace]
    districts: dict[Name, DistrictScript]
    lists: tuple[ListArrives, ...]
    events: tuple[Event, ...] = ()


def load_script(path: Path) -> Script:
    """Read a script; refused with every fault, its place and what was expected."""
    document = read_document(path)
    script, findings = validated(Script, document.content)
    refuse_if_any((*document.faults, *(document.locate(finding) for finding in findings)))
    if script is None:
        raise FaultsFound(document.faults)
    return script


def spread(span: Span, place: int, of: int) -> date:
    """The day of the enterprise at a place (from 0) of so many, spread evenly over the span."""
    first, last = span
    share = place / (of - 1) if of > 1 else 1.0
    return date.fromordinal(first.toordinal() + round((last - first).days * share))
