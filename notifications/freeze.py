"""Facts of a letter become a mail: put into words, written as final bytes, stored with its recipients."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from engine.briefing import Paper
from engine.errors import EngineError
from engine.store import mails
from engine.store.database import Work
from engine.terms import Terms
from engine.words import say
from notifications import reasons, switch
from notifications.facts import Frame
from notifications.mime import Attachment, Draft, Mailbox, tidy_file_name, write
from notifications.outbox import State, expiry, rule_of
from notifications.post import Post
from notifications.recipients import Addressees
from notifications.render import LetterFailed
from notifications.threads import Thread, message_id, thread_of

FAULTS = (EngineError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a letter may fail with: its template, its facts, an address, a paper; one letter fails and the others go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A letter ready to be put into words. `key` is that of the mail, `reference` its short public name; `hidden`
    names what stands in place of receivers who do not see each other; after `due_on` a reminder is of no use.
    """

    letter: str
    key: str
    reference: str
    thread_key: str
    topic: str
    facts: object
    addressees: Addressees
    locale: str
    campaign: str | None = None
    district_id: int | None = None
    papers: Sequence[Paper] = ()
    draft: bool = False
    hidden: str = ""
    due_on: date | None = None
    created_by: int | None = None


def freeze(post: Post, work: Work, sheet: Sheet) -> int | None:
    """Store the mail and answer its number; None when it was composed before. Fails before anything is stored."""
    thread = thread_of(work, sheet.thread_key, post.domain)
    number = message_id(sheet.letter, sheet.reference, 0, post.domain)
    draft = _draft(post, work, sheet, thread, number)
    content = write(draft)
    state, reason = _first_state(post, work, sheet, len(content))
    row: dict[str, Any] = {
        "dedup_key": sheet.key,
        "letter": sheet.letter,
        "campaign": sheet.campaign,
        "district_id": sheet.district_id,
        "locale": sheet.locale,
        "priority": rule_of(sheet.letter).priority,
        "state": state.value,
        "reason": reason,
        "not_before": work.now,
        "expires_at": expiry(sheet.letter, work.now, sheet.due_on, post.engine.zone),
        "message_id": number,
        "thread_key": sheet.thread_key,
        "lane": post.lane(sheet.addressees.to[0].address) if sheet.addressees.to else None,
        "refs": " ".join(thread.references),
        "subject": draft.subject,
        "mail_from": post.sender.address,
        "size": len(content),
        "sha256": sha256(content).hexdigest(),
        "template_version": post.letters.version,
        "attempts": 0,
        "lease_token": 0,
        "resend_no": 0,
        "created_by": sheet.created_by,
    }
    return mails.add(work, row, content, _receivers(sheet.addressees))


def frame_of(
    post: Post,
    work: Work,
    terms: Terms | None,
    *,
    addressee: str,
    reference: str,
    copies: Collection[str] = (),
    instead_of: Collection[str] = (),
) -> Frame:
    """What stands around the letter."""
    return Frame(
        head=post.letterhead,
        short=terms.short if terms else post.letterhead.system,
        campaign=terms.title if terms else "",
        plan_title=terms.plan_title if terms else "",
        addressee=addressee,
        on=post.engine.today(work),
        cutoff=post.local(work.now),
        reference=reference,
        copies=tuple(copies),
        instead_of=tuple(instead_of),
    )


def failure_of(fault: BaseException) -> str:
    """The coded reason of a letter that failed, with template and line where it was the template."""
    if isinstance(fault, LetterFailed):
        return reasons.coded(reasons.TEMPLATE, f"{fault.template}, {fault.line}: {fault.fault}")
    words = say(fault.sentence) if isinstance(fault, EngineError) else f"{type(fault).__name__}: {fault}"
    return reasons.coded(reasons.TEMPLATE, words)


def _draft(post: Post, work: Work, sheet: Sheet, thread: Thread, number: str) -> Draft:
    letter = post.letters.render(sheet.letter, sheet.locale, sheet.facts)
    people = sheet.addressees
    return Draft(
        sender=post.sender,
        to=(Mailbox(sheet.hidden, post.sender.address),) if sheet.hidden else tuple(one.mailbox for one in people.to),
        cc=() if sheet.hidden else tuple(one.mailbox for one in people.cc),
        subject=letter.subject,
        date=work.now,
        message_id=number,
        text=letter.text,
        html=letter.html,
        attachments=tuple(
            Attachment(tidy_file_name(paper.name), paper.media_type, paper.content) for paper in sheet.papers
        ),
        in_reply_to=thread.in_reply_to,
        references=thread.references,
        list_id=f"{sheet.letter.replace('_', '-')}.{post.domain}",
        thread_topic=sheet.topic,
        thread_index=thread.index(work.now),
        notice_ref=sheet.reference,
    )


def _first_state(post: Post, work: Work, sheet: Sheet, size: int) -> tuple[State, str | None]:
    if sheet.draft:
        return State.DRAFT, None
    if size > post.size_limit:
        return State.HELD, reasons.TOO_LARGE
    if switch.read(work).stops(sheet.letter):
        return State.HELD, reasons.STOPPED
    return State.READY, None


def _receivers(people: Addressees) -> list[dict[str, Any]]:
    return [
        {"address": one.address, "field": field, "name": one.name, "person_id": one.person_id or None}
        for field, group in (("to", people.to), ("cc", people.cc))
        for one in group
    ]
