"""What is handed to a relay and what becomes of it, recipient by recipient, as plain values."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from engine.words import tr
from notifications.errors import EnvelopeRefused, printable
from notifications.mime.addresses import is_canonical

MOST_RECIPIENTS = 50
LONGEST_TEXT = 500

NO_ANSWER = 0
UNREADABLE = -1
OUT_OF_STEP = -2
NOT_OFFERED = -3
"""The relay does not offer what the settings demand."""
UNTRUSTED = -4
"""The connection could not be secured: certificate, host name or protocol."""


class Stage(StrEnum):
    """How far a conversation has come; the stage that is named is the one that did not end well, or the last one."""

    CONNECT = "connect"
    TLS = "tls"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    BODY = "body"
    DOT = "dot"


class Outcome(StrEnum):
    """What is known about one recipient."""

    ACCEPTED = "accepted"
    """The relay took the mail for this recipient."""
    REFUSED = "refused"
    """The relay said no, for now or for ever; the code tells which."""
    UNANSWERED = "unanswered"
    """No readable answer, and the mail was surely not taken."""
    DOUBT = "doubt"
    """No readable answer after the whole mail had left; it may have been taken."""
    UNOFFERED = "unoffered"
    """The relay could not be reached or did not let us in; the stage and the code tell why."""
    WITHHELD = "withheld"
    """Called back by ourselves before its first byte left."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """One mail and for whom it is; the content is final bytes, 7-bit, every line ended by CRLF."""

    mail_id: int
    sender: str
    recipients: tuple[str, ...]
    content: bytes

    def __post_init__(self) -> None:
        for address in (self.sender, *self.recipients):
            if not is_canonical(address):
                raise EnvelopeRefused(tr("The address {address} was not checked before.", address=printable(address)))
        if not 0 < len(set(self.recipients)) == len(self.recipients) <= MOST_RECIPIENTS:
            raise EnvelopeRefused(tr("An envelope has 1 to {most} recipients, each once.", most=MOST_RECIPIENTS))
        ends = self.content.count(b"\r\n")
        if not (self.content.endswith(b"\r\n") and ends == self.content.count(b"\n") == self.content.count(b"\r")):
            raise EnvelopeRefused(tr("The mail has a line that does not end with CR LF."))
        if not self.content.isascii():
            raise EnvelopeRefused(tr("The mail has a byte that needs eight bits."))


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the relay; the code is one of the constants above when there was none to go by."""

    code: int
    enhanced: str
    text: str

    @property
    def is_yes(self) -> bool:
        return self.code // 100 in {2, 3}

    @property
    def is_no(self) -> bool:
        return self.code // 100 in {4, 5}


@dataclass(frozen=True, slots=True)
class RecipientVerdict:
    address: str
    outcome: Outcome
    stage: Stage
    code: int
    enhanced: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`recipients` stand in the order of the envelope. `queue_ref` is the relay's own number, where it told one."""

    mail_id: int
    stage: Stage
    recipients: tuple[RecipientVerdict, ...]
    queue_ref: str

    @property
    def doubt(self) -> bool:
        return any(recipient.outcome is Outcome.DOUBT for recipient in self.recipients)


def read_reply(code: int, raw: str) -> Reply:
    """A reply as the library gives it (bytes that are no UTF-8 as lone surrogates), made fit to be stored and shown."""
    text = legible(raw)
    found = _ENHANCED.match(text)
    if not 200 <= code <= 599:  # noqa: PLR2004 - the range of RFC 5321
        return Reply(UNREADABLE, "", text)
    return Reply(code, found.group() if found else "", text)


def queue_reference(text: str) -> str:
    """The number under which the relay keeps the mail, from its words after the final dot."""
    found = _QUEUED.search(text)
    return found.group("ref").rstrip(".,;") if found else ""


def legible(raw: str) -> str:
    """Chinese relays still answer in GBK; control characters go, the length is bounded."""
    if raw.isascii() and raw.isprintable():
        return raw.strip()[:LONGEST_TEXT]
    sent = raw.encode("utf-8", "surrogateescape")
    try:
        text = sent.decode("utf-8")
    except UnicodeDecodeError:
        text = sent.decode("gb18030", "replace")
    spaced = "".join(" " if unicodedata.category(letter) in _UNSTORABLE else letter for letter in text)
    return " ".join(spaced.split())[:LONGEST_TEXT]


_UNSTORABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
_ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?=\s|$)")
_QUEUED = re.compile(r"(?i)\b(?:queued\s+(?:mail\s+)?(?:as|with\s+id)|id)[\s=:]+<?(?P<ref>[\w.,@+-]+)")
