"""The receiving side of SMTP on one connection, as far as a relay on loopback needs it."""

import asyncio
import re
from collections.abc import Callable
from typing import cast

from notifications.sink.folder import MailFolder

LONGEST_LINE = 2048
MOST_RECIPIENTS = 100


class Conversation(asyncio.Protocol):
    """Takes every mail that keeps to the rules and answers 250 once its file is closed; commands may be pipelined."""

    def __init__(self, folder: MailFolder, size_limit: int, present: "set[Conversation]") -> None:
        self._folder = folder
        self._size_limit = size_limit
        self._present = present
        self._read = bytearray()
        self._searched = 0
        self._in_mail = False
        self._is_too_large = False
        self._sender: str | None = None
        self._recipients: list[str] = []
        self._commands: dict[str, Callable[[str], str]] = {
            "EHLO": self._ehlo,
            "HELO": lambda _: f"250 {NAME}",
            "MAIL": self._mail,
            "RCPT": self._rcpt,
            "DATA": self._data,
            "RSET": self._rset,
            "NOOP": lambda _: "250 2.0.0 Ok",
            "VRFY": lambda _: "252 2.5.0 Will try",
            "QUIT": lambda _: "221 2.0.0 Bye",
        }

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._present.add(self)
        self._say(f"220 {NAME} ESMTP")

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the signature is asyncio's
        self._present.discard(self)

    def data_received(self, data: bytes) -> None:
        self._read += data
        while not self._transport.is_closing() and (self._take_mail() if self._in_mail else self._take_command()):
            pass

    def leave(self) -> None:
        """Say that the sink is closing, and close."""
        self._say("421 4.3.2 Closing")
        self._transport.close()

    def _take_command(self) -> bool:
        end = self._read.find(b"\n") + 1
        if not end and len(self._read) <= LONGEST_LINE:
            return False
        line = bytes(self._read[:end])
        del self._read[:end]
        if not line.endswith(b"\r\n") or len(line) > LONGEST_LINE:
            self._say("500 5.5.2 A line ends with CR LF and is not that long")
            self._transport.close()
            return False
        verb, _, argument = line[:-2].decode("utf-8", "replace").partition(" ")
        command = self._commands.get(verb.upper())
        self._say(command(argument.strip()) if command else "500 5.5.1 Unknown command")
        if verb.upper() == "QUIT":
            self._transport.close()
        return True

    def _take_mail(self) -> bool:
        """Look for the final dot; what is past the limit is read and dropped."""
        if self._read.startswith(b".\r\n") and not self._is_too_large:
            end, after = 0, 3
        else:
            found = self._read.find(b"\r\n.\r\n", max(0, self._searched - 4))
            end, after = found + 2, found + 5
            if found < 0:
                self._forget_excess()
                return False
        content = bytes(self._read[:end])
        del self._read[:after]
        self._say(self._keep(content))
        self._rset("")
        self._in_mail, self._searched, self._is_too_large = False, 0, False
        return True

    def _forget_excess(self) -> None:
        if len(self._read) > self._size_limit * 2:
            self._is_too_large = True
            del self._read[:-4]
        self._searched = len(self._read)

    def _keep(self, stuffed: bytes) -> str:
        content = stuffed.replace(b"\r\n.", b"\r\n").removeprefix(b".")
        if self._is_too_large or len(content) > self._size_limit:
            return TOO_LARGE
        try:
            name = self._folder.keep(content, sender=self._sender or "", recipients=self._recipients)
        except OSError:
            return "452 4.3.1 The folder cannot be written"
        return f"250 2.0.0 Ok: queued as {name}"

    def _ehlo(self, argument: str) -> str:
        self._rset(argument)
        lines = (NAME, "PIPELINING", f"SIZE {self._size_limit}", "8BITMIME", "ENHANCEDSTATUSCODES")
        return "\r\n".join([*(f"250-{line}" for line in lines[:-1]), f"250 {lines[-1]}"])

    def _mail(self, argument: str) -> str:
        if self._sender is not None:
            return "503 5.5.1 There is a sender already"
        found = _SENDER.fullmatch(argument)
        if not found:
            return "501 5.5.4 Expected FROM:<address>"
        for parameter in found.group("parameters").upper().split():
            key, _, value = parameter.partition("=")
            if key == "SIZE" and value.isdecimal():
                if int(value) > self._size_limit:
                    return TOO_LARGE
            elif parameter not in {"BODY=7BIT", "BODY=8BITMIME"}:
                return "555 5.5.4 Unknown parameter"
        self._sender = found.group("address")
        return "250 2.1.0 Ok"

    def _rcpt(self, argument: str) -> str:
        if self._sender is None:
            return "503 5.5.1 First the sender"
        found = _RECIPIENT.fullmatch(argument)
        if not found:
            return "501 5.5.4 Expected TO:<address>"
        if len(self._recipients) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        self._recipients.append(found.group("address"))
        return "250 2.1.5 Ok"

    def _data(self, argument: str) -> str:
        if argument:
            return "501 5.5.4 DATA stands alone"
        if not self._recipients:
            return "503 5.5.1 First a recipient"
        self._in_mail = True
        return "354 End with a dot on a line of its own"

    def _rset(self, argument: str) -> str:  # noqa: ARG002 - commands are called alike
        self._sender, self._recipients = None, []
        return "250 2.0.0 Ok"

    def _say(self, reply: str) -> None:
        self._transport.write(f"{reply}\r\n".encode())


NAME = "lingpao-sink"
TOO_LARGE = "552 5.3.4 The mail is too large"
_SENDER = re.compile(r"(?i)FROM:\s*<(?P<address>[^<>\s]*)>(?P<parameters>(?:\s+\S+)*)")
_RECIPIENT = re.compile(r"(?i)TO:\s*<(?P<address>[^<>\s]+)>")
