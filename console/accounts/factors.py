"""The second factor: codes of an authenticator after RFC 6238, each good once, and codes for a lost telephone."""

import io
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from console.accounts.core import Accounts, Caller, tell
from console.accounts.refusals import FactorRefused, FactorUnavailable
from console.accounts.secrets import digest
from console.accounts.sessions import Stage, Visit, end_all, require_fresh
from console.accounts.vault import Vault
from console.administration import ADMINISTRATORS, need_role
from engine.access import Actor
from engine.errors import Refused
from engine.model import Person
from engine.store import accounts as store
from engine.store import people, sessions
from engine.store.database import Work
from engine.words import tr

STEP: Final = 30
"""Seconds a code is good for."""
DRIFT: Final = 1
"""Steps by which a telephone's clock may be wrong."""
RECOVERY_CODES: Final = 10
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 4


@dataclass(frozen=True, slots=True)
class Offer:
    """A second factor to be set up: for the camera, for the eyes; `secret` is what an authenticator keeps."""

    secret: str
    address: str
    picture: str


def asked_of(accounts: Accounts, work: Work, person: Person) -> Stage:
    """What is asked for after the password: the code, setting one up where a role needs it, or nothing."""
    if store.get(work, person.id).factor_secret is not None:
        return "factor"
    return "enrolment" if _needed(accounts, work, person) else "open"


def offer(accounts: Accounts, visit: Visit) -> Offer:
    """A new secret to be put into an authenticator; it counts once a code of it has been given."""
    import pyotp

    vault = _vault(accounts)
    _require_setting_up(visit)
    secret = pyotp.random_base32()
    with accounts.engine.work() as work:
        if store.get(work, visit.person.id).factor_secret is not None:
            raise Refused(tr("A second factor is set up already; remove it first."))
        store.change(work, visit.person.id, offered_secret=vault.seal(secret, visit.person.id))
    issuer = accounts.office().letterhead.system
    address = pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=visit.person.login, issuer_name=issuer)
    return Offer(secret, address, picture(address))


def enrol(accounts: Accounts, visit: Visit, code: str, caller: Caller) -> tuple[str, ...]:
    """Set the offered factor up with a code of it; answers recovery codes, which nobody can read again."""
    vault, at = _vault(accounts), accounts.now()
    _require_setting_up(visit)
    codes = tuple(_recovery_code() for _ in range(RECOVERY_CODES))
    with accounts.engine.work() as work:
        account = store.get(work, visit.person.id)
        if account.offered_secret is None:
            raise Refused(tr("No second factor has been offered; begin anew."))
        counter = step_of(vault.open(account.offered_secret, visit.person.id), code, at)
        if counter is None:
            raise FactorRefused
        store.change(
            work,
            visit.person.id,
            factor_secret=account.offered_secret,
            offered_secret=None,
            factor_since=at,
            factor_counter=counter,
        )
        store.replace_codes(work, visit.person.id, [digest(one) for one in codes], at)
        sessions.change(work, visit.session.id, stage="open", confirmed_at=at)
        end_all(accounts, work, visit.person.id, "factor_changed", caller=caller, but=visit.session.id)
        tell(accounts, work, visit.person.id, {"person": visit.person.login, "what": "factor_set"})
    return tuple(_grouped(one) for one in codes)


def new_codes(accounts: Accounts, visit: Visit) -> tuple[str, ...]:
    """Recovery codes anew; the old ones end."""
    require_fresh(visit)
    codes = tuple(_recovery_code() for _ in range(RECOVERY_CODES))
    with accounts.engine.work() as work:
        if store.get(work, visit.person.id).factor_secret is None:
            raise Refused(tr("No second factor is set up."))
        store.replace_codes(work, visit.person.id, [digest(one) for one in codes], accounts.now())
        tell(accounts, work, visit.person.id, {"person": visit.person.login, "what": "recovery_codes"})
    return tuple(_grouped(one) for one in codes)


def remove(accounts: Accounts, visit: Visit, caller: Caller) -> None:
    """Do without the second factor, where no role needs it."""
    require_fresh(visit)
    with accounts.engine.work() as work:
        if _needed(accounts, work, visit.person):
            raise Refused(
                tr("One of your roles needs a second factor; ask an administrator if your telephone is lost.")
            )
        _remove(accounts, work, visit.person, visit.person.id, caller=caller, but=visit.session.id)


def remove_for(accounts: Accounts, work: Work, actor: Actor, login: str) -> None:
    """Take the second factor from somebody who has lost both telephone and recovery codes; their sessions end."""
    role = need_role(work, actor, ADMINISTRATORS)
    _remove(accounts, work, people.by_login(work, login), actor.person_id, caller=Caller(), role=role)


def accept(accounts: Accounts, work: Work, person: Person, code: str) -> bool:
    """Whether the code is right and has not been used; it is used up by this."""
    account = store.get(work, person.id)
    if account.factor_secret is None:
        return False
    plain = re.sub(r"[\s-]", "", code).lower()
    if len(plain) == _GROUPS * _GROUP:
        used = store.use_code(work, person.id, digest(plain), accounts.now())
        if used:
            tell(accounts, work, person.id, {"person": person.login, "what": "recovery_code_used"})
        return used
    counter = step_of(_vault(accounts).open(account.factor_secret, person.id), plain, accounts.now())
    return counter is not None and store.use_counter(work, person.id, counter)


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """The time step whose code this is, now or one step beside; None when it is none of them."""
    import pyotp

    now = int(at.timestamp()) // STEP
    authenticator = pyotp.TOTP(secret, interval=STEP)
    fitting = [step for step in range(now - DRIFT, now + DRIFT + 1) if _same(authenticator.generate_otp(step), code)]
    return max(fitting, default=None)


def picture(address: str) -> str:
    """The address as a QR picture in SVG, to stand inside a page: no style, no script, nothing from outside."""
    import segno

    stream = io.BytesIO()
    segno.make(address, error="m").save(stream, kind="svg", xmldecl=False, svgns=True, omitsize=True, title=None)
    return stream.getvalue().decode().strip()


def _needed(accounts: Accounts, work: Work, person: Person) -> bool:
    held = {role for role, _ in people.roles_of(work, person.id, accounts.engine.today(work))}
    return bool(held & set(accounts.section.second_factor_for))


def _require_setting_up(visit: Visit) -> None:
    """Just after the password where a role needs it, else with a password just entered; never by a link in a mail."""
    if visit.session.stage != "enrolment" or visit.session.only is not None:
        require_fresh(visit)


def _remove(
    accounts: Accounts, work: Work, person: Person, by: int, *, caller: Caller, role: str = "", but: int | None = None
) -> None:
    if store.get(work, person.id).factor_secret is None:
        raise Refused(tr("No second factor is set up."))
    store.change(work, person.id, factor_secret=None, factor_since=None, offered_secret=None)
    store.revoke_codes(work, person.id, accounts.now())
    end_all(accounts, work, person.id, "factor_changed", caller=caller, but=but)
    tell(accounts, work, by, {"person": person.login, "what": "factor_removed"}, role=role)


def _vault(accounts: Accounts) -> Vault:
    if accounts.vault is None:
        raise FactorUnavailable
    return accounts.vault


def _same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode(), other.strip().encode())


def _recovery_code() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_GROUPS * _GROUP))


def _grouped(code: str) -> str:
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))
