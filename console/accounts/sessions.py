"""Sessions: opened with a random token, looked up at each request, listed and ended."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal
from urllib.parse import urlsplit

from console.accounts.audit import note
from console.accounts.core import Accounts, Caller, tell
from console.accounts.refusals import ConfirmationNeeded, SessionEnded
from console.accounts.secrets import digest, new_secret
from console.administration import ADMINISTRATORS, need_role
from engine.access import Actor
from engine.errors import NotFound
from engine.model import Person
from engine.store import people, sessions
from engine.store.database import Work
from engine.store.sessions import Session
from engine.words import tr

Stage = Literal["open", "factor", "enrolment"]
HALF: Final = timedelta(minutes=10)
"""How long one has for the code after the password."""
NOBODY: Final = -1
TOUCHED_EACH: Final = timedelta(minutes=1)
"""A session is not written anew more often than this."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session just begun: its token for the cookie, which nobody can read again, and the sign-in before."""

    token: str
    session: Session
    last_at: datetime | None = None
    last_address: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """A request of somebody who is signed in. While something is still asked for, the actor is nobody: without roles,
    and without what people may do for themselves.
    """

    session: Session
    person: Person
    actor: Actor
    fresh: bool

    def opens(self, path: str) -> bool:
        """Whether this session may open that page; one begun by a link in a mail opens a single one."""
        if self.session.only is None:
            return True
        only = urlsplit(self.session.only).path
        return path == only or path.startswith(f"{only}/")


def visit(accounts: Accounts, token: str, *, touches: bool = True) -> Visit | None:
    """Who is behind the token of a request, and what they may do today; None when nobody is.

    A request that nobody made by hand does not touch the session: it stays as idle as it was.
    """
    with accounts.engine.look() as work:
        found = read_visit(accounts, work, token)
    if found is not None and touches and is_idle(accounts, found):
        touch(accounts, found)
    return found


def read_visit(accounts: Accounts, work: Work, token: str) -> Visit | None:
    """The same within a transaction, without touching anything."""
    at = accounts.now()
    found = sessions.behind(work, digest(token))
    if found is None or not found.person.active or not is_open(accounts, found.session, at):
        return None
    session, person = found.session, found.person
    actor = people.as_actor(work, person, accounts.engine.today(work))
    if session.stage != "open":
        actor = replace(actor, person_id=NOBODY, grants=())
    return Visit(session, person, actor, _is_fresh(accounts, session, at))


def is_idle(accounts: Accounts, visit: Visit) -> bool:
    """Whether nothing was written about the session for a while."""
    return accounts.now() - visit.session.seen_at >= TOUCHED_EACH


def touch(accounts: Accounts, visit: Visit) -> None:
    """Write down that somebody is still there."""
    with accounts.engine.work() as work:
        sessions.change(work, visit.session.id, seen_at=accounts.now())


def is_open(accounts: Accounts, session: Session, at: datetime) -> bool:
    idle = timedelta(minutes=accounts.section.sessions.idle_minutes)
    return session.ended_at is None and at < session.expires_at and at < session.seen_at + idle


def require_fresh(visit: Visit) -> None:
    """Refuse what is not easily undone when the password was entered too long ago."""
    if not visit.fresh:
        raise ConfirmationNeeded


def require_whole(visit: Visit) -> None:
    """Refuse what concerns the account itself to sessions of a single page, or while something is still asked for."""
    if visit.session.stage != "open" or visit.session.only is not None:
        raise ConfirmationNeeded


def begin(
    accounts: Accounts,
    work: Work,
    person: Person,
    *,
    method: str,
    stage: Stage,
    caller: Caller,
    only: str | None = None,
) -> tuple[str, Session]:
    """Open a session; its token is answered once and kept as a hash."""
    at, token = accounts.now(), new_secret()
    lasting = HALF if stage == "factor" else timedelta(hours=accounts.section.sessions.hours)
    row = {
        "person_id": person.id,
        "method": method,
        "stage": stage,
        "only": only,
        **caller.columns,
        "created_at": at,
        "seen_at": at,
        "confirmed_at": at,
        "expires_at": at + lasting,
    }
    return token, sessions.add(work, token_hash=digest(token), row=row)


def sign_out(accounts: Accounts, token: str, caller: Caller) -> None:
    """End the session of this token; nothing happens where it has ended."""
    with accounts.engine.work() as work:
        session = sessions.by_hash(work, digest(token))
        if session is not None:
            _end(accounts, work, session.person_id, "signed_out", caller=caller, session_id=session.id)


def own_sessions(accounts: Accounts, work: Work, person_id: int) -> tuple[Session, ...]:
    """The sessions of a person that are open now, the newest first."""
    at = accounts.now()
    return tuple(one for one in sessions.of_person(work, person_id) if is_open(accounts, one, at))


def sessions_of(accounts: Accounts, work: Work, actor: Actor, login: str) -> tuple[Session, ...]:
    """The open sessions of somebody: one's own, or anybody's for administrators."""
    person = people.by_login(work, login)
    if person.id != actor.person_id:
        need_role(work, actor, ADMINISTRATORS)
    return own_sessions(accounts, work, person.id)


def end_sessions(
    accounts: Accounts,
    work: Work,
    actor: Actor,
    login: str,
    *,
    session_id: int | None = None,
    but: int | None = None,
    caller: Caller | None = None,
) -> int:
    """End one session of somebody or all of them: one's own, or anybody's for administrators. Answers how many."""
    person = people.by_login(work, login)
    role = "" if person.id == actor.person_id else need_role(work, actor, ADMINISTRATORS)
    if session_id is not None and session_id not in {one.id for one in sessions.of_person(work, person.id, limit=1000)}:
        raise NotFound(tr("{login} has no session {number}.", login=login, number=session_id))
    reason = "ended_by_administrator" if role else "ended_elsewhere"
    ended = _end(accounts, work, person.id, reason, caller=caller or Caller(), session_id=session_id, but=but)
    if ended:
        tell(accounts, work, actor.person_id, {"person": login, "what": "sessions_ended", "n": ended}, role=role)
    return ended


def end_all(
    accounts: Accounts, work: Work, person_id: int, reason: str, *, caller: Caller, but: int | None = None
) -> int:
    """End a person's sessions because something about the account has changed."""
    return _end(accounts, work, person_id, reason, caller=caller, but=but)


def held(accounts: Accounts, work: Work, token: str, stage: Stage) -> Session:
    """The open session of a token at a stage, or a refusal."""
    session = sessions.by_hash(work, digest(token))
    if session is None or session.stage != stage or not is_open(accounts, session, accounts.now()):
        raise SessionEnded
    return session


def _is_fresh(accounts: Accounts, session: Session, at: datetime) -> bool:
    lasting = timedelta(minutes=accounts.section.sessions.fresh_minutes)
    return session.stage == "open" and session.only is None and at < session.confirmed_at + lasting


def _end(
    accounts: Accounts,
    work: Work,
    person_id: int,
    reason: str,
    *,
    caller: Caller,
    session_id: int | None = None,
    but: int | None = None,
) -> int:
    ended = sessions.end(work, accounts.now(), reason, person_id=person_id, session_id=session_id, but=but)
    for number in ended:
        note(accounts, work, "ended", person_id=person_id, method="", caller=caller, session_id=number, detail=reason)
    return len(ended)
