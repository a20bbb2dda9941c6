"""The desk where proposals are checked: the paper beside a list of points, confirmed or returned, then the next one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field as Limits
from starlette.responses import Response

from console.caseview import CaseView
from console.paging import Page
from console.proposals import Proposal, next_proposal, proposals, waiting_proposals
from console.web.acts import LONGEST, Looked
from console.web.asked import Asked
from console.web.attempt import NOTHING, AsTyped, Attempt, FormRefused, Typed
from console.web.desk import AtDesk, Desk
from console.web.frames import Choice
from console.web.menu import COUNTS
from console.web.pages.case_head import OVERVIEW, CaseHead, head_of, seen_at
from console.web.pages.case_steps import command_of
from console.web.pages.verifying_papers import Checking, checking_of
from engine import proposals as engine_proposals
from engine.access import scopes
from engine.store import areas
from engine.store.database import Work
from engine.words import Sentence, tr
from workflows.benchmarking.checklist import Point, draft_reason

pages = APIRouter()

ROLE = "municipal_coordinator"
COUNTS["/verifying"] = lambda desk, work: waiting_proposals(work, desk.actor, desk.campaign.key)


class Filters(Asked):
    """What the address of the queue may ask for."""

    district: str = ""
    told: str = ""
    about: int | None = None


class CheckedForm(Looked):
    """What was ticked and decided; a reason is needed to return."""

    ticked: tuple[str, ...] = ()
    verdict: str = Limits(pattern="^(yes|no)$")
    reason: str = Limits(default="", max_length=LONGEST)


@dataclass(frozen=True, slots=True)
class QueuePage:
    """What waits, the oldest first."""

    lines: Page[Proposal]
    districts: tuple[Choice, ...]
    filters: Filters
    told: Sentence | None

    @property
    def query(self) -> Mapping[str, object]:
        return {name: value for name, value in self.filters.query.items() if name == "district"}


@dataclass(frozen=True, slots=True)
class VerifyingPage:
    """A proposal on the desk; without `checking` it was decided meanwhile."""

    head: CaseHead
    checking: Checking | None
    following: int | None
    told: Sentence | None
    attempt: Attempt


@pages.get("/verifying")
def show_queue(filters: Annotated[Filters, Query()], desk: AtDesk) -> Response:
    desk.only_for(ROLE)
    with desk.look() as work:
        lines = proposals(
            desk.engine,
            work,
            desk.actor,
            desk.campaign.key,
            district=filters.district or None,
            after=filters.after or None,
        )
        seen = areas.districts(work, scopes(desk.actor), desk.engine.today(work))
    districts = tuple(Choice(one.code, one.name, one.code == filters.district) for one in seen)
    return desk.page("verifying/queue.html", QueuePage(lines, districts, filters, _told(filters.told)))


@pages.get("/verifying/{case_id}")
def show_proposal(
    case_id: int, desk: AtDesk, paper: Annotated[str, Query()] = "", told: Annotated[str, Query()] = ""
) -> Response:
    desk.only_for(ROLE)
    return verifying_page(desk, case_id, paper=paper, told=told)


@pages.post("/verifying/{case_id}")
def decide(case_id: int, typed: AsTyped, desk: AtDesk) -> Response:
    """Confirm what was ticked point by point, or return it with a reason; then the next one is opened."""
    desk.only_for(ROLE)
    desk.if_refused(typed, lambda attempt: verifying_page(desk, case_id, attempt))
    form = typed.read(CheckedForm)
    left = _left(desk, case_id, form)
    if form.verdict == "yes" and left:
        raise FormRefused({"ticked": tr("{n} points are not ticked; tick them all, or return it.", n=len(left))})
    if form.verdict == "no" and not form.reason:
        _draft(desk, typed, case_id, left)
    command = command_of(desk, case_id, form.step, form, reason=form.reason)
    act = engine_proposals.confirm if form.verdict == "yes" else engine_proposals.return_proposal
    with desk.work() as work:
        answer = act(desk.engine, work, desk.actor, command)
        following = next_proposal(work, desk.actor, desk.campaign.key, but=case_id)
    desk.unless_denied(answer)
    told = "confirmed" if form.verdict == "yes" else "returned"
    return desk.back(f"/verifying/{following.id}?told={told}" if following else f"/verifying?told={told}")


def verifying_page(
    desk: Desk, case_id: int, attempt: Attempt = NOTHING, *, paper: str = "", told: str = ""
) -> Response:
    """The paper and the points; a decision that was refused shows them again as they were ticked."""
    with desk.look() as work:
        view = seen_at(desk, work, case_id)
        following = next_proposal(work, desk.actor, desk.campaign.key, but=case_id)
        page = VerifyingPage(
            head=head_of(view, OVERVIEW),
            checking=checking_of(desk, work, view, paper or attempt.value("paper")),
            following=following.id if following else None,
            told=_told(told),
            attempt=attempt,
        )
    return desk.page("verifying/proposal.html", page)


def _left(desk: Desk, case_id: int, form: CheckedForm) -> tuple[Point, ...]:
    """The points that were not ticked."""
    with desk.look() as work:
        checking = _checking(desk, work, case_id)
    return tuple(one for one in checking.points if one.name not in form.ticked) if checking else ()


def _checking(desk: Desk, work: Work, case_id: int) -> Checking | None:
    view: CaseView = seen_at(desk, work, case_id)
    return checking_of(desk, work, view, "")


def _draft(desk: Desk, typed: Typed, case_id: int, left: tuple[Point, ...]) -> None:
    """Offer a reason made of what was not ticked, to be read and sent once more."""
    if not left:
        raise FormRefused({"reason": tr("Everything is ticked; please say why it is returned all the same.")})
    offered = replace(typed, values={**typed.values, "reason": (draft_reason(left),)})
    desk.if_refused(offered, lambda attempt: verifying_page(desk, case_id, attempt))
    raise FormRefused(
        {"reason": tr("Drafted from the points that are not ticked; please complete it, then press “Return” again.")}
    )


def _told(told: str) -> Sentence | None:
    return {"confirmed": tr("The one before is confirmed."), "returned": tr("The one before is returned.")}.get(told)
