"""What happens at the door, and what is taken out of the house: written down row by row, read by administrators.

Failures stand in a table of their own and not in the journal, or anybody could make the journal grow. What changes an
account, each sign-in and the beginning of each waiting stand in the journal too.
"""

from collections.abc import Collection
from typing import Literal

from console.accounts.core import Accounts, Caller
from console.administration import ADMINISTRATORS, need_role
from engine.access import Actor
from engine.store import signins
from engine.store.database import Work
from engine.store.signins import Disclosure, SignIn

Outcome = Literal["signed_in", "wrong", "factor_wrong", "waiting", "ended", "provider_refused"]
Kind = Literal["export", "unmask"]


def note(
    accounts: Accounts,
    work: Work,
    outcome: Outcome,
    *,
    person_id: int | None,
    method: str,
    caller: Caller,
    session_id: int | None = None,
    detail: str | None = None,
) -> None:
    """Write down what happened at the door."""
    row = {
        "at": accounts.now(),
        "person_id": person_id,
        "outcome": outcome,
        "method": method,
        "detail": detail,
        "session_id": session_id,
        **caller.columns,
    }
    signins.add(work, row)


def disclose(
    accounts: Accounts, work: Work, actor: Actor, kind: Kind, about: str, *, rows: int, caller: Caller
) -> None:
    """Write down that somebody exported rows, or made a masked value visible."""
    row = {
        "at": accounts.now(),
        "person_id": actor.person_id,
        "kind": kind,
        "about": about[:200],
        "rows": rows,
        "address": caller.columns["address"],
    }
    signins.disclose(work, row)


def sign_ins(
    work: Work,
    actor: Actor,
    *,
    person_id: int | None = None,
    outcomes: Collection[str] = (),
    before: int | None = None,
    limit: int = 100,
) -> tuple[SignIn, ...]:
    """The newest first; one's own for everybody, all of them for administrators."""
    if person_id != actor.person_id:
        need_role(work, actor, ADMINISTRATORS)
    whose = None if person_id is None else [person_id]
    return signins.listed(work, person_ids=whose, outcomes=outcomes, before=before, limit=limit)


def disclosures(
    work: Work, actor: Actor, *, person_id: int | None = None, before: int | None = None, limit: int = 100
) -> tuple[Disclosure, ...]:
    """The newest first, for administrators."""
    need_role(work, actor, ADMINISTRATORS)
    whose = None if person_id is None else [person_id]
    return signins.disclosed(work, person_ids=whose, before=before, limit=limit)
