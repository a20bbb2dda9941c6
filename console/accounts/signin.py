"""Signing in: password, then a code where one is set up; guessing is charged before it is judged."""

from dataclasses import dataclass

from console.accounts import factors, lockout
from console.accounts.audit import Outcome, note
from console.accounts.core import Accounts, Caller, tell
from console.accounts.lockout import Charge, charge_all, refund
from console.accounts.refusals import FactorRefused, SignInRefused
from console.accounts.sessions import SignedIn, Stage, Visit, begin, held, require_whole
from engine.model import Person
from engine.store import accounts as store
from engine.store import people, sessions
from engine.store.accounts import Account
from engine.store.database import Work


def sign_in(accounts: Accounts, login: str, password: str, caller: Caller) -> SignedIn:
    """Begin a session with login and password; its stage says whether a code is still asked for.

    Refused alike for a wrong password, an unknown login and a closed account; WaitAsked says until when to wait.
    """
    known = login.strip().lower()
    tried = _try(accounts, known, password, caller)
    fresh_hash = _outdated(accounts, tried, password)
    with accounts.engine.work() as work:
        person = _unchanged(work, tried)
        if person is not None:
            for charge in tried.charges:
                refund(work, charge)
            if fresh_hash is not None:
                store.change(work, person.id, password_hash=fresh_hash)
            return come_in(accounts, work, person, method="password", caller=caller)
        _failed(accounts, work, tried, caller)
    raise SignInRefused


def give_code(accounts: Accounts, token: str, code: str, caller: Caller) -> SignedIn:
    """Go on from the password with the code of the second factor, or with a recovery code; the token is a new one."""
    with accounts.engine.work() as work:
        half = held(accounts, work, token, "factor")
        charges = charge_all(accounts, work, (lockout.of_factor(half.person_id), lockout.of_address(caller.place)))
    with accounts.engine.work() as work:
        person = people.get(work, half.person_id)
        if held(accounts, work, token, "factor") and person.active and factors.accept(accounts, work, person, code):
            for charge in charges:
                refund(work, charge)
            sessions.end(work, accounts.now(), "went_on", person_id=person.id, session_id=half.id)
            return _complete(accounts, work, person, method=half.method, stage="open", caller=caller, only=half.only)
        _note_failure(accounts, work, charges, person, method="factor", caller=caller)
    raise FactorRefused


def confirm(accounts: Accounts, visit: Visit, password: str, caller: Caller) -> None:
    """Prove once more who one is, for what is not easily undone."""
    require_whole(visit)
    tried = _try(accounts, visit.person.login, password, caller)
    with accounts.engine.work() as work:
        if _unchanged(work, tried) is not None:
            for charge in tried.charges:
                refund(work, charge)
            sessions.change(work, visit.session.id, confirmed_at=accounts.now())
            return
        _failed(accounts, work, tried, caller)
    raise SignInRefused


def come_in(
    accounts: Accounts,
    work: Work,
    person: Person,
    *,
    method: str,
    caller: Caller,
    factor_done: bool = False,
    only: str | None = None,
) -> SignedIn:
    """A session for somebody who has shown who they are; at the stage that is still asked for."""
    stage: Stage = "open" if factor_done else factors.asked_of(accounts, work, person)
    if stage == "factor":
        token, session = begin(accounts, work, person, method=method, stage=stage, caller=caller, only=only)
        return SignedIn(token, session)
    return _complete(accounts, work, person, method=method, stage=stage, caller=caller, only=only)


@dataclass(frozen=True, slots=True)
class _Tried:
    """A password that was tried at an account, and whether it was right."""

    person: Person | None
    account: Account | None
    right: bool
    charges: tuple[Charge, ...]


def _try(accounts: Accounts, login: str, password: str, caller: Caller) -> _Tried:
    """Charge the attempt, then judge it outside of any transaction: a hash takes its time."""
    with accounts.engine.work() as work:
        charges = charge_all(accounts, work, (lockout.of_address(caller.place), lockout.of_login(login)))
        person = store.with_login(work, login)
        account = store.get(work, person.id) if person else None
    kept = account.password_hash if account and person and person.active else None
    return _Tried(person, account, accounts.hashing.matches(kept, password), charges)


def _outdated(accounts: Accounts, tried: _Tried, password: str) -> str | None:
    kept = tried.account.password_hash if tried.right and tried.account else None
    return accounts.hashing.hash(password) if kept and accounts.hashing.is_outdated(kept) else None


def _unchanged(work: Work, tried: _Tried) -> Person | None:
    """The person, if the password was right and still is."""
    if not tried.right or tried.person is None or tried.account is None:
        return None
    person = people.get(work, tried.person.id)
    same = store.get(work, person.id).password_hash == tried.account.password_hash
    return person if person.active and same else None


def _failed(accounts: Accounts, work: Work, tried: _Tried, caller: Caller) -> None:
    _note_failure(accounts, work, tried.charges, tried.person, method="password", caller=caller)


def _note_failure(
    accounts: Accounts,
    work: Work,
    charges: tuple[Charge, ...],
    person: Person | None,
    *,
    method: str,
    caller: Caller,
) -> None:
    person_id = person.id if person else None
    outcome: Outcome = "factor_wrong" if method == "factor" else "wrong"
    note(accounts, work, outcome, person_id=person_id, method=method, caller=caller)
    for charge in charges:
        if charge.until is not None:
            what = charge.subject.partition(":")[0]
            note(accounts, work, "waiting", person_id=person_id, method=method, caller=caller, detail=what)
            if charge.locks and person is not None and what != "address":
                # once for each row of failures: the journal is not to grow by guessing
                tell(accounts, work, 0, {"person": person.login, "what": "waiting", "method": method})


def _complete(
    accounts: Accounts, work: Work, person: Person, *, method: str, stage: Stage, caller: Caller, only: str | None
) -> SignedIn:
    before = store.get(work, person.id)
    token, session = begin(accounts, work, person, method=method, stage=stage, caller=caller, only=only)
    store.change(work, person.id, last_at=accounts.now(), last_address=caller.columns["address"])
    note(accounts, work, "signed_in", person_id=person.id, method=method, caller=caller, session_id=session.id)
    tell(accounts, work, person.id, {"person": person.login, "what": "signed_in", "method": method})
    return SignedIn(token, session, before.last_at, before.last_address)
