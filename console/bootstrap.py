"""The only place where the parts are joined: database, clock, engine, the campaign kinds, and the worker's jobs."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from os import getpid
from socket import gethostname
from typing import TYPE_CHECKING, ClassVar, Final
from zoneinfo import ZoneInfo

from console.settings import Settings, read_secrets
from engine.clock import Clock, SystemClock
from engine.core import Engine
from engine.errors import ClockRefused, EngineError
from engine.flowcheck import Known
from engine.roles import ROLES
from engine.store import backup, migrate, settings
from engine.store.database import Database
from engine.words import tr
from notifications.config import letters_found
from notifications.errors import RelayRefused
from notifications.smtp.relay import Relay, Security
from workflows.benchmarking import MIGRATIONS
from workflows.benchmarking.kind import NAME, Benchmarking, benchmarking

if TYPE_CHECKING:
    from console.accounts.core import Accounts
    from engine.heartbeat import Job
    from notifications.dispatch import Dispatcher
    from notifications.post import Post

BRANCHES: Final = (MIGRATIONS,)
"""Where the revisions of each campaign kind lie."""

KIND, LIVE, REHEARSAL = "kind", "live", "rehearsal"
CLOCK: Final = "clock"
"""Names in the settings of a database: what it is for, and where the clock of a rehearsal stands."""

FORECAST: Final = "forecast"
"""The job that a rehearsal leaves for the day on which it ends."""

_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


class DatabaseMissing(EngineError):
    """There is no Lingpao database there; `lingpao init` makes one."""

    code: ClassVar[str] = "DATABASE_MISSING"


class StoredClock:
    """The clock of a rehearsal: it stands where it was set, in the database itself, and only goes forward."""

    def __init__(self, database: Database, zone: ZoneInfo) -> None:
        self._database, self._zone = database, zone

    def now(self) -> datetime:
        with self._database.look(_LONG_AGO) as work:
            return datetime.fromisoformat(settings.read(work, CLOCK)).astimezone(UTC)

    def set(self, at: datetime) -> None:
        """Let it be `at`; what has been recorded cannot come to lie in the future."""
        present = self.now()
        if at < present:
            raise ClockRefused(
                tr(
                    "The clock of the rehearsal stands at {now} and only goes forward; begin a new rehearsal for {at}.",
                    now=present.astimezone(self._zone),
                    at=at.astimezone(self._zone),
                )
            )
        with self._database.work(at) as work:
            settings.write(work, CLOCK, at.astimezone(UTC).isoformat())


@dataclass(frozen=True)
class House:
    """Everything of one installation, joined; a command, a page or the worker works on it.

    `relay` is None where mail cannot leave: because its settings contradict each other, or in a rehearsal whose sink
    has not been started. `owner` is how this process signs what it has in hand.
    """

    settings: Settings
    database: Database
    engine: Engine
    rehearsal: bool
    relay: Relay | None = None
    is_sink: bool = False
    owner: str = ""

    @cached_property
    def post(self) -> "Post":
        """The post office, with the campaign kinds' papers."""
        return post_office(self)

    @cached_property
    def accounts(self) -> "Accounts":
        """How people sign in to this house."""
        return accounts_of(self)

    @cached_property
    def dispatcher(self) -> "Dispatcher":
        from notifications.dispatch import Dispatcher

        return Dispatcher(self.post, self.owner)

    @cached_property
    def jobs(self) -> tuple["Job", ...]:
        """The clockwork, in the order in which a morning goes; worker and rehearsal run the same."""
        return jobs_of(self)

    def set_clock(self, at: datetime) -> None:
        """Only a rehearsal has a clock that can be set."""
        clock = self.engine.clock
        if not isinstance(clock, StoredClock):
            raise ClockRefused
        clock.set(at)

    def close(self) -> None:
        self.database.close()


def open_house(settings: Settings, *, url: str | None = None) -> House:
    """Join the parts on a database that is ready; refused where there is none, or one of another version."""
    database = connect(address(settings, url))
    try:
        return join(settings, database, rehearsal=_kind_of(database) == REHEARSAL)
    except EngineError:
        database.close()
        raise


def address(settings: Settings, url: str | None = None) -> str:
    """Where the data are: as asked, else as the environment says, else as configured."""
    secret = read_secrets().database_url
    return url or (secret.get_secret_value() if secret else settings.database)


def connect(url: str) -> Database:
    """A database that exists already; a mistyped file name makes no empty one."""
    file = backup.file_of(url)
    if file is not None and not file.is_file():
        raise DatabaseMissing(tr("There is no database {file}; `lingpao init` makes one.", file=str(file)))
    if file is not None and file.stat().st_size:
        backup.check_head(file)
    return Database(url)


def join(configured: Settings, database: Database, *, rehearsal: bool) -> House:
    """A house on a database of this version."""
    zone = ZoneInfo(configured.zone)
    clock: Clock = StoredClock(database, zone) if rehearsal else SystemClock()
    kinds = {NAME: campaign_kind(configured)}
    engine = Engine(database, clock, kinds, zone)
    # the clock of a rehearsal stands still, so what one process holds would never run out for another one
    owner = REHEARSAL if rehearsal else f"{gethostname()[:40]}:{getpid()}"
    relay = None if rehearsal else _relay_if_any(configured)
    return House(configured, database, engine, rehearsal, relay, owner=owner)


def campaign_kind(settings: Settings) -> Benchmarking:
    """The kind with its flows, checked against the letters, ladders and roles of this installation."""
    return benchmarking(Known(roles=ROLES, ladders=settings.ladders.keys(), letters=letters_found()))


def mail_relay(settings: Settings) -> Relay:
    """The relay of the settings with the password of the environment; refused when they contradict each other."""
    section, secret = settings.mail.relay, read_secrets().smtp_password
    return Relay(
        host=section.host,
        port=section.port,
        local_hostname=section.local_hostname,
        security=Security(section.security),
        allow_plaintext=settings.mail.allow_plaintext,
        username=section.username or "",
        password=secret.get_secret_value() if secret else "",
        ca_file=section.ca_file or "",
        most_mails=settings.mail.mails_per_connection,
    )


def _relay_if_any(configured: Settings) -> Relay | None:
    try:
        return mail_relay(configured)
    except RelayRefused:
        return None


def _kind_of(database: Database) -> str:
    migrate.require_current(database, BRANCHES)
    with database.look(_LONG_AGO) as work:
        kind = settings.read(work, KIND)
    if kind is None:
        raise DatabaseMissing(tr("The database is empty; `lingpao init` fills it."))
    return str(kind)


def post_office(house: House) -> "Post":
    """Letters, letterhead and papers of this house; brought in only where letters are wanted, for they are heavy."""
    from notifications.facts import Letterhead
    from notifications.post import Post
    from notifications.render import Letters
    from workflows.benchmarking.briefing import BenchmarkingBriefing

    configured = house.settings
    bureau = configured.bureau
    return Post(
        engine=house.engine,
        settings=configured,
        letterhead=Letterhead(
            system=configured.mail.system,
            bureau=bureau.name,
            section=bureau.section,
            contact=bureau.contact.name,
            phone=bureau.contact.phone,
            link=configured.mail.link or "",
        ),
        briefings={NAME: BenchmarkingBriefing(bureau.name, bureau.short, bureau.section, house.engine.zone)},
        letters=Letters(),
        relay=house.relay,
        is_sink=house.is_sink,
        locale=configured.locale,
    )


def accounts_of(house: House) -> "Accounts":
    """Passwords, sessions, links and tokens; in real time, also where the clock of a rehearsal stands."""
    from console.accounts.core import Accounts
    from console.accounts.hashing import Hashing
    from console.accounts.vault import vault_of

    secrets = read_secrets()
    return Accounts(
        engine=house.engine,
        section=house.settings.accounts,
        hashing=Hashing(),
        clock=SystemClock(),
        base=house.settings.web.public or house.settings.mail.link,
        office=lambda: house.post,
        vault=vault_of(secrets.secret_key.get_secret_value() if secrets.secret_key else None),
        oidc_secret=secrets.oidc_client_secret.get_secret_value() if secrets.oidc_client_secret else "",
    )


def at_sink(house: House, port: int) -> House:
    """The same house with its mail going to a sink on this machine."""
    return replace(house, relay=Relay.on_loopback(port), is_sink=True)


def jobs_of(house: House) -> tuple["Job", ...]:
    """What is due, done by name and rhythm; mail leaves only where there is a relay."""
    from engine import forecasting, planner, reproject, sweep
    from engine.heartbeat import Job

    rhythm, engine = house.settings.heartbeat, house.engine
    lease = timedelta(seconds=rhythm.lease_seconds)
    rows: list[tuple[str, int, Callable[[], bool]]] = [
        ("reproject", rhythm.plan_seconds, lambda: reproject.run(engine) > 0),
        ("plan", rhythm.plan_seconds, lambda: planner.plan(engine) > 0),
        ("sweep", rhythm.sweep_seconds, lambda: sweep.sweep(engine).more),
        ("compose", rhythm.compose_seconds, lambda: _compose(house)),
        ("digest", rhythm.plan_seconds, lambda: _plan_digests(house)),
        (FORECAST, rhythm.plan_seconds, lambda: forecasting.run(engine) > 0),
    ]
    if house.relay is not None:
        rows.append(("dispatch", rhythm.dispatch_seconds, lambda: house.dispatcher.run_once() > 0))
    rows.append(("housekeeping", rhythm.housekeeping_seconds, lambda: _tidy(house)))
    return tuple(Job(name, timedelta(seconds=seconds), run_once, lease) for name, seconds, run_once in rows)


def _compose(house: House) -> bool:
    from notifications.compose import compose

    with house.engine.work() as work:
        return compose(house.post, work) > 0


def _plan_digests(house: House) -> bool:
    from notifications.digest import plan_digests

    with house.engine.work() as work:
        return plan_digests(house.post, work) > 0


def _tidy(house: House) -> bool:
    from console.accounts.tidying import tidy

    tidy(house.accounts)
    backup.tidy(house.database)
    return False
