"""Message ids and conversations: what belongs together folds together, and nothing is named by chance or by time."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Final

from engine.store import mails
from engine.store.database import Work
from engine.store.mails import Mail
from notifications.mime import thread_index

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9.-]+")
REMEMBERED: Final = 10
"""How many mails of a conversation a new one names in Thread-Index."""


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation as it stands before the next mail; its root is never the id of a mail."""

    key: str
    root: str
    earlier: tuple[Mail, ...]

    @property
    def in_reply_to(self) -> str:
        return self.earlier[-1].message_id if self.earlier else self.root

    @property
    def references(self) -> tuple[str, ...]:
        """The root and the mail before; the root also for the first mail, or it would not fold."""
        return (self.root, self.earlier[-1].message_id) if self.earlier else (self.root,)

    def index(self, now: datetime) -> bytes:
        """Outlook's mark of this mail's place."""
        started = self.earlier[0].created_at if self.earlier else now
        answers = [mail.created_at for mail in self.earlier[1:]][-REMEMBERED:]
        return thread_index(self.key, started, [*answers, now] if self.earlier else ())


def thread_of(work: Work, key: str, domain: str) -> Thread:
    return Thread(key, f"<{key}@{domain}>", mails.in_thread(work, key))


def bureau_key(codes: Sequence[str], due_on: date) -> str:
    """What is said to a bureau about one due day is one conversation."""
    return safe_key("bureau", "-".join(codes), due_on.isoformat())


def case_key(case_ids: Sequence[int], codes: Sequence[str], on: date) -> str:
    """What is said about a single case is one conversation; about several, that of the day."""
    if len(set(case_ids)) == 1:
        return safe_key("case", str(case_ids[0]))
    return safe_key("cases", "-".join(codes), on.isoformat())


def safe_key(*words: str) -> str:
    """A name that can stand in a message id, at most 100 characters long."""
    key = ".".join(_UNSAFE.sub("-", word) for word in words)
    return key if len(key) <= 100 else f"{key[:80]}.{digest(key)}"  # noqa: PLR2004


def message_id(letter: str, reference: str, resend_no: int, domain: str) -> str:
    return f"<{letter}.{reference}.{resend_no}@{domain}>"


def reference_of(key: str, notice_keys: Iterable[str]) -> str:
    """The short public name of a mail: it follows from what is said, so that two rehearsals can be compared."""
    return digest("\n".join([key, *sorted(notice_keys)]))


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
