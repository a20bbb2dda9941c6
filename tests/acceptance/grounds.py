"""Six hundred gardens for the bulk scenarios, some of which cannot be planted, for four different reasons."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import toy
from acceptance.following import take

from engine import bulk
from engine.access import SYSTEM
from engine.bulk import Batch, Result
from engine.cases import Opening, open_many
from engine.store import organisations

CASES = 600
SPOILT = ("lacks its photo", "is planted already", "belongs to the west", "is claimed by another list")


@dataclass
class Grounds:
    """Six hundred gardens, of which each tenth cannot be planted, for four different reasons."""

    field: toy.Field
    ids: list[int]
    spoilt: dict[str, list[int]] = field(default_factory=dict)

    @property
    def good(self) -> list[int]:
        gone = {case_id for ids in self.spoilt.values() for case_id in ids}
        return [case_id for case_id in self.ids if case_id not in gone]

    def batch(self, name: str = "spring") -> Batch:
        return Batch(name=name, step="plant", versions=dict.fromkeys(self.ids, 1))

    def run(
        self, name: str = "spring", *, dry_run: bool = False, progress: Callable[[int], None] | None = None
    ) -> list[Result]:
        east = self.field.actor("east")
        return bulk.run(self.field.engine, east, self.batch(name), dry_run=dry_run, progress=progress)


def open_gardens(field: toy.Field, number: int) -> list[int]:
    """So many gardens in the east, opened at once."""
    with field.engine.work() as work:
        east = organisations.by_code(work, "east").id
        openings = [
            Opening(
                campaign="gardens-2020",
                flow="garden",
                district_id=east,
                subject_key=f"g{one}",
                subject_name=f"样例花园{one}",
                on=field.engine.today(work),
            )
            for one in range(number)
        ]
        return [case.id for case in open_many(field.engine, work, SYSTEM, openings)]


def lay(field: toy.Field) -> Grounds:
    why = {number: SPOILT[number % 40 // 10] for number in range(0, CASES, 10)}
    with field.engine.work() as work:
        places = {code: organisations.by_code(work, code).id for code in ("east", "west")}
        openings = [
            Opening(
                campaign="gardens-2020",
                flow="garden",
                district_id=places["west" if why.get(number) == SPOILT[2] else "east"],
                subject_key=f"g{number}",
                subject_name=f"样例花园{number}",
                on=field.engine.today(work),
                claimed=why.get(number) == SPOILT[3],
            )
            for number in range(CASES)
        ]
        ids = [case.id for case in open_many(field.engine, work, SYSTEM, openings)]
    spoilt = {reason: [ids[number] for number in why if why[number] == reason] for reason in SPOILT}
    for number, reason in why.items():
        if reason == SPOILT[0]:
            field.kind.facts_by_subject[f"g{number}"] = toy.Garden(lacking={"photo": ("",)})
    for case_id in spoilt[SPOILT[1]]:
        take(field, "east2", case_id, "plant")
    return Grounds(field, ids, spoilt)


def counted(results: list[Result]) -> Counter[tuple[str, tuple[str, ...]]]:
    return Counter((one.outcome, tuple(reason.code for reason in one.reasons)) for one in results)
