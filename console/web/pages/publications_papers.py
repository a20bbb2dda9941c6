"""A batch on paper: as an official attachment to print, as a document, as a sheet; and the list as it came out."""

from mimetypes import guess_extension

from fastapi import APIRouter
from starlette.responses import Response

from console.accounts.audit import disclose
from console.publishing import batch_at
from console.web.desk import AtDesk, Desk
from console.web.downloads import DOCX, XLSX, attachment
from console.web.pages.publications import SEEN_BY
from engine.errors import NotFound
from engine.store import blobs
from workflows.benchmarking.annexes.publicity import PublicityFacts, write_publicity, write_publicity_sheet
from workflows.benchmarking.publicity import publicity_facts

pages = APIRouter()


@pages.get("/print/publications/{batch_id}")
def print_batch(batch_id: int, desk: AtDesk) -> Response:
    return desk.page("print/publication.html", _facts(desk, batch_id))


@pages.get("/publications/{batch_id}/document")
def give_document(batch_id: int, desk: AtDesk) -> Response:
    """The notice with its attachment."""
    paper = write_publicity(_facts(desk, batch_id, told=True))
    return attachment(paper.name, paper.content, DOCX)


@pages.get("/publications/{batch_id}/sheet")
def give_sheet(batch_id: int, desk: AtDesk) -> Response:
    """The list alone, to be sent on."""
    paper = write_publicity_sheet(_facts(desk, batch_id, told=True))
    return attachment(paper.name, paper.content, XLSX)


@pages.get("/publications/{batch_id}/file")
def give_file(batch_id: int, desk: AtDesk) -> Response:
    """The list as it came out."""
    desk.only_for(*SEEN_BY)
    with desk.look() as work:
        batch = batch_at(work, desk.actor, batch_id)
        if batch.file_sha is None:
            raise NotFound
        kind, content = blobs.read(work, batch.file_sha)
    return attachment(batch.title + (guess_extension(kind) or ""), content, kind, digest=batch.file_sha)


def _facts(desk: Desk, batch_id: int, *, told: bool = False) -> PublicityFacts:
    """What the papers say; who takes one along is written down."""
    desk.only_for(*SEEN_BY)
    with desk.look() as work:
        batch = batch_at(work, desk.actor, batch_id)
        facts = publicity_facts(desk.engine, work, batch, desk.today)
    if told:
        with desk.work() as work:
            about = f"publication {batch.id}"
            disclose(desk.accounts, work, desk.actor, "export", about, rows=len(facts.rows), caller=desk.caller)
    return facts
