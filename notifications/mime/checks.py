"""Why a draft cannot be written: all objections at once, each with the field it is about."""

import re
from collections.abc import Iterator

from engine.words import Sentence, tr
from notifications.errors import AddressRefused, Objection
from notifications.mime.addresses import check_address
from notifications.mime.characters import FORBIDDEN, UNWRITABLE
from notifications.mime.draft import Attachment, Draft, Mailbox
from notifications.mime.filenames import is_file_name
from notifications.mime.threads import is_thread_index


def objections_to(draft: Draft) -> tuple[Objection, ...]:
    """Every objection, in the order of the fields; none means that `write` will write it."""
    return (
        *_objections_to_mailboxes(draft),
        *_objections_to_texts(draft),
        *_objections_to_tokens(draft),
        *_objections_to_dates(draft),
        *(found for place, file in enumerate(draft.attachments) for found in _objections_to_file(file, place)),
    )


def _objections_to_mailboxes(draft: Draft) -> Iterator[Objection]:
    fields = [("sender", draft.sender)]
    if draft.reply_to is not None:
        fields.append(("reply_to", draft.reply_to))
    fields += [(f"to[{place}]", mailbox) for place, mailbox in enumerate(draft.to)]
    fields += [(f"cc[{place}]", mailbox) for place, mailbox in enumerate(draft.cc)]
    if not draft.to:
        yield Objection("to", tr("nobody is named as recipient"))
    for field, mailbox in fields:
        yield from _objections_to_mailbox(field, mailbox)


def _objections_to_mailbox(field: str, mailbox: Mailbox) -> Iterator[Objection]:
    yield from _objections_to_line(f"{field}.name", mailbox.name)
    try:
        canonical = check_address(mailbox.address)
    except AddressRefused as refused:
        yield Objection(f"{field}.address", refused.reason)
    else:
        if canonical != mailbox.address:
            yield Objection(f"{field}.address", tr("it is not in the form that was checked: {form}", form=canonical))


def _objections_to_texts(draft: Draft) -> Iterator[Objection]:
    if not draft.subject.strip():
        yield Objection("subject", tr("it is empty"))
    yield from _objections_to_line("subject", draft.subject)
    yield from _objections_to_line("thread_topic", draft.thread_topic)
    if not draft.text and not draft.html:
        yield Objection("text", tr("the letter says nothing: text and HTML are both empty"))
    for field, body in (("text", draft.text), ("html", draft.html)):
        if UNWRITABLE.search(body):
            yield Objection(field, tr("it contains a character that no mail can carry (half of a pair, or NUL)"))


def _objections_to_line(field: str, text: str) -> Iterator[Objection]:
    found = FORBIDDEN.search(text)
    if found:
        yield Objection(
            field,
            tr(
                "it contains a control character, a line break or half of a character ({code}, place {place})",
                code=f"U+{ord(found.group()):04X}",
                place=found.start() + 1,
            ),
        )


def _objections_to_tokens(draft: Draft) -> Iterator[Objection]:
    tokens = [
        ("message_id", draft.message_id, _MESSAGE_ID, False),
        ("in_reply_to", draft.in_reply_to, _MESSAGE_ID, True),
        *((f"references[{place}]", reference, _MESSAGE_ID, False) for place, reference in enumerate(draft.references)),
        ("list_id", draft.list_id, _LIST_ID, True),
        ("list_unsubscribe", draft.list_unsubscribe, _LINK, True),
        ("notice_ref", draft.notice_ref, _TOKEN, True),
    ]
    for field, text, (pattern, reason), may_be_empty in tokens:
        if not pattern.fullmatch(text) and not (may_be_empty and not text):
            yield Objection(field, reason)


def _objections_to_dates(draft: Draft) -> Iterator[Objection]:
    if draft.date.tzinfo is None:
        yield Objection("date", tr("it is an instant without a time zone"))
    if draft.thread_index and not is_thread_index(draft.thread_index):
        yield Objection("thread_index", tr("it is 22 bytes, and 5 more for each answer"))


def _objections_to_file(file: Attachment, place: int) -> Iterator[Objection]:
    field = f"attachments[{place}]"
    if not is_file_name(file.name):
        yield Objection(
            f"{field}.name",
            tr("file names need an extension, and no blanks, slashes, quotes or control characters; tidy it first"),
        )
    if not _MEDIA_TYPE.fullmatch(file.media_type):
        yield Objection(f"{field}.media_type", tr("it is not the type of a file, as application/pdf is"))


_MESSAGE_ID: tuple[re.Pattern[str], Sentence] = (
    re.compile(r"<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,120}@[A-Za-z0-9.-]{1,120}>"),
    tr("it is not a message id such as <overdue.1@example.org>"),
)
_LIST_ID: tuple[re.Pattern[str], Sentence] = (
    re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    tr("it is not a dotted name such as digest.example.org"),
)
_LINK: tuple[re.Pattern[str], Sentence] = (
    re.compile(r"(?:https://|mailto:)[!-;=?-~]{1,900}"),
    tr("it is not an address beginning with https:// or mailto:"),
)
_TOKEN: tuple[re.Pattern[str], Sentence] = (
    re.compile(r"[A-Za-z0-9._-]{1,64}"),
    tr("it is not a short reference of letters, digits, dots and dashes"),
)
_MEDIA_TYPE = re.compile(r"(?!multipart/|message/)[a-z]+/[A-Za-z0-9.+-]+(?:; [a-z-]+=[A-Za-z0-9._-]+)*")
