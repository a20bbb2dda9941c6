"""What slows guessing: after some wrong attempts one waits, twice as long each time, never for ever."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from console.accounts.core import Accounts
from console.accounts.refusals import WaitAsked
from console.accounts.secrets import digest
from engine.store import throttles
from engine.store.database import Work

SHARED: Final = ("address:", "asking:")
"""Counters of an address, which many people may share."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How many attempts may fail, how long the first wait is, how long the longest, and when all is forgotten."""

    tries: int
    first: timedelta
    longest: timedelta
    forget: timedelta

    def wait(self, failures: int) -> timedelta:
        """How long one waits after so many failures."""
        if failures < self.tries:
            return timedelta(0)
        doublings: int = 1 << min(failures - self.tries, 20)
        return min(self.first * doublings, self.longest)


@dataclass(frozen=True, slots=True)
class Charge:
    """An attempt that may be made. It counts as failed until it is refunded, so that many at once win nothing."""

    subject: str
    patience: Patience
    failures: int
    until: datetime | None

    @property
    def locks(self) -> bool:
        """Whether this failure is the one with which waiting begins."""
        return self.failures == self.patience.tries


def charge_all(accounts: Accounts, work: Work, subjects: Collection[str]) -> tuple[Charge, ...]:
    """Count an attempt on each of these; refused, and nothing counted, while one of them has to wait."""
    return tuple(_charge(accounts, work, subject) for subject in sorted(subjects))


def refund(work: Work, charge: Charge) -> None:
    """The attempt was right: an account is forgiven everything, an address only this attempt."""
    if not charge.subject.startswith("address:"):
        throttles.clear(work, charge.subject)
        return
    held = throttles.hold(work, charge.subject, work.now)
    failures = max(0, held.failures - 1)
    until = held.until if charge.patience.wait(failures) else None
    throttles.write(work, replace(held, failures=failures, until=until))


def of_address(place: str) -> str:
    return f"address:{place}"


def of_login(login: str) -> str:
    """Unknown logins are counted like known ones, or waiting would tell them apart."""
    return f"login:{digest(login)}"


def of_letter(wanted: str) -> str:
    """Letters that somebody asks for to one account."""
    return f"letter:{digest(wanted)}"


def of_asking(place: str) -> str:
    """Letters that are asked for from one address."""
    return f"asking:{place}"


def of_factor(person_id: int) -> str:
    return f"factor:{person_id}"


def _charge(accounts: Accounts, work: Work, subject: str) -> Charge:
    patience, at = _patience(accounts, subject), accounts.now()
    held = throttles.hold(work, subject, at)
    if held.until is not None and held.until > at:
        raise WaitAsked(held.until, accounts.engine.zone)
    failures = (0 if at - held.last_at > patience.forget else held.failures) + 1
    wait = patience.wait(failures)
    until = at + wait if wait else None
    throttles.write(work, replace(held, failures=failures, last_at=at, until=until))
    return Charge(subject, patience, failures, until)


def _patience(accounts: Accounts, subject: str) -> Patience:
    rule = accounts.section.lock_out
    return Patience(
        tries=rule.tries_per_address if subject.startswith(SHARED) else rule.tries,
        first=timedelta(seconds=rule.first_seconds),
        longest=timedelta(minutes=rule.longest_minutes),
        forget=timedelta(hours=rule.forget_hours),
    )
