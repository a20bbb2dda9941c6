"""What people do with mails: look at them, release, settle a doubt, stop and start, test."""

from collections.abc import Collection
from dataclasses import dataclass

from engine.access import Actor, scopes
from engine.errors import Refused
from engine.model import Notice
from engine.store import mails, notices, organisations
from engine.store.database import Work
from engine.store.mails import Attempt, Mail, Recipient
from engine.words import tr
from notifications import facts, lane, suppression, switch
from notifications.confidential import readable
from notifications.freeze import Sheet, frame_of, freeze
from notifications.guarding import checked, manager, named, note, office, seen
from notifications.judgement import ACCEPTED, IN_DOUBT
from notifications.outbox import State, change
from notifications.post import Post
from notifications.recipients import Addressee, Addressees
from notifications.threads import reference_of, safe_key
from notifications.tidying import settle_those, withdraw
from notifications.truth import untrue


@dataclass(frozen=True, slots=True)
class Shown:
    """A mail with all that is known of it; `content` are its exact bytes, but for links meant for one person alone."""

    mail: Mail
    receivers: tuple[Recipient, ...]
    attempts: tuple[Attempt, ...]
    notices: tuple[Notice, ...]
    resends: tuple[Mail, ...]
    content: bytes


def listed(
    work: Work,
    actor: Actor,
    *,
    states: Collection[str] = (),
    letter: str | None = None,
    campaign: str | None = None,
    before: int | None = None,
    limit: int = 100,
) -> tuple[Mail, ...]:
    """The mails somebody may read, the newest first."""
    paths = scopes(actor)
    everywhere = any(office(work).startswith(path) for path in paths)
    places = None if everywhere else [one.id for one in organisations.every(work) if one.path.startswith(paths)]
    return mails.listed(
        work, states=states, letter=letter, campaign=campaign, districts=places, before=before, limit=limit
    )


def shown(work: Work, actor: Actor, mail_id: int) -> Shown:
    """One mail, if it exists for this actor."""
    mail = seen(work, actor, mail_id)
    return Shown(
        mail=mail,
        receivers=mails.receivers(work, [mail_id]).get(mail_id, ()),
        attempts=mails.attempts_of(work, mail_id),
        notices=notices.of_mail(work, mail_id),
        resends=mails.resends_of(work, mail_id),
        content=readable(mail, mails.body(work, mail_id)),
    )


def release(post: Post, work: Work, actor: Actor, mail_id: int) -> Mail:
    """Let a draft or a held mail go. A draft that is no longer so is withdrawn, and what is left composed anew."""
    mail = seen(work, actor, mail_id)
    acting = manager(work, actor)
    if mail.state not in {State.DRAFT, State.HELD}:
        raise Refused(tr("Mail {number} is “{state}”; only a draft or a held mail can be released.", **named(mail)))
    lapsed = untrue(work, [one for one in notices.of_mail(work, mail_id) if one.state == "composed"])
    if lapsed:
        withdraw(work, mail, lapsed)
    else:
        change(work, mail, State.READY, reason=None, not_before=work.now)
    note(post, work, actor, {"mail": mail_id, "what": "withdrawn" if lapsed else "released"}, acting=acting)
    switch.hold_stopped(work)
    return mails.get(work, mail_id)


def mark_arrived(post: Post, work: Work, actor: Actor, mail_id: int, *, reason: str) -> Mail:
    """Settle a doubt: somebody has the mail in hand."""
    mail = seen(work, actor, mail_id)
    acting = manager(work, actor)
    if mail.state != State.DOUBT:
        raise Refused(tr("Mail {number} is “{state}”; there is no doubt to settle.", **named(mail)))
    change(work, mail, State.SENT, reason=reason, sent_at=mail.sent_at or work.now)
    settle_those(work, mail, IN_DOUBT, ACCEPTED)
    note(post, work, actor, {"mail": mail_id, "what": "arrived"}, acting=acting, reason=reason)
    return mails.get(work, mail_id)


def stop(post: Post, work: Work, actor: Actor, letters: Collection[str] = (switch.EVERYTHING,)) -> int:
    """Stop all letters or some; answers how many mails are held now."""
    acting = manager(work, actor)
    held = switch.stop(work, _known(post, letters))
    note(post, work, actor, {"mail": "*", "what": "stopped", "letters": sorted(letters)}, acting=acting)
    return held


def start(post: Post, work: Work, actor: Actor, letters: Collection[str] = (switch.EVERYTHING,)) -> int:
    """Let letters go again, and forget the relay's last fault; answers how many mails are ready now."""
    acting = manager(work, actor)
    released = switch.start(work, _known(post, letters))
    lane.open_again(work)
    note(post, work, actor, {"mail": "*", "what": "started", "letters": sorted(letters)}, acting=acting)
    return released


def send_test(post: Post, work: Work, actor: Actor, address: str) -> Mail:
    """Compose a test mail to an address; it leaves with the next run of the dispatcher."""
    acting = manager(work, actor)
    to = Addressee(0, "", checked(address), actor.locale)
    suppression.refuse_any(work, [to.address])
    key = f"test:{work.now.isoformat()}:{to.address}"[:160]
    reference = reference_of(key, ())
    relay = post.settings.mail.relay
    frame = frame_of(post, work, None, addressee="", reference=reference)
    sheet = Sheet(
        letter="test",
        key=key,
        reference=reference,
        thread_key=safe_key("test", reference),
        topic=post.letterhead.system,
        facts=facts.Test(frame, f"{relay.host}:{relay.port}", actor.name),
        addressees=Addressees((to,), ()),
        locale=actor.locale,
        created_by=actor.person_id or None,
    )
    mail_id = freeze(post, work, sheet)
    if mail_id is None:
        raise Refused(tr("This very test mail exists already; wait a moment and try again."))
    note(post, work, actor, {"mail": mail_id, "what": "test"}, acting=acting)
    return mails.get(work, mail_id)


def _known(post: Post, letters: Collection[str]) -> Collection[str]:
    """Refuse names of letters that do not exist."""
    for letter in letters:
        if letter != switch.EVERYTHING and letter not in post.letters.names:
            raise Refused(tr("There is no letter {letter}.", letter=letter))
    return letters
