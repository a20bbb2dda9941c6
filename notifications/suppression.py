"""Addresses that bounced for good: noted when a relay refuses them, spared by later mails, lifted by a person."""

from collections.abc import Collection
from typing import Final

from engine.access import Actor
from engine.errors import NotFound, Refused
from engine.store import mails, posting, suppressions
from engine.store.database import Work
from engine.store.mails import Mail
from engine.store.suppressions import Suppression
from engine.words import tr
from notifications.guarding import manager
from notifications.guarding import note as journaled
from notifications.judgement import OPEN, Fate
from notifications.post import Post

SPARED: Final = "suppressed"
"""What became of a mail for somebody who is not written to."""


def note(work: Work, mail: Mail, fate: Fate) -> None:
    """Keep what became of a mail for one recipient; an address that is refused for good is not written to again."""
    code, enhanced, text = fate.code, fate.enhanced or None, fate.text
    posting.settle_receiver(work, mail.id, fate.address, state=fate.state, code=code, enhanced=enhanced, text=text)
    if fate.gone:
        suppressions.enter(work, fate.address, mail_id=mail.id, code=code, enhanced=enhanced, text=text)


def settle(work: Work, mail: Mail) -> None:
    """Spare those who have bounced since the mail was written."""
    waiting = [one.address for one in mails.receivers(work, [mail.id])[mail.id] if one.state == OPEN]
    for address in sorted(suppressions.among(work, waiting)):
        posting.settle_receiver(work, mail.id, address, state=SPARED)


def refuse_any(work: Work, addresses: Collection[str]) -> None:
    """What a person sends goes to nobody who bounced for good."""
    spared = suppressions.among(work, addresses)
    if spared:
        raise Refused(
            tr(
                "{address} has bounced for good and is not written to; correct the address, or lift this with"
                " `lingpao mail lift`.",
                address=min(spared),
            )
        )


def standing(work: Work, actor: Actor) -> tuple[Suppression, ...]:
    """All addresses that are not written to, for those who decide about mail."""
    manager(work, actor)
    return suppressions.standing(work)


def lift(post: Post, work: Work, actor: Actor, address: str, *, reason: str) -> None:
    """Let an address be written to again, because a person knows better."""
    acting = manager(work, actor)
    if not reason.strip():
        raise Refused(tr("This needs a reason; please write it down."))
    if not suppressions.lift(work, address.strip(), person_id=actor.person_id or None):
        raise NotFound(tr("Nothing stands against writing to {address}.", address=address))
    journaled(post, work, actor, {"mail": "*", "what": "lifted", "address": address}, acting=acting, reason=reason)
