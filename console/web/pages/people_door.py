"""Who signed in, failed to or left, and what was taken out of the house: of one person, or of everybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.responses import Response

from console.accounts import audit
from console.administration import ADMINISTRATORS
from console.doorwords import DETAILS, KINDS, METHODS, OUTCOMES
from console.web.asked import Asked
from console.web.desk import AtDesk, Desk
from console.web.frames import Choice
from engine.model import Person
from engine.store import people
from engine.store.database import Work
from engine.store.signins import Disclosure, SignIn
from engine.words import Sentence

pages = APIRouter()
MOST: Final = 50
TAKEN: Final = "disclosures"


class Filters(Asked):
    """`person` is a number, `outcome` one of those there are; `before` goes on where a page ended."""

    person: int | None = None
    outcome: str = ""
    what: str = "sign_ins"
    before: int | None = None


@dataclass(frozen=True, slots=True)
class DoorPage:
    """Either sign-ins or disclosures, the newest first; `words` are what their code words are called."""

    query: Mapping[str, object]
    what: str
    person: Person | None
    names: Mapping[int, str]
    outcomes: tuple[Choice, ...]
    sign_ins: tuple[SignIn, ...]
    disclosures: tuple[Disclosure, ...]
    words: Mapping[str, Sentence]
    older: int | None
    filtered: bool


WORDS: Final[Mapping[str, Sentence]] = {**OUTCOMES, **METHODS, **DETAILS, **KINDS}


@pages.get("/people/door")
def show_door(desk: AtDesk, filters: Annotated[Filters, Query()]) -> Response:
    """For administrators: what happens at the door tells of people, not of the campaign."""
    desk.only_for(*ADMINISTRATORS)
    taken = filters.what == TAKEN
    with desk.look() as work:
        person = people.get(work, filters.person) if filters.person is not None else None
        names = {one.id: f"{one.name} ({one.login})" for one in people.every(work)}
        sign_ins, disclosures = _rows(desk, work, filters)
    rows: tuple[SignIn, ...] | tuple[Disclosure, ...] = disclosures if taken else sign_ins
    page = DoorPage(
        query={name: value for name, value in filters.query.items() if name != "before"},
        what=TAKEN if taken else "sign_ins",
        person=person,
        names=names,
        outcomes=tuple(Choice(key, desk.say(word), key == filters.outcome) for key, word in OUTCOMES.items()),
        sign_ins=sign_ins,
        disclosures=disclosures,
        words=WORDS,
        older=rows[-1].id if len(rows) == MOST else None,
        filtered=bool(filters.outcome) or person is not None,
    )
    return desk.page("people/door.html", page)


def _rows(desk: Desk, work: Work, filters: Filters) -> tuple[tuple[SignIn, ...], tuple[Disclosure, ...]]:
    """The one or the other."""
    whose, before = filters.person, filters.before
    if filters.what == TAKEN:
        return (), audit.disclosures(work, desk.actor, person_id=whose, before=before, limit=MOST)
    outcomes = [filters.outcome] if filters.outcome in OUTCOMES else []
    return audit.sign_ins(work, desk.actor, person_id=whose, outcomes=outcomes, before=before, limit=MOST), ()
