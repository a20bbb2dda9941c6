"""Deadlines changed by hand: extend or ask for it, pause, resume, waive, reply."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.cli.desk import Desk, DoneBefore, desk_of
from console.cli.frame import argument, command, option, verbs
from console.cli.options import CampaignKey, CaseName, DistrictName, Milestone, Reason, read_day
from console.cli.refusals import REFUSED, UsageRefused
from engine.errors import EngineError
from engine.words import Sentence, say, tr

if TYPE_CHECKING:
    from engine.model import Case, Deadline
    from engine.store.database import Work

app = verbs()

CaseIfAny = Annotated[str | None, argument(tr("Number of the case, or the name of the enterprise."), "CASE")]
MilestoneIfAny = Annotated[str | None, argument(tr("Milestone by name or label, as in plan_uploaded."), "MILESTONE")]
ToIfAny = Annotated[date | None, option("--to", metavar="DATE", parser=read_day, does=tr("The new day."))]
Change = Callable[["Work", "Deadline"], Sentence]


@command(
    app,
    "extend",
    tr(
        "Give a deadline another day: of one case, or with --district and --milestone of all open cases of a district."
        " With --ask a district asks the level above for it. With --shorten an extension ends earlier,"
        " with --take-back the day without it holds again."
    ),
)
def extend(
    ctx: typer.Context,
    case: CaseIfAny = None,
    milestone: MilestoneIfAny = None,
    *,
    to: ToIfAny = None,
    reason: Reason,
    district: DistrictName = None,
    named: Annotated[
        str | None, option("--milestone", metavar="NAME", does=tr("Milestone, together with --district."))
    ] = None,
    ask: Annotated[bool, option("--ask", does=tr("Ask for it instead of granting it."))] = False,
    shorten: Annotated[bool, option("--shorten", does=tr("Let an extension end on an earlier day."))] = False,
    take_back: Annotated[bool, option("--take-back", does=tr("Undo the extension; goes without --to."))] = False,
    campaign: CampaignKey = None,
) -> None:
    """Extend, ask, shorten, or take back."""
    desk = desk_of(ctx)
    wanted = milestone or named
    if wanted is None or (case is None) == (district is None):
        raise UsageRefused(tr("Say CASE MILESTONE, or --district NAME --milestone NAME."))
    if ask + shorten + take_back > 1 or (to is None) != take_back:
        raise UsageRefused(tr("Say --to DATE, with --ask or --shorten where it is meant, or --take-back alone."))
    change = _taking_back(desk, reason) if to is None else _moving(desk, to, reason, ask=ask, shorter=shorten)
    if case is not None:
        _one(desk, case, wanted, change)
    else:
        _settle(desk, _of_district(desk, campaign, str(district), wanted), change)


def _moving(desk: Desk, to: date, reason: str, *, ask: bool, shorter: bool) -> Change:
    from engine import extensions, shortening

    def change(work: "Work", deadline: "Deadline") -> Sentence:
        if ask:
            number = extensions.ask_extension(desk.engine, work, desk.actor, deadline.id, to_on=to, reason=reason)
            return tr("asked for {day} under number {number}", day=to, number=number)
        move = shortening.shorten if shorter else extensions.extend
        after = move(desk.engine, work, desk.actor, deadline.id, to_on=to, reason=reason)
        return tr("is now due on {day}", day=after.due_on)

    return change


def _taking_back(desk: Desk, reason: str) -> Change:
    from engine import shortening

    def change(work: "Work", deadline: "Deadline") -> Sentence:
        after = shortening.take_back(desk.engine, work, desk.actor, deadline.id, reason=reason)
        return tr("its extension is taken back; it is due on {day}", day=after.due_on or "–")

    return change


@command(app, "pause", tr("Stop the clock of a deadline; no letter goes out for it until it is resumed."))
def pause(ctx: typer.Context, case: CaseName, milestone: Milestone, *, reason: Reason) -> None:
    """Pause."""
    from engine import extensions

    desk = desk_of(ctx)

    def change(work: "Work", deadline: "Deadline") -> Sentence:
        after = extensions.pause(desk.engine, work, desk.actor, deadline.id, reason=reason)
        return tr("is paused since {day}", day=after.paused_on)

    _one(desk, case, milestone, change)


@command(app, "resume", tr("Let the clock of a deadline run on; the day moves by the workdays that were paused."))
def resume(ctx: typer.Context, case: CaseName, milestone: Milestone, *, reason: Reason) -> None:
    """Resume."""
    from engine import extensions

    desk = desk_of(ctx)

    def change(work: "Work", deadline: "Deadline") -> Sentence:
        after = extensions.resume(desk.engine, work, desk.actor, deadline.id, reason=reason)
        return tr("is now due on {day}", day=after.due_on)

    _one(desk, case, milestone, change)


@command(app, "waive", tr("Let a deadline go: it is neither met nor missed."))
def waive(ctx: typer.Context, case: CaseName, milestone: Milestone, *, reason: Reason) -> None:
    """Waive."""
    from engine import extensions

    desk = desk_of(ctx)

    def change(work: "Work", deadline: "Deadline") -> Sentence:
        extensions.waive(desk.engine, work, desk.actor, deadline.id, reason=reason)
        return tr("has been waived")

    _one(desk, case, milestone, change)


@command(app, "reply", tr("Answer a chase or supervision: why it is late, and by when it will be done."))
def reply(
    ctx: typer.Context,
    case: CaseName,
    milestone: Milestone,
    *,
    by: Annotated[date, option("--by", metavar="DATE", parser=read_day, does=tr("The day by which it will be done."))],
    reason: Reason,
) -> None:
    """Promise a day."""
    from engine import extensions

    desk = desk_of(ctx)

    def change(work: "Work", deadline: "Deadline") -> Sentence:
        extensions.reply(desk.engine, work, desk.actor, deadline.id, promised_on=by, reason=reason)
        return tr("is promised for {day}", day=by)

    _one(desk, case, milestone, change)


def _one(desk: Desk, name: str, milestone: str, change: Change) -> None:
    from console.finding import find_deadline

    with desk.work() as work:
        case = desk.case(work, name)
        found = find_deadline(work, case, milestone)
        told = change(work, found)
        row = _told(desk, work, case, found.id, told)
    _print(desk, [row])


def _of_district(desk: Desk, campaign: str | None, district: str, milestone: str) -> list[int]:
    """Cases of a district with an open deadline for the milestone."""
    from console.finding import find_campaign, find_district, milestone_named
    from engine.store import deadlines, definitions

    with desk.look() as work:
        key = find_campaign(desk.engine, work, campaign).key
        place = find_district(work, desk.actor, district)
        standing = [one for one in deadlines.open_of(work, key) if one.district_id == place.id]
        flows = [definitions.latest(work, name)[1] for name in sorted({one.flow for one in standing})]
        wanted = {milestone_named(flow, milestone) for flow in flows}
        found = [one for one in standing if one.milestone in wanted]
    if not found:
        from engine.errors import NotFound

        raise NotFound(
            tr("No case of {district} has an open deadline {milestone}.", district=place.name, milestone=milestone)
        )
    return [one.id for one in found]


def _settle(desk: Desk, deadline_ids: list[int], change: Change) -> None:
    """Change each deadline in a transaction of its own and tell what became of every one."""
    from engine.store import cases, deadlines

    rows = []
    with desk.paper.progress(tr("Deadlines"), len(deadline_ids)) as progress:
        for number, key in enumerate(deadline_ids, start=1):
            with desk.look() as work:
                found = deadlines.get(work, key)
                case = cases.get(work, found.case_id)
            try:
                with desk.work() as work:
                    rows.append(_told(desk, work, case, key, change(work, found)))
            except EngineError as refusal:
                told = {"case": case.id, "subject": case.subject_name, "milestone": found.milestone}
                result = "done_before" if isinstance(refusal, DoneBefore) else "refused"
                rows.append(told | {"result": result, "code": refusal.code, "told": refusal.sentence})
            progress(number)
    _print(desk, rows)


def _told(desk: Desk, work: "Work", case: "Case", key: int, told: Sentence) -> dict[str, Any]:
    from engine.store import deadlines

    after = deadlines.get(work, key)
    return {
        "case": case.id,
        "subject": case.subject_name,
        "milestone": after.milestone,
        "result": "done",
        "due_on": after.due_on,
        "state": after.state,
        "paused_on": after.paused_on,
        "promised_on": after.promised_on,
        "told": say(told, desk.locale),
    }


def _print(desk: Desk, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        desk.paper.say(
            tr(
                "{case} {subject}, {milestone}: {told}",
                case=row["case"],
                subject=row["subject"],
                milestone=row["milestone"],
                told=row["told"],
            )
        )
    desk.paper.answer({"deadlines": rows})
    if any(row["result"] == "refused" for row in rows):
        raise typer.Exit(REFUSED)
