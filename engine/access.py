"""Who may see and do what: decided here for every entry, by role and by the part of the tree the role covers."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

SYSTEM_ID: Final = 0


@dataclass(frozen=True, slots=True)
class Grant:
    """A role over an organisation and all below it; `by` is whose it is: oneself or the person stood in for."""

    role: str
    path: str
    by: int


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person with the roles of today, own and lent by those they stand in for."""

    person_id: int
    login: str
    name: str
    organisation_id: int
    grants: tuple[Grant, ...]
    locale: str = "zh_CN"

    @property
    def identities(self) -> frozenset[int]:
        """Everybody this actor can act as."""
        return frozenset({self.person_id, *(grant.by for grant in self.grants)})


@dataclass(frozen=True, slots=True)
class Capacity:
    """In which role somebody acts, and for whom."""

    role: str
    on_behalf_of: int | None


@dataclass(frozen=True, slots=True)
class Party:
    """Who proposed something: the person, whom they did it for, and the office of the person.

    Neither of these confirms it, nor who stands in for one of them; who lent the person a role that was not used may.
    """

    people: frozenset[int]
    organisation_id: int


SYSTEM: Final = Actor(SYSTEM_ID, "system", "系统", 0, (Grant("system", "/", SYSTEM_ID),))


def sees(actor: Actor, path: str) -> bool:
    """Whether an organisation's matters exist for this actor at all."""
    return any(path.startswith(grant.path) for grant in actor.grants)


def capacity(actor: Actor, path: str, roles: Collection[str]) -> Capacity | None:
    """The first of the actor's own, then lent, roles that covers the organisation; None when there is none."""
    fitting = [grant for grant in actor.grants if grant.role in roles and path.startswith(grant.path)]
    if not fitting:
        return None
    best = min(fitting, key=lambda grant: grant.by != actor.person_id)
    return Capacity(best.role, None if best.by == actor.person_id else best.by)


def scopes(actor: Actor) -> tuple[str, ...]:
    """Paths of the tree the actor sees, without those inside another."""
    paths = sorted({grant.path for grant in actor.grants}, key=len)
    kept: list[str] = []
    for path in paths:
        if not any(path.startswith(other) for other in kept):
            kept.append(path)
    return tuple(kept)
