"""The register: every case one may see, filtered by the address, fifty a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.responses import Response

from console.bulk import ADVANCE, CHASE, EXTEND, MOST, SUPERVISE
from console.finding import find_district
from console.paging import Page
from console.register import Line, Wanted, register
from console.statistics import industry_name
from console.views import views_of
from console.web.asked import Asked
from console.web.attempt import NOTHING, Attempt
from console.web.desk import AtDesk, Desk
from console.web.frames import Choice
from console.web.menu import BRINGING, DISTRICT
from engine.access import scopes
from engine.figures import DUE_SOON, LATE, NORMAL
from engine.flow import Flow, Label
from engine.model import Organisation
from engine.roles import SUPERVISORS
from engine.store import areas, definitions, organisations, topics
from engine.store.database import Work
from engine.store.views import View
from engine.words import Sentence, tr
from workflows.benchmarking import industries
from workflows.benchmarking.details import read_division
from workflows.benchmarking.kind import ENTERPRISE

pages = APIRouter()

LIGHTS: Final = {"red": LATE.label, "yellow": DUE_SOON.label, "green": NORMAL.label}


CHOICES: Final = 200
"""Districts that a list to choose from still shows."""


class Filters(Asked):
    """What the address may ask for; what it does not know is left alone."""

    district: str = ""
    state: str = ""
    reached: str = ""
    before: str = ""
    industry: str = ""
    name: str = ""
    overdue: bool = False
    light: str = ""
    due_until: date | None = None
    milestone: str = ""
    proposed: bool = False
    claimed: bool = False
    sort: str = "number"


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A page of the register with its filters."""

    title: Sentence
    filters: Filters
    districts: tuple[Choice, ...]
    states: tuple[Choice, ...]
    lights: tuple[Choice, ...]
    industries: tuple[Choice, ...]
    beyond: tuple[Sentence, ...]
    lines: Page[Line]
    views: tuple[View, ...]
    deeds: tuple[Choice, ...]
    most: int
    attempt: Attempt

    @property
    def query(self) -> Mapping[str, object]:
        return self.filters.query


@pages.get("/cases")
def show_register(filters: Annotated[Filters, Query()], desk: AtDesk) -> Response:
    return register_page(desk, filters)


def register_page(desk: Desk, filters: Filters, attempt: Attempt = NOTHING) -> Response:
    """The page; a name for its filters that was refused shows it again."""
    with desk.look() as work:
        flow = definitions.latest(work, ENTERPRISE)[1]
        page = RegisterPage(
            title=tr("Our enterprises") if desk.roles & DISTRICT else tr("Register"),
            filters=filters,
            districts=districts_of(desk, work, filters.district),
            states=_states(desk, flow, filters.state),
            lights=_lights(desk, filters.light),
            industries=_industries(desk, work, filters.industry),
            beyond=tuple(beyond_fields(filters, flow)),
            lines=register(desk.engine, work, desk.actor, wanted_of(desk, filters, flow)),
            views=views_of(work, desk.actor, "/cases"),
            deeds=tuple(Choice(name, desk.say(label)) for name, label in deeds_of(desk).items()),
            most=MOST,
            attempt=attempt,
        )
        return desk.page("cases/register.html", page)


def deeds_of(desk: Desk) -> dict[str, Sentence]:
    """What this person may do to many cases at once."""
    return {name: label for name, (label, roles) in DEEDS.items() if roles & desk.roles}


EXPORT: Final = "export"
DEEDS: Final[Mapping[str, tuple[Sentence, frozenset[str]]]] = {
    ADVANCE: (tr("Take a step"), DISTRICT | BRINGING | frozenset(SUPERVISORS)),
    CHASE: (tr("Chase"), frozenset(SUPERVISORS)),
    SUPERVISE: (tr("Supervise"), frozenset(SUPERVISORS)),
    EXTEND: (tr("Move the day"), frozenset(SUPERVISORS)),
}


def wanted_of(desk: Desk, filters: Filters, flow: Flow) -> Wanted:
    """What the filters ask the register for."""
    states: Sequence[str] = [filters.state] if filters.state else []
    if filters.reached in flow.line:
        states = flow.line[flow.rank[filters.reached] :]
    if flow.rank.get(filters.before, 0) > 0:
        states = flow.line[: flow.rank[filters.before]]
    return Wanted(
        campaign=desk.campaign.key,
        flow=ENTERPRISE,
        district=filters.district or None,
        states=tuple(states),
        industry=filters.industry or None,
        name=filters.name or None,
        overdue=filters.overdue,
        due_until=filters.due_until,
        milestone=filters.milestone or None,
        proposed=filters.proposed,
        claimed=filters.claimed,
        light=filters.light or None,
        sort=filters.sort,
        after=filters.after or None,
    )


def filters_told(filters: Filters, flow: Flow, *, district: str = "") -> list[object]:
    """All filters in words, for paper; `district` is its name."""
    labels = {state.name: state.label for state in flow.states}
    fields: list[tuple[object, Sentence | Label | str | None]] = [
        (filters.district, district),
        (filters.state, labels.get(filters.state)),
        (filters.industry, industry_name(filters.industry)),
        (filters.name, tr("name with “{text}”", text=filters.name)),
        (filters.light, LIGHTS.get(filters.light)),
        (filters.proposed, tr("waiting for confirmation")),
    ]
    return [*(words for given, words in fields if given and words), *beyond_fields(filters, flow)]


def beyond_fields(filters: Filters, flow: Flow) -> list[Sentence]:
    """Filters that came with a link and have no field of their own, in words."""
    labels = {state.name: state.label for state in flow.states}
    milestones = {one.name: one.label for one in flow.milestones}
    told = [
        (filters.before in labels, tr("not yet at “{state}”", state=labels.get(filters.before, ""))),
        (filters.reached in labels, tr("at “{state}” or beyond", state=labels.get(filters.reached, ""))),
        (filters.milestone in milestones, tr("awaited for: {name}", name=milestones.get(filters.milestone, ""))),
        (filters.overdue, tr("only overdue")),
        (filters.due_until, tr("due until {day}", day=filters.due_until or "")),
        (filters.claimed, tr("named by two districts")),
    ]
    return [words for given, words in told if given]


def districts_of(desk: Desk, work: Work, chosen: str) -> tuple[Choice, ...]:
    """Those this person sees, or step by step their parts where there are very many; one only is no choice."""
    seen = areas.districts(work, scopes(desk.actor), desk.engine.today(work), CHOICES + 1)
    if len(seen) > CHOICES:
        seen = _parts(desk, work, chosen)
    return tuple(Choice(one.code, one.name, one.code == chosen) for one in seen) if len(seen) > 1 else ()


def _parts(desk: Desk, work: Work, chosen: str) -> tuple[Organisation, ...]:
    """What is chosen with what lies above it, and its parts; those beside it where it has none."""
    here = find_district(work, desk.actor, chosen) if chosen else areas.tops(work)[0]
    ids = [int(part) for part in here.path.strip("/").split("/")]
    way = sorted(organisations.by_ids(work, ids), key=lambda one: len(one.path))
    parts = areas.children(work, here) or areas.children(work, way[-2])
    return tuple(dict.fromkeys(one for one in (*way[1:], *parts) if desk.sees(one.path)))


def _states(desk: Desk, flow: Flow, chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(one.name, desk.word(one.label), one.name == chosen) for one in flow.states)


def _industries(desk: Desk, work: Work, chosen: str) -> tuple[Choice, ...]:
    """Divisions in which this person sees enterprises; whoever sees very many districts chooses from all there are."""
    found = topics.occurring(work, desk.campaign.key, ENTERPRISE, areas.area(work, scopes(desk.actor)))
    codes = {*(industries.divisions() if found is None else found), *([read_division(chosen)] if chosen else [])}
    ordered = sorted(codes, key=lambda code: (code == industries.UNKNOWN, code))
    names = {code: industry_name(code) for code in ordered}
    return tuple(
        Choice(code, name if isinstance(name, str) else desk.say(name), code == chosen) for code, name in names.items()
    )


def _lights(desk: Desk, chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(colour, desk.word(label), colour == chosen) for colour, label in LIGHTS.items())
