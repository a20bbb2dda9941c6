"""What letters are called, what became of them for each recipient, and how far a try at sending came."""

from collections.abc import Mapping
from typing import Final

from console.casewords import LETTERS
from engine.words import Sentence, tr

NAMES: Final[Mapping[str, Sentence]] = {
    **LETTERS,
    "digest": tr("weekly digest"),
    "invitation": tr("invitation"),
    "password_reset": tr("letter with a link for a new password"),
    "sign_in_link": tr("letter with a link to sign in"),
    "test": tr("test letter"),
}
"""Every letter there is."""

FATES: Final[Mapping[str, Sentence]] = {
    "open": tr("open"),
    "accepted": tr("taken by the server"),
    "refused": tr("refused"),
    "doubt": tr("in doubt"),
    "given_up": tr("given up"),
    "bounced": tr("came back"),
    "suppressed": tr("not written to"),
}
"""What became of a mail for a recipient."""

STAGES: Final[Mapping[str, Sentence]] = {
    "connect": tr("connection"),
    "tls": tr("encryption"),
    "auth": tr("sign-in at the relay"),
    "mail": tr("sender"),
    "rcpt": tr("recipient"),
    "data": tr("beginning of the content"),
    "body": tr("content"),
    "dot": tr("end of the content"),
}
"""How far a try came."""

FIELDS: Final[Mapping[str, Sentence]] = {"to": tr("to"), "cc": tr("copy"), "bcc": tr("hidden")}
"""How a recipient stands in the head of the mail."""
