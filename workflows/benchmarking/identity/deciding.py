"""What every decision about the identity of enterprises shares: who decides, what is held, how it is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine.access import Actor, Capacity
from engine.cases import record
from engine.core import Engine
from engine.errors import CaseChanged, NotFound, Refused
from engine.model import Case, Entry
from engine.roles import SUPERVISORS
from engine.store import campaigns, cases, journal
from engine.store.database import Work
from engine.subjects import Subject, over_everybody, retarget
from engine.words import tr
from workflows.benchmarking.model import Enterprise
from workflows.benchmarking.recording.changes import plain
from workflows.benchmarking.records import enterprises, nominations, products

TOLD: Final = "enterprise"
"""Under this name the journal of the house tells of these decisions."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The enterprise as it stands after a decision, the cases that changed, and whether anything did."""

    enterprise: Enterprise
    cases: tuple[Case, ...] = ()

    changed: bool = True

    def as_json(self) -> dict[str, Any]:
        one = self.enterprise
        told = [{"case": case.id, "subject": case.subject_name, "version": case.version} for case in self.cases]
        return {"enterprise": one.id, "name": one.name, "version": one.version, "changed": self.changed, "cases": told}


@dataclass(frozen=True, slots=True)
class Deciding:
    """A municipal coordinator deciding who is who, for a reason."""

    engine: Engine
    work: Work
    actor: Actor
    acting: Capacity
    reason: str

    @classmethod
    def begin(cls, engine: Engine, work: Work, actor: Actor, reason: str) -> "Deciding":
        """Only who decides for all districts may; lists that are coming in wait until it is done."""
        acting, _ = over_everybody(work, actor)
        if not reason.strip():
            raise Refused(tr("This needs a reason; please write it down."))
        for campaign in campaigns.every(work):
            campaigns.hold(work, campaign.key)
        return cls(engine, work, actor, acting, reason.strip())

    def hold(self, ids: Sequence[int], versions: Mapping[int, int | None]) -> list[Enterprise]:
        """The enterprises, held, in the order asked for, as the person saw them."""
        theirs = nominations.of_everywhere(self.work, ids)
        # whoever writes about an enterprise holds its case first
        cases.lock(self.work, sorted({case.id for found in theirs.values() for case in found}))
        held = enterprises.hold(self.work, ids)
        for number in ids:
            if number not in held:
                raise NotFound(tr("There is no enterprise with the number {number}.", number=number))
            expected, one = versions.get(number), held[number]
            if expected is not None and expected != one.version:
                sentence = tr("{name} was changed meanwhile; please look again.", name=one.name)
                raise CaseChanged(sentence, state="", version=one.version, changed_by="")
        return [held[number] for number in ids]

    def bring(self, held: Sequence[Case], target: Enterprise, why: str) -> tuple[Case, ...]:
        """Let cases and their products be those of an enterprise, under its name."""
        key = nominations.subject_key(target.id)
        subjects = [Subject(case.id, key, target.name) for case in held]
        after = retarget(self.engine, self.work, self.actor, subjects, why=why, reason=self.reason)
        for brought in products.of_cases(self.work, [case.id for case in held]).values():
            for one in brought:
                if one.enterprise_id != target.id:
                    products.change(self.work, one.id, {"enterprise_id": target.id})
        return tuple(after.values())

    def describe(self, one: Enterprise, learned: Mapping[str, tuple[Any, Any]], held: Sequence[Case]) -> None:
        """Write other details into an enterprise; a case of it tells them as any recording does."""
        enterprises.change(self.work, one.id, {name: after for name, (_, after) in learned.items()})
        telling = next((case for case in reversed(held) if nominations.takes_part(case)), None) or next(
            iter(held), None
        )
        if learned and telling is not None:
            before = {name: was for name, (was, _) in learned.items()}
            after = {name: now for name, (_, now) in learned.items()}
            told = {"before": plain(before), "after": plain(after)}
            record(
                self.engine,
                self.work,
                self.actor,
                telling.id,
                what="enterprise",
                data=told,
                roles=SUPERVISORS,
                reason=self.reason,
            )

    def tell(self, what: str, told: Mapping[str, Any]) -> None:
        """Write it into the journal of the house."""
        entry = Entry(
            "house",
            self.actor.person_id,
            self.acting.role,
            self.engine.today(self.work),
            on_behalf_of=self.acting.on_behalf_of,
            reason=self.reason,
            data={TOLD: {"what": what, **told}},
        )
        journal.append_house(self.work, entry)


def standing(one: Enterprise, work: Work) -> Enterprise:
    """The enterprise, if it has not been merged into another; else refused with whom to name instead."""
    if one.merged_into is not None:
        other = enterprises.get(work, one.id)
        raise Refused(
            tr(
                "{name} has been merged into {other}; name that one ({number}).",
                name=one.name,
                other=other.name,
                number=other.id,
            )
        )
    return one


def both_take_part(mine: Sequence[Case], others: Sequence[Case]) -> tuple[Case, Case] | None:
    """Two cases of one campaign that both take part, if there are any."""
    active = {case.campaign: case for case in mine if nominations.takes_part(case)}
    for other in others:
        if nominations.takes_part(other) and other.campaign in active:
            return active[other.campaign], other
    return None


def one_place(mine: Sequence[Case], other: Case) -> Case | None:
    """A case in the same campaign and district, beside which there is no room for another of the same enterprise."""
    return next(
        (case for case in mine if (case.campaign, case.district_id) == (other.campaign, other.district_id)), None
    )
