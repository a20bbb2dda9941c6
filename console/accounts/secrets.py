"""Random tokens and their hashes: who reads the database cannot sign in with what stands there."""

from hashlib import sha256
from secrets import token_urlsafe


def new_secret(size: int = 32) -> str:
    """So many random bytes in characters that can stand in an address."""
    return token_urlsafe(size)


def digest(secret: str) -> str:
    """What is kept of a secret; enough for what is random and long, not for what people think up."""
    return sha256(secret.encode()).hexdigest()
