"""What accounts refuse; nothing in these sentences tells a stranger whether an account exists."""

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from engine.errors import EngineError
from engine.words import Sentence, tr


class SignInRefused(EngineError):
    """Login or password is wrong."""

    code: ClassVar[str] = "SIGN_IN_REFUSED"


class WaitAsked(EngineError):
    """Too many attempts have failed; please wait."""

    code: ClassVar[str] = "WAIT_ASKED"

    def __init__(self, until: datetime, zone: ZoneInfo) -> None:
        when = until.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
        super().__init__(tr("Too many attempts have failed. Please try again after {when}.", when=when))
        self.until = until


class PasswordRefused(EngineError):
    """This password is too easy to guess."""

    code: ClassVar[str] = "PASSWORD_REFUSED"

    def __init__(self, sentences: tuple[Sentence, ...]) -> None:
        super().__init__(sentences[0] if len(sentences) == 1 else _joint(sentences))
        self.sentences = sentences


class FactorRefused(EngineError):
    """This code is not right, or it has been used already; wait for the next one."""

    code: ClassVar[str] = "FACTOR_REFUSED"


class FactorUnavailable(EngineError):
    """The second factor needs a key in LINGPAO_SECRET_KEY; `lingpao people new-key` makes one."""

    code: ClassVar[str] = "FACTOR_UNAVAILABLE"


class LinkRefused(EngineError):
    """This link is no longer good: it has been used, has expired, or was taken back. Please ask for a new one."""

    code: ClassVar[str] = "LINK_REFUSED"


class TokenRefused(EngineError):
    """This token is not good: it has expired, was taken back, or never was one."""

    code: ClassVar[str] = "TOKEN_REFUSED"


class SessionEnded(EngineError):
    """You are no longer signed in; please sign in again."""

    code: ClassVar[str] = "SESSION_ENDED"


class ConfirmationNeeded(EngineError):
    """Please enter your password once more before this."""

    code: ClassVar[str] = "CONFIRMATION_NEEDED"


class ProviderRefused(EngineError):
    """The identity provider did not let this sign-in pass."""

    code: ClassVar[str] = "PROVIDER_REFUSED"


def _joint(sentences: tuple[Sentence, ...]) -> Sentence:
    names = {f"s{place}": sentence for place, sentence in enumerate(sentences)}
    return Sentence(" ".join(f"{{{name}}}" for name in names), names)
