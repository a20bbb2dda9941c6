"""The district's own task behind a list: handing it in, and reaching the quota."""

from collections.abc import Collection
from datetime import date
from typing import Final

from engine.access import SYSTEM, Actor
from engine.cases import Answer, Opening, advance, open_case
from engine.core import Engine
from engine.judging import Command
from engine.model import Case, Organisation
from engine.proposals import propose
from engine.store import cases, definitions
from engine.store.database import Work
from workflows.benchmarking.obligations import LIST
from workflows.benchmarking.records.facts import list_facts
from workflows.benchmarking.records.nominations import FLOW

NOMINATION_LIST: Final = "nomination_list"
AT_QUOTA: Final = ("hand_in", "complete")
BELOW_QUOTA: Final = ("hand_in_partial",)


def list_case(engine: Engine, work: Work, campaign: str, district: Organisation) -> Case:
    """The case of the district's list; opened here where a list comes before the campaign's first morning."""
    found = cases.by_subject(work, campaign, NOMINATION_LIST, LIST, district_id=district.id)
    if found:
        return found[0]
    opening = Opening(
        campaign=campaign,
        flow=NOMINATION_LIST,
        district_id=district.id,
        subject_key=LIST,
        subject_name=f"{district.name}企业名单",
        on=min(engine.today(work), engine.terms(work, campaign).opens),
        role="system",
    )
    return open_case(engine, work, SYSTEM, opening)


def hold_list(work: Work, campaign: str, district: Organisation, with_them: Collection[int] = ()) -> None:
    """Hold the case of the district's list, where it has been opened, together with other cases."""
    found = cases.by_subject(work, campaign, NOMINATION_LIST, LIST, district_id=district.id)
    cases.lock(work, [*with_them, *(one.id for one in found)])


def quota_and_count(engine: Engine, work: Work, campaign: str, district: Organisation) -> tuple[int, int]:
    """The district's quota, and how many enterprises count towards it."""
    case = list_case(engine, work, campaign, district)
    facts = list_facts(work, [case], engine.terms(work, campaign).quotas, counting=FLOW)[case.id]
    return facts.quota, facts.counted


def move_list(
    engine: Engine, work: Work, actor: Actor, *, campaign: str, district: Organisation, on: date
) -> Answer | None:
    """Take the step that the list has earned; one that is to count from an earlier day is proposed.

    None where the task has no such step any more: the quota had been reached before.
    """
    case = list_case(engine, work, campaign, district)
    quota, counted = quota_and_count(engine, work, campaign, district)
    open_steps = {step.name for step in definitions.flow_of(work, case.definition_id).steps_from(case.state)}
    wanted = AT_QUOTA if counted >= quota else BELOW_QUOTA
    step = next((name for name in wanted if name in open_steps), None)
    if step is None or case.proposed_step is not None:
        return None
    command = Command(case_id=case.id, step=step, on=on)
    if on < engine.today(work):
        return propose(engine, work, actor, command)
    return advance(engine, work, actor, command)
