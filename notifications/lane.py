"""The way to the relay: closed for a while after a fault that is not a mail's own, longer with each one in a row."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from engine.store import settings
from engine.store.database import Work
from notifications.classify import Finding, next_try
from notifications.faults import Fault

SETTING: Final = "mail_lane"


@dataclass(frozen=True, slots=True)
class Lane:
    """Closed `until`, because of the last of `streak` faults in a row, the first of which was at `since`."""

    until: datetime
    since: datetime
    fault: str
    words: str
    streak: int


def read(work: Work) -> Lane | None:
    """The closure on record, also when it is over; None when all went well last time."""
    kept = settings.read(work, SETTING)
    if not kept:
        return None
    return Lane(
        until=datetime.fromisoformat(kept["until"]),
        since=datetime.fromisoformat(kept["since"]),
        fault=kept["fault"],
        words=kept["words"],
        streak=kept["streak"],
    )


def is_closed(work: Work) -> bool:
    lane = read(work)
    return lane is not None and lane.until > work.now


def close(work: Work, finding: Finding, words: str) -> None:
    """Close the way for as long as the fault and its repetition ask."""
    before = read(work)
    streak = before.streak + 1 if before else 1
    until = next_try(finding, streak, now=work.now, key=SETTING) or work.now
    lane = {
        "until": until.isoformat(),
        "since": (before.since if before else work.now).isoformat(),
        "fault": Fault(finding.fault).value,
        "words": words,
        "streak": streak,
    }
    settings.write(work, SETTING, lane)


def open_again(work: Work) -> None:
    """Forget the fault: something was taken, or a person says that it is mended."""
    if read(work) is not None:
        settings.write(work, SETTING, {})
