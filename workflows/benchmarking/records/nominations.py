"""Which enterprises take part in a campaign, and in which district."""

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Any, Final

from sqlalchemy import Row, bindparam, select

from engine.model import Case
from engine.store.database import Work
from engine.store.schema import cases
from workflows.benchmarking.names import name_key
from workflows.benchmarking.records import enterprises
from workflows.benchmarking.records.sets import WANTED, rows_for

FLOW: Final = "enterprise"
PREFIX: Final = "enterprise:"


def subject_key(enterprise_id: int) -> str:
    return f"{PREFIX}{enterprise_id}"


def enterprise_id_of(case: Case) -> int:
    return int(case.subject_key.removeprefix(PREFIX))


def subject_keys(work: Work, case: Case) -> tuple[str, ...]:
    """The keys of a case's enterprise and of everybody merged into it: a withdrawn case may have stayed with those."""
    one = enterprises.get(work, enterprise_id_of(case))
    return tuple(subject_key(each.id) for each in (one, *enterprises.merged_into(work, one.id)))


def of_enterprises(work: Work, campaign: str, enterprise_ids: Collection[int]) -> dict[int, tuple[Case, ...]]:
    """Cases of a campaign by enterprise, in all districts, withdrawn ones too."""
    statement = (
        select(cases)
        .where(
            cases.c.campaign == campaign,
            cases.c.flow == FLOW,
            cases.c.subject_key.in_(bindparam(WANTED, expanding=True)),
        )
        .order_by(cases.c.id)
    )
    found: dict[int, list[Case]] = defaultdict(list)
    for row in rows_for(work, statement, [subject_key(key) for key in enterprise_ids]):
        case = _case(row)
        found[enterprise_id_of(case)].append(case)
    return {key: tuple(held) for key, held in found.items()}


def of_everywhere(work: Work, enterprise_ids: Collection[int]) -> dict[int, tuple[Case, ...]]:
    """Cases of all campaigns by enterprise, in the order in which they were opened."""
    statement = (
        select(cases)
        .where(cases.c.flow == FLOW, cases.c.subject_key.in_(bindparam(WANTED, expanding=True)))
        .order_by(cases.c.id)
    )
    found: dict[int, list[Case]] = {key: [] for key in enterprise_ids}
    for row in rows_for(work, statement, [subject_key(key) for key in enterprise_ids]):
        case = _case(row)
        found[enterprise_id_of(case)].append(case)
    return {key: tuple(held) for key, held in found.items()}


def elsewhere(work: Work, campaign: str, district_id: int) -> Callable[[Collection[str]], set[str]]:
    """A question to ask about names of a list: which of them take part for another district."""

    def ask(names: Collection[str]) -> set[str]:
        keys = {name: name_key(name) for name in names}
        known = {key: subject_key(one.id) for key, one in enterprises.by_names(work, set(keys.values())).items()}
        there = taking_part_elsewhere(work, campaign, district_id, known.values())
        return {name for name, key in keys.items() if known.get(key) in there}

    return ask


def taking_part_elsewhere(work: Work, campaign: str, district_id: int, subject_keys: Collection[str]) -> set[str]:
    """Those of these subjects that take part for another district."""
    ids = [int(key.removeprefix(PREFIX)) for key in subject_keys]
    held = of_enterprises(work, campaign, ids)
    return {
        subject_key(key)
        for key, found in held.items()
        if any(takes_part(case) and case.district_id != district_id for case in found)
    }


def takes_part(case: Case) -> bool:
    """Whether a case has not been withdrawn; a claimed one waits and takes part nowhere yet."""
    return case.resume_state is None


def _case(row: Row[Any]) -> Case:
    return Case(**row._mapping)  # noqa: SLF001 - the public name of a row's columns
