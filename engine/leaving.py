"""Leaving and coming back: replace a withdrawn subject, reinstate, correct a mistaken step, decide a claim."""

from collections.abc import Collection, Mapping
from dataclasses import replace as changed
from datetime import date
from typing import Any

from engine.access import Actor, sees
from engine.acting import capacity_for, check_version, entry_of, seen
from engine.core import Engine
from engine.effects import Effects
from engine.errors import Refused
from engine.flow import Flow, Step
from engine.history import holding
from engine.model import Case, Entry, Notice, Recorded
from engine.moves import NO_PROPOSAL, Move, place_of, write
from engine.reproject import recalculate
from engine.roles import SUPERVISORS
from engine.schedule import refresh
from engine.standing import settle
from engine.store import campaigns, cases, deadlines, definitions, journal, notices, organisations
from engine.store.database import Work
from engine.words import Sentence, tr

UNDOABLE = ("step", "send_back", "withdraw", "reinstate")
"""Journal entries that a correction can undo, while nothing stands on them."""


def hold(work: Work, case_ids: Collection[int]) -> None:
    """Hold what decides who has a place: the campaign as lists hold it, then the cases and all that stand in for them.

    Whoever holds a case already comes too late for this: lists take the campaign first and cases after it.
    """
    hold_campaigns(work, case_ids)
    linked = {key for one in cases.by_ids(work, case_ids) for key in (one.replaced_by_id, one.replaces_id) if key}
    history = [entry.data.get("unlinked") for one in case_ids for entry in journal.of_case(work, one)]
    cases.lock(work, sorted({*case_ids, *linked, *(key for key in history if key)}))


def hold_campaigns(work: Work, case_ids: Collection[int]) -> None:
    """Hold the campaigns that cases belong to, before any of the cases."""
    for key in sorted({one.campaign for one in cases.by_ids(work, case_ids)}):
        campaigns.hold(work, key)


def replace(engine: Engine, work: Work, actor: Actor, *, leaving_id: int, joining_id: int, reason: str) -> Case:
    """Link a withdrawn case to the one that takes its place; both journals tell it."""
    hold(work, (leaving_id, joining_id))
    leaving, joining = seen(work, actor, leaving_id), seen(work, actor, joining_id)
    flow = definitions.flow_of(work, leaving.definition_id)
    _check_exchange(flow, leaving, joining)
    _need(reason)
    acting = capacity_for(work, actor, leaving, flow.step_by_name[_withdrawing(flow.steps)].roles)
    today = engine.today(work)

    def entry(case: Case, data: Mapping[str, Any]) -> Entry:
        return changed(entry_of(case, actor, acting, kind="replace", on=today, data=data), reason=reason)

    moves = [
        Move(leaving, flow, entry(leaving, {"replaced_by": joining.id}), {"replaced_by_id": joining.id}),
        Move(joining, flow, entry(joining, {"replaces": leaving.id}), {"replaces_id": leaving.id}),
    ]
    after = write(engine, work, moves)
    # what takes another's place has a newcomer's time, so its days are worked out anew now that the link stands
    standing = [one for one in deadlines.of_cases(work, [joining.id])[joining.id] if one.state == "open"]
    recalculate(engine, work, standing, reason=reason, cause="replace")
    return after[leaving.id]


def _check_exchange(flow: Flow, leaving: Case, joining: Case) -> None:
    if leaving.state != flow.withdrawn:
        raise Refused(tr("{name} has not been withdrawn; withdraw it first.", name=leaving.subject_name))
    if leaving.replaced_by_id is not None:
        raise Refused(tr("{name} has already been replaced.", name=leaving.subject_name))
    if (joining.campaign, joining.flow, joining.district_id) != (leaving.campaign, leaving.flow, leaving.district_id):
        raise Refused(tr("Only an enterprise of the same district and campaign can take its place."))
    if joining.state == flow.withdrawn:
        raise Refused(tr("{name} has been withdrawn itself.", name=joining.subject_name))
    if joining.replaces_id is not None:
        raise Refused(tr("{name} has taken the place of another already.", name=joining.subject_name))


def reinstate(
    engine: Engine, work: Work, actor: Actor, case_id: int, *, reason: str, version: int | None = None
) -> Case:
    """Bring a withdrawn case back to the state it left; its deadlines stand again with the days they had."""
    hold(work, (case_id,))
    case = seen(work, actor, case_id)
    check_version(work, case, version)
    flow = definitions.flow_of(work, case.definition_id)
    if case.state != flow.withdrawn or case.resume_state is None:
        raise Refused(tr("{name} has not been withdrawn.", name=case.subject_name))
    _need(reason)
    acting = capacity_for(work, actor, case, SUPERVISORS)
    _check_only_one(engine, work, actor, case)
    unlinked = _unlinked(engine, work, actor, case, reason=reason)
    left = _last_undoable(journal.of_case(work, case_id))
    data = {"undoes": left.seq if left else 0, **({"unlinked": case.replaced_by_id} if unlinked else {})}
    entry = changed(
        entry_of(case, actor, acting, kind="reinstate", on=engine.today(work), data=data),
        target=case.resume_state,
        reason=reason,
    )
    columns = {"state": case.resume_state, "resume_state": None, "replaced_by_id": None}
    after = write(engine, work, [Move(case, flow, entry, columns), *unlinked])
    _reopen(engine, work, case_id, left.data.get("cancelled", []) if left else [])
    return after[case_id]


def _check_only_one(engine: Engine, work: Work, actor: Actor, case: Case) -> None:
    """Who comes back finds the place empty: the same subject has not been named elsewhere meanwhile.

    A claim that comes back waits for a decision again, and one that waits elsewhere stands in nobody's way.
    """
    if case.claimed:
        return
    for key in engine.kind_of(work, case.campaign).subject_keys(work, case):
        for other in cases.by_subject(work, case.campaign, case.flow, key):
            if other.id != case.id and other.resume_state is None and not other.claimed:
                raise Refused(_taken_by(work, actor, other))


def _taken_by(work: Work, actor: Actor, other: Case) -> Sentence:
    district = organisations.get(work, other.district_id)
    if not sees(actor, district.path):
        return tr("Another district still has it; withdraw it there first.")
    return tr(
        "{name} takes part for {district} meanwhile (case {number}); withdraw it there first, or leave this one"
        " withdrawn.",
        name=other.subject_name,
        district=district.name,
        number=other.id,
    )


def _unlinked(engine: Engine, work: Work, actor: Actor, case: Case, *, reason: str) -> list[Move]:
    """The case that had taken its place, and has left since, lets go of it; while it takes part, nobody comes back."""
    if case.replaced_by_id is None:
        return []
    other = cases.lock(work, [case.replaced_by_id])[case.replaced_by_id]
    flow = definitions.flow_of(work, other.definition_id)
    if other.state != flow.withdrawn:
        raise Refused(tr("{name} has been replaced; withdraw the replacement first.", name=case.subject_name))
    acting = capacity_for(work, actor, other, SUPERVISORS)
    entry = entry_of(other, actor, acting, kind="replace", on=engine.today(work), data={"replaces": None})
    return [Move(other, flow, changed(entry, reason=reason), {"replaces_id": None})]


def correct(engine: Engine, work: Work, actor: Actor, case_id: int, *, reason: str, version: int | None = None) -> Case:
    """Undo the last step, withdrawal or reinstatement by a compensating entry: what held before it holds again.

    Letters that were not sent are withdrawn; for those that were, a correction goes to the same district.
    """
    hold(work, (case_id,))
    case = seen(work, actor, case_id)
    check_version(work, case, version)
    _need(reason)
    flow = definitions.flow_of(work, case.definition_id)
    if case.replaced_by_id is not None:
        raise Refused(tr("{name} has been replaced; withdraw the replacement first.", name=case.subject_name))
    history = journal.of_case(work, case_id)
    wrong = _last_undoable(history)
    if wrong is None or wrong.source is None:
        raise Refused(tr("{name} has taken no step that could be corrected.", name=case.subject_name))
    acting = capacity_for(work, actor, case, SUPERVISORS)
    if wrong.kind == "withdraw":
        _check_only_one(engine, work, actor, case)
    entry = changed(
        entry_of(
            case, actor, acting, kind="correct", on=engine.today(work), data={"undoes": wrong.seq, "undone": wrong.kind}
        ),
        step=wrong.step,
        target=wrong.source,
        reason=reason,
    )
    columns = {"entered_on": _entered_before(history, wrong), **_columns_before(case, wrong), **NO_PROPOSAL}
    closing = Effects(cancelled=_opened_by(work, case_id, wrong))
    linked = _linked_again(engine, work, actor, wrong, case=case, reason=reason)
    after = write(engine, work, [Move(case, flow, entry, columns, closing), *linked])[case_id]
    _reopen(engine, work, case_id, [*wrong.data.get("met", []), *wrong.data.get("cancelled", [])])
    _recall(engine, work, after, wrong, reason)
    return after


def _columns_before(case: Case, wrong: Recorded) -> dict[str, Any]:
    """What of the case a mistaken entry had changed, as it was before it."""
    before: dict[str, Any] = {"state": wrong.source}
    if wrong.kind == "send_back":
        before["round"] = case.round - 1
    if wrong.kind == "withdraw":
        before["resume_state"] = None
    if wrong.kind == "reinstate":
        before |= {"resume_state": wrong.target, "replaced_by_id": wrong.data.get("unlinked")}
    return before


def _opened_by(work: Work, case_id: int, wrong: Recorded) -> tuple[int, ...]:
    """Deadlines that stand only because of a mistaken entry."""
    if wrong.kind != "reinstate":
        return tuple(wrong.data.get("opened", []))
    return tuple(one.id for one in deadlines.of_cases(work, [case_id])[case_id] if one.state == "open")


def _linked_again(
    engine: Engine, work: Work, actor: Actor, wrong: Recorded, *, case: Case, reason: str
) -> tuple[Move, ...]:
    """The case that had taken the place of one reinstated by mistake has it again."""
    if wrong.data.get("unlinked") is None:
        return ()
    other = cases.lock(work, [wrong.data["unlinked"]])[wrong.data["unlinked"]]
    if other.replaces_id is not None:
        raise Refused(tr("{name} has taken the place of another already.", name=other.subject_name))
    acting = capacity_for(work, actor, other, SUPERVISORS)
    entry = entry_of(other, actor, acting, kind="replace", on=engine.today(work), data={"replaces": case.id})
    flow = definitions.flow_of(work, other.definition_id)
    return (Move(other, flow, changed(entry, reason=reason), {"replaces_id": case.id}),)


def decide_claim(engine: Engine, work: Work, actor: Actor, case_id: int, *, reason: str) -> Case:
    """Give an enterprise that two districts named to this one; the other district's case has been withdrawn."""
    case = seen(work, actor, case_id)
    if not case.claimed:
        raise Refused(tr("{name} is claimed by nobody else.", name=case.subject_name))
    _need(reason)
    flow = definitions.flow_of(work, case.definition_id)
    acting = capacity_for(work, actor, case, SUPERVISORS)
    for other in cases.by_subject(work, case.campaign, case.flow, case.subject_key):
        if other.id != case.id and not other.claimed and other.state != flow.withdrawn:
            raise Refused(tr("Another district still has it; withdraw it there first."))
    today = engine.today(work)
    entry = changed(
        entry_of(case, actor, acting, kind="record", on=today, data={"what": "claim_decided"}), reason=reason
    )
    cases.count_moves(work, {place_of(changed(case, claimed=False)): 1})
    after = write(engine, work, [Move(changed(case, claimed=False), flow, entry, {"claimed": False})])
    refresh(engine, work, [one.id for one in deadlines.of_cases(work, [case_id])[case_id]])
    return after[case_id]


def _recall(engine: Engine, work: Work, case: Case, wrong: Recorded, reason: str) -> None:
    """Withdraw what the mistaken step was going to say; where it has been said, say that it was a mistake."""
    notices.cancel(work, case.id, reason=reason, since=wrong.recorded_at)
    said = [one for one in notices.of_case(work, case.id) if one.state == "composed" and _since(one, wrong)]
    if not said:
        return
    correction = Notice(
        dedup_key=f"correction:{case.id}:{case.journal_seq}",
        kind="correction",
        letter="correction",
        campaign=case.campaign,
        district_id=case.district_id,
        case_id=case.id,
        morning_on=engine.today(work),
        release_at=work.now,
        facts={"subject": case.subject_name, "step": wrong.step, "reason": reason, "of": [one.id for one in said]},
    )
    notices.post(work, [correction])


def _since(notice: Notice, wrong: Recorded) -> bool:
    return notice.created_at is not None and wrong.recorded_at is not None and notice.created_at >= wrong.recorded_at


def _last_undoable(history: tuple[Recorded, ...]) -> Recorded | None:
    """The last of what can be undone that no later correction or reinstatement has undone already."""
    standing = holding(history, UNDOABLE)
    return standing[-1] if standing else None


def _entered_before(history: tuple[Recorded, ...], wrong: Recorded) -> date:
    """The day from which the state before a mistaken step counted, and counts again."""
    return [entry for entry in holding(history, without=wrong) if entry.seq < wrong.seq][-1].effective_on


def _reopen(engine: Engine, work: Work, case_id: int, ids: list[int]) -> None:
    """Deadlines stand again as they were: with the same day, and in the same generation, so that nothing said before
    is said again. Those that a waiting proposal had held are looked at again as well.
    """
    found = deadlines.by_ids(work, ids)
    deadlines.change(work, [{"id": one.id, "state": "open", "met_on": None, "verdict": None} for one in found])
    refresh(engine, work, [one.id for one in deadlines.of_cases(work, [case_id])[case_id]])
    settle(engine, work, cases.lock(work, [case_id]))


def _withdrawing(steps: tuple[Step, ...]) -> str:
    return next(step.name for step in steps if step.kind == "withdraw")


def _need(reason: str) -> None:
    if not reason.strip():
        raise Refused(tr("This needs a reason; please write it down."))
