"""The enterprise behind a case: what is known of it, written down; its contact made visible; its earlier campaigns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Query
from pydantic import Field as Limits
from starlette.responses import Response

from console.accounts.audit import disclose
from console.earlier import Earlier, earlier_cases
from console.enterprisedetails import Details, detail_faults, record_details
from console.once import once
from console.web.acts import LONGEST, Sent
from console.web.attempt import NOTHING, AsTyped, Attempt, FormRefused
from console.web.desk import AtDesk, Desk
from console.web.fields import Field
from console.web.frames import Choice
from console.web.pages.case import Fact, enterprise_facts
from console.web.pages.case_head import ENTERPRISE_TAB, CaseHead, head_of, led_back, seen_at
from engine.errors import NotFound
from engine.store import campaigns, cases
from engine.store.database import Work
from engine.words import Sentence, tr
from workflows.benchmarking import industries
from workflows.benchmarking.details import HONOURS, masked
from workflows.benchmarking.model import Enterprise
from workflows.benchmarking.recording.changes import DISTRICT
from workflows.benchmarking.records import enterprises
from workflows.benchmarking.records.nominations import enterprise_id_of

pages = APIRouter()

CONTACT: Final[Mapping[str, Sentence]] = {"name": tr("Name"), "phone": tr("Telephone"), "email": tr("Mail")}


class DetailsForm(Sent):
    """Empty fields of the contact leave it as it is; `find` only looks for industries."""

    credit_code: str = ""
    industry: str = ""
    cluster: str = ""
    size: str = ""
    honours: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    reason: str = Limits(default="", max_length=LONGEST)
    find: str = ""


@dataclass(frozen=True, slots=True)
class EnterprisePage:
    """The enterprise; `contact` is whole only in the answer to somebody who asked for it."""

    head: CaseHead
    facts: tuple[Fact, ...]
    former_names: tuple[str, ...]
    contact: tuple[tuple[Sentence, str], ...]
    is_whole: bool
    fields: tuple[Field, ...]
    near: tuple[industries.Industry, ...]
    may: bool
    earlier: tuple[Earlier, ...]
    told: str
    attempt: Attempt


@pages.get("/cases/{case_id}/enterprise")
def show_enterprise(case_id: int, desk: AtDesk, told: Annotated[str, Query()] = "") -> Response:
    return enterprise_page(desk, case_id, told=told)


@pages.post("/cases/{case_id}/contact")
def show_contact(case_id: int, desk: AtDesk) -> Response:
    """Make the contact visible once; it is written down who did."""
    with desk.work() as work:
        view = seen_at(desk, work, case_id)
        disclose(desk.accounts, work, desk.actor, "unmask", f"case {view.case.id} contact", rows=1, caller=desk.caller)
    return enterprise_page(desk, case_id, is_whole=True)


@pages.post("/cases/{case_id}/enterprise")
def describe(case_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    """Write down what is known; or only look for industries, and keep what was typed."""
    desk.if_refused(typed, lambda attempt: enterprise_page(desk, case_id, attempt))
    form = typed.read(DetailsForm)
    if form.find:
        return enterprise_page(desk, case_id, Attempt(typed.values))
    details = Details(
        credit_code=form.credit_code,
        industry=form.industry,
        cluster=form.cluster,
        size=form.size,
        honours=tuple(form.honours.splitlines()),
        contact={name: getattr(form, f"contact_{name}") for name in CONTACT},
    )
    with desk.work() as work:
        seen_at(desk, work, case_id)
        faults = detail_faults(work, case_id, details)
        if faults:
            raise FormRefused(faults)
        once(
            work,
            desk.actor,
            form.request(case_id, "enterprise"),
            lambda: record_details(desk.engine, work, desk.actor, case_id, details, reason=form.reason or None),
        )
        changed = cases.get(work, case_id).version != form.version
    return led_back(desk, case_id, changed=changed, tab=ENTERPRISE_TAB)


def enterprise_page(
    desk: Desk, case_id: int, attempt: Attempt = NOTHING, *, told: str = "", is_whole: bool = False
) -> Response:
    """The page; a form that was refused shows it again with what was typed."""
    with desk.look() as work:
        view = seen_at(desk, work, case_id)
        head = head_of(view, ENTERPRISE_TAB)
        if not head.is_enterprise:
            raise NotFound
        known = enterprises.get(work, enterprise_id_of(view.case))
        former = enterprises.names_before(work, [known.id]).get(known.id, ())
        contact = known.contact if is_whole else masked(known.contact)
        page = EnterprisePage(
            head=head,
            facts=tuple(one for one in enterprise_facts(known) if one[0] != tr("Contact")),
            former_names=tuple(one.name for one in former),
            contact=tuple((label, contact[name]) for name, label in CONTACT.items() if contact.get(name)),
            is_whole=is_whole,
            fields=tuple(_fields(desk, work, view.case.campaign, known)),
            near=_near(attempt),
            may=view.case.resume_state is None and view.may(desk.actor, DISTRICT),
            earlier=earlier_cases(work, desk.actor, view.case),
            told=told if told in {"done", "same"} else "",
            attempt=attempt,
        )
    return desk.page("cases/enterprise.html", page)


def _fields(desk: Desk, work: Work, campaign: str, known: Enterprise) -> Iterator[Field]:
    hint = tr("18 signs; the check sign is verified.")
    yield Field(name="credit_code", label=tr("Credit code"), before=known.credit_code or "", hint=hint)
    hint = tr("Code or name of GB/T 4754-2017; write words of it and press “Find industries”.")
    yield Field(name="industry", label=tr("Industry"), before=industries.label(known.industry_code), hint=hint)
    yield _cluster(tuple(campaigns.get(work, campaign).body.get("clusters", ())), known.cluster)
    yield _size(desk, known.above_designated_size)
    hint = tr("One a line, such as {examples}.", examples=tuple(HONOURS)[:3])
    yield Field(name="honours", label=tr("Honours"), kind="area", before="\n".join(known.honours), hint=hint)
    hidden = masked(known.contact)
    for name, label in CONTACT.items():
        kept = tr("On record: {masked}. Leave it empty to keep it.", masked=hidden[name]) if name in hidden else None
        yield Field(name=f"contact_{name}", label=tr("Contact: {what}", what=label), hint=kept)


def _cluster(clusters: tuple[str, ...], known: str | None) -> Field:
    """One of the campaign's clusters; where it names none, any."""
    label = tr("Cluster")
    if not clusters:
        return Field(name="cluster", label=label, before=known or "")
    choices = tuple(Choice(one, one, one == known) for one in clusters)
    return Field(name="cluster", label=label, kind="choice", choices=choices, blank=tr("not known"))


def _size(desk: Desk, known: bool | None) -> Field:
    size = {True: "yes", False: "no", None: ""}[known]
    sizes = (("", tr("not known")), ("yes", tr("yes")), ("no", tr("no")))
    choices = tuple(Choice(value, desk.say(told), value == size) for value, told in sizes)
    return Field(name="size", label=tr("Above designated size"), kind="choice", choices=choices)


def _near(attempt: Attempt) -> tuple[industries.Industry, ...]:
    """Industries that the words may mean, after a search or when they named none."""
    words = attempt.value("industry").strip()
    if not words or (not attempt.value("find") and "industry" not in attempt.faults):
        return ()
    return industries.search(words) or industries.suggest(words)
