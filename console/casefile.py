"""The file of one case: where it stands, its deadlines, what is still missing, its history, its letters."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from console.casepapers import files_told, helped_products, missing
from engine.access import Actor
from engine.acting import seen
from engine.agenda import milestone_label
from engine.core import Engine
from engine.duedays import days_late
from engine.flow import Flow
from engine.judging import facts_of
from engine.model import Case, Deadline, Notice, Recorded
from engine.store import cases, deadlines, definitions, journal, mails, notices, organisations, people
from engine.store.database import Work
from engine.store.mails import Mail
from workflows.benchmarking.kind import ENTERPRISE, PROGRESS_REPORT

KEPT_OUT: Final = frozenset({"evidence"})
"""What of a journal entry is told elsewhere in the file."""


def case_file(engine: Engine, work: Work, actor: Actor, case_id: int) -> dict[str, Any]:
    """Everything on record, as a document; labels stay labels, days stay days."""
    case = seen(work, actor, case_id)
    flow = definitions.flow_of(work, case.definition_id)
    facts = facts_of(engine, work, [case])[case.id]
    state = flow.state_by_name[case.state]
    standing = deadlines.of_cases(work, [case.id])[case.id]
    district = organisations.get(work, case.district_id).name
    return {
        "case": case.id,
        "campaign": case.campaign,
        "flow": case.flow,
        "flow_version": flow.version,
        "district": district,
        "subject": case.subject_name,
        "state": case.state,
        "label": state.label,
        "version": case.version,
        "round": case.round,
        "opened_on": case.opened_on,
        "entered_on": case.entered_on,
        "claimed": case.claimed,
        "proposal": _proposal(work, flow, case),
        "replaces": _named(work, case.replaces_id),
        "replaced_by": _named(work, case.replaced_by_id),
        "deadlines": [_deadline(engine, work, flow, one) for one in standing],
        "missing": missing(flow, case, facts, standing, district=district, helped=helped_products(work, case)),
        **_records(work, case),
        "files": files_told(work, case),
        "letters": [_letter(posted, one) for posted, one in _letters(work, case.id)],
        "journal": [_entry(flow, names, one) for names, one in _history(work, case.id)],
    }


def _records(work: Work, case: Case) -> dict[str, Any]:
    """What the campaign's kind has on record."""
    from console.enterprise import enterprise_records, report_records

    if case.flow == ENTERPRISE:
        return enterprise_records(work, case)
    return report_records(work, case) if case.flow == PROGRESS_REPORT else {}


def _proposal(work: Work, flow: Flow, case: Case) -> dict[str, Any] | None:
    if case.proposed_step is None:
        return None
    return {
        "step": case.proposed_step,
        "label": flow.step_by_name[case.proposed_step].label,
        "by": people.names(work, [case.proposed_by or 0]).get(case.proposed_by or 0, ""),
        "at": case.proposed_at,
        "on": case.proposed_on,
    }


def _deadline(engine: Engine, work: Work, flow: Flow, one: Deadline) -> dict[str, Any]:
    today, workdays = engine.today(work), engine.workdays(work)
    late = days_late(one.due_on, today, workdays) if one.state == "open" and one.due_on else 0
    return {
        "deadline": one.id,
        "milestone": one.milestone,
        "label": milestone_label(flow, one.milestone),
        "original_on": one.original_on,
        "due_on": one.due_on,
        "state": one.state,
        "met_on": one.met_on,
        "verdict": one.verdict,
        "paused_on": one.paused_on,
        "promised_on": one.promised_on,
        "workdays_late": max(late, 0),
        "changes": [
            {"kind": row.kind, "from": row.from_on, "to": row.to_on, "on": row.recorded_on, "reason": row.reason}
            | {"status": row.status}
            for row in deadlines.changes_of(work, [one.id])
        ],
    }


def _letters(work: Work, case_id: int) -> list[tuple[Mapping[int, Mail], Notice]]:
    """What was to be said about the case, with the mails it went into."""
    found = notices.of_case(work, case_id)
    posted = mails.by_ids(work, {one.mail_id for one in found if one.mail_id})
    return [(posted, one) for one in found]


def _letter(posted: Mapping[int, Mail], one: Notice) -> dict[str, Any]:
    mail = posted.get(one.mail_id or 0)
    return {
        "letter": one.letter,
        "milestone": one.milestone,
        "on": one.morning_on,
        "state": one.state,
        "mail": mail.id if mail else None,
        "subject": mail.subject if mail else None,
        "mail_state": mail.state if mail else None,
        "sent_at": mail.sent_at if mail else None,
    }


def _history(work: Work, case_id: int) -> Sequence[tuple[dict[int, str], Recorded]]:
    entries = journal.of_case(work, case_id)
    ids = {one.person_id for one in entries} | {one.on_behalf_of for one in entries if one.on_behalf_of}
    names = people.names(work, ids)
    return [(names, one) for one in entries]


def _entry(flow: Flow, names: dict[int, str], one: Recorded) -> dict[str, Any]:
    step = flow.step_by_name.get(one.step or "")
    return {
        "seq": one.seq,
        "at": one.recorded_at,
        "on": one.effective_on,
        "kind": one.kind,
        "step": one.step,
        "label": step.label if step else None,
        "from": one.source,
        "to": one.target,
        "by": names.get(one.person_id, ""),
        "for": names.get(one.on_behalf_of) if one.on_behalf_of else None,
        "role": one.role,
        "reason": one.reason,
        "about": {name: value for name, value in one.data.items() if name not in KEPT_OUT},
    }


def _named(work: Work, case_id: int | None) -> dict[str, Any] | None:
    """Another case of the same district by number and name."""
    if case_id is None:
        return None
    other = cases.get(work, case_id)
    return {"case": other.id, "subject": other.subject_name}
