"""The letters that carry links: an invitation, a password to be set anew, one page to be opened."""

from console.accounts.core import Accounts
from console.accounts.links import Made, Purpose
from engine.errors import Refused
from engine.model import Person
from engine.store import links
from engine.store.database import Work
from engine.words import tr
from notifications import facts
from notifications.errors import AddressRefused
from notifications.freeze import Sheet, frame_of, freeze
from notifications.mime import check_address
from notifications.post import Post
from notifications.recipients import Addressee, Addressees
from notifications.threads import reference_of, safe_key


def write(accounts: Accounts, work: Work, person: Person, purpose: Purpose, link: Made, *, asked_by: str = "") -> int:
    """Put a link into a letter to its person; the mail waits in the outbox like all others. Answers its number."""
    post = accounts.office()
    key = f"{purpose}:{link.id}"
    reference = reference_of(key, ())
    sheet = Sheet(
        letter=purpose,
        key=key,
        reference=reference,
        thread_key=safe_key(purpose, reference),
        topic=post.letterhead.system,
        facts=_facts(post, work, person, purpose, link, reference=reference, asked_by=asked_by),
        addressees=Addressees((_addressee(person),), ()),
        locale=person.locale,
        created_by=None,
    )
    mail_id = freeze(post, work, sheet)
    if mail_id is None:
        raise Refused(tr("This letter exists already."))
    links.note_mail(work, link.id, mail_id)
    return mail_id


def can_be_written_to(person: Person) -> bool:
    try:
        check_address(person.email or "")
    except AddressRefused:
        return False
    return True


def _facts(
    post: Post, work: Work, person: Person, purpose: Purpose, link: Made, *, reference: str, asked_by: str
) -> facts.AccountLetter:
    kinds: dict[Purpose, type[facts.AccountLetter]] = {
        "invitation": facts.Invitation,
        "password_reset": facts.PasswordReset,
        "sign_in_link": facts.SignInLink,
    }
    return kinds[purpose](
        frame=frame_of(post, work, None, addressee=person.name, reference=reference),
        login=person.login,
        address=link.address,
        until=post.local(link.expires_at),
        asked_by=asked_by,
    )


def _addressee(person: Person) -> Addressee:
    if not can_be_written_to(person):
        raise Refused(
            tr(
                "{login} has no mail address that can be written to; `lingpao people change` sets it.",
                login=person.login,
            )
        )
    return Addressee(person.id, person.name, check_address(person.email or ""), person.locale)
