"""What letters need to know of a campaign kind: standings and papers, by protocols that workflows implement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from engine.figures import Overview
    from engine.kinds import Standing
    from engine.store.database import Work


ANSWER_WORKDAYS: Final = 3
"""Workdays that a district has to answer 催办 and 督办; letters and papers name the same day."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that goes with a letter; `name` is what the receiver sees and ends in its true extension."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Section:
    """What one mail says about one district and one milestone: its open cases, the due day and how late it is."""

    district_id: int
    district: str
    milestone: str
    milestone_label: Mapping[str, str]
    due_on: date
    workdays_late: int
    """Working days since the due day; negative before it."""
    names: tuple[str, ...]
    """Subjects of the open cases that this mail is about, in the order of the list."""
    standing: "Standing"
    data: Mapping[str, Any]


class Briefing(Protocol):
    """Joined in the console's bootstrap; one for each campaign kind."""

    def standing(self, work: "Work", campaign: str, district_id: int, milestone: str) -> "Standing":
        """Where a district stands with a milestone now."""

    def slip(self, work: "Work", campaign: str, sections: Sequence[Section], on: date) -> Paper:
        """The draft 督办单 for one district, to be signed by a person."""

    def circular(self, work: "Work", campaign: str, sections: Sequence[Section], on: date) -> Paper:
        """The draft 通报 with its table, to be signed by a person."""

    def overview_sheet(self, work: "Work", campaign: str, overview: "Overview") -> Paper:
        """The digest's table as a spreadsheet, with the list of enterprises behind it."""
