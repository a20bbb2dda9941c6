"""Who may do what with mail: sight goes by district, decisions are the bureau's, and everything is journaled."""

from collections.abc import Mapping
from typing import Any, Final

from engine.access import Actor, Capacity, capacity, scopes
from engine.errors import Hidden, NotAllowed, Refused
from engine.model import Entry
from engine.roles import labels
from engine.store import journal, mails, organisations
from engine.store.database import Work
from engine.store.mails import Mail
from engine.words import tr
from notifications.errors import AddressRefused
from notifications.mime import check_address
from notifications.outbox import LABELS, State
from notifications.post import Post

MANAGERS: Final = ("municipal_coordinator", "administrator")
"""Who decides about mail; the people of a district read what was sent about it."""


def seen(work: Work, actor: Actor, mail_id: int) -> Mail:
    """The mail, if the actor sees the district it is about; one about several belongs to the bureau."""
    mail = mails.by_ids(work, [mail_id]).get(mail_id)
    place = None if mail is None else office(work) if mail.district_id is None else _path(work, mail.district_id)
    if mail is None or place is None or not any(place.startswith(path) for path in scopes(actor)):
        raise Hidden(f"mail {mail_id}")
    return mail


def manager(work: Work, actor: Actor) -> Capacity:
    """In which role the actor decides about mail, or a refusal."""
    acting = capacity(actor, office(work), MANAGERS)
    if acting is None:
        raise NotAllowed(tr("This takes one of the roles {roles}.", roles=labels(MANAGERS)))
    return acting


def office(work: Work) -> str:
    """The path of the house as a whole."""
    return next(one.path for one in organisations.every(work) if one.parent_id is None)


def _path(work: Work, district_id: int) -> str | None:
    return organisations.paths(work, [district_id]).get(district_id)


def checked(address: str) -> str:
    """The address as it can be sent to, or a refusal."""
    try:
        return check_address(address)
    except AddressRefused as refused:
        raise Refused(refused.sentence) from refused


def named(mail: Mail) -> dict[str, object]:
    """Number and state of a mail, for a sentence."""
    return {"number": mail.id, "state": LABELS[State(mail.state)]}


def note(
    post: Post, work: Work, actor: Actor, data: Mapping[str, Any], *, acting: Capacity, reason: str | None = None
) -> None:
    """Write down in the house's journal what somebody did with mail."""
    entry = Entry(
        "house",
        actor.person_id,
        acting.role,
        post.engine.today(work),
        on_behalf_of=acting.on_behalf_of,
        reason=reason,
        data=data,
    )
    journal.append_house(work, entry)
