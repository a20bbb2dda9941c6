"""Bytes of a mail: our own writer for one shape, mixed(alternative(plain, html), attachments), 7-bit throughout."""

from base64 import b64encode, encodebytes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta, timezone
from email.utils import format_datetime
from hashlib import sha256

from notifications.errors import DraftRefused
from notifications.mime.checks import objections_to
from notifications.mime.draft import Attachment, Draft
from notifications.mime.filenames import filename_parameters, name_parameters
from notifications.mime.headers import folded, mailboxes_line, text_line

CHINA = timezone(timedelta(hours=8))


def write(draft: Draft) -> bytes:
    """The whole mail with CRLF line ends; refused with every reason when the draft cannot be written."""
    objections = objections_to(draft)
    if objections:
        raise DraftRefused(objections)
    tree = _tree(draft)
    return _joined((*_headers(draft), *tree.headers), tree.content)


@dataclass(frozen=True, slots=True)
class _Part:
    headers: tuple[str, ...]
    content: bytes


def _headers(draft: Draft) -> Iterator[str]:
    yield f"Date: {format_datetime(draft.date.astimezone(CHINA))}"
    yield mailboxes_line("From", [draft.sender])
    if draft.reply_to is not None:
        yield mailboxes_line("Reply-To", [draft.reply_to])
    yield mailboxes_line("To", draft.to)
    if draft.cc:
        yield mailboxes_line("Cc", draft.cc)
    yield text_line("Subject", draft.subject)
    yield folded("Message-ID", [draft.message_id])
    yield from _thread_headers(draft)
    yield "Auto-Submitted: auto-generated"
    yield "X-Auto-Response-Suppress: All"
    yield from _list_headers(draft)
    if draft.notice_ref:
        yield f"X-Notice-Ref: {draft.notice_ref}"
    yield "MIME-Version: 1.0"


def _thread_headers(draft: Draft) -> Iterator[str]:
    if draft.in_reply_to:
        yield folded("In-Reply-To", [draft.in_reply_to])
    if draft.references:
        yield folded("References", draft.references)
    if draft.thread_topic:
        yield text_line("Thread-Topic", draft.thread_topic)
    if draft.thread_index:
        yield folded("Thread-Index", [b64encode(draft.thread_index).decode("ascii")])


def _list_headers(draft: Draft) -> Iterator[str]:
    if draft.list_id:
        yield folded("List-Id", [f"<{draft.list_id}>"])
    if draft.list_unsubscribe:
        yield folded("List-Unsubscribe", [f"<{draft.list_unsubscribe}>"])
    if draft.list_unsubscribe.startswith("https:"):
        yield "List-Unsubscribe-Post: List-Unsubscribe=One-Click"


def _tree(draft: Draft) -> _Part:
    bodies = [_text_part(kind, text) for kind, text in (("plain", draft.text), ("html", draft.html)) if text]
    letter = bodies[0] if len(bodies) == 1 else _multipart("alternative", draft, bodies)
    if not draft.attachments:
        return letter
    return _multipart("mixed", draft, [letter, *(_file_part(file) for file in draft.attachments)])


def _text_part(kind: str, text: str) -> _Part:
    canonical = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    headers = (f"Content-Type: text/{kind}; charset=utf-8", "Content-Transfer-Encoding: base64")
    return _Part(headers, _base64_lines(canonical.encode()))


def _file_part(file: Attachment) -> _Part:
    headers = (
        ";\r\n ".join([f"Content-Type: {file.media_type}", *name_parameters(file.name)]),
        "Content-Transfer-Encoding: base64",
        ";\r\n ".join(["Content-Disposition: attachment", *filename_parameters(file.name)]),
    )
    return _Part(headers, _base64_lines(file.content))


def _multipart(kind: str, draft: Draft, parts: Sequence[_Part]) -> _Part:
    """The parts between boundaries that follow from the message id; "=_" cannot stand in base64."""
    boundary = f"=_{kind[:3]}_{sha256(draft.message_id.encode()).hexdigest()[:32]}"
    opening = f"--{boundary}\r\n".encode("ascii")
    content = b"".join(opening + _joined(part.headers, part.content) for part in parts)
    header = f'Content-Type: multipart/{kind};\r\n boundary="{boundary}"'
    return _Part((header,), content + f"--{boundary}--\r\n".encode("ascii"))


def _joined(headers: Sequence[str], content: bytes) -> bytes:
    return "\r\n".join([*headers, "", ""]).encode("ascii") + content


def _base64_lines(content: bytes) -> bytes:
    return encodebytes(content).replace(b"\n", b"\r\n")
