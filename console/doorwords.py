"""What people call what happens at the door, and what is taken out of the house."""

from typing import Final

from engine.words import Sentence, tr

OUTCOMES: Final[dict[str, Sentence]] = {
    "signed_in": tr("signed in"),
    "wrong": tr("wrong password"),
    "factor_wrong": tr("wrong code"),
    "waiting": tr("has to wait"),
    "ended": tr("session ended"),
    "provider_refused": tr("refused after the identity provider"),
}
METHODS: Final[dict[str, Sentence]] = {
    "password": tr("password"),
    "factor": tr("second factor"),
    "link": tr("link in a mail"),
    "oidc": tr("identity provider"),
}
DETAILS: Final[dict[str, Sentence]] = {
    "signed_out": tr("signed out"),
    "went_on": tr("went on with the code"),
    "ended_elsewhere": tr("ended from another session"),
    "ended_by_administrator": tr("ended by an administrator"),
    "password_changed": tr("password changed"),
    "factor_changed": tr("second factor changed"),
    "account_closed": tr("account closed"),
    "address": tr("for the whole address"),
    "login": tr("for the account"),
}
KINDS: Final[dict[str, Sentence]] = {"export": tr("export"), "unmask": tr("made visible")}
