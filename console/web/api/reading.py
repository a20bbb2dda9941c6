"""What can be asked of the interface: campaigns, cases, what is to be done, what falls due, what has been forecast."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from console.deadlines import deadline_list, month, tabs
from console.finding import find_campaign
from console.history import history
from console.outlook import outlooks_of
from console.overview import overview
from console.paging import PAGE
from console.register import Wanted, register
from console.todo import todo
from console.web.api.desk import AtApi, file_told, paged, tagged, told
from console.web.api.shapes import Document, Lines, problems
from engine.core import Engine
from engine.judging import explain
from engine.model import Campaign
from engine.store import campaigns, organisations
from engine.store.database import Work
from engine.terms import terms_of

router = APIRouter(tags=["reading"], responses=problems())

NUMBER: Final = 2**31 - 1
CaseNumber = Annotated[int, Path(ge=1, le=NUMBER, description="The number of a case.")]
Limit = Annotated[int, Query(ge=1, le=200, description="Lines of a page.")]
After = Annotated[str | None, Query(max_length=400, description="Where the page before said that this one begins.")]
Division = Annotated[
    str | None, Query(max_length=60, description="Division of GB/T 4754 by code or name; a dash for none.")
]
CampaignKey = Annotated[str | None, Query(max_length=40, description="Which campaign; the one that runs by itself.")]
DistrictName = Annotated[
    str | None, Query(max_length=60, description="Code or name of a district, or of a part above.")
]


@router.get("/me")
def me(desk: AtApi) -> Document:
    """Who asks, with the roles of today."""
    actor = desk.actor
    roles = sorted({grant.role for grant in actor.grants})
    return {"login": actor.login, "name": actor.name, "roles": roles, "locale": desk.locale}


@router.get("/campaigns")
def every_campaign(desk: AtApi) -> list[Document]:
    """All campaigns with their days."""
    return [_campaign(one) for one in desk.campaigns]


@router.get("/campaigns/{key}/overview", response_model=Document)
def show_overview(key: Annotated[str, Path(max_length=40)], desk: AtApi, area: DistrictName = None) -> Response:
    """Figures of the parts of what this caller sees: the same as on the page, in the digest, in the papers."""
    with desk.look() as work:
        campaign = campaigns.get(work, key)
        return tagged(desk, overview(desk.engine, work, desk.actor, campaign, area=area))


@router.get("/districts")
def every_district(desk: AtApi) -> list[Document]:
    """The districts this caller sees, in official order."""
    with desk.look() as work:
        found = organisations.districts(work, desk.engine.today(work))
    return [
        {"code": one.code, "name": one.name, "full_name": one.full_name, "kind": one.kind}
        for one in found
        if desk.sees(one.path)
    ]


@router.get("/cases", response_model=Lines, responses=problems(400))
def every_case(
    desk: AtApi,
    *,
    campaign: CampaignKey = None,
    flow: Annotated[str | None, Query(max_length=40)] = None,
    district: DistrictName = None,
    state: Annotated[Sequence[str], Query(max_length=12)] = (),
    name: Annotated[str | None, Query(max_length=60)] = None,
    overdue: bool = False,
    proposed: bool = False,
    claimed: bool = False,
    light: Literal["red", "yellow", "green"] | None = None,
    industry: Division = None,
    due_until: date | None = None,
    sort: Annotated[str, Query(max_length=20)] = "number",
    after: After = None,
    limit: Limit = PAGE,
) -> Response:
    """The register: filtered, sorted, page by page."""
    with desk.look() as work:
        wanted = Wanted(
            campaign=_key(desk.engine, work, campaign),
            flow=flow,
            district=district,
            states=tuple(state),
            name=name,
            overdue=overdue,
            proposed=proposed,
            claimed=claimed,
            light=light,
            industry=industry,
            due_until=due_until,
            sort=sort,
            after=after,
            limit=limit,
        )
        return paged(desk, register(desk.engine, work, desk.actor, wanted))


@router.get("/cases/{case_id}", response_model=Document)
def one_case(case_id: CaseNumber, desk: AtApi) -> Response:
    """The whole file of a case; its tag changes with anything in it."""
    with desk.look() as work:
        return tagged(desk, file_told(desk, work, case_id))


@router.get("/cases/{case_id}/history", response_model=Lines)
def history_of(case_id: CaseNumber, desk: AtApi, after: After = None, limit: Limit = PAGE) -> Response:
    """What was done about a case and what was said about it, newest first."""
    with desk.look() as work:
        return paged(desk, history(desk.engine, work, desk.actor, case_id, after=after, limit=limit))


@router.get("/cases/{case_id}/steps", response_model=list[Document])
def steps_of(case_id: CaseNumber, desk: AtApi) -> Response:
    """Every step from the case's state, each with every reason why it may not be taken now."""
    with desk.look() as work:
        options = explain(desk.engine, work, desk.actor, case_id)
    return told(
        desk,
        [
            {
                "step": one.step.name,
                "label": one.step.label,
                "target": one.step.target,
                "needs_confirming": bool(one.step.confirm),
                "allowed": not one.reasons,
                "reasons": [{"code": why.code, "sentence": why.sentence, "part": why.part} for why in one.reasons],
            }
            for one in options
        ],
    )


@router.get("/tasks", response_model=Document)
def tasks(
    desk: AtApi,
    *,
    campaign: CampaignKey = None,
    section: Annotated[str | None, Query(max_length=40)] = None,
    after: After = None,
    limit: Limit = 20,
) -> Response:
    """What this caller has to do, each line with the reason why it is there."""
    with desk.look() as work:
        key = _key(desk.engine, work, campaign)
        return told(desk, todo(desk.engine, work, desk.actor, key, section=section, after=after, limit=limit))


@router.get("/deadlines", response_model=Lines)
def due(
    desk: AtApi,
    *,
    campaign: CampaignKey = None,
    tab: Literal["overdue", "this_week", "next_week", "extended"] = "overdue",
    district: DistrictName = None,
    after: After = None,
    limit: Limit = PAGE,
) -> Response:
    """Deadlines that districts are awaited for."""
    with desk.look() as work:
        key = _key(desk.engine, work, campaign)
        page = deadline_list(desk.engine, work, desk.actor, key, tab=tab, district=district, after=after, limit=limit)
        return paged(desk, page)


@router.get("/deadlines/counts", response_model=Document)
def due_counts(desk: AtApi, campaign: CampaignKey = None, district: DistrictName = None) -> Response:
    """How many deadlines are overdue, due this week and next, and extended."""
    with desk.look() as work:
        return told(desk, tabs(desk.engine, work, desk.actor, _key(desk.engine, work, campaign), district=district))


@router.get("/calendar/{year}/{number}", response_model=Document)
def calendar(
    year: Annotated[int, Path(ge=2018, le=2100)],
    number: Annotated[int, Path(ge=1, le=12)],
    desk: AtApi,
    campaign: CampaignKey = None,
    district: DistrictName = None,
) -> Response:
    """A month with its working days, holidays and what falls due."""
    with desk.look() as work:
        key = _key(desk.engine, work, campaign)
        return told(desk, month(desk.engine, work, desk.actor, key, on=date(year, number, 1), district=district))


@router.get("/outlook/{milestone}", response_model=list[Document])
def outlook(milestone: Annotated[str, Path(max_length=60)], desk: AtApi, campaign: CampaignKey = None) -> Response:
    """When districts with open cases are likely to be done, as the day's forecast has it."""
    with desk.look() as work:
        found = outlooks_of(work, desk.actor, _key(desk.engine, work, campaign), milestone)
    return told(
        desk,
        [
            {"district": one.district.code, "name": one.district.name, "likely_late": one.likely_late}
            | asdict(one.outlook)
            | {"thin": one.thin}
            for one in found
        ],
    )


def _key(engine: Engine, work: Work, wanted: str | None) -> str:
    return find_campaign(engine, work, wanted).key


def _campaign(one: Campaign) -> dict[str, Any]:
    terms = terms_of(one)
    return {
        "key": one.key,
        "kind": one.kind,
        "title": terms.title,
        "year": terms.year,
        "opens": terms.opens.isoformat(),
        "closes": terms.closes.isoformat(),
        "milestones": {name: day.isoformat() if day else None for name, day in sorted(terms.days.items())},
    }
