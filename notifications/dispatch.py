"""The dispatcher: claims ready mails under a lease, hands them to the relay, settles each at once by its verdict."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from engine.store import mails, posting
from engine.store.database import Work
from engine.store.mails import Mail
from notifications import lane, reasons, suppression, switch
from notifications.errors import EnvelopeRefused
from notifications.judgement import ACCEPTED, GIVEN_UP, OPEN, Judgement, judge
from notifications.outbox import State, change
from notifications.post import Post
from notifications.providers import provider_of
from notifications.smtp import Relay, deliver
from notifications.tidying import outdated, tidy
from notifications.verdicts import Envelope, Outcome, RecipientVerdict, Verdict

log = logging.getLogger("lingpao.mail")

LEASE: Final = timedelta(seconds=120)
"""How long a worker may be silent; prolonged with each mail that is settled."""

DOT_LEASE: Final = timedelta(seconds=900)
"""The lease of a mail whose body has begun to leave: longer than any relay may take to answer the final dot."""


class Dispatcher:
    """One worker's hand on the outbox; several may work at once. `owner` is its name in leases and attempts."""

    def __init__(self, post: Post, owner: str, *, lease: timedelta = LEASE) -> None:
        self._post = post
        self._owner = owner
        self._lease = lease
        self._stopping = False
        self._is_new = True

    def run_once(self, limit: int = 500) -> int:
        """Send what is ready, at most so many mails; answers how many were offered to the relay."""
        offered = 0
        while offered < limit and not self._stopping:
            with self._post.engine.work() as work:
                relay = self._post.check_relay(work)
                tidy(work, left_by=self._owner if self._is_new else None)
                self._is_new = False
                if lane.is_closed(work):
                    return offered
                claimed = posting.claim(
                    work, owner=self._owner, lasting=self._lease, limit=min(limit - offered, relay.most_mails)
                )
                batch = _Batch(self._post, self._owner, self._lease, relay, self)
                envelopes = [one for mail in claimed if (one := batch.take(work, mail)) is not None]
            if not claimed:
                return offered
            if envelopes:
                asyncio.run(deliver(relay, envelopes, on_body=batch.begin, on_verdict=batch.settle))
            offered += len(envelopes)
        return offered

    def stop(self) -> None:
        """Begin no more bodies; those that have begun are finished and settled, the others are given back."""
        self._stopping = True

    @property
    def is_stopping(self) -> bool:
        return self._stopping


class _Batch:
    """The mails of one connection, from their claim to their verdict."""

    def __init__(self, post: Post, owner: str, lease: timedelta, relay: Relay, dispatcher: Dispatcher) -> None:
        self._post, self._owner, self._lease = post, owner, lease
        self._relay = f"{relay.host}:{relay.port}"
        self._provider = provider_of(relay.host)
        self._dispatcher = dispatcher
        self._mails: dict[int, Mail] = {}
        self._before: dict[int, Mapping[str, str]] = {}
        self._started_at: datetime = post.engine.clock.now()
        self._lane_closed = False

    def take(self, work: Work, mail: Mail) -> Envelope | None:
        """The envelope for those who have not got the mail yet; None when it is of no use to send it."""
        if outdated(work, mail):
            return None
        suppression.settle(work, mail)
        states = {one.address: one.state for one in mails.receivers(work, [mail.id])[mail.id]}
        if OPEN not in states.values():
            # whom it was for bounced meanwhile
            change(work, mail, State.PARTIAL if ACCEPTED in states.values() else State.DEAD, reason=reasons.SUPPRESSED)
            return None
        open_ones = tuple(address for address, state in states.items() if state == OPEN)
        try:
            envelope = Envelope(mail.id, mail.mail_from, open_ones, mails.body(work, mail.id))
        except EnvelopeRefused as refused:
            for address in open_ones:
                posting.settle_receiver(work, mail.id, address, state=GIVEN_UP, text=str(refused))
            taken = ACCEPTED in states.values()
            change(work, mail, State.PARTIAL if taken else State.DEAD, last_text=str(refused.sentence))
            return None
        self._mails[mail.id], self._before[mail.id] = mail, states
        return envelope

    def begin(self, envelope: Envelope) -> bool:
        """Mark the mail right before its body leaves; False calls it back: stopped, or no longer ours."""
        if self._dispatcher.is_stopping or self._lane_closed:
            return False
        mail = self._mails[envelope.mail_id]
        with self._post.engine.work() as work:
            return not switch.read(work).stops(mail.letter) and posting.begin_body(work, mail, DOT_LEASE)

    def settle(self, verdict: Verdict) -> None:
        """Store what became of one mail, in a transaction of its own, before anything else is said to the relay."""
        mail = self._mails[verdict.mail_id]
        with self._post.engine.work() as work:
            found = judge(
                mail,
                verdict,
                self._before[mail.id],
                now=work.now,
                provider=self._provider,
                most_attempts=self._post.settings.mail.max_attempts,
            )
            kept = change(work, mail, found.state, **_columns(work, mail, verdict, found))
            if kept:
                for fate in found.fates:
                    suppression.note(work, mail, fate)
            self._record(work, mail, verdict, found, kept=kept)
            self._judge_lane(work, verdict, found)
            posting.renew(work, self._owner, work.now + self._lease)
            self._started_at = work.now

    def _record(self, work: Work, mail: Mail, verdict: Verdict, found: Judgement, *, kept: bool) -> None:
        told = _telling(verdict)
        row = {
            "worker": self._owner,
            "started_at": self._started_at,
            "stage": verdict.stage.value,
            "code": told.code,
            "enhanced": told.enhanced or None,
            "text": told.text,
            "reply_class": found.finding.fault.value if found.finding else None,
            # what came too late changes nothing, but stays as evidence for whoever decides a doubt
            "action": found.action if kept else "too_late",
        }
        posting.record_attempt(work, mail, row)

    def _judge_lane(self, work: Work, verdict: Verdict, found: Judgement) -> None:
        if found.lane is not None:
            if not self._lane_closed:
                lane.close(work, found.lane, _telling(verdict).text)
                log.warning("the relay %s is left alone for a while: %s", self._relay, _telling(verdict).text)
            self._lane_closed = True
        elif any(fate.state == ACCEPTED for fate in found.fates):
            lane.open_again(work)


def _columns(work: Work, mail: Mail, verdict: Verdict, found: Judgement) -> dict[str, Any]:
    """What changes in the mail's row besides its state."""
    told = _telling(verdict)
    columns: dict[str, Any] = {
        "attempts": mail.attempts + (1 if found.counts else 0),
        "reason": found.reason,
        "last_stage": verdict.stage.value,
        "last_code": told.code,
        "last_enhanced": told.enhanced or None,
        "last_text": told.text,
        "last_class": found.finding.fault.value if found.finding else None,
    }
    if any(fate.state == ACCEPTED for fate in found.fates):
        columns |= {"sent_at": mail.sent_at or work.now, "relay_ref": verdict.queue_ref or None}
    if found.not_before is not None:
        columns["not_before"] = found.not_before
    return columns


def _telling(verdict: Verdict) -> RecipientVerdict:
    """The recipient whose answer is told in lists: the first that was not accepted, else the first."""
    refused = (one for one in verdict.recipients if one.outcome is not Outcome.ACCEPTED)
    return next(refused, verdict.recipients[0])
