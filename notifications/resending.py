"""Sending anew: a mail that did not arrive leaves once more as a mail of its own, under a number of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from engine.access import Actor
from engine.errors import Refused
from engine.store import mails
from engine.store.database import Work
from engine.store.mails import Mail, Recipient
from engine.words import tr
from notifications import confidential, suppression, switch
from notifications.guarding import checked, manager, named, note, seen
from notifications.judgement import ACCEPTED
from notifications.mime import Mailbox
from notifications.outbox import State, change
from notifications.post import Post
from notifications.readdress import readdressed
from notifications.threads import message_id

SENT_BEFORE: Final = frozenset({State.SENT, State.PARTIAL, State.DOUBT, State.DEAD, State.EXPIRED})
"""States from which a person can send a mail anew."""

HIDDEN: Final = frozenset({"digest"})
"""Letters whose receivers do not see each other."""

_SAME: Final = (
    "letter", "campaign", "district_id", "locale", "priority", "thread_key", "refs", "subject",
    "template_version",
)  # fmt: skip


def resend(post: Post, work: Work, actor: Actor, mail_id: int, *, addresses: Mapping[str, str] | None = None) -> Mail:
    """Send a mail anew to those who have not got it, at corrected addresses (old: new); to all when all have got it.

    It gets a new number, so that no server takes it for the old one; the chain `resend_of` leads to the first mail.
    """
    mail = seen(work, actor, mail_id)
    acting = manager(work, actor)
    if State(mail.state) not in SENT_BEFORE:
        raise Refused(tr("Mail {number} is “{state}”; what was never sent cannot be sent anew.", **named(mail)))
    if mail.letter in confidential.LETTERS:
        raise Refused(
            tr(
                "Mail {number} carries a link for one person; it is not sent anew, a new link is made instead.",
                **named(mail),
            )
        )
    corrected = {old: checked(new) for old, new in (addresses or {}).items()}
    everybody = mails.receivers(work, [mail_id])[mail_id]
    unknown = corrected.keys() - {one.address for one in everybody}
    if unknown:
        raise Refused(tr("Mail {number} was not for {address}.", number=mail_id, address=min(unknown)))
    copy = _Copy(mail, everybody, corrected)
    suppression.refuse_any(work, copy.addresses)
    new_id = copy.store(post, work, actor)
    if mail.state == State.DOUBT:
        change(work, mail, State.DEAD)
    note(post, work, actor, {"mail": new_id, "what": "resent", "resend_of": mail_id}, acting=acting)
    switch.hold_stopped(work)
    return mails.get(work, new_id)


@dataclass(frozen=True, slots=True)
class _Copy:
    mail: Mail
    everybody: Sequence[Recipient]
    corrected: Mapping[str, str]

    def store(self, post: Post, work: Work, actor: Actor) -> int:
        first = mails.get(work, self.mail.resend_of or self.mail.id)
        number = len(mails.resends_of(work, first.id)) + 1
        new_number = message_id(first.letter, first.message_id.split(".")[1], number, post.domain)
        content = readdressed(
            mails.body(work, self.mail.id),
            message_id=new_number,
            date=work.now,
            to=self._mailboxes("to"),
            cc=self._mailboxes("cc"),
        )
        row: dict[str, Any] = {
            **{name: getattr(self.mail, name) for name in _SAME},
            "dedup_key": f"{first.dedup_key}:r{number}",
            "state": State.READY.value,
            "not_before": work.now,
            "message_id": new_number,
            "mail_from": post.sender.address,
            "size": len(content),
            "sha256": sha256(content).hexdigest(),
            "attempts": 0,
            "lease_token": 0,
            "resend_of": first.id,
            "resend_no": number,
            "created_by": actor.person_id or None,
        }
        new_id = mails.add(work, {**row, "lane": post.lane(self.addresses[0])}, content, self._receivers())
        if new_id is None:
            raise Refused(tr("Somebody has just sent mail {number} anew.", number=self.mail.id))
        return new_id

    @property
    def addresses(self) -> list[str]:
        """Whom it leaves for."""
        return [str(one["address"]) for one in self._receivers()]

    def _mailboxes(self, field: str) -> list[Mailbox]:
        if self.mail.letter in HIDDEN:
            return []
        return [Mailbox(one.name, self._address(one)) for one in self.everybody if one.field == field]

    def _receivers(self) -> list[dict[str, Any]]:
        lacking = [one for one in self.everybody if one.state != ACCEPTED or one.address in self.corrected]
        found: dict[str, dict[str, Any]] = {}
        for one in lacking or self.everybody:
            address = self._address(one)
            found.setdefault(
                address, {"address": address, "field": one.field, "name": one.name, "person_id": one.person_id}
            )
        return list(found.values())

    def _address(self, one: Recipient) -> str:
        return self.corrected.get(one.address, one.address)
