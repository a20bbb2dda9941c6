"""The papers of a case: what is still missing, from whom and until when; and its files with all their versions."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any, Final

from engine.effects import REWORK
from engine.flow import Flow, Step
from engine.kinds import Facts
from engine.model import Case, Deadline
from engine.roles import labels
from engine.store import people
from engine.store.database import Work
from workflows.benchmarking.model import FILES
from workflows.benchmarking.records import files, products

INSTITUTE: Final = "institute"
PLAN: Final = "plan_file"


def missing(
    flow: Flow, case: Case, facts: Facts, standing: Sequence[Deadline], *, district: str, helped: Collection[str] = ()
) -> list[dict[str, Any]]:
    """Evidence that steps will ask for: what, for which product, who brings it, and by when; the next first.

    `helped` are the products whose district asked for help with their plan: the institute brings it.
    """
    found = []
    for slot in flow.slots:
        lacking = facts.missing(slot.name)
        step = _asking(flow, case, slot.name)
        asked = {
            "slot": slot.name,
            "label": slot.label,
            "step": step.name if step else None,
            "step_label": step.label if step else None,
            "due_on": _due(flow, step, standing) if step else None,
        }
        shares = _by_role(slot.brought_by or "", slot.name, lacking, helped) if lacking else ()
        found += [asked | _brought(role, parts, district) for role, parts in shares]
    return sorted(found, key=lambda one: (one["due_on"] is None, one["due_on"] or date.max))


def _brought(role: str, parts: list[str], district: str) -> dict[str, Any]:
    return {
        "parts": parts,
        "brought_by": labels([role])[0] if role else None,
        "role": role or None,
        "office": district if role.startswith("district") else None,
    }


def helped_products(work: Work, case: Case) -> frozenset[str]:
    return frozenset(one.name for one in products.active_of(work, case.id) if one.support_needed)


def files_told(work: Work, case: Case) -> list[dict[str, Any]]:
    """Every version of every file; `file` is the number under which it is asked for."""
    found = files.versions_of_case(work, case)
    names = people.names(work, {one.person_id for one in found})
    return [
        {
            "file": number,
            "what": one.what,
            "label": FILES.get(one.what, {"zh": one.what, "en": one.what}),
            "product": one.product,
            "version": one.number,
            "name": one.name,
            "size": one.size,
            "media_type": one.media_type,
            "sha256": one.sha256,
            "by": names.get(one.person_id, ""),
            "at": one.recorded_at,
            "counts": one.counts,
            "replaced_by": one.replaced_by,
        }
        for number, one in enumerate(found, start=1)
    ]


def _asking(flow: Flow, case: Case, slot: str) -> Step | None:
    """The first step ahead that asks for this evidence."""
    here = flow.rank[case.resume_state or case.state]
    ahead = [
        step for step in flow.steps if step.kind == "step" and slot in step.slots and flow.rank[step.target] > here
    ]
    return min(ahead, key=lambda step: flow.rank[step.target], default=None)


def _due(flow: Flow, step: Step, standing: Sequence[Deadline]) -> date | None:
    """The day by which the step is to be taken, also one that a send-back opened."""
    names = {one.name for one in flow.milestones if one.reached == step.target} | {f"{REWORK}{step.target}"}
    days = [one.due_on for one in standing if one.state == "open" and one.milestone in names and one.due_on]
    return min(days, default=None)


def _by_role(role: str, slot: str, parts: Sequence[str], helped: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    """Who brings which parts; the case itself, which has no name here, is brought whole."""
    named = [one for one in parts if one]
    supported = [one for one in named if slot == PLAN and one in helped]
    own = [one for one in named if one not in supported]
    if own or not named:
        yield role, own
    if supported:
        yield INSTITUTE, supported
