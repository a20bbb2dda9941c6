"""Public lists: the batches there are, and a new one of enterprises that are verified and on no list yet."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.responses import Response

from console.paging import Page
from console.publishing import Candidates, batch_page, candidates_of, waiting_batches
from console.web.asked import Asked
from console.web.attempt import NOTHING, AsTyped, Attempt, Form, FormRefused
from console.web.desk import AtDesk, Desk
from console.web.frames import Choice
from console.web.menu import BUREAU, COUNTS
from engine.errors import NotFound
from engine.model import Organisation
from engine.store import organisations
from engine.store.database import Work
from engine.store.numbers import Number
from engine.words import tr
from workflows.benchmarking.model import BATCH_STATES
from workflows.benchmarking.recording import BatchDraft, Pick, make_batch
from workflows.benchmarking.recording.batches import CONFIRMERS
from workflows.benchmarking.recording.changes import DISTRICT

pages = APIRouter()

SEEN_BY: Final = BUREAU | {"district_coordinator"}


class Filters(Asked):
    state: str = ""


class Described(Form):
    """A batch as somebody describes it."""

    title: str = Field(min_length=2, max_length=200)
    prefix: str = Field(default="", max_length=40)
    document_no: str = Field(default="", max_length=60)
    starts_on: date | None = None
    ends_on: date | None = None

    def draft(self) -> BatchDraft:
        told = self.model_dump(include={"title", "prefix", "starts_on", "ends_on"})
        return BatchDraft(**told, document_no=self.document_no or None)


class Made(Described):
    district: str = ""
    product: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchesPage:
    """The batches; while there are none, how many enterprises could stand on a first one."""

    filters: Filters
    states: tuple[Choice, ...]
    lines: Page[dict[str, Any]]
    may_make: bool
    candidates: Candidates | None

    @property
    def query(self) -> Mapping[str, object]:
        return self.filters.query


@dataclass(frozen=True, slots=True)
class NewBatchPage:
    """Who can be picked for a new batch, of which organisation."""

    place: Organisation
    districts: tuple[Choice, ...]
    candidates: Candidates
    title: str
    attempt: Attempt
    after: str


@pages.get("/publications")
def show_batches(filters: Annotated[Filters, Query()], desk: AtDesk) -> Response:
    desk.only_for(*SEEN_BY)
    states = (filters.state,) if filters.state in BATCH_STATES else ()
    with desk.look() as work:
        found = batch_page(work, desk.actor, desk.campaign.key, states=states, after=filters.after or None)
        empty = not found.lines and not filters.are_set
        may = bool(desk.roles & set(DISTRICT))
        own = organisations.get(work, desk.actor.organisation_id)
        candidates = candidates_of(desk.engine, work, desk.actor, desk.campaign.key, own) if empty else None
    choices = tuple(Choice(key, desk.word(label), key == filters.state) for key, label in BATCH_STATES.items())
    return desk.page("publications/index.html", BatchesPage(filters, choices, found, may, candidates))


@pages.get("/publications/new")
def show_new(desk: AtDesk, district: str = "", after: str = "") -> Response:
    return new_page(desk, district, after)


def new_page(desk: Desk, district: str, after: str = "", attempt: Attempt = NOTHING) -> Response:
    desk.only_for(*DISTRICT)
    with desk.look() as work:
        place = place_of(desk, work, district)
        own = organisations.get(work, desk.actor.organisation_id)
        found = candidates_of(desk.engine, work, desk.actor, desk.campaign.key, place, after=after or None)
        year = desk.engine.terms(work, desk.campaign.key).year
        seen = [one for one in (own, *organisations.districts(work, desk.today)) if desk.sees(one.path)]
    unique = {one.code: one for one in seen}.values()
    districts = tuple(Choice(one.code, one.name, one.code == place.code) for one in unique) if len(unique) > 1 else ()
    city = desk.house.settings.bureau.city
    page = NewBatchPage(place, districts, found, f"{city}{year}年对标达标企业和产品名单", attempt, after)
    return desk.page("publications/new.html", page)


@pages.post("/publications")
def make(typed: AsTyped, desk: AtDesk) -> Response:
    """A draft with everybody who was ticked; the page of the batch shows the list as it would come out."""
    desk.only_for(*DISTRICT)
    desk.if_refused(typed, lambda attempt: new_page(desk, typed.one("district"), attempt=attempt))
    made = typed.read(Made)
    if not made.product:
        raise FormRefused({"product": tr("Please tick at least one product.")})
    with desk.work() as work:
        batch = make_batch(
            desk.engine,
            work,
            desk.actor,
            made.draft(),
            campaign=desk.campaign.key,
            organisation_id=place_of(desk, work, made.district).id,
            picks=picks_of(made.product),
        )
    return desk.back(f"/publications/{batch.id}?told=make")


def picks_of(ticked: Sequence[str]) -> list[Pick]:
    """Products by case as they were ticked, each as CASE:PRODUCT."""
    by_case: dict[int, list[int]] = {}
    for one in ticked:
        case, _, product = one.partition(":")
        if not (case.isdecimal() and product.isdecimal()):
            raise FormRefused({"product": tr("Please tick at least one product.")})
        by_case.setdefault(int(case), []).append(int(product))
    return [Pick(case, tuple(some)) for case, some in by_case.items()]


def place_of(desk: Desk, work: Work, district: str) -> Organisation:
    """The organisation that was chosen, else the own office."""
    if not district:
        return organisations.get(work, desk.actor.organisation_id)
    for one in organisations.every(work):
        if one.code == district and desk.sees(one.path):
            return one
    raise NotFound


def _waiting(desk: Desk, _: Work) -> Number | None:
    """Batches that wait for somebody of this person's roles."""
    roles: Collection[str] = CONFIRMERS
    return waiting_batches(desk.actor, desk.campaign.key) if desk.roles & set(roles) and desk.campaigns else None


COUNTS["/publications"] = _waiting
