"""Which of eleven faults an answer of a relay shows, whose it is, and when to try again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from notifications.faults import Fault, matches, table_fault
from notifications.providers import known_providers
from notifications.verdicts import Outcome, RecipientVerdict, Stage

MOST_ATTEMPTS = 12


@dataclass(frozen=True, slots=True)
class Finding:
    """`rule` names what decided: a provider's rule as qq/frequency, or the table. `again_after` is the provider's."""

    fault: Fault
    rule: str
    again_after: timedelta | None = None


def classify(
    stage: Stage, code: int, enhanced: str, text: str, provider: str = "", *, is_first: bool = False
) -> Finding:
    """Provider's words first, then stage with enhanced code, stage with code, first digit; the first that fits decides.

    `is_first`: this relay has not yet put off this recipient; servers that greylist do so once.
    """
    lowered = text.lower()
    providers = known_providers()
    for name in dict.fromkeys((provider, "any")):
        for rule in providers[name].rules if name in providers and code > 0 else ():
            if matches(code, rule.codes, stage, rule.stages) and any(words in lowered for words in rule.words):
                return Finding(rule.fault, f"{name}/{rule.name}", rule.again_after)
    return Finding(table_fault(stage, code, enhanced, is_first=is_first), "table")


def fault_of(recipient: RecipientVerdict, provider: str = "", *, is_first: bool = False) -> Finding | None:
    """The finding about one recipient's verdict; None when the mail was taken or called back by ourselves."""
    if recipient.outcome in {Outcome.ACCEPTED, Outcome.WITHHELD}:
        return None
    return classify(recipient.stage, recipient.code, recipient.enhanced, recipient.text, provider, is_first=is_first)


class Blame(StrEnum):
    """What is paused or ended by a fault."""

    LANE = "lane"
    RECIPIENT = "recipient"
    MAIL = "mail"
    US = "us"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Treatment:
    """`counts`: it uses up one of the mail's attempts. `waits` are used one after another; the last goes on where
    `goes_on` says so. `spread` is the share by which a wait varies, so that mails do not come back all at once.
    """

    blame: Blame
    counts: bool
    waits: tuple[timedelta, ...] = ()
    goes_on: bool = False
    spread: float = 0.0


def next_try(
    finding: Finding,
    failures: int,
    *,
    now: datetime,
    key: str,
    expires_at: datetime | None = None,
    most_attempts: int = MOST_ATTEMPTS,
) -> datetime | None:
    """When to try again after `failures` of this kind in a row (1: the first); None when there is nothing to wait for.

    `key` is the mail, recipient or lane; the same key and count give the same moment.
    """
    treatment = TREATMENTS[finding.fault]
    waits = (finding.again_after,) if finding.again_after else treatment.waits
    if treatment.counts and failures >= most_attempts:
        return None
    if failures > len(waits) and not (treatment.goes_on and waits):
        return None
    wait = waits[min(failures, len(waits)) - 1]
    moment = now + wait * (1 + treatment.spread * _share(key, failures))
    return None if expires_at is not None and moment > expires_at else moment


def _share(key: str, failures: int) -> float:
    """A number between -1 and 1 that follows from the key."""
    return int.from_bytes(sha256(f"{key}/{failures}".encode()).digest()[:4], "big") / 0x7FFFFFFF - 1


def _minutes(*numbers: float) -> tuple[timedelta, ...]:
    return tuple(timedelta(minutes=number) for number in numbers)


TREATMENTS: Mapping[Fault, Treatment] = {
    Fault.NETWORK: Treatment(Blame.LANE, False, _minutes(0.5, 1, 2, 5, 10, 15), goes_on=True, spread=0.2),
    Fault.LIMIT: Treatment(Blame.LANE, False, _minutes(15, 30, 60), goes_on=True),
    Fault.GREY: Treatment(Blame.RECIPIENT, True, _minutes(6, 15, 30, 60, 120, 240, 360), goes_on=True),
    Fault.TEMPORARY: Treatment(Blame.MAIL, True, _minutes(5, 15, 30, 60, 120, 240, 360), goes_on=True, spread=0.2),
    Fault.ADDRESS: Treatment(Blame.RECIPIENT, True),
    Fault.FULL: Treatment(Blame.RECIPIENT, True, _minutes(60, 240, 720, 1440), goes_on=True),
    Fault.SIZE: Treatment(Blame.MAIL, True),
    Fault.POLICY: Treatment(Blame.MAIL, True),
    Fault.CONFIG: Treatment(Blame.US, False, _minutes(15), goes_on=True),
    Fault.BUG: Treatment(Blame.US, True, _minutes(1)),
    Fault.DOUBT: Treatment(Blame.NOBODY, True, _minutes(30)),
}
