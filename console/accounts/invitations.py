"""How people come to a password: invited by mail, set anew by mail, changed by themselves, set by an administrator."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from console.accounts import links, lockout
from console.accounts.core import Accounts, Caller, tell
from console.accounts.letters import can_be_written_to, write
from console.accounts.links import Purpose
from console.accounts.lockout import charge_all
from console.accounts.passwords import check_password, words_about
from console.accounts.sessions import SignedIn, Visit, end_all, require_whole
from console.accounts.signin import come_in, confirm
from console.administration import ADMINISTRATORS, need_role
from engine.access import Actor
from engine.errors import NotFound, Refused
from engine.model import Person
from engine.store import accounts as store
from engine.store import links as link_rows
from engine.store import people, throttles
from engine.store.database import Work
from engine.words import DEFAULT_LOCALE, tr
from notifications.samples import sample

PasswordPurpose = Literal["invitation", "password_reset"]


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation on its way: the mail it stands in, and until when it is good."""

    mail_id: int
    expires_at: datetime


def invite(accounts: Accounts, work: Work, actor: Actor, login: str) -> Invited:
    """Mail somebody a link to set their first password; an earlier invitation is no longer good."""
    role = need_role(work, actor, ADMINISTRATORS)
    person = people.by_login(work, login)
    if not person.active:
        raise NotFound(tr("The account {login!r} is closed.", login=login))
    if store.get(work, person.id).password_hash is not None:
        raise Refused(tr("{login} has a password already; who has forgotten it asks for a new one.", login=login))
    link = links.make(accounts, work, person, "invitation", by=actor.person_id)
    mail_id = write(accounts, work, person, "invitation", link, asked_by=actor.name)
    tell(accounts, work, actor.person_id, {"person": login, "what": "invited", "mail": mail_id}, role=role)
    return Invited(mail_id, link.expires_at)


def ask_reset(accounts: Accounts, login_or_email: str, caller: Caller) -> None:
    """Mail a link to set the password anew. Nothing tells whether there is such an account."""
    _ask(accounts, login_or_email, "password_reset", caller)


def ask_sign_in_link(accounts: Accounts, login_or_email: str, target: str, caller: Caller) -> None:
    """Mail a link that opens one page, where the configuration allows it. Nothing tells whether there is an account."""
    if not accounts.section.links.sign_in:
        raise Refused(tr("Links that open a page without a password are switched off here."))
    if not target.startswith("/") or target.startswith(("//", "/\\")) or _leads_everywhere(target):
        raise Refused(tr("A link opens a page of this console only."))
    _ask(accounts, login_or_email, "sign_in_link", caller, target=target)


def _leads_everywhere(target: str) -> bool:
    """Whether all that there is lies below an address: the interface is no page."""
    return target.partition("?")[0].split("/")[1:2] == ["api"]


def sign_in_by_link(accounts: Accounts, token: str, caller: Caller) -> SignedIn:
    """Begin a session that opens the page of the link and no other; a second factor is asked for as always."""
    with accounts.engine.work() as work:
        link, person = links.use(accounts, work, token, "sign_in_link")
        return come_in(accounts, work, person, method="link", caller=caller, only=link.target or "/")


def set_password_by_link(
    accounts: Accounts, token: str, purpose: PasswordPurpose, password: str, caller: Caller
) -> Person:
    """Set the password with an invitation or a reset link, which is used up by this; other sessions end."""
    shown = links.look_at(accounts, token, purpose)
    _check(accounts, shown.person, password)
    hashed = accounts.hashing.hash(password)
    with accounts.engine.work() as work:
        _, person = links.use(accounts, work, token, purpose)
        _keep(accounts, work, person, hashed, by=person.id, what=purpose, caller=caller)
    return person


def change_password(accounts: Accounts, visit: Visit, old: str, new: str, caller: Caller) -> None:
    """Change one's own password; one's other sessions end."""
    require_whole(visit)
    _check(accounts, visit.person, new)
    confirm(accounts, visit, old, caller)
    hashed = accounts.hashing.hash(new)
    with accounts.engine.work() as work:
        but = visit.session.id
        _keep(accounts, work, visit.person, hashed, by=visit.person.id, what="changed", caller=caller, but=but)


def set_password(accounts: Accounts, actor: Actor, login: str, password: str) -> Person:
    """Set somebody's password from the command line: one's own, or anybody's for administrators."""
    with accounts.engine.look() as work:
        person = people.by_login(work, login)
        role = "" if person.id == actor.person_id else need_role(work, actor, ADMINISTRATORS)
    if not person.active:
        raise NotFound(tr("The account {login!r} is closed.", login=login))
    _check(accounts, person, password)
    hashed = accounts.hashing.hash(password)
    with accounts.engine.work() as work:
        _keep(accounts, work, person, hashed, by=actor.person_id, what="set", caller=Caller(), role=role)
    return person


def _ask(
    accounts: Accounts, login_or_email: str, purpose: Purpose, caller: Caller, *, target: str | None = None
) -> None:
    """Charged always and never refunded, so that nobody's mailbox can be filled."""
    wanted = login_or_email.strip().lower()
    if not accounts.base:
        # told to everybody alike, or the refusal would tell whether there is such an account
        raise Refused(tr("No links can be mailed from here yet; please ask the administrator to set your password."))
    with accounts.engine.work() as work:
        charge_all(accounts, work, (lockout.of_letter(wanted), lockout.of_asking(caller.place)))
    with accounts.engine.work() as work:
        found = [one for one in store.reached_by(work, wanted) if can_be_written_to(one)] if wanted else []
        for person in found:
            link = links.make(accounts, work, person, purpose, by=None, target=target)
            mail_id = write(accounts, work, person, purpose, link)
            tell(accounts, work, person.id, {"person": person.login, "what": f"{purpose}_asked", "mail": mail_id})
    if not found:
        # the same work for nothing, so that the time an answer takes tells no more than the answer
        accounts.office().letters.render(purpose, DEFAULT_LOCALE, sample(purpose))


def _check(accounts: Accounts, person: Person, password: str) -> None:
    with accounts.engine.look() as work:
        words = words_about(accounts, work, person)
    check_password(password, words)


def _keep(
    accounts: Accounts,
    work: Work,
    person: Person,
    hashed: str,
    *,
    by: int,
    what: str,
    caller: Caller,
    role: str = "",
    but: int | None = None,
) -> None:
    """Keep a new password: waiting is over, links are taken back, other sessions end."""
    at = accounts.now()
    store.change(work, person.id, password_hash=hashed, password_set_at=at)
    throttles.clear(work, lockout.of_login(person.login))
    link_rows.revoke(work, person.id, at)
    end_all(accounts, work, person.id, "password_changed", caller=caller, but=but)
    tell(accounts, work, by, {"person": person.login, "what": f"password_{what}"}, role=role)
