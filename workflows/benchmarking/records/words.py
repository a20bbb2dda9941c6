"""What an enterprise is found by besides its name: its credit code, its products, the division of its industry."""

from collections.abc import Collection, Sequence

from engine.core import Engine
from engine.findable import Words, enter_cases
from engine.model import Case
from engine.store.database import Work
from workflows.benchmarking import industries
from workflows.benchmarking.records import enterprises, nominations, products


def found_by(work: Work, held: Sequence[Case]) -> dict[int, Words]:
    """By case, with the products that still take part."""
    known = enterprises.by_ids(work, {nominations.enterprise_id_of(case) for case in held})
    brought = products.of_cases(work, [case.id for case in held])
    found = {}
    for case in held:
        enterprise = known.get(nominations.enterprise_id_of(case))
        code = (enterprise.credit_code or "") if enterprise else ""
        names = tuple(one.name for one in brought[case.id] if one.active)
        topic = industries.topic(enterprise.industry_code if enterprise else None)
        found[case.id] = Words(detail=code, words=tuple(word for word in (code, *names) if word), topic=topic)
    return found


def enter_enterprises(engine: Engine, work: Work, ids: Collection[int]) -> None:
    """Let every case of these enterprises, and of those merged into them, be found by what is on record now."""
    every = {*ids, *(one.id for one in enterprises.merged_into(work, *ids))}
    held = nominations.of_everywhere(work, sorted(every))
    enter_cases(engine, work, [case for found in held.values() for case in found])
