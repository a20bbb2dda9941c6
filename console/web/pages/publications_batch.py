"""The page of a batch: the list as it would come out, and what may be done with it now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from console.publishing import batch_at, told
from console.web.acts import SHORTEST, Tried
from console.web.attempt import AsTyped, Attempt, Form, FormRefused, Typed
from console.web.desk import AtDesk, Desk
from console.web.pages.publications import SEEN_BY, Described, picks_of
from console.web.pages.publications_deeds import Deed, deeds_of
from console.web.received import drop, files_of, if_refused
from engine.store.database import Work
from engine.words import Sentence, tr
from workflows.benchmarking.annexes.publicity import PublicityFacts
from workflows.benchmarking.model import Batch
from workflows.benchmarking.publicity import publicity_facts
from workflows.benchmarking.recording import (
    CameOut,
    add_members,
    change_batch,
    confirm_batch,
    propose_batch,
    publish_batch,
    remove_members,
    return_batch,
    withdraw_batch,
)

pages = APIRouter()

TOLD: Mapping[str, Sentence] = {
    "make": tr("The batch is drafted. Look at the list below, then propose it."),
    "change": tr("The description was changed."),
    "add": tr("The products were put on the batch."),
    "remove": tr("The products were taken off the batch."),
    "propose": tr("The batch is proposed; it is closed until a second person has confirmed or returned it."),
    "confirm": tr("The batch is confirmed."),
    "return": tr("The batch was returned and is a draft again."),
    "withdraw": tr("The batch was withdrawn; its products are free for another one."),
    "publish": tr("The list is recorded as published."),
}


class Versioned(Form):
    version: int


class Changed(Described):
    version: int


class Ticked(Versioned):
    product: tuple[str, ...] = ()
    reason: str = Field(default="", max_length=500)


class Reasoned(Versioned):
    reason: str = Field(min_length=SHORTEST, max_length=500)


class Named(Versioned):
    name: str = Field(min_length=1, max_length=300)


class NamedReasoned(Named):
    reason: str = Field(min_length=SHORTEST, max_length=500)


class Published(Versioned):
    published_on: date
    url: str = Field(default="", max_length=500)


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A batch with its list and its deeds; `told` is what was just done."""

    batch: Batch
    about: Mapping[str, Any]
    facts: tuple[tuple[Sentence, object], ...]
    paper: PublicityFacts
    deeds: tuple[Deed, ...]
    told: Sentence | None
    tried: Tried

    @property
    def version(self) -> int:
        return self.batch.version

    @property
    def stray(self) -> Attempt:
        """What was typed into a form that is no longer offered, because somebody was faster."""
        return self.tried.beside(self.deeds)


Do = Callable[[Work, Any], Batch]


@pages.get("/publications/{batch_id}")
def show_batch(batch_id: int, desk: AtDesk, told: str = "") -> Response:
    return batch_page(desk, batch_id, Tried(), TOLD.get(told))


def batch_page(desk: Desk, batch_id: int, tried: Tried, done: Sentence | None = None) -> Response:
    desk.only_for(*SEEN_BY)
    with desk.look() as work:
        batch = batch_at(work, desk.actor, batch_id)
        about = told(work, batch)
        page = BatchPage(
            batch=batch,
            about=about,
            facts=_facts(batch, about),
            paper=publicity_facts(desk.engine, work, batch, desk.today),
            deeds=deeds_of(desk, work, batch, about),
            told=done,
            tried=tried,
        )
    return desk.page("publications/batch.html", page)


@pages.post("/publications/{batch_id}/change")
def change(batch_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    def do(work: Work, sent: Changed) -> Batch:
        return change_batch(desk.engine, work, desk.actor, batch_id, sent.draft(), version=sent.version)

    return _act(desk, typed, batch_id, name="change", form=Changed, do=do)


@pages.post("/publications/{batch_id}/add")
def add(batch_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    def do(work: Work, sent: Ticked) -> Batch:
        return add_members(desk.engine, work, desk.actor, batch_id, _picks(sent), version=sent.version)

    return _act(desk, typed, batch_id, name="add", form=Ticked, do=do)


@pages.post("/publications/{batch_id}/remove")
def remove(batch_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    def do(work: Work, sent: Ticked) -> Batch:
        reason = sent.reason or None
        picks = _picks(sent)
        return remove_members(desk.engine, work, desk.actor, batch_id, picks, reason=reason, version=sent.version)

    return _act(desk, typed, batch_id, name="remove", form=Ticked, do=do)


@pages.post("/publications/{batch_id}/propose")
def propose(batch_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    def do(work: Work, sent: Versioned) -> Batch:
        return propose_batch(desk.engine, work, desk.actor, batch_id, version=sent.version)

    return _act(desk, typed, batch_id, name="propose", form=Versioned, do=do)


@pages.post("/publications/{batch_id}/confirm")
def confirm(batch_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    def do(work: Work, sent: Named) -> Batch:
        named_right(work, desk, batch_id, sent.name)
        return confirm_batch(desk.engine, work, desk.actor, batch_id, version=sent.version)

    return _act(desk, typed, batch_id, name="confirm", form=Named, do=do)


@pages.post("/publications/{batch_id}/return")
def give_back(batch_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    def do(work: Work, sent: Reasoned) -> Batch:
        return return_batch(desk.engine, work, desk.actor, batch_id, reason=sent.reason, version=sent.version)

    return _act(desk, typed, batch_id, name="return", form=Reasoned, do=do)


@pages.post("/publications/{batch_id}/withdraw")
def withdraw(batch_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    def do(work: Work, sent: NamedReasoned) -> Batch:
        named_right(work, desk, batch_id, sent.name)
        return withdraw_batch(desk.engine, work, desk.actor, batch_id, reason=sent.reason, version=sent.version)

    return _act(desk, typed, batch_id, name="withdraw", form=NamedReasoned, do=do)


@pages.post("/publications/{batch_id}/publish/upload")
def publish(batch_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    """The list came out: with its address or the paper itself."""
    if_refused(desk, typed, ["file"], lambda attempt: batch_page(desk, batch_id, Tried("publish", attempt)))
    sent = typed.read(Published)
    with desk.work() as work:
        batch_at(work, desk.actor, batch_id)
        file = files_of(desk, work, typed, ["file"]).get("file")
        out = CameOut(sent.published_on, sent.url)
        publish_batch(desk.engine, work, desk.actor, batch_id, out, file=file, version=sent.version)
        drop(desk, work, typed, ["file"])
    return desk.back(f"/publications/{batch_id}?told=publish")


def _act(desk: Desk, typed: Typed, batch_id: int, *, name: str, form: type[Form], do: Do) -> Response:
    """Do something to a batch; refused, its page says why at the very form."""

    def again(attempt: Attempt) -> Response:
        return batch_page(desk, batch_id, Tried(name, attempt))

    desk.if_refused(typed, again)
    sent = typed.read(form)
    with desk.work() as work:
        batch_at(work, desk.actor, batch_id)
        do(work, sent)
    return desk.back(f"/publications/{batch_id}?told={name}")


def _picks(sent: Ticked) -> list[Any]:
    if not sent.product:
        raise FormRefused({"product": tr("Please tick at least one product.")})
    return picks_of(sent.product)


def named_right(work: Work, desk: Desk, batch_id: int, name: str) -> None:
    """Something that cannot be taken back is done by whoever can say what it is about."""
    label = told(work, batch_at(work, desk.actor, batch_id))["label"]
    if "".join(name.split()) != "".join(label.split()):
        raise FormRefused({"name": tr("This is not the name of the batch; please type {label}.", label=label)})


def _facts(batch: Batch, about: Mapping[str, Any]) -> tuple[tuple[Sentence, object], ...]:
    span = tr("{first} to {last}", first=batch.starts_on, last=batch.ends_on) if batch.starts_on else None
    return (
        (tr("Of"), about["organisation"]),
        (tr("State"), about["state_label"]),
        (tr("Document number"), batch.document_no),
        (tr("Publicity"), span),
        (tr("Made by"), about["made_by"]),
        (tr("Proposed by"), about["proposed_by"]),
        (tr("Confirmed by"), about["confirmed_by"]),
        (tr("Published"), batch.published_on),
        (tr("Reason"), batch.reason),
    )
