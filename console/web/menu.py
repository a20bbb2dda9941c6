"""The menu: which pages there are, what they are called, who sees them, what is counted beside them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from console.paging import Count
from console.web.desk import Desk
from console.web.frames import Link
from engine.store.database import Work
from engine.store.numbers import Number, ask
from engine.words import Sentence, say, tr

BUREAU: Final = frozenset({"municipal_coordinator", "leader", "administrator"})
DISTRICT: Final = frozenset({"district_coordinator", "district_section_head", "district_deputy_head"})
WORKING: Final = frozenset({"municipal_coordinator", "administrator"})
BRINGING: Final = frozenset({"laboratory", "institute"})
ALL: Final = BUREAU | DISTRICT | BRINGING

Counted = Callable[[Desk, Work], int | Count | Number | None]
"""What is counted already, or a number that is asked for with others; None where there is nothing to count."""


@dataclass(frozen=True, slots=True)
class Row:
    """A page in the menu, for people with one of the roles."""

    path: str
    label: Sentence
    roles: frozenset[str]


ROWS: Final = (
    Row("/overview", tr("Overview"), BUREAU),
    Row("/outlook", tr("Progress and outlook"), BUREAU),
    Row("/tasks", tr("To do"), ALL - {"leader", "administrator"}),
    Row("/outlook", tr("Progress and outlook"), DISTRICT),
    Row("/cases", tr("Register"), BUREAU | BRINGING),
    Row("/cases", tr("Our enterprises"), DISTRICT),
    Row("/nominate", tr("Nominate"), frozenset({"district_coordinator"})),
    Row("/nominate", tr("Bring in lists"), WORKING | BRINGING),
    Row("/board", tr("Board"), BUREAU | DISTRICT),
    Row("/deadlines", tr("Deadlines and supervision"), BUREAU),
    Row("/deadlines", tr("Calendar of deadlines"), DISTRICT),
    Row("/verifying", tr("Verifying"), frozenset({"municipal_coordinator"})),
    Row("/publications", tr("Public lists"), BUREAU | {"district_coordinator"}),
    Row("/reports", tr("Half-yearly reports"), BUREAU | DISTRICT),
    Row("/letters", tr("Letters"), BUREAU),
    Row("/letters", tr("Letters received"), DISTRICT),
    Row("/statistics", tr("Statistics and export"), BUREAU),
    Row("/statistics", tr("Export and print"), DISTRICT),
    Row("/settings", tr("Settings of the campaign"), BUREAU),
    Row("/people", tr("People and roles"), WORKING),
    Row("/operation", tr("State of operation"), WORKING),
)
"""In the order of the menu. A row shows once its page is there."""

COUNTS: Final[dict[str, Counted]] = {}
"""What is counted beside a row, by its path; a page that counts something puts it here."""


def menu_of(desk: Desk, work: Work) -> tuple[Link, ...]:
    """The rows this person sees, one for each path."""
    there = addresses(desk)
    shown = [row for row in ROWS if row.roles & desk.roles and row.path in there]
    rows = {row.path: row for row in reversed(shown)}
    path = desk.request.url.path
    counts = _counts(desk, work, rows.keys())
    return tuple(
        Link(row.path, say(row.label, desk.locale), counts.get(row.path), _is_at(row.path, path))
        for row in sorted(rows.values(), key=ROWS.index)
    )


def first_page(desk: Desk) -> str:
    """Where this person's work begins."""
    there = addresses(desk)
    return next((row.path for row in ROWS if row.roles & desk.roles and row.path in there), "/account")


def addresses(desk: Desk) -> frozenset[str]:
    """The addresses that have a page."""
    found: frozenset[str] = desk.request.app.state.addresses
    return found


def _counts(desk: Desk, work: Work, paths: Collection[str]) -> dict[str, int | Count]:
    """What is counted beside rows; numbers that are to be asked for in one statement."""
    found = {path: count(desk, work) for path, count in COUNTS.items() if path in paths}
    wanted = {path: one for path, one in found.items() if isinstance(one, Number)}
    told = dict(zip(wanted, ask(work, list(wanted.values())), strict=True))
    return told | {path: one for path, one in found.items() if isinstance(one, int | Count)}


def _is_at(row: str, path: str) -> bool:
    return path == row or path.startswith(f"{row}/")
