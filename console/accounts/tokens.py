"""Tokens with which programs use the interface: named, with a scope and a last day, kept as hashes, taken back."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, Literal, get_args

from console.accounts.core import Accounts, Caller, tell
from console.accounts.refusals import TokenRefused
from console.accounts.secrets import digest, new_secret
from console.administration import ADMINISTRATORS, need_role
from engine.access import Actor
from engine.errors import NotAllowed, NotFound, Refused
from engine.model import Person
from engine.store import people
from engine.store import tokens as store
from engine.store.database import Work
from engine.store.tokens import ApiToken
from engine.words import tr

Scope = Literal["read", "write", "admin"]
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)
"""Each holds those before it."""

PREFIX: Final = "lp_"
"""So that tokens are found where they should not lie."""

READER: Final = "reader"
"""The role that is left of others where a scope takes their deeds away: it sees, and nothing else."""

_HINT: Final = 8
_TOUCHED_EACH: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Bearer:
    """A program that asks: the person it does so for, with the roles of today as far as the scope goes."""

    token: ApiToken
    person: Person
    actor: Actor

    def require(self, scope: Scope) -> None:
        """Refuse what goes beyond the scope, also where no role would be asked for."""
        if SCOPES.index(scope) > SCOPES.index(_scope(self.token.scope)):
            raise NotAllowed(
                tr("This token is for “{own}”; this takes “{wanted}”.", own=self.token.scope, wanted=scope)
            )


def bearer(accounts: Accounts, token: str, caller: Caller) -> Bearer:
    """Who is behind a token, and what it may do today; refused when it is not good."""
    at = accounts.now()
    with accounts.engine.look() as work:
        found = store.by_hash(work, digest(token)) if token.startswith(PREFIX) else None
        person = people.get(work, found.person_id) if found else None
        if found is None or person is None or found.revoked_at or at >= found.expires_at or not person.active:
            raise TokenRefused
        actor = people.as_actor(work, person, accounts.engine.today(work))
    if found.used_at is None or at - found.used_at >= _TOUCHED_EACH:
        with accounts.engine.work() as work:
            store.touch(work, found.id, at, caller.columns["address"])
    return Bearer(found, person, narrowed(actor, _scope(found.scope)))


def make_token(
    accounts: Accounts, work: Work, actor: Actor, login: str, *, name: str, scope: str, days: int
) -> tuple[str, ApiToken]:
    """A token for oneself, or for anybody by an administrator; the token itself is answered once."""
    person = people.by_login(work, login)
    role = "" if person.id == actor.person_id else need_role(work, actor, ADMINISTRATORS)
    if not person.active:
        raise NotFound(tr("The account {login!r} is closed.", login=login))
    longest = accounts.section.token_days
    if not 1 <= days <= longest:
        raise Refused(tr("A token is good for 1 to {n} days.", n=longest))
    if scope not in SCOPES:
        raise Refused(tr("There is no scope {scope}; there are {known}.", scope=scope, known=SCOPES))
    if not 1 <= len(name.strip()) <= 60:  # noqa: PLR2004 - the width of the column
        raise Refused(tr("A token has a name of 1 to 60 characters, by which it is known again."))
    at, secret = accounts.now(), PREFIX + new_secret()
    row = {
        "hint": secret[:_HINT],
        "person_id": person.id,
        "name": name.strip(),
        "scope": scope,
        "created_by": actor.person_id or None,
        "created_at": at,
        "expires_at": at + timedelta(days=days),
    }
    token = store.add(work, digest(secret), row)
    told = {"person": login, "what": "token_made", "token": token.id, "scope": scope, "days": days}
    tell(accounts, work, actor.person_id, told, role=role)
    return secret, token


def tokens_of(work: Work, actor: Actor, login: str) -> tuple[ApiToken, ...]:
    """Somebody's tokens, ended ones too: one's own, or anybody's for administrators."""
    person = people.by_login(work, login)
    if person.id != actor.person_id:
        need_role(work, actor, ADMINISTRATORS)
    return store.of_person(work, person.id)


def revoke_token(accounts: Accounts, work: Work, actor: Actor, token_id: int) -> ApiToken:
    """Take a token back: one's own, or anybody's by an administrator."""
    token = store.find(work, token_id)
    own = token is not None and token.person_id == actor.person_id
    role = "" if own else need_role(work, actor, ADMINISTRATORS)
    if token is None:
        raise NotFound(tr("There is no token {number}.", number=token_id))
    if not store.revoke(work, token_id, accounts.now()):
        raise Refused(tr("Token {number} was taken back before.", number=token_id))
    login = people.get(work, token.person_id).login
    tell(accounts, work, actor.person_id, {"person": login, "what": "token_revoked", "token": token_id}, role=role)
    return store.get(work, token_id)


def narrowed(actor: Actor, scope: Scope) -> Actor:
    """The actor with what the scope leaves: reading sees all and does nothing, writing does not administer."""
    if scope == "admin":
        return actor
    kept = () if scope == "read" else tuple(one for one in actor.grants if one.role not in ADMINISTRATORS)
    lost = tuple(replace(one, role=READER) for one in actor.grants if one not in kept)
    return replace(actor, grants=(*kept, *lost))


def _scope(text: str) -> Scope:
    return next(scope for scope in SCOPES if scope == text)
