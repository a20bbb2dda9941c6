"""A letter on its way to becoming bytes: whom it names, what it says, what is attached."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A name (may be empty) and an address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file; `media_type` may carry parameters, as in `text/csv; charset=utf-8`."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything the written mail depends on; equal drafts give equal bytes.

    `date` is an aware instant. Message ids carry their angle brackets. `list_id` is a bare dotted name.
    `list_unsubscribe` is an address to open (https: or mailto:), for digests only.
    """

    sender: Mailbox
    to: tuple[Mailbox, ...]
    subject: str
    date: datetime
    message_id: str
    text: str = ""
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    reply_to: Mailbox | None = None
    cc: tuple[Mailbox, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    list_id: str = ""
    list_unsubscribe: str = ""
    thread_topic: str = ""
    thread_index: bytes = b""
    notice_ref: str = ""
