"""The engine: what every use case needs, built once; its `work` writes down who reached for what they may not see."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from engine.access import SYSTEM, Actor
from engine.clock import ZONE, Clock, local_day
from engine.errors import Hidden
from engine.kinds import Kind
from engine.model import Entry
from engine.store import calendar, campaigns, journal
from engine.store.database import Database, Work
from engine.terms import Terms, terms_of
from engine.workdays import Workdays


@dataclass(frozen=True)
class Engine:
    """`kinds` go by the name of the campaign kind; `zone` is the one in which days begin and end."""

    database: Database
    clock: Clock
    kinds: Mapping[str, Kind]
    zone: ZoneInfo = ZONE

    @contextmanager
    def work(self, actor: Actor = SYSTEM) -> Iterator[Work]:
        """A writing transaction at the present instant."""
        try:
            with self.database.work(self.clock.now()) as work:
                yield work
        except Hidden as hidden:
            # what was refused is undone, but that somebody reached for it stays on record
            with self.database.work(self.clock.now()) as work:
                journal.append_house(work, _attempt(actor, hidden, self.today(work)))
            raise

    @contextmanager
    def look(self) -> Iterator[Work]:
        """A reading transaction at the present instant."""
        with self.database.look(self.clock.now()) as work:
            yield work

    def today(self, work: Work) -> date:
        return local_day(work.now, self.zone)

    def workdays(self, work: Work) -> Workdays:
        """Working days with what coordinators entered over the published table."""
        return calendar.workdays(work)

    def terms(self, work: Work, campaign: str) -> Terms:
        return terms_of(campaigns.get(work, campaign))

    def kind_of(self, work: Work, campaign: str) -> Kind:
        return self.kinds[campaigns.get(work, campaign).kind]


def _attempt(actor: Actor, hidden: Hidden, today: date) -> Entry:
    return Entry("house", actor.person_id, "", today, data={"refused": hidden.what, "code": hidden.code})
