"""Links in mails: random, of one purpose, for one person, for a short time, good once; looking does not use them up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from console.accounts.core import Accounts, tell
from console.accounts.refusals import LinkRefused
from console.accounts.secrets import digest, new_secret
from console.administration import ADMINISTRATORS, need_role
from engine.access import Actor
from engine.errors import Refused
from engine.model import Person
from engine.store import links as store
from engine.store import people
from engine.store.database import Work
from engine.store.links import Link
from engine.words import tr

Purpose = Literal["invitation", "password_reset", "sign_in_link"]
PATHS: Final[dict[Purpose, str]] = {"invitation": "invitation", "password_reset": "reset", "sign_in_link": "link"}
"""Where in the console the links of each purpose lead."""
_BYTES: Final = 24


@dataclass(frozen=True, slots=True)
class Made:
    """A link just made; its address is in the mail and nowhere else."""

    id: int
    address: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page says of a link before it is used."""

    person: Person
    purpose: str
    target: str | None
    expires_at: datetime


def make(
    accounts: Accounts, work: Work, person: Person, purpose: Purpose, *, by: int | None, target: str | None = None
) -> Made:
    """A new link; earlier ones of the same purpose are no longer good."""
    at, token = accounts.now(), new_secret(_BYTES)
    if not accounts.base:
        raise Refused(
            tr("Letters cannot carry links: set `web.public` or `mail.link` in config.yaml to the console's address.")
        )
    store.revoke(work, person.id, at, purpose=purpose)
    expires_at = at + lasting(accounts, purpose)
    row = {
        "purpose": purpose,
        "person_id": person.id,
        "target": target,
        "created_by": by,
        "created_at": at,
        "expires_at": expires_at,
    }
    number = store.add(work, digest(token), row)
    return Made(number, f"{accounts.base.rstrip('/')}/{PATHS[purpose]}/{token}", expires_at)


def look_at(accounts: Accounts, token: str, purpose: Purpose) -> Shown:
    """What a link is for, without using it up: programs that check mails open every link."""
    with accounts.engine.look() as work:
        link = store.by_hash(work, digest(token))
        person = people.get(work, link.person_id) if link else None
    good = link is not None and link.used_at is None and link.revoked_at is None and accounts.now() < link.expires_at
    if link is None or person is None or not good or link.purpose != purpose or not person.active:
        raise LinkRefused
    return Shown(person, link.purpose, link.target, link.expires_at)


def use(accounts: Accounts, work: Work, token: str, purpose: Purpose) -> tuple[Link, Person]:
    """Use a link up; of several who try at once one succeeds."""
    link = store.use(work, digest(token), purpose, accounts.now())
    person = people.get(work, link.person_id) if link else None
    if link is None or person is None or not person.active:
        raise LinkRefused
    return link, person


def revoke(accounts: Accounts, work: Work, actor: Actor, login: str) -> int:
    """Take back all links of a person that are still good; answers how many."""
    person = people.by_login(work, login)
    role = "" if person.id == actor.person_id else need_role(work, actor, ADMINISTRATORS)
    taken = store.revoke(work, person.id, accounts.now())
    if taken:
        tell(accounts, work, actor.person_id, {"person": login, "what": "links_revoked", "n": taken}, role=role)
    return taken


def lasting(accounts: Accounts, purpose: Purpose) -> timedelta:
    rule = accounts.section.links
    times: dict[Purpose, timedelta] = {
        "invitation": timedelta(hours=rule.invitation_hours),
        "password_reset": timedelta(minutes=rule.reset_minutes),
        "sign_in_link": timedelta(minutes=rule.sign_in_minutes),
    }
    return times[purpose]
