"""The settings of a mail relay; a combination that would send a password or fall back to plaintext is refused."""

import re
import ssl
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Self

from engine.words import tr
from notifications.errors import RelayRefused, printable


class Security(StrEnum):
    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait at each stage; `stall` is for each piece of the body, `dot` for the relay to take the mail."""

    connect: float = 60
    ehlo: float = 60
    tls: float = 30
    auth: float = 60
    mail: float = 300
    rcpt: float = 300
    data: float = 120
    stall: float = 180
    dot: float = 600
    rset: float = 20
    quit: float = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """Where mail is handed in. `ca_file` is for a relay whose certificate comes from the house's own authority."""

    host: str
    port: int
    local_hostname: str
    security: Security = Security.STARTTLS
    allow_plaintext: bool = False
    username: str = ""
    password: str = field(default="", repr=False)
    ca_file: str = ""
    most_mails: int = 50
    patience: Patience = Patience()

    def __post_init__(self) -> None:
        for name in (self.host, self.local_hostname):
            if not _HOST.fullmatch(name):
                raise RelayRefused(tr("{name} is not the name of a host.", name=printable(name)))
        if not 0 < self.port <= 65535:  # noqa: PLR2004 - the range of ports
            raise RelayRefused(tr("{port} is not a port.", port=self.port))
        if self.security is Security.NONE and not self.allow_plaintext:
            raise RelayRefused(
                tr("Mail would leave unprotected: choose starttls or tls, or allow plaintext in the settings.")
            )
        if self.security is Security.NONE and (self.username or self.password):
            raise RelayRefused(tr("A password is never sent unprotected: choose starttls or tls."))
        if bool(self.username) != bool(self.password):
            raise RelayRefused(tr("A login needs both a user name and a password."))
        if self.most_mails < 1:
            raise RelayRefused(tr("A connection carries at least one mail."))

    @classmethod
    def on_loopback(cls, port: int, *, most_mails: int = 50) -> Self:
        """A relay of this machine, as a sink is: nothing leaves the machine, so nothing needs to be protected."""
        return cls(
            host="127.0.0.1",
            port=port,
            local_hostname="localhost",
            security=Security.NONE,
            allow_plaintext=True,
            most_mails=most_mails,
        )


@cache
def tls_context(ca_file: str) -> ssl.SSLContext:
    """One context for all connections: building one costs many times what a connection does."""
    return ssl.create_default_context(cafile=ca_file or None)


_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)*{_LABEL}|[0-9A-Fa-f:]{{2,39}}")
