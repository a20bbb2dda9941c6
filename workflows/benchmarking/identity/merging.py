"""Merging an enterprise that stands on record twice: cases, products and history go to one, the other row stays."""

from collections.abc import Sequence
from typing import Any, Final

from engine.access import Actor
from engine.core import Engine
from engine.errors import Refused
from engine.model import Case
from engine.store import organisations
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.identity.deciding import Deciding, Joined, both_take_part, one_place, standing
from workflows.benchmarking.model import Enterprise
from workflows.benchmarking.records import enterprises
from workflows.benchmarking.records.nominations import of_everywhere, takes_part
from workflows.benchmarking.records.words import enter_enterprises

DETAILS: Final = ("industry_code", "cluster", "above_designated_size", "contact")
"""What the one that stays takes over where it knows nothing itself."""


def merge(
    engine: Engine,
    work: Work,
    actor: Actor,
    keep: int,
    other: int,
    *,
    reason: str,
    version: int | None = None,
    other_version: int | None = None,
) -> Joined:
    """Let `keep` stand for `other` too; asked again it changes nothing.

    Refused where both take part in one campaign: one of them withdraws first. A withdrawn case of `other` stays with
    it where `keep` has a case of its own in that campaign and district.
    """
    deciding = Deciding.begin(engine, work, actor, reason)
    if keep == other:
        raise Refused(tr("An enterprise cannot be merged into itself."))
    kept, doubled = deciding.hold([keep, other], {keep: version, other: other_version})
    if doubled.merged_into == kept.id:
        return Joined(kept, changed=False)
    standing(kept, work)
    standing(doubled, work)
    _check_codes(kept, doubled)
    held = of_everywhere(work, [kept.id, doubled.id])
    moving, staying = _sorted(work, held[kept.id], held[doubled.id])
    taken = _taken(kept, doubled)
    # the code is given up first: no two rows have one
    enterprises.change(work, doubled.id, {"merged_into": kept.id, "credit_code": None})
    deciding.describe(kept, taken, held[kept.id])
    after = deciding.bring(moving, kept, "merged")
    enter_enterprises(engine, work, [kept.id])
    told = {
        "from": doubled.id,
        "into": kept.id,
        "names": [doubled.name, kept.name],
        "cases": [case.id for case in moving],
        "left": [case.id for case in staying],
        "took": {name: list(pair) for name, pair in taken.items()},
    }
    deciding.tell("merged", told)
    return Joined(enterprises.get(work, kept.id), after)


def _check_codes(kept: Enterprise, doubled: Enterprise) -> None:
    if kept.credit_code and doubled.credit_code and kept.credit_code != doubled.credit_code:
        raise Refused(
            tr(
                "{name} has the credit code {code}, {other} has {second}: these are two enterprises. Correct the code"
                " that is wrong first.",
                name=kept.name,
                code=kept.credit_code,
                other=doubled.name,
                second=doubled.credit_code,
            )
        )


def _sorted(work: Work, mine: Sequence[Case], others: Sequence[Case]) -> tuple[list[Case], list[Case]]:
    """Which cases move, and which withdrawn ones stay because their place is taken."""
    twice = both_take_part(mine, others)
    if twice is not None:
        places = {one.id: one.name for one in organisations.every(work)}
        raise Refused(
            tr(
                "Both take part in {campaign}: {cases}. Withdraw one of them, or let the other take its place, then"
                " merge.",
                campaign=twice[0].campaign,
                cases=tuple(f"{case.id} {case.subject_name} ({places[case.district_id]})" for case in twice),
            )
        )
    moving: list[Case] = []
    staying: list[Case] = []
    for case in others:
        beside = one_place(mine, case)
        if beside is not None and takes_part(case):
            raise Refused(
                tr(
                    "{name} has left {campaign} in this district, the other takes part there: merge the other way"
                    " round.",
                    name=beside.subject_name,
                    campaign=case.campaign,
                )
            )
        (moving if beside is None else staying).append(case)
    return moving, staying


def _taken(kept: Enterprise, doubled: Enterprise) -> dict[str, tuple[Any, Any]]:
    """What the one that stays learns from the other: name of the column, before, after."""
    names = [*DETAILS, "credit_code"]
    found = {
        name: (getattr(kept, name), getattr(doubled, name))
        for name in names
        if getattr(kept, name) in (None, {}) and getattr(doubled, name) not in (None, {})
    }
    more = [one for one in doubled.honours if one not in kept.honours]
    return found | ({"honours": (list(kept.honours), [*kept.honours, *more])} if more else {})
