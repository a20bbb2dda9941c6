"""One connection to a relay, through aiosmtplib's public commands; every answer is a value, none an exception."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from aiosmtplib import SMTP, SMTPException, SMTPResponse, SMTPResponseException, SMTPServerDisconnected

from notifications.smtp.relay import Relay, Security, tls_context
from notifications.verdicts import (
    NO_ANSWER,
    NOT_OFFERED,
    OUT_OF_STEP,
    UNREADABLE,
    UNTRUSTED,
    Reply,
    Stage,
    legible,
    read_reply,
)

PIECE_BYTES = 256 * 1024
LOOKS_PER_SECOND = 50


class Wire:
    """An open connection, or a closed one; after anything unexpected it is closed, so that no late answer is misread.

    `lost` tells that the other side went away without a word, as a relay does with a connection left idle.
    """

    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self._patience = relay.patience
        self._client = SMTP(
            hostname=relay.host,
            port=relay.port,
            local_hostname=relay.local_hostname,
            use_tls=relay.security is Security.TLS,
            start_tls=False,
            tls_context=None if relay.security is Security.NONE else tls_context(relay.ca_file),
        )
        self._is_untrusted = False
        self.lost = False

    @property
    def is_open(self) -> bool:
        return self._client.is_connected

    @property
    def size_limit(self) -> int:
        """The largest mail the relay takes; 0 when it told none."""
        announced = self._client.esmtp_extensions.get("size", "")
        return int(announced) if announced.isdecimal() else 0

    async def open(self) -> tuple[Stage, Reply] | None:
        """Connect, secure and log in, each as the settings demand; what failed, or None."""
        for stage, step in (
            (Stage.CONNECT, self._connect),
            (Stage.CONNECT, self._greet),
            (Stage.TLS, self._secure),
            (Stage.AUTH, self._log_in),
        ):
            heed_cancelling()
            reply = await step()
            if not reply.is_yes:
                self.drop()
                return (Stage.TLS, replace(reply, code=UNTRUSTED)) if self._is_untrusted else (stage, reply)
        return None

    async def mail(self, sender: str, size: int) -> Reply:
        options = [f"SIZE={size}"] if self._client.supports_extension("size") else []
        return await self._answer(self._client.mail(sender, options=options, timeout=self._patience.mail))

    async def rcpt(self, recipient: str) -> Reply:
        return await self._answer(self._client.rcpt(recipient, timeout=self._patience.rcpt))

    async def data(self) -> Reply:
        """Asks leave to send the body; 354 is yes."""
        return await self._answer(self._client.execute_command(b"DATA", timeout=self._patience.data), yes=3)

    async def body(self, content: bytes) -> Reply | None:
        """The mail without its final dot, piece by piece as fast as the relay reads; what failed, or None.

        `data` of the library would hide whether the connection was lost before or after the dot, and would count the
        time of a slow uplink as time without an answer.
        """
        stuffed = content.replace(b"\r\n.", b"\r\n..")
        view = memoryview(b"." + stuffed if stuffed.startswith(b".") else stuffed)
        for start in range(0, len(view), PIECE_BYTES):
            transport = self._client.transport
            if not isinstance(transport, asyncio.WriteTransport):
                return self._gone("the connection was lost within the mail")
            transport.write(view[start : start + PIECE_BYTES])
            try:
                async with asyncio.timeout(self._patience.stall):
                    await _drained(transport)
            except TimeoutError:
                return self._gone("the relay stopped reading within the mail")
        return None if self.is_open else self._gone("the connection was lost within the mail")

    async def dot(self) -> Reply:
        """Ends the mail; from the first byte of this the relay may have taken it."""
        return await self._answer(self._client.execute_command(b".", timeout=self._patience.dot))

    async def rset(self) -> Reply:
        return await self._answer(self._client.rset(timeout=self._patience.rset))

    async def quit(self) -> None:
        if self.is_open:
            with suppress(SMTPException, OSError):
                await self._client.quit(timeout=self._patience.quit)
        self.drop()
        await asyncio.sleep(0)

    def drop(self) -> None:
        """Close at once; what has not left yet never will."""
        transport = self._client.transport
        if isinstance(transport, asyncio.WriteTransport):
            transport.abort()
        self._client.close()

    async def _connect(self) -> Reply:
        return await self._answer(self._client.connect(timeout=self._patience.connect))

    async def _greet(self) -> Reply:
        return await self._answer(self._client.ehlo(timeout=self._patience.ehlo))

    async def _secure(self) -> Reply:
        if self._relay.security is not Security.STARTTLS:
            return _NOTHING_TO_DO
        if not self._client.supports_extension("starttls"):
            return Reply(NOT_OFFERED, "", "the relay does not offer STARTTLS")
        reply = await self._answer(self._client.starttls(timeout=self._patience.tls))
        return await self._greet() if reply.is_yes else reply

    async def _log_in(self) -> Reply:
        """One mechanism, once: providers lock accounts after a few failures."""
        if not self._relay.username:
            return _NOTHING_TO_DO
        offered = [name for name in _MECHANISMS if name in self._client.server_auth_methods]
        if not offered:
            return Reply(NOT_OFFERED, "", "the relay offers no login this program knows")
        log_in = _MECHANISMS[offered[0]](self._client)
        return await self._answer(log_in(self._relay.username, self._relay.password, timeout=self._patience.auth))

    async def _answer(self, asked: Awaitable[SMTPResponse], *, yes: int = 2) -> Reply:
        """What was answered; a yes begins with the digit `yes`, and any other that is no refusal is out of step."""
        try:
            response = await asked
        except SMTPResponseException as refused:
            reply = read_reply(refused.code, refused.message)
        except (SMTPException, OSError) as failed:
            cause = failed.__cause__ if isinstance(failed.__cause__, ssl.SSLError) else failed
            self._is_untrusted = isinstance(cause, ssl.SSLError) and not isinstance(cause, _CUT_OFF)
            self.lost = isinstance(failed, SMTPServerDisconnected)
            reply = Reply(NO_ANSWER, "", legible(f"{type(cause).__name__}: {cause}"))
        else:
            reply = read_reply(response.code, response.message)
        if reply.is_yes and reply.code // 100 != yes:
            reply = Reply(OUT_OF_STEP, "", f"{reply.code} {reply.text}")
        if reply.code in _CLOSING:
            self.drop()
        return reply

    def _gone(self, text: str) -> Reply:
        self.drop()
        return Reply(NO_ANSWER, "", text)


def heed_cancelling() -> None:
    """Python 3.11 can lose a cancel that arrives together with an answer; it is made good before the next step."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


async def _drained(transport: asyncio.WriteTransport) -> None:
    """Until everything is with the system, and the loop has heard of a connection that is already gone."""
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    while transport.get_write_buffer_size() and not transport.is_closing():  # noqa: ASYNC110 - no public event tells it
        await asyncio.sleep(1 / LOOKS_PER_SECOND)


_NOTHING_TO_DO = Reply(250, "", "")
_CUT_OFF = (ssl.SSLEOFError, ssl.SSLZeroReturnError)
_CLOSING = frozenset({NO_ANSWER, UNREADABLE, OUT_OF_STEP, 421})
_MECHANISMS: dict[str, Callable[[SMTP], Callable[..., Awaitable[SMTPResponse]]]] = {
    "plain": lambda client: client.auth_plain,
    "login": lambda client: client.auth_login,
    "cram-md5": lambda client: client.auth_crammd5,
}
