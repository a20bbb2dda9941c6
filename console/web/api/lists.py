"""Lists through the interface: what one would change, taking it in, what was brought in before, the marked sheet."""

from datetime import date
from pathlib import Path as FilePath
from typing import Annotated, Final

from fastapi import APIRouter, Depends, File, Form, Path, UploadFile
from starlette.responses import Response

from console.finding import find_campaign, find_district
from console.imports import find_import, imports_of
from console.listdesk import check_list, clean_name, marked_again, own_district
from console.lists import Arrival, forms_named, limits_of, read_list, take_in
from console.web.api.desk import AtApi, paged, tagged, told
from console.web.api.reading import NUMBER, After, CampaignKey, DistrictName, Limit
from console.web.api.shapes import Document, Lines, problems
from console.web.desk import Desk
from console.web.downloads import XLSX, attachment
from console.web.menu import ALL, BRINGING, WORKING
from engine.errors import NotFound

router = APIRouter(tags=["lists"], responses=problems(400))

BRINGERS: Final = WORKING | BRINGING | {"district_coordinator"}
UNNAMED: Final = "list"

Sheet = Annotated[UploadFile, File(description="The spreadsheet: .xlsx, .xls, .csv or .docx, told by its content.")]
Kind = Annotated[str, Form(max_length=40, description="Which kind of list; recognised by its columns where empty.")]
Whose = Annotated[str, Form(max_length=60, description="Code or name of the district; one's own where empty.")]
Why = Annotated[str, Form(max_length=500, description="Why what is on record changes, where a step rests on it.")]
Arrived = Annotated[date | None, Form(description="The day on which it arrived; today where nothing is said.")]
Adding = Annotated[bool, Form(description="Whether it only adds to the list before.")]
Good = Annotated[bool, Form(description="Whether rows without faults are taken where others have some.")]
ImportNumber = Annotated[int, Path(ge=1, le=NUMBER, description="The number of an import.")]


class Terms:
    """How a list is meant."""

    def __init__(
        self,
        *,
        form: Kind = "",
        district: Whose = "",
        reason: Why = "",
        received_on: Arrived = None,
        supplementary: Adding = False,
        good_rows: Good = False,
    ) -> None:
        self.form, self.district, self.reason = form, district, reason
        self.received_on, self.supplementary, self.good_rows = received_on, supplementary, good_rows


AtTerms = Annotated[Terms, Depends()]


@router.post("/lists/check/upload", response_model=Document)
def check(file: Sheet, terms: AtTerms, desk: AtApi, campaign: CampaignKey = None) -> Response:
    """What is wrong with a list and what taking it in would change; nothing is written."""
    desk.only_for(*BRINGERS)
    arrival = _arrival(desk, file, terms, campaign)
    with desk.look() as work:
        found = check_list(desk.engine, work, arrival)
    refusal = desk.say(found.refusal.sentence) if found.refusal else None
    return told(desk, found.report.as_json() | {"difference": found.told, "refused": refusal})


@router.post("/lists/upload", response_model=Document)
def take(file: Sheet, terms: AtTerms, desk: AtApi, campaign: CampaignKey = None) -> Response:
    """Take a list in. `status` tells what became of it: taken, refused with the faults of every row, or repeated.

    The same file sent again changes nothing: `earlier` names the import that took it. A list of which nobody can tell
    what it is has no import at all.
    """
    desk.only_for(*BRINGERS)
    reading = read_list(desk.engine, _arrival(desk, file, terms, campaign))
    if not reading.recognised:
        return told(desk, reading.report.as_json() | {"status": "refused", "import": None})
    report, outcome = take_in(desk.engine, reading)
    return told(desk, report.as_json() | outcome.as_json())


@router.get("/lists", response_model=Lines)
def every_list(
    desk: AtApi,
    *,
    campaign: CampaignKey = None,
    district: DistrictName = None,
    after: After = None,
    limit: Limit = 50,
) -> Response:
    """The lists that were brought in, the newest first."""
    desk.only_for(*ALL)
    with desk.look() as work:
        key = find_campaign(desk.engine, work, campaign).key
        place = find_district(work, desk.actor, district) if district else None
        return paged(desk, imports_of(work, desk.actor, key, district=place, after=after, limit=limit))


@router.get("/lists/{number}", response_model=Document)
def one_list(number: ImportNumber, desk: AtApi) -> Response:
    """A list that was brought in, and what it did row by row."""
    desk.only_for(*ALL)
    with desk.look() as work:
        found = find_import(work, desk.actor, number)
        return tagged(desk, found.as_json() | {"did": found.brought.did})


@router.get("/lists/{number}/marked", responses={200: {"content": {XLSX: {}}}}, response_class=Response)
def marked(number: ImportNumber, desk: AtApi) -> Response:
    """The sender's own sheet with every fault at its place."""
    desk.only_for(*ALL)
    with desk.look() as work:
        found = marked_again(desk.engine, work, desk.house.settings, find_import(work, desk.actor, number))
    if found is None:
        raise NotFound
    return attachment(found.filename, found.content, XLSX)


def _arrival(desk: Desk, file: UploadFile, terms: Terms, campaign: str | None) -> Arrival:
    """The list as the use cases take it."""
    file.file.seek(0)
    content = file.file.read()
    with desk.look() as work:
        key = find_campaign(desk.engine, work, campaign).key
        named = find_district(work, desk.actor, terms.district).code if terms.district else None
        whose = own_district(work, desk.actor) or named
    settings = desk.house.settings
    return Arrival(
        campaign=key,
        path=FilePath(clean_name(file.filename or "") or UNNAMED),
        login=desk.actor.login,
        city=settings.bureau.city,
        district=whose,
        forms=forms_named(terms.form or None),
        supplementary=terms.supplementary,
        good_rows=terms.good_rows,
        received_on=terms.received_on,
        reason=terms.reason or None,
        limits=limits_of(settings.limits),
        content=content,
    )
