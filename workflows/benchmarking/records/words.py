"""What an enterprise is found by besides its name: its credit code and its products."""

from collections.abc import Sequence

from engine.findable import Words
from engine.model import Case
from engine.store.database import Work
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
        found[case.id] = Words(detail=code, words=tuple(word for word in (code, *names) if word))
    return found
