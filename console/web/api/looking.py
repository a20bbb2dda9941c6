"""What can be looked up through the interface beside cases: search, statistics, letters, public lists, reports."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from console.finding import find_campaign
from console.letterfile import letter_file
from console.letters import Letter, letters
from console.paging import PAGE, Page
from console.publishing import batch_page
from console.search import search
from console.statistics import Chosen, Statistics, statistics
from console.web.api.desk import AtApi, paged, tagged, told
from console.web.api.reading import NUMBER, After, CampaignKey, DistrictName, Limit
from console.web.api.shapes import Document, Lines, problems
from console.web.desk import Desk
from console.web.menu import BUREAU, DISTRICT
from engine.store import campaigns
from engine.store.database import Work
from notifications.outbox import State

router = APIRouter(tags=["looking up"], responses=problems())

READERS: Final = BUREAU | DISTRICT
MailNumber = Annotated[int, Path(ge=1, le=NUMBER, description="The number of a letter.")]
Month = Annotated[date | None, Query(description="The first day of a month.")]


@router.get("/search", response_model=Document)
def find(
    desk: AtApi,
    q: Annotated[str, Query(max_length=120, description="Words of two signs or more; every one must occur.")],
    limit: Limit = 20,
) -> Response:
    """Cases, products, people, letters and offices that this caller may see, by name or number."""
    with desk.look() as work:
        found = search(work, desk.actor, q, limit=limit)
    return told(desk, asdict(found))


@router.get("/statistics/{table}", response_model=Document)
def table_of(
    table: Literal["district", "industry", "month"],
    desk: AtApi,
    *,
    campaign: CampaignKey = None,
    district: DistrictName = None,
    state: Annotated[str | None, Query(max_length=40)] = None,
    since: Month = None,
    until: Month = None,
) -> Response:
    """A table of figures, as the page and its files have it."""
    desk.only_for(*READERS)
    with desk.look() as work:
        about = campaigns.get(work, find_campaign(desk.engine, work, campaign).key)
        chosen = Chosen(table=table, district=district, state=state, since=since, until=until)
        return tagged(desk, columns_told(statistics(desk.engine, work, desk.actor, about, chosen)))


@router.get("/letters", response_model=Lines)
def every_letter(
    desk: AtApi,
    *,
    campaign: CampaignKey = None,
    state: State | None = None,
    district: DistrictName = None,
    after: After = None,
    limit: Limit = PAGE,
) -> Response:
    """The letters that went out or wait, the newest first."""
    desk.only_for(*READERS)
    with desk.look() as work:
        states = [state.value] if state else []
        found = letters(work, desk.actor, campaign=campaign, states=states, district=district, after=after, limit=limit)
    return paged(desk, Page(tuple(_letter(one) for one in found), found.after, found.count))


@router.get("/letters/{number}", response_model=Document)
def one_letter(number: MailNumber, desk: AtApi) -> Response:
    """A letter with its words, its recipients and what became of it."""
    desk.only_for(*READERS)
    with desk.look() as work:
        return tagged(desk, letter_told(desk, work, number))


@router.get("/publications", response_model=Lines)
def every_publication(
    desk: AtApi, *, campaign: CampaignKey = None, after: After = None, limit: Limit = PAGE
) -> Response:
    """The public lists, the newest first."""
    desk.only_for(*BUREAU, "district_coordinator")
    with desk.look() as work:
        key = find_campaign(desk.engine, work, campaign).key
        return paged(desk, batch_page(work, desk.actor, key, after=after, limit=limit))


def letter_told(desk: Desk, work: Work, number: int) -> dict[str, Any]:
    """A letter whole, if it exists for this caller."""
    found = letter_file(work, desk.actor, number)
    document = _letter(Letter(found.mail, found.receivers, found.district))
    tries = [{"ended_at": one.ended_at, "stage": one.stage, "code": one.code} for one in found.attempts]
    return document | {"text": found.parts.text, "tries": tries}


def _letter(one: Letter) -> dict[str, Any]:
    mail = one.mail
    return {
        "number": mail.id,
        "letter": mail.letter,
        "subject": mail.subject,
        "state": mail.state,
        "reason": mail.reason,
        "district": one.district,
        "sent_at": mail.sent_at,
        "not_before": mail.not_before,
        "tries": mail.attempts,
        "recipients": [{"name": to.name, "address": to.address, "field": to.field, "state": to.state} for to in one.to],
    }


def columns_told(found: Statistics) -> dict[str, Any]:
    """The table by the keys of its columns."""

    def row(key: str, name: Any, values: Any) -> dict[str, Any]:
        return {"key": key, "name": name} | dict(zip([head.key for head in found.heads], values, strict=True))

    return {
        "table": found.table,
        "heads": [{"key": head.key, "label": head.label, "rate": head.rate} for head in found.heads],
        "lines": [row(one.key, one.name, one.values) for one in found.lines],
        "total": row("", found.total.name, found.total.values) if found.total else None,
        "as_of": found.as_of,
    }
