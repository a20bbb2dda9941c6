"""One letter with all that is known of it, what is attached to it, and how it is with sending."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from engine.access import Actor
from engine.agenda import milestone_label
from engine.errors import Hidden, Refused
from engine.flow import Label
from engine.model import Case, Notice
from engine.store import deadlines, definitions, mails, organisations, posting, sought
from engine.store.database import Work
from engine.store.mails import Attempt, Mail, Recipient
from engine.words import tr
from notifications import lane, switch
from notifications.desk import shown
from notifications.lane import Lane
from notifications.post import Post
from notifications.resending import resend


@dataclass(frozen=True, slots=True)
class About:
    """Why a letter was written: its matter, and of a deadline the day on which a rung of its ladder was due."""

    notice: Notice
    case: Case | None
    milestone: Label | None
    planned_on: date | None
    fired_at: datetime | None


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that went with a letter, by its place among them."""

    place: int
    name: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class Parts:
    """What a mail says, in both forms, and what is attached."""

    text: str
    html: str
    files: tuple[Attached, ...]


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A letter with everything that is known of it; `chain` are the mails of the same letter, the first one first."""

    mail: Mail
    district: str
    receivers: tuple[Recipient, ...]
    attempts: tuple[Attempt, ...]
    about: tuple[About, ...]
    chain: tuple[Mail, ...]
    parts: Parts


@dataclass(frozen=True, slots=True)
class Sending:
    """Whether letters leave the house: what is stopped, how the way to the relay is, and what waits since when."""

    stopped: frozenset[str]
    lane: Lane | None
    waiting: int
    oldest: datetime | None

    @property
    def all_stopped(self) -> bool:
        return switch.EVERYTHING in self.stopped


def letter_file(work: Work, actor: Actor, mail_id: int) -> LetterFile:
    """One letter, if it exists for this actor."""
    found = shown(work, actor, mail_id)
    mail = found.mail
    first = mails.get(work, mail.resend_of) if mail.resend_of else mail
    return LetterFile(
        mail=mail,
        district=organisations.names(work, {mail.district_id})[mail.district_id] if mail.district_id else "",
        receivers=found.receivers,
        attempts=found.attempts,
        about=_about(work, found.notices),
        chain=(first, *mails.resends_of(work, first.id)),
        parts=parts_of(found.content),
    )


def sending(work: Work) -> Sending:
    """How it is with sending now; the fault of the relay stands until something was taken again."""
    waiting, oldest = posting.backlog(work)
    return Sending(switch.read(work).stopped, lane.read(work), waiting, oldest)


def send_anew(post: Post, work: Work, actor: Actor, mail_id: int, *, addresses: Mapping[str, str], seen: int) -> Mail:
    """Send a letter anew, if nobody did so since its mails were counted: a second click sends nothing twice."""
    found = shown(work, actor, mail_id).mail
    chain = mails.resends_of(work, found.resend_of or found.id)
    if len(chain) > seen:
        raise Refused(tr("This letter was sent anew meanwhile, as mail {number}.", number=chain[-1].id))
    return resend(post, work, actor, mail_id, addresses=addresses)


def parts_of(content: bytes) -> Parts:
    """What a mail says, read from its bytes."""
    message = BytesParser(policy=policy.default).parsebytes(content)
    files = tuple(
        Attached(place, part.get_filename() or "", part.get_content_type(), len(_bytes(part)))
        for place, part in enumerate(message.iter_attachments())
    )
    return Parts(_part(message, "plain"), _part(message, "html"), files)


def attached(work: Work, actor: Actor, mail_id: int, place: int) -> tuple[str, str, bytes]:
    """Name, kind and bytes of a file that went with a letter."""
    message = BytesParser(policy=policy.default).parsebytes(shown(work, actor, mail_id).content)
    every = list(message.iter_attachments())
    if not 0 <= place < len(every):
        raise Hidden(f"mail {mail_id} attachment {place}")
    part = every[place]
    return part.get_filename() or "", part.get_content_type(), _bytes(part)


def _about(work: Work, found: Sequence[Notice]) -> tuple[About, ...]:
    """The matters of a letter, each with its case and the day of the rung that caused it."""
    numbers = list(dict.fromkeys(one.case_id for one in found if one.case_id is not None))
    held = {case.id: case for case in sought.by_ids(work, numbers)} if numbers else {}
    ids = {one.deadline_id for one in found if one.deadline_id is not None}
    rows = deadlines.fires(work, ids) if ids else {}
    fires = {row.notice_id: row for of_deadline in rows.values() for row in of_deadline if row.notice_id is not None}
    return tuple(_matter(work, one, held.get(one.case_id or 0), fires.get(one.id)) for one in found)


def _matter(work: Work, notice: Notice, case: Case | None, fire: deadlines.FireRow | None) -> About:
    flow = definitions.flow_of(work, case.definition_id) if case else None
    return About(
        notice=notice,
        case=case,
        milestone=milestone_label(flow, notice.milestone) if flow and notice.milestone else None,
        planned_on=fire.planned_on if fire else None,
        fired_at=fire.fired_at if fire else None,
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if isinstance(part, EmailMessage) else ""


def _bytes(part: EmailMessage) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""
