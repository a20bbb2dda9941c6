"""Mail addresses as they are let in: one @, a plain local part, a domain that can be looked up."""

import re
from collections.abc import Callable

from engine.words import Sentence, tr
from notifications.errors import AddressRefused
from notifications.mime.characters import FORBIDDEN


def check_address(text: str) -> str:
    """The address in the one form in which it is stored and sent (domain in small ASCII letters); else refused."""
    for is_wrong, reason in _OBJECTIONS:
        if is_wrong(text):
            raise AddressRefused(text, reason)
    local, _, domain = text.partition("@")
    address = f"{local}@{_ascii_domain(domain)}"
    if len(address) > LONGEST_ADDRESS:
        raise AddressRefused(text, tr("it is longer than {most} characters", most=LONGEST_ADDRESS))
    return address


def is_canonical(text: str) -> bool:
    """Whether this is an address as `check_address` returns it; cheap, for the edge of the wire."""
    return len(text) <= LONGEST_ADDRESS and _CANONICAL.fullmatch(text) is not None


def _is_no_domain(text: str) -> bool:
    return not _DOMAIN.fullmatch(_ascii_domain(text.partition("@")[2]))


def _ascii_domain(domain: str) -> str:
    """The domain as DNS knows it; empty when it has no such form."""
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


LONGEST_ADDRESS = 254

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_LOCAL_PART = rf"(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*"
_DOMAIN_NAME = rf"(?:{_LABEL}\.)+(?!\d+$){_LABEL}"
_LOCAL = re.compile(rf"{_LOCAL_PART}@.*")
_DOMAIN = re.compile(_DOMAIN_NAME)
_CANONICAL = re.compile(rf"{_LOCAL_PART}@{_DOMAIN_NAME}")

_OBJECTIONS: tuple[tuple[Callable[[str], bool], Sentence], ...] = (
    (lambda text: not text, tr("it is empty")),
    (lambda text: FORBIDDEN.search(text) is not None, tr("it contains a control character or a line break")),
    (lambda text: any(letter.isspace() for letter in text), tr("it contains a blank; remove it")),
    (lambda text: "＠" in text, tr("the @ is a full-width one; type it in half width")),
    (lambda text: "@" not in text, tr("there is no @ in it")),
    (lambda text: text.count("@") > 1, tr("there are several @ in it; enter one address at a time")),
    (
        lambda text: not text.partition("@")[0].isascii(),
        tr("before the @ only Latin letters, digits and signs can be delivered"),
    ),
    (lambda text: _LOCAL.fullmatch(text) is None, tr("what stands before the @ is not a mailbox name")),
    (_is_no_domain, tr("what stands after the @ is not a domain such as example.org")),
)
