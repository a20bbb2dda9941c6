"""What somebody had typed when the session was over, carried through the door and offered again behind it."""

import json
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from starlette.responses import Response

from console.web.attempt import Typed
from console.web.desk import Visitor, local
from engine.words import Sentence, tr

SECRET: Final = frozenset({"password", "old", "new", "again", "code"})
"""Fields that are never carried along."""
OURS: Final = frozenset({"version", "key", "seen", "back", "onward", "kept", "username"})
"""Fields that pages put into their forms by themselves."""

LABELS: Final = {
    "code": tr("Code"),
    "contact_name": tr("Contact"),
    "contact_phone": tr("Telephone"),
    "credit_code": tr("Credit code"),
    "document_no": tr("Document number"),
    "email": tr("Mail"),
    "ends_on": tr("Last day of the publicity"),
    "enterprise_name": tr("Name of the enterprise"),
    "from_on": tr("From"),
    "login": tr("Login"),
    "name": tr("Name"),
    "note": tr("Remark"),
    "on": tr("New day"),
    "phone": tr("Telephone"),
    "product_name": tr("Product"),
    "promised_on": tr("Promised for"),
    "reason": tr("Reason"),
    "role": tr("Role"),
    "since": tr("First day"),
    "starts_on": tr("First day of the publicity"),
    "title": tr("Title of the public list"),
    "to_on": tr("Last day"),
    "until": tr("Last day"),
    "who": tr("Login or mail address"),
    "year": tr("Year"),
}
"""What fields are called where their form is not there any more."""

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """Where it was to go on, and the fields of the form that was to be sent there."""

    onward: str
    pairs: Pairs = ()

    @classmethod
    def of(cls, typed: Typed) -> "Kept":
        """As the door's own form carries it."""
        return cls.again(typed.one("onward"), typed.one("kept"))

    @classmethod
    def again(cls, onward: str, text: str) -> "Kept":
        """As it was left here before."""
        return cls(local(onward), _read(text))

    @classmethod
    def from_form(cls, onward: str, typed: Typed | None) -> "Kept":
        """As a form arrives that nobody was signed in for."""
        pairs = typed.pairs if typed else ()
        return cls(onward, tuple((name, value) for name, value in pairs if name not in SECRET))

    @property
    def told(self) -> tuple[tuple[Sentence | str, str], ...]:
        """What a person typed or chose, to be read and copied."""
        kept = [(name, value) for name, value in self.pairs if value.strip() and name not in OURS]
        return tuple((LABELS.get(name, name), value) for name, value in kept)

    @property
    def text(self) -> str:
        """For the hidden field."""
        return json.dumps(self.pairs, ensure_ascii=False) if self.pairs else ""


def go_on(visitor: Visitor, kept: Kept) -> Response:
    """To the page that was wanted, or to what was typed."""
    if not kept.pairs:
        return visitor.back(kept.onward)
    return visitor.page("entry/kept.html", kept)


def door(address: str, onward: str) -> str:
    """The address of a page of the door that leads on afterwards."""
    return address if onward == "/" else f"{address}?{urlencode({'onward': onward})}"


def _read(text: str) -> Pairs:
    """What the field holds; it has been out of our hands, so it may hold anything."""
    try:
        found: Any = json.loads(text or "[]")
        return tuple((str(name), str(value)) for name, value in found)
    except (TypeError, ValueError, RecursionError):
        return ()
