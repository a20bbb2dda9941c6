"""Splitting an enterprise that is two: named cases go to a new one, or back to one that was wrongly merged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.access import Actor
from engine.core import Engine
from engine.errors import Refused
from engine.model import Case
from engine.store import cases as stored
from engine.store import journal
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking import creditcode
from workflows.benchmarking.identity.deciding import TOLD, Deciding, Joined, both_take_part, one_place, standing
from workflows.benchmarking.model import Enterprise
from workflows.benchmarking.names import name_key
from workflows.benchmarking.records import enterprises
from workflows.benchmarking.records.nominations import of_everywhere, subject_key
from workflows.benchmarking.records.words import enter_enterprises


@dataclass(frozen=True, slots=True)
class NewOne:
    """An enterprise that gets a row of its own; one of a name that another has needs its credit code."""

    name: str
    credit_code: str | None = None


def split(
    engine: Engine,
    work: Work,
    actor: Actor,
    enterprise: int,
    target: NewOne | int,
    *,
    cases: Sequence[int] = (),
    reason: str,
    version: int | None = None,
) -> Joined:
    """Give cases of an enterprise to another: a new one, or one that was merged into it, which then stands again.

    Where none are named for a merged one, those go back that came with it. Asked again it changes nothing.
    """
    deciding = Deciding.begin(engine, work, actor, reason)
    (whole,) = deciding.hold([enterprise], {enterprise: version})
    standing(whole, work)
    if isinstance(target, int):
        return _restore(deciding, whole, target, cases)
    return _part(deciding, whole, target, cases)


def _part(deciding: Deciding, whole: Enterprise, wanted: NewOne, numbers: Sequence[int]) -> Joined:
    """A new enterprise with the named cases."""
    work = deciding.work
    if not numbers:
        raise Refused(tr("Name the cases that belong to the other enterprise."))
    done = _done_before(work, wanted, numbers)
    if done is not None and done.id != whole.id:
        return Joined(done, changed=False)
    moving = _own(work, whole, numbers)
    if len(moving) == len(of_everywhere(work, [whole.id])[whole.id]):
        raise Refused(tr("{name} would keep no case; rename it instead.", name=whole.name))
    name = wanted.name.strip()
    if not name:
        raise Refused(tr("{what} is missing; please fill it in.", what=tr("the name of the enterprise")))
    code = _free_code(work, wanted)
    _check_free_name(work, name, code)
    fresh = enterprises.add(work, name, credit_code=code)
    after = deciding.bring(moving, fresh, "split")
    enterprises.change(work, whole.id, {})
    deciding.tell("split", {"from": whole.id, "into": fresh.id, "name": name, "cases": [case.id for case in moving]})
    return Joined(enterprises.get(work, fresh.id), after)


def _restore(deciding: Deciding, whole: Enterprise, number: int, numbers: Sequence[int]) -> Joined:
    """The merged enterprise stands again, with its cases, its code, and without what the other learned from it."""
    work = deciding.work
    (merged,) = deciding.hold([number], {})
    if merged.merged_into is None and numbers and all(_belongs(work, case, merged) for case in numbers):
        return Joined(merged, changed=False)
    if merged.merged_into is None and not numbers and _last_merge(work, merged.id, whole.id):
        return Joined(merged, changed=False)
    if merged.merged_into != whole.id:
        raise Refused(tr("{name} was not merged into {other}.", name=merged.name, other=whole.name))
    told = _last_merge(work, merged.id, whole.id)
    wanted = numbers or [case for case in told.get("cases", ()) if _belongs(work, case, whole)]
    moving = _own(work, whole, wanted)
    _check_room(work, merged, moving)
    given_back = _given_back(whole, told)
    code = told.get("took", {}).get("credit_code", (None, None))[1] if "credit_code" in given_back else None
    _check_free_name(work, merged.name, code)
    deciding.describe(whole, given_back, of_everywhere(work, [whole.id])[whole.id])
    enterprises.change(work, merged.id, {"merged_into": None, "credit_code": code})
    again = enterprises.get(work, merged.id)
    after = deciding.bring(moving, again, "split")
    enter_enterprises(deciding.engine, work, [whole.id, merged.id])
    deciding.tell("restored", {"from": whole.id, "into": merged.id, "cases": [case.id for case in moving]})
    return Joined(again, after)


def _given_back(whole: Enterprise, told: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What the merge wrote and nobody has changed since: as it is, and as it was before."""
    back = {}
    for name, (before, after) in told.get("took", {}).items():
        present = getattr(whole, name)
        present = list(present) if isinstance(present, tuple) else present
        if present == after:
            back[name] = (present, before)
    return back


def _last_merge(work: Work, merged: int, into: int) -> Mapping[str, Any]:
    """What the journal of the house says of the merge; empty where there was none."""
    for entry in reversed(journal.of_case(work, journal.HOUSE)):
        told = entry.data.get(TOLD, {})
        if (told.get("what"), told.get("from"), told.get("into")) == ("merged", merged, into):
            return dict(told)
    return {}


def _own(work: Work, whole: Enterprise, numbers: Sequence[int]) -> list[Case]:
    """The cases, each of them of this enterprise."""
    held = {case.id: case for case in of_everywhere(work, [whole.id])[whole.id]}
    strange = [number for number in dict.fromkeys(numbers) if number not in held]
    if strange:
        raise Refused(tr("{name} has no case {numbers}.", name=whole.name, numbers=tuple(map(str, strange))))
    return [held[number] for number in dict.fromkeys(numbers)]


def _belongs(work: Work, number: int, one: Enterprise) -> bool:
    return stored.get(work, number).subject_key == subject_key(one.id)


def _done_before(work: Work, wanted: NewOne, numbers: Sequence[int]) -> Enterprise | None:
    """The enterprise of that name which has all these cases already."""
    keys = {stored.get(work, number).subject_key for number in numbers}
    same = [one for one in enterprises.every(work) if one.name_key == name_key(wanted.name)]
    return next((one for one in same if keys == {subject_key(one.id)}), None)


def _check_room(work: Work, merged: Enterprise, moving: Sequence[Case]) -> None:
    """A case cannot come to an enterprise that takes part there already, or had a case in the same place."""
    kept = of_everywhere(work, [merged.id])[merged.id]
    taken = both_take_part(kept, moving)
    beside = next((case for case in moving if one_place(kept, case)), None)
    found = taken[1] if taken else beside
    if found is not None:
        raise Refused(
            tr(
                "{name} has a case in {campaign} already; leave case {case} where it is.",
                name=merged.name,
                campaign=found.campaign,
                case=found.id,
            )
        )


def _free_code(work: Work, wanted: NewOne) -> str | None:
    if wanted.credit_code is None:
        return None
    code = creditcode.clean(wanted.credit_code)
    fault = creditcode.fault_of(code)
    if fault is not None:
        raise Refused(fault)
    if enterprises.by_credit_code(work, code) is not None:
        raise Refused(tr("The credit code {code} belongs to another enterprise on record; please check it.", code=code))
    return code


def _check_free_name(work: Work, name: str, code: str | None) -> None:
    """Without a code an enterprise is known by its name alone, so no two can have one."""
    same = [one for one in enterprises.every(work) if one.name_key == name_key(name) and one.merged_into is None]
    if code is None and any(one.credit_code is None for one in same):
        raise Refused(tr("Another enterprise is called {name}; say the credit code of this one.", name=name))
