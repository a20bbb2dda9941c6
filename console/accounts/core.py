"""What accounts work with, built once for a house; time here is real time, also where a rehearsal's clock stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from ipaddress import IPv4Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any

from console.accounts.config import AccountsSection
from console.accounts.hashing import Hashing
from console.accounts.vault import Vault
from engine.clock import Clock
from engine.core import Engine
from engine.model import Entry
from engine.store import journal
from engine.store.database import Work
from notifications.post import Post

if TYPE_CHECKING:
    from console.accounts.provider import Provider


@dataclass(frozen=True)
class Accounts:
    """`base` is the address of the console for links in mails, `vault` seals secrets where a key is set; `office` is
    asked for the post office only when a letter is written.
    """

    engine: Engine
    section: AccountsSection
    hashing: Hashing
    clock: Clock
    base: str | None
    office: Callable[[], Post]
    vault: Vault | None = None
    oidc_secret: str = ""

    @cached_property
    def provider(self) -> "Provider | None":
        """The identity provider, where one is configured; brought in only then, for it is heavy."""
        if self.section.oidc is None:
            return None
        from console.accounts.provider import Provider

        return Provider(self.section.oidc, self.oidc_secret)

    def now(self) -> datetime:
        """The moment for all that guards sign-ins; the engine's clock may be that of a rehearsal."""
        return self.clock.now()


@dataclass(frozen=True, slots=True)
class Caller:
    """From where somebody asks: address and program, as far as they are known."""

    address: str = ""
    agent: str = ""

    @property
    def place(self) -> str:
        """What attempts are counted by: the address, or the network that a caller of IPv6 has to themselves."""
        try:
            found = ip_address(self.address)
        except ValueError:
            return self.address[:45]
        if isinstance(found, IPv4Address):
            return str(found)
        return str(found.ipv4_mapped or ip_network((found, 64), strict=False))

    @property
    def columns(self) -> dict[str, str]:
        return {"address": self.address[:45], "agent": self.agent[:200]}


def tell(accounts: Accounts, work: Work, person_id: int, told: Mapping[str, Any], *, role: str = "") -> None:
    """Write into the house's journal what changes an account; never a secret, an address or what was typed."""
    entry = Entry("house", person_id, role, accounts.engine.today(work), data={"account": dict(told)})
    journal.append_house(work, entry)
