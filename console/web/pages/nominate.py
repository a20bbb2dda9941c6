"""Nominating: a list as a spreadsheet or one enterprise as a form, empty lists to fill in, what was brought in last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from console.imports import Shown, imports_of
from console.listdesk import forms_for, keep_list, own_district, refuse_unnamed, task_of
from console.lists import Arrival, forms_named, limits_of
from console.web.acts import Tried
from console.web.attempt import AsTyped, Form, FormRefused
from console.web.desk import AtDesk, Desk
from console.web.downloads import XLSX, attachment
from console.web.filters import query
from console.web.frames import Choice
from console.web.menu import BRINGING, WORKING
from console.web.pages.nominate_standards import Readings, readings
from engine.errors import NotFound
from engine.model import Organisation
from engine.store import organisations
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.facts import ListFacts
from workflows.benchmarking.roster.forms import Column
from workflows.benchmarking.roster.forms import Form as ListForm
from workflows.benchmarking.roster.kinds.people import PEOPLE
from workflows.benchmarking.roster.template import Sender, template, template_name

pages = APIRouter()

ROLES: Final = WORKING | BRINGING | {"district_coordinator"}
LATEST: Final = 5
"""Imports shown beside the forms; all of them have a page of their own."""


class ListTerms(Form):
    """How a list is meant; carried in the address of its check, so that the page can be asked for again."""

    form: str = ""
    district: str = ""
    supplementary: bool = False
    received_on: date | None = None
    reason: str = Field(default="", max_length=500)
    also: str = ""

    @property
    def query(self) -> Mapping[str, object]:
        return self.model_dump()


@dataclass(frozen=True, slots=True)
class NominatePage:
    """What one can bring in, how full the own list is, and what was brought in last."""

    forms: tuple[ListForm, ...]
    kinds: tuple[Choice, ...]
    districts: tuple[Choice, ...]
    district: str
    nominates: bool
    example: tuple[Column, ...]
    task: tuple[int, ListFacts] | None
    latest: tuple[Shown, ...]
    most_mb: int
    today: date
    tried: Tried
    read: Readings


@pages.get("/nominate")
def show_nominate(desk: AtDesk, district: str = "") -> Response:
    return nominate_page(desk, Tried(), district)


def nominate_page(desk: Desk, tried: Tried, district: str = "") -> Response:
    desk.only_for(*ROLES)
    with desk.look() as work:
        page = _page(desk, work, tried, district or tried.attempt.value("district"))
    return desk.page("nominate/index.html", page)


def _page(desk: Desk, work: Work, tried: Tried, chosen: str) -> NominatePage:
    forms = forms_for(desk.actor)
    own = own_district(work, desk.actor)
    found = _district(desk, work, own or chosen) if own or chosen else None
    nominates = any(form.nominating for form in forms)
    campaign = desk.campaign.key
    return NominatePage(
        forms=forms,
        kinds=tuple(Choice(form.key, form.name) for form in forms),
        districts=() if own else _districts(desk, work, chosen),
        district=found.code if found else "",
        nominates=nominates,
        example=_example(forms),
        task=task_of(desk.engine, work, campaign, found.id) if found and nominates else None,
        latest=imports_of(work, desk.actor, campaign, district=found, limit=LATEST).lines,
        most_mb=min(desk.house.settings.limits.list_mb, desk.house.settings.web.upload_mb),
        today=desk.today,
        tried=tried,
        read=_read(tried, desk.today.year),
    )


def _example(forms: Sequence[ListForm]) -> tuple[Column, ...]:
    """The columns of the list that names who takes part, for those who bring one."""
    return next((tuple(form.columns) for form in forms if form.nominating), ())


def _read(tried: Tried, year: int) -> Readings:
    """How the standard numbers of the form are understood."""
    typed = tried.at("one").value
    return readings({name: typed(name) for name in ("implemented_standards", "benchmark_standards")}, year)


@pages.post("/nominate/upload")
def upload(typed: AsTyped, desk: AtDesk) -> Response:
    """Keep what was sent, and lead to what it says."""
    desk.only_for(*ROLES)
    desk.if_refused(typed, lambda attempt: nominate_page(desk, Tried("list", attempt)))
    terms = typed.read(ListTerms)
    sent = typed.file("file")
    if sent is None:
        raise FormRefused({"file": tr("Please choose the spreadsheet.")})
    if not sent[1]:
        raise FormRefused({"file": tr("The file {name} is empty; please choose it again.", name=sent[0])})
    with desk.work() as work:
        if terms.form != PEOPLE.key:
            refuse_unnamed(work, desk.actor, terms.district or None)
        digest = keep_list(work, desk.actor, *sent)
    return desk.back(f"/nominate/checked/{digest}?{query(terms.query)}")


@pages.get("/nominate/templates/{form}")
def hand_out(form: str, desk: AtDesk, district: str = "") -> Response:
    """An empty list for one's district, with its quota, its choices and a guide."""
    desk.only_for(*ROLES)
    kinds = [one for one in forms_for(desk.actor) if one.key == form]
    if not kinds:
        raise NotFound
    with desk.look() as work:
        code = own_district(work, desk.actor) or district
        place = _district(desk, work, code) if code else None
        sender = sender_of(desk, work, place)
    content = template(kinds[0], sender, on=desk.today)
    return attachment(template_name(kinds[0], place.name if place else ""), content, XLSX)


def sender_of(desk: Desk, work: Work, place: Organisation | None) -> Sender:
    """Who fills a list in, with how many are asked of them."""
    terms = desk.engine.terms(work, desk.campaign.key)
    return Sender(
        city=desk.house.settings.bureau.city,
        year=terms.year,
        unit=place.full_name if place else "",
        quota=terms.quotas.get(place.code) if place else None,
    )


def arrival_of(desk: Desk, work: Work, terms: ListTerms, name: str, content: bytes) -> Arrival:
    """The list as the use cases take it."""
    more: dict[str, Any] = {"supplementary": terms.supplementary, "received_on": terms.received_on}
    return Arrival(
        campaign=desk.campaign.key,
        path=Path(name),
        login=desk.actor.login,
        city=desk.house.settings.bureau.city,
        district=own_district(work, desk.actor) or terms.district or None,
        forms=forms_named(terms.form or None),
        reason=terms.reason or None,
        limits=limits_of(desk.house.settings.limits),
        content=content,
        **more,
    )


def _district(desk: Desk, work: Work, code: str) -> Organisation | None:
    return next((one for one in organisations.every(work) if one.code == code and desk.sees(one.path)), None)


def _districts(desk: Desk, work: Work, chosen: str) -> tuple[Choice, ...]:
    seen = [one for one in organisations.districts(work, desk.today) if desk.sees(one.path)]
    return tuple(Choice(one.code, one.name, one.code == chosen) for one in seen)
