"""Letters with a link for one person alone: people who look at mails see them without it, and nobody resends them."""

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Final

from engine.store.mails import Mail

LETTERS: Final = frozenset({"invitation", "password_reset", "sign_in_link"})
MASK: Final = "********"
_SECRET: Final = re.compile(r"(https?://[^\s\"<>]*/)[A-Za-z0-9_-]{32}(?![A-Za-z0-9_-])")


def readable(mail: Mail, content: bytes) -> bytes:
    """The bytes of a mail as people may look at them; only the dispatcher and a resend take them as they are."""
    if mail.letter not in LETTERS:
        return content
    message = BytesParser(policy=policy.default).parsebytes(content)
    for part in message.walk():
        if isinstance(part, EmailMessage) and part.get_content_maintype() == "text":
            part.set_content(masked(str(part.get_content())), subtype=part.get_content_subtype())
    return message.as_bytes(policy=policy.SMTP)


def masked(text: str) -> str:
    return _SECRET.sub(rf"\1{MASK}", text)
