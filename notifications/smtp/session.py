"""Envelopes over one connection at a time, each ending in a verdict; a relay in trouble is left alone."""

import asyncio
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from notifications.smtp.relay import Relay
from notifications.smtp.wire import Wire, heed_cancelling
from notifications.verdicts import (
    NO_ANSWER,
    Envelope,
    Outcome,
    RecipientVerdict,
    Reply,
    Stage,
    Verdict,
    queue_reference,
)

OnBody = Callable[[Envelope], bool]
"""Called right before the first byte of a body leaves, to mark the mail as begun; False calls this mail back and
leaves all that follow untouched."""
OnVerdict = Callable[[Verdict], None]
"""Called once for each envelope, before anything else is said to the relay."""

MOST_LOSSES = 2


async def deliver(relay: Relay, envelopes: Sequence[Envelope], *, on_body: OnBody, on_verdict: OnVerdict) -> None:
    """Offer the envelopes in order. A relay that cannot be reached or breaks off twice in a row is not tried again;
    what is left then gets the verdict of that fault, as unoffered. Exceptions of the two hooks end the delivery.
    """
    async with Session(relay, on_body=on_body, on_verdict=on_verdict) as session:
        for envelope in envelopes:
            await session.send(envelope)


class Session:
    """Connections to one relay, one after another; opened when first needed."""

    def __init__(self, relay: Relay, *, on_body: OnBody, on_verdict: OnVerdict) -> None:
        self._relay = relay
        self._on_body = on_body
        self._on_verdict = on_verdict
        self._wire = Wire(relay)
        self._carried = 0
        self._losses = 0
        self._unfinished = False
        self._end: tuple[Outcome, Stage, Reply] | None = None
        self.size_limit = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, failed: BaseException | None, trace: TracebackType | None
    ) -> None:
        if failed is None:
            await self._wire.quit()
        else:
            self._wire.drop()

    async def send(self, envelope: Envelope) -> Verdict:
        """Offer one envelope and tell its verdict; a connection that died idle costs nothing but a new one."""
        talk = _Talk(envelope)
        try:
            heed_cancelling()
            verdict = await self._offer(talk)
        except asyncio.CancelledError:
            self._wire.drop()
            self._on_verdict(talk.broken_off())
            raise
        self._on_verdict(verdict)
        return verdict

    async def _offer(self, talk: "_Talk") -> Verdict:
        if self._end is None:
            await self._make_ready()
        if self._end is not None:
            outcome, stage, reply = self._end
            return talk.verdict(outcome, reply, stage)
        was_used = self._carried > 0
        verdict = await self._converse(talk)
        if was_used and self._wire.lost and talk.stage is Stage.MAIL:
            return await self._offer(talk)
        self._count()
        return verdict

    async def _make_ready(self) -> None:
        """Leave an open connection without an unfinished envelope, or the fault that prevents it."""
        if self._carried >= self._relay.most_mails:
            await self._wire.quit()
        if self._wire.is_open and self._unfinished:
            reply = await self._wire.rset()
            if not reply.is_yes:
                self._wire.drop()
        self._unfinished = False
        if not self._wire.is_open:
            self._wire, self._carried = Wire(self._relay), 0
            fault = await self._wire.open()
            self._end = (Outcome.UNOFFERED, *fault) if fault else None
            self.size_limit = self._wire.size_limit

    async def _converse(self, talk: "_Talk") -> Verdict:
        envelope, wire = talk.envelope, self._wire
        if 0 < self.size_limit < len(envelope.content):
            return talk.verdict(Outcome.REFUSED, _too_large(len(envelope.content), self.size_limit), Stage.MAIL)
        talk.stage = Stage.MAIL
        reply = await wire.mail(envelope.sender, len(envelope.content))
        if not reply.is_yes:
            return talk.ended(reply)
        talk.stage, self._unfinished = Stage.RCPT, True
        for address in envelope.recipients:
            reply = await wire.rcpt(address)
            if not wire.is_open:
                return talk.ended(reply)
            talk.note(address, reply)
        if not talk.taken:
            return talk.ended(reply)
        talk.stage = Stage.DATA
        reply = await wire.data()
        if not reply.is_yes:
            return talk.ended(reply)
        return await self._hand_over(talk)

    async def _hand_over(self, talk: "_Talk") -> Verdict:
        """From the leave to send to the answer after the dot."""
        if not self._on_body(talk.envelope):
            self._wire.drop()
            reply = Reply(NO_ANSWER, "", "called back before its first byte left")
            self._end = (Outcome.WITHHELD, Stage.DATA, reply)
            return talk.verdict(Outcome.WITHHELD, reply)
        talk.stage = Stage.BODY
        failed = await self._wire.body(talk.envelope.content)
        if failed is not None:
            return talk.ended(failed)
        talk.stage = Stage.DOT
        reply = await self._wire.dot()
        self._unfinished = False
        return talk.ended(reply)

    def _count(self) -> None:
        """Mails on this connection, and connections that broke off one after another."""
        self._carried += 1
        self._losses = 0 if self._wire.is_open else self._losses + 1
        if self._losses >= MOST_LOSSES and self._end is None:
            reply = Reply(NO_ANSWER, "", f"not tried after {MOST_LOSSES} broken connections")
            self._end = (Outcome.UNOFFERED, Stage.CONNECT, reply)


class _Talk:
    """How far one envelope has come."""

    def __init__(self, envelope: Envelope) -> None:
        self.envelope = envelope
        self.stage = Stage.CONNECT
        self.taken: set[str] = set()
        self._refused: dict[str, RecipientVerdict] = {}

    def note(self, address: str, reply: Reply) -> None:
        if reply.is_yes:
            self.taken.add(address)
        else:
            self._refused[address] = _settled(address, Outcome.REFUSED, Stage.RCPT, reply)

    def ended(self, reply: Reply) -> Verdict:
        """The verdict after this answer, or after none, at the stage that was reached."""
        if reply.is_no:
            return self.verdict(Outcome.REFUSED, reply)
        if self.stage is not Stage.DOT:
            return self.verdict(Outcome.UNANSWERED, reply)
        return self.verdict(Outcome.ACCEPTED if reply.is_yes else Outcome.DOUBT, reply)

    def broken_off(self) -> Verdict:
        outcome = Outcome.DOUBT if self.stage is Stage.DOT else Outcome.WITHHELD
        return self.verdict(outcome, Reply(NO_ANSWER, "", "the delivery was broken off"))

    def verdict(self, outcome: Outcome, reply: Reply, stage: Stage | None = None) -> Verdict:
        """The same outcome for everybody who has not got an answer of their own."""
        recipients = tuple(
            self._refused.get(address) or _settled(address, outcome, stage or self.stage, reply)
            for address in self.envelope.recipients
        )
        reference = queue_reference(reply.text) if outcome is Outcome.ACCEPTED else ""
        return Verdict(self.envelope.mail_id, stage or self.stage, recipients, reference)


def _settled(address: str, outcome: Outcome, stage: Stage, reply: Reply) -> RecipientVerdict:
    return RecipientVerdict(address, outcome, stage, reply.code, reply.enhanced, reply.text)


def _too_large(size: int, limit: int) -> Reply:
    return Reply(552, "5.3.4", f"not offered: {size} bytes, and the relay announced a limit of {limit}")
