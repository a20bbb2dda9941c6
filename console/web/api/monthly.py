"""Monthly reports through the interface: a table of the statistics kept under its month, listed and read again."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from pydantic import Field
from starlette.responses import Response

from console.finding import find_campaign
from console.monthly import keep_report, kept_told, report_kept, reports_kept, spoken
from console.paging import PAGE, Page
from console.statistics import Chosen
from console.web.api.desk import AtApi, paged, tagged
from console.web.api.looking import READERS, columns_told
from console.web.api.once import AtOnce
from console.web.api.reading import NUMBER, After, CampaignKey, Limit
from console.web.api.shapes import Asked, Document, Lines, problems
from engine.store import campaigns
from engine.store.database import Work

router = APIRouter(tags=["monthly reports"], responses=problems())

KeptNumber = Annotated[int, Path(ge=1, le=NUMBER, description="The number of a report that was kept.")]


class Kept(Asked):
    """Which table is kept, narrowed by what, under which month (any day of it)."""

    table: Literal["district", "industry", "month"] = "district"
    month: date
    campaign: str | None = Field(default=None, max_length=40)
    district: str | None = Field(default=None, max_length=60)
    state: str | None = Field(default=None, max_length=40)
    since: date | None = None
    until: date | None = None


@router.get("/monthly-reports", response_model=Lines, responses=problems(400))
def every_report(desk: AtApi, campaign: CampaignKey = None, after: After = None, limit: Limit = PAGE) -> Response:
    """What was kept of the parts of the house that this caller sees, the latest first."""
    desk.only_for(*READERS)
    with desk.look() as work:
        about = campaigns.get(work, find_campaign(desk.engine, work, campaign).key)
        found = reports_kept(work, desk.actor, about, after=after, limit=limit)
    return paged(desk, Page(tuple(kept_told(one) for one in found), found.after, found.count))


@router.get("/monthly-reports/{number}", response_model=Document)
def one_report(number: KeptNumber, desk: AtApi) -> Response:
    """A report with its figures as they stood when it was kept."""
    desk.only_for(*READERS)
    with desk.look() as work:
        found = report_kept(work, desk.actor, number)
    table = columns_told(found.found)
    lines = [{**line, "name": spoken(line["name"], desk.locale)} for line in table["lines"]]
    return tagged(desk, kept_told(found.kept) | table | {"lines": lines})


@router.post("/monthly-reports", response_model=Document, responses=problems(400, 409))
def keep(asked: Kept, once: AtOnce) -> Response:
    """Keep a table under a month; under the same month again it is the next version beside the earlier one."""
    desk = once.desk
    desk.only_for(*READERS)

    def do(work: Work) -> dict[str, Any]:
        about = campaigns.get(work, find_campaign(desk.engine, work, asked.campaign).key)
        chosen = Chosen(
            table=asked.table, district=asked.district, state=asked.state, since=asked.since, until=asked.until
        )
        return kept_told(keep_report(desk.engine, work, desk.actor, about, chosen, month=asked.month))

    return once.do(asked, do)
