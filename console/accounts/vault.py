"""Secrets that have to be read again are sealed with a key from the environment, never kept as they are."""

from collections.abc import Sequence
from typing import Final

from engine.errors import Refused
from engine.words import tr

VARIABLE: Final = "LINGPAO_SECRET_KEY"


class Vault:
    """Seals with the first key, opens with any of them, so that a key can be changed without losing anything."""

    def __init__(self, keys: Sequence[str]) -> None:
        from cryptography.fernet import Fernet, MultiFernet

        try:
            self._sealing = MultiFernet([Fernet(key.strip()) for key in keys])
        except ValueError:
            raise Refused(
                tr("{variable} holds no key; `lingpao people new-key` makes one.", variable=VARIABLE)
            ) from None

    def seal(self, secret: str, owner: int) -> str:
        """The secret sealed for one person; it opens for nobody else."""
        return self._sealing.encrypt(f"{owner}:{secret}".encode()).decode()

    def open(self, sealed: str, owner: int) -> str:
        from cryptography.fernet import InvalidToken

        try:
            whose, _, secret = self._sealing.decrypt(sealed.encode()).decode().partition(":")
        except InvalidToken:
            whose, secret = "", ""
        if whose != str(owner):
            raise Refused(tr("A sealed secret cannot be opened: {variable} is another key.", variable=VARIABLE))
        return secret


def new_key() -> str:
    from cryptography.fernet import Fernet

    return Fernet.generate_key().decode()


def vault_of(keys: str | None) -> Vault | None:
    """The vault for the value of the environment: one key, or several with commas, the newest first."""
    return Vault(keys.split(",")) if keys else None
