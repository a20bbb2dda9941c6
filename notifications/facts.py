"""What each letter may say: one frozen dataclass a letter, its fields the only names its templates know."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from engine.figures import Overview
from engine.flow import Label


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes: the platform, the bureau and its section, and whom to call; `link` may be empty."""

    system: str
    bureau: str
    section: str
    contact: str
    phone: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What every letter has around it. `instead_of` names districts nobody of whom has an address, so that somebody
    else gets the letter; `copies` names who gets a copy; `cutoff` is in local time.
    """

    head: Letterhead
    short: str
    campaign: str
    plan_title: str
    addressee: str
    on: date
    cutoff: datetime
    reference: str
    copies: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseRow:
    """An open case: its subject, the state it is in, and the day the district promised, if it did."""

    name: str
    state: Label
    promised_on: date | None = None


@dataclass(frozen=True, slots=True)
class OpenCases:
    """A district's open cases of one milestone and day. `days` are working days left or late; `hidden` rows stand in
    the attached list; `enterprises` tells whether the cases are enterprises or a task of the district itself; `waiting`
    further ones wait for the level above to confirm the milestone.
    """

    district: str
    milestone: Label
    due_on: date
    days: int
    target: int
    done: int
    rows: tuple[CaseRow, ...]
    hidden: int
    enterprises: bool
    waiting: int = 0

    @property
    def open(self) -> int:
        return len(self.rows) + self.hidden


@dataclass(frozen=True, slots=True)
class Earlier:
    """A letter that went before: when, what it was called, and what became of it."""

    on: date
    level: Label
    outcome: Label


@dataclass(frozen=True, slots=True)
class Reminder:
    frame: Frame
    district: str
    sections: tuple[OpenCases, ...]
    open: int
    enterprises: bool
    due_on: date
    days: int


@dataclass(frozen=True, slots=True)
class Chase:
    """`time` is the how-manieth of this kind for the same day."""

    frame: Frame
    district: str
    sections: tuple[OpenCases, ...]
    open: int
    enterprises: bool
    due_on: date
    days: int
    answer_by: date
    time: int
    earlier: tuple[Earlier, ...]


@dataclass(frozen=True, slots=True)
class Supervision:
    frame: Frame
    district: str
    sections: tuple[OpenCases, ...]
    open: int
    enterprises: bool
    due_on: date
    days: int
    answer_by: date
    earlier: tuple[Earlier, ...]
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Circular:
    frame: Frame
    sections: tuple[OpenCases, ...]
    open: int
    districts: int
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extension:
    """A deadline that was asked to be moved, and to which day."""

    subject: str
    milestone: Label
    from_on: date | None
    to_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that was done to a case, with the words of whoever did it."""

    subject: str
    what: Label
    reason: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class ExtensionGranted:
    frame: Frame
    district: str
    lines: tuple[Extension, ...]


@dataclass(frozen=True, slots=True)
class ExtensionRefused:
    frame: Frame
    district: str
    lines: tuple[Extension, ...]


@dataclass(frozen=True, slots=True)
class SentBack:
    frame: Frame
    district: str
    lines: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class ProposalReturned:
    frame: Frame
    district: str
    lines: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class ListAccepted:
    frame: Frame
    district: str
    lines: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class ListRefused:
    """`papers` are the lists as they go back with every fault marked."""

    frame: Frame
    district: str
    lines: tuple[Happening, ...]
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportDue:
    frame: Frame
    district: str
    lines: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    frame: Frame
    district: str
    lines: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class Happened:
    """Facts of letters that steps of other flows name; their templates know the same names."""

    frame: Frame
    district: str
    lines: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """`issue` counts the weeks since the campaign began; `quiet` weeks say so in one line; `root` is the fingerprint
    of the journal up to the last day of the week; `levels` and `deeds` are the words for what the overview names.
    """

    frame: Frame
    issue: int
    year: int
    overview: Overview
    quiet: bool
    root: str
    attached: str
    levels: Mapping[str, Label]
    deeds: Mapping[str, Label]


@dataclass(frozen=True, slots=True)
class Test:
    frame: Frame
    relay: str
    asked_by: str


@dataclass(frozen=True, slots=True)
class AccountLetter:
    """A letter to one person with a link for that person alone; `address` is good until `until`, in local time."""

    frame: Frame
    login: str
    address: str
    until: datetime
    asked_by: str


@dataclass(frozen=True, slots=True)
class Invitation(AccountLetter):
    """To set a first password."""


@dataclass(frozen=True, slots=True)
class PasswordReset(AccountLetter):
    """To set the password anew."""


@dataclass(frozen=True, slots=True)
class SignInLink(AccountLetter):
    """To open one page."""


LEVEL_WORDS: Final[Mapping[str, Label]] = MappingProxyType(
    {
        "reminder": {"zh": "提醒", "en": "reminder"},
        "chase": {"zh": "催办", "en": "chase"},
        "supervision": {"zh": "督办", "en": "supervision"},
        "circular": {"zh": "通报", "en": "circular"},
    }
)
"""What the levels of the ladder are called."""

DEED_WORDS: Final[Mapping[str, Label]] = MappingProxyType(
    {
        "reply": {"zh": "答复", "en": "answer"},
        "ask": {"zh": "申请延期", "en": "asks for an extension"},
        "extend": {"zh": "延期", "en": "extended"},
        "refuse": {"zh": "未同意延期", "en": "extension refused"},
        "shorten": {"zh": "缩短延期", "en": "extension shortened"},
        "take_back": {"zh": "撤回延期", "en": "extension taken back"},
        "pause": {"zh": "暂停", "en": "paused"},
        "resume": {"zh": "恢复", "en": "resumed"},
        "waive": {"zh": "免除", "en": "waived"},
        "chase": {"zh": "催办", "en": "chased"},
        "supervision": {"zh": "督办", "en": "supervised"},
    }
)
"""What people do to deadlines."""
