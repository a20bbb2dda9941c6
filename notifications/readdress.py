"""A frozen mail sent anew by a person: the same words under a new number and date, addresses corrected."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime

from notifications.mime.draft import Mailbox
from notifications.mime.headers import folded, mailboxes_line
from notifications.mime.writer import CHINA

_END = b"\r\n\r\n"


def readdressed(
    content: bytes,
    *,
    message_id: str,
    date: datetime,
    to: Sequence[Mailbox] = (),
    cc: Sequence[Mailbox] = (),
) -> bytes:
    """The mail with other header lines; without `to` it stays addressed as it was."""
    head, _, body = content.partition(_END)
    new: dict[str, str | None] = {
        "message-id": folded("Message-ID", [message_id]),
        "date": f"Date: {format_datetime(date.astimezone(CHINA))}",
    }
    if to:
        new |= {"to": mailboxes_line("To", to), "cc": mailboxes_line("Cc", cc) if cc else None}
    return "\r\n".join(_replaced(head.decode("ascii"), new)).encode("ascii") + _END + body


def _replaced(head: str, new: Mapping[str, str | None]) -> list[str]:
    """The header's lines with those of the given names replaced, or left out where nothing takes their place."""
    kept: list[str] = []
    skipping = False
    for line in head.split("\r\n"):
        if not line.startswith((" ", "\t")):
            name = line.partition(":")[0].lower()
            skipping = name in new
            if skipping and (instead := new[name]) is not None:
                kept.append(instead)
        if not skipping:
            kept.append(line)
    return kept
