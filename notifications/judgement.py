"""What a relay's verdict means for a mail: its next state, when to try again, and for whom. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from engine.store.mails import Mail
from notifications import reasons
from notifications.classify import Finding, fault_of, next_try
from notifications.faults import Fault
from notifications.outbox import State
from notifications.verdicts import Outcome, RecipientVerdict, Verdict

LANE: Final = frozenset({Fault.NETWORK, Fault.LIMIT, Fault.CONFIG})
"""Faults of the way and not of the mail: nothing is counted against it, the lane waits."""

FINAL: Final = frozenset({Fault.ADDRESS, Fault.POLICY})
"""Faults that no later attempt mends."""

OPEN, ACCEPTED, REFUSED, IN_DOUBT, GIVEN_UP = "open", "accepted", "refused", "doubt", "given_up"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a mail for one recipient."""

    address: str
    state: str
    code: int
    text: str
    enhanced: str = ""
    gone: bool = False
    """Whether the address itself was refused for good."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """`finding` is the one told in lists, `lane` the one that makes everything wait; `action` names the attempt."""

    state: State
    action: str
    counts: bool
    not_before: datetime | None
    fates: tuple[Fate, ...]
    finding: Finding | None
    lane: Finding | None
    reason: str | None = None


def judge(
    mail: Mail, verdict: Verdict, before: Mapping[str, str], *, now: datetime, provider: str, most_attempts: int
) -> Judgement:
    """The verdict of one attempt; `before` holds the state of every recipient of the mail up to now."""
    ruling = _Ruling(mail, now, provider, most_attempts)
    rulings = [ruling.on(recipient) for recipient in verdict.recipients]
    fates = tuple(one.fate for one in rulings if one.fate is not None)
    after = {**before, **{fate.address: fate.state for fate in fates}}
    findings = [one.finding for one in rulings if one.finding is not None]
    lane = next((finding for finding in findings if finding.fault in LANE), None)
    state, reason = _state(after, findings)
    moments = [one.again_at for one in rulings if one.again_at is not None]
    counts = any(one.counts for one in rulings)
    return Judgement(
        state=state,
        action=_action(state, counts=counts, lane=lane),
        counts=counts,
        not_before=min(moments) if state is State.READY and moments else None,
        fates=fates,
        finding=findings[0] if findings else None,
        lane=lane,
        reason=reason,
    )


@dataclass(frozen=True, slots=True)
class _One:
    """The ruling on one recipient; `fate` None leaves it as it was."""

    fate: Fate | None
    finding: Finding | None = None
    again_at: datetime | None = None
    counts: bool = True


@dataclass(frozen=True, slots=True)
class _Ruling:
    mail: Mail
    now: datetime
    provider: str
    most_attempts: int

    def on(self, told: RecipientVerdict) -> _One:
        if told.outcome is Outcome.ACCEPTED:
            return _One(_fate(told, ACCEPTED))
        if told.outcome is Outcome.WITHHELD:
            return _One(None, counts=False)
        finding = fault_of(told, self.provider, is_first=self.mail.attempts == 0)
        if finding is None:
            raise AssertionError("only what was taken or called back is no fault")
        if told.outcome is Outcome.DOUBT:
            return _One(_fate(told, IN_DOUBT), finding)
        if finding.fault in LANE:
            return _One(_fate(told, OPEN), finding, counts=False)
        if finding.fault in FINAL:
            return _One(_fate(told, REFUSED, gone=finding.fault is Fault.ADDRESS), finding)
        return self._again(told, finding)

    def _again(self, told: RecipientVerdict, finding: Finding) -> _One:
        if finding.fault is Fault.SIZE:
            return _One(_fate(told, OPEN), finding)
        failures = self.mail.attempts + 1
        again_at = None
        if failures < self.most_attempts:
            key = f"{self.mail.message_id}/{told.address}"
            again_at = next_try(finding, failures, now=self.now, key=key, expires_at=self.mail.expires_at)
        return _One(_fate(told, OPEN if again_at else GIVEN_UP), finding, again_at)


def _state(after: Mapping[str, str], findings: Sequence[Finding]) -> tuple[State, str | None]:
    states = set(after.values())
    if IN_DOUBT in states:
        return State.DOUBT, None
    if any(finding.fault is Fault.SIZE for finding in findings):
        return State.HELD, reasons.TOO_LARGE
    if OPEN in states:
        return State.READY, None
    if states == {ACCEPTED}:
        return State.SENT, None
    return (State.PARTIAL if ACCEPTED in states else State.DEAD), None


def _action(state: State, *, counts: bool, lane: Finding | None) -> str:
    if state is not State.READY:
        return state.value
    if counts:
        return "again"
    return "lane" if lane is not None else "called_back"


def _fate(told: RecipientVerdict, state: str, *, gone: bool = False) -> Fate:
    return Fate(told.address, state, told.code, told.text, told.enhanced, gone)
