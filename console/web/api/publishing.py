"""Batches of public lists through the interface: made, changed, proposed, confirmed by a second person, published."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from console.finding import find_campaign
from console.publishing import batch_at, candidates_of, members_told, told
from console.web.api.desk import AtApi, paged, tagged
from console.web.api.once import AtOnce, Once
from console.web.api.reading import NUMBER, After, CampaignKey
from console.web.api.shapes import Asked, Document, Lines, problems
from console.web.attempt import AsTyped
from console.web.desk import Desk
from console.web.pages.publications import SEEN_BY, place_of
from console.web.pages.publications_batch import Published, named_right
from console.web.received import files_of
from engine.store.database import Work
from workflows.benchmarking.model import Batch
from workflows.benchmarking.recording import (
    BatchDraft,
    CameOut,
    Pick,
    add_members,
    change_batch,
    confirm_batch,
    make_batch,
    propose_batch,
    publish_batch,
    remove_members,
    return_batch,
    withdraw_batch,
)
from workflows.benchmarking.recording.changes import DISTRICT

router = APIRouter(tags=["publications"])

CHANGING = problems(400, 409, 412, 413)
Number = Annotated[int, Field(ge=1, le=NUMBER)]
BatchNumber = Annotated[int, Path(ge=1, le=NUMBER, description="The `id` of a batch, as the list of them has it.")]
Office = Annotated[str, Field(max_length=40, description="Code of the office that makes it; one's own where empty.")]
OfficeCode = Annotated[str, Query(max_length=40, description="Code of the office; one's own where empty.")]
Reason = Annotated[str, Field(min_length=4, max_length=500)]
Name = Annotated[
    str, Field(min_length=1, max_length=300, description="The batch's `label`, to be sure which is meant.")
]


class Picked(Asked):
    """An enterprise for the list, by the number of its case; all its products where none are named."""

    case_id: Number
    products: list[Number] = Field(default=[], max_length=200)


class Described(Asked):
    """A batch as it is described; without days of publicity it is public at once when it is published."""

    title: str = Field(min_length=2, max_length=200)
    prefix: str = Field(default="", max_length=40)
    document_no: str | None = Field(default=None, max_length=60)
    starts_on: date | None = None
    ends_on: date | None = None

    def draft(self) -> BatchDraft:
        return BatchDraft(**self.model_dump(include=set(Described.model_fields)))


class Made(Described):
    """A new batch with its first members."""

    campaign: str | None = Field(default=None, max_length=40)
    office: Office = ""
    members: list[Picked] = Field(default=[], max_length=1_000)


class Versioned(Asked):
    """The version of the batch that was seen."""

    version: Number


class Changed(Described, Versioned):
    """A draft described anew."""


class Chosen(Versioned):
    """Members to be put on or taken off; off a confirmed batch only with the reason."""

    members: list[Picked] = Field(min_length=1, max_length=1_000)
    reason: Reason | None = None


class Returned(Versioned):
    """Why it goes back to who proposed it."""

    reason: Reason


class Confirmed(Versioned):
    """The name of what is confirmed."""

    name: Name


class Withdrawn(Confirmed):
    """The name of what is given up for good, and why."""

    reason: Reason


BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["version", "published_on"],
                    "properties": {
                        "version": {"type": "integer", "description": "The version of the batch that was seen."},
                        "published_on": {"type": "string", "format": "date"},
                        "url": {"type": "string", "maxLength": 500, "description": "Where the list can be read."},
                        "file": {"type": "string", "format": "binary", "description": "Or the list itself."},
                    },
                }
            }
        },
    }
}
Do = Callable[[Work], Batch]


@router.get("/publications/{batch_id}", response_model=Document, responses=problems())
def one_batch(batch_id: BatchNumber, desk: AtApi) -> Response:
    """A batch with its members."""
    desk.only_for(*SEEN_BY)
    with desk.look() as work:
        return tagged(desk, _told(desk, work, batch_id))


@router.get("/publication-candidates", response_model=Lines, responses=problems(400))
def candidates(desk: AtApi, *, campaign: CampaignKey = None, office: OfficeCode = "", after: After = None) -> Response:
    """Verified enterprises with the products that stand on no list yet."""
    desk.only_for(*DISTRICT)
    with desk.look() as work:
        key, place = find_campaign(desk.engine, work, campaign).key, place_of(desk, work, office)
        return paged(desk, candidates_of(desk.engine, work, desk.actor, key, place, after=after).ready)


@router.post("/publications", response_model=Document, responses=CHANGING)
def make(asked: Made, once: AtOnce) -> Response:
    """Begin a batch; refused whole when one of its members may not stand on it."""
    desk = once.desk
    desk.only_for(*DISTRICT)

    def do(work: Work) -> dict[str, Any]:
        made = make_batch(
            desk.engine,
            work,
            desk.actor,
            asked.draft(),
            campaign=find_campaign(desk.engine, work, asked.campaign).key,
            organisation_id=place_of(desk, work, asked.office).id,
            picks=_picks(asked.members),
        )
        return _told(desk, work, made.id)

    return once.do(asked, do)


@router.post("/publications/{batch_id}/description", response_model=Document, responses=CHANGING)
def change(batch_id: BatchNumber, asked: Changed, once: AtOnce) -> Response:
    """Describe a draft anew."""
    desk = once.desk
    return _act(
        once,
        batch_id,
        asked,
        lambda work: change_batch(desk.engine, work, desk.actor, batch_id, asked.draft(), version=asked.version),
    )


@router.post("/publications/{batch_id}/members", response_model=Document, responses=CHANGING)
def add(batch_id: BatchNumber, asked: Chosen, once: AtOnce) -> Response:
    """Put enterprises on a draft, all or none."""
    desk, picks = once.desk, _picks(asked.members)
    return _act(
        once,
        batch_id,
        asked,
        lambda work: add_members(desk.engine, work, desk.actor, batch_id, picks, version=asked.version),
    )


@router.post("/publications/{batch_id}/members/remove", response_model=Document, responses=CHANGING)
def remove(batch_id: BatchNumber, asked: Chosen, once: AtOnce) -> Response:
    """Take enterprises off a draft, or after an objection off a confirmed batch."""
    desk, picks = once.desk, _picks(asked.members)
    said: dict[str, Any] = {"reason": asked.reason, "version": asked.version}
    return _act(
        once, batch_id, asked, lambda work: remove_members(desk.engine, work, desk.actor, batch_id, picks, **said)
    )


@router.post("/publications/{batch_id}/propose", response_model=Document, responses=CHANGING)
def propose(batch_id: BatchNumber, asked: Versioned, once: AtOnce) -> Response:
    """Close the list and ask a second person to confirm it."""
    desk = once.desk
    return _act(
        once,
        batch_id,
        asked,
        lambda work: propose_batch(desk.engine, work, desk.actor, batch_id, version=asked.version),
    )


@router.post("/publications/{batch_id}/confirm", response_model=Document, responses=CHANGING)
def confirm(batch_id: BatchNumber, asked: Confirmed, once: AtOnce) -> Response:
    """Confirm what somebody else proposed."""
    desk = once.desk

    def do(work: Work) -> Batch:
        named_right(work, desk, batch_id, asked.name)
        return confirm_batch(desk.engine, work, desk.actor, batch_id, version=asked.version)

    return _act(once, batch_id, asked, do)


@router.post("/publications/{batch_id}/return", response_model=Document, responses=CHANGING)
def give_back(batch_id: BatchNumber, asked: Returned, once: AtOnce) -> Response:
    """Return what was proposed, with a reason; it is a draft again."""
    desk = once.desk
    said: dict[str, Any] = {"reason": asked.reason, "version": asked.version}
    return _act(once, batch_id, asked, lambda work: return_batch(desk.engine, work, desk.actor, batch_id, **said))


@router.post("/publications/{batch_id}/withdraw", response_model=Document, responses=CHANGING)
def withdraw(batch_id: BatchNumber, asked: Withdrawn, once: AtOnce) -> Response:
    """Give a batch up for good, before its publicity begins."""
    desk = once.desk

    def do(work: Work) -> Batch:
        named_right(work, desk, batch_id, asked.name)
        return withdraw_batch(desk.engine, work, desk.actor, batch_id, reason=asked.reason, version=asked.version)

    return _act(once, batch_id, asked, do)


@router.post("/publications/{batch_id}/publish/upload", response_model=Document, responses=CHANGING, openapi_extra=BODY)
def publish(batch_id: BatchNumber, typed: AsTyped, once: AtOnce) -> Response:
    """Record that the list came out, with its address or the paper itself."""
    desk = once.desk
    form, sent = typed.read(Published), typed.file("file")
    asked = form.model_dump(mode="json") | {"file": sha256(sent[1]).hexdigest() if sent else None}

    def do(work: Work) -> Batch:
        file = files_of(desk, work, typed, ["file"]).get("file")
        out = CameOut(form.published_on, form.url)
        return publish_batch(desk.engine, work, desk.actor, batch_id, out, file=file, version=form.version)

    return _act(once, batch_id, asked, do)


def _act(once: Once, batch_id: int, asked: BaseModel | dict[str, Any], do: Do) -> Response:
    desk = once.desk
    desk.only_for(*SEEN_BY)

    def act(work: Work) -> dict[str, Any]:
        batch_at(work, desk.actor, batch_id)
        do(work)
        return _told(desk, work, batch_id)

    return once.do(asked, act, read=lambda work: _told(desk, work, batch_id))


def _told(desk: Desk, work: Work, batch_id: int) -> dict[str, Any]:
    batch = batch_at(work, desk.actor, batch_id)
    return told(work, batch) | {"members": members_told(work, batch)}


def _picks(members: list[Picked]) -> list[Pick]:
    return [Pick(one.case_id, tuple(one.products)) for one in members]
