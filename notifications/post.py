"""The post office of a house: everything letters and mail need, built once in the console's bootstrap."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.briefing import Briefing
from engine.core import Engine
from engine.errors import Refused
from engine.store import campaigns, settings
from engine.store.database import Work
from engine.words import tr
from notifications.config import NotificationSettings
from notifications.facts import Letterhead
from notifications.mime import Mailbox
from notifications.render import Letters
from notifications.smtp import Relay

REHEARSAL = "rehearsal"


@dataclass(frozen=True)
class Post:
    """`briefings` go by the kind of campaign; `relay` is None where mail is only composed.

    `is_sink` tells that the relay is the sink on loopback: the only one that a rehearsal may use. `subjects_flow` is
    the flow whose cases are enterprises, the one that quotas and the digest are about.
    """

    engine: Engine
    settings: NotificationSettings
    letterhead: Letterhead
    briefings: Mapping[str, Briefing]
    letters: Letters
    relay: Relay | None = None
    is_sink: bool = False
    subjects_flow: str = "enterprise"
    locale: str = "zh_CN"

    @property
    def sender(self) -> Mailbox:
        return Mailbox(self.settings.mail.sender.name, self.settings.mail.sender.address)

    @property
    def domain(self) -> str:
        """The right side of message ids."""
        return self.settings.mail.message_id_domain

    @property
    def size_limit(self) -> int:
        """Bytes of the largest mail the house sends."""
        return self.settings.mail.attachment_mb * 1024 * 1024

    def briefing(self, work: Work, campaign: str) -> Briefing:
        return self.briefings[campaigns.get(work, campaign).kind]

    def local(self, instant: datetime) -> datetime:
        """The instant as a clock on the wall shows it."""
        return instant.astimezone(self.engine.zone)

    def lane(self, address: str) -> str:
        """The way a mail takes: the relay, and the domain it is for."""
        return f"{self.settings.mail.relay.host}/{address.rpartition('@')[2].casefold()}"

    def check_relay(self, work: Work) -> Relay:
        """The relay that may be used with this database."""
        if self.relay is None:
            raise Refused(tr("No mail relay is set; see the section `mail` of config.yaml."))
        if settings.read(work, "kind") == REHEARSAL and not self.is_sink:
            raise Refused(tr("This database is a rehearsal: its mail goes to the sink on this machine only."))
        return self.relay
