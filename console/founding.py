"""Making a database: tables, organisations, people, flows and campaigns; for real work or as a rehearsal."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from console.bootstrap import BRANCHES, CLOCK, KIND, LIVE, REHEARSAL, House, address, connect, join
from console.seeds import bureau_seed, organisation_seeds, person_seeds
from console.settings import Settings
from engine.access import SYSTEM, Actor
from engine.clock import SystemClock, at_morning, local_day
from engine.errors import Refused
from engine.housebook import unit
from engine.model import Entry
from engine.setup import Difference, apply_campaign, differences, register_flows, seed
from engine.store import backup, journal, migrate, organisations, settings
from engine.store.database import Database, Work
from engine.words import tr


@dataclass(frozen=True, slots=True)
class Founded:
    """What was made: where, of which kind, with how many organisations and people."""

    house: House
    organisations: int
    people: int
    campaigns: tuple[str, ...]


def found_house(
    configured: Settings, *, url: str | None = None, rehearsal: bool = False, at: datetime | None = None
) -> Founded:
    """Make a database ready and fill it; one that has been filled already is refused and left as it is."""
    where = address(configured, url)
    _refuse_unreachable(where)
    # nobody mourns a rehearsal that a power cut takes back
    database = Database(where, durable=not rehearsal)
    migrate.upgrade(database, BRANCHES)
    zone = ZoneInfo(configured.zone)
    now = (at or at_morning(_first_day(configured), "00:00", zone)) if rehearsal else SystemClock().now()
    with database.work(now) as work:
        if settings.read(work, KIND) is not None:
            raise Refused(
                tr("{place} is a database of Lingpao already; nothing was changed.", place=backup.spoken(where))
            )
        settings.write(work, KIND, REHEARSAL if rehearsal else LIVE)
        settings.write(work, CLOCK, now.isoformat())
        house = join(configured, database, rehearsal=rehearsal)
        _fill(house, work)
    organisations = len(organisation_seeds(configured)) + 1
    keys = tuple(campaign.key for campaign in configured.campaigns)
    return Founded(house, organisations, len(person_seeds(configured)), keys)


def rehearse_from(configured: Settings, source: Path, *, url: str | None = None, at: datetime | None = None) -> House:
    """Make a rehearsal of a campaign: a copy of its database, with a clock of its own from that moment on.

    The clock starts now; where the database is a rehearsal itself, where its clock stands.
    """
    if str(source).startswith("postgres"):
        raise Refused(
            tr("A rehearsal is a copy of a database file, and this one lies on a server; rehearse without --from.")
        )
    where = address(configured, url)
    place = backup.file_of(where)
    if place is None:
        raise Refused(tr("A rehearsal from a database needs a file to copy it to: --database FILE."))
    if place.exists():
        raise Refused(tr("{file} exists already; choose another name.", file=str(place)))
    connect(f"sqlite:///{source}").close()
    try:
        backup.copy_file(source, place)
        database = Database(where, durable=False)
        migrate.require_current(database, BRANCHES)
        with database.work(SystemClock().now()) as work:
            stood = settings.read(work, CLOCK) if settings.read(work, KIND) == REHEARSAL else None
            settings.write(work, KIND, REHEARSAL)
            settings.write(work, CLOCK, at.isoformat() if at else stood or work.now.isoformat())
    except (*backup.FAULTS, Refused):
        with suppress(OSError):
            place.unlink()
        raise
    return join(configured, database, rehearsal=True)


def check_restorable(url: str, source: Path, now: datetime) -> bool:
    """Refuse a backup of a newer program, and to take a database away from a worker; answers whether one is there."""
    place = backup.file_of(url)
    if place is not None:
        backup.check_sound(source)
        arriving = Database(f"sqlite:///{source}")
        try:
            # one of an older version is welcome, it is migrated afterwards; one of a newer version is refused here
            migrate.missing(arriving, BRANCHES)
        finally:
            arriving.close()
        if not place.is_file():
            return False
    database = Database(url)
    try:
        busy = _at_work(database, now)
    except backup.FAULTS:
        # what cannot even be read holds nobody up who brings a backup
        return True
    finally:
        database.close()
    if busy:
        raise Refused(tr("A worker is at work ({owner}); stop it first.", owner=busy))
    return True


def is_rehearsal_over_live(url: str, source: Path) -> bool:
    """Whether a rehearsal would take the place of a house at work; an archive of a server does not say what it is."""
    if backup.file_of(url) is None:
        return False
    return _kind_in(f"sqlite:///{source}") == REHEARSAL and _kind_in(url) == LIVE


def _kind_in(url: str) -> object:
    database = Database(url)
    try:
        with database.look(SystemClock().now()) as work:
            return settings.read(work, KIND)
    except backup.FAULTS:
        return None
    finally:
        database.close()


def _at_work(database: Database, now: datetime) -> str | None:
    """Who holds a lease that has not run out."""
    with database.look(now) as work:
        return backup.holder(work)


def bring_current(house: House) -> None:
    """Register the flows of this program; running cases stay with the version they have."""
    with house.engine.work() as work:
        register_all(house, work)


def register_all(house: House, work: Work) -> None:
    for kind in house.engine.kinds.values():
        register_flows(work, tuple(kind.flows.values()))


def pending(house: House, work: Work) -> dict[str, tuple[Difference, ...]]:
    """What applying the configuration would change, by campaign."""
    found = {
        campaign.key: differences(work, campaign.key, house.settings.campaign_body(campaign.key))
        for campaign in house.settings.campaigns
    }
    return {key: changed for key, changed in found.items() if changed}


def add_districts(house: House, work: Work, actor: Actor) -> tuple[str, ...]:
    """Add districts of the configuration that the database does not know yet; answers their names."""
    known = {one.code for one in organisations.every(work)}
    top = next(one for one in organisations.every(work) if one.parent_id is None)
    last = max(one.position for one in organisations.every(work))
    fresh = [one for one in organisation_seeds(house.settings) if one.code not in known]
    added = [
        organisations.add(
            work,
            code=one.code,
            name=one.name,
            full_name=one.full_name,
            kind=one.kind,
            parent=top,
            position=position,
            aliases=one.aliases,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
        )
        for position, one in enumerate(fresh, start=last + 1)
    ]
    if fresh:
        told = {"organisations": [one.code for one in fresh], "units": [unit(one, top.code) for one in added]}
        journal.append_house(work, Entry("house", actor.person_id, "", house.engine.today(work), data=told))
    return tuple(one.name for one in fresh)


def _fill(house: House, work: Work) -> None:
    configured = house.settings
    register_all(house, work)
    today = local_day(work.now, house.engine.zone)
    seed(
        house.engine,
        work,
        bureau=bureau_seed(configured),
        below=organisation_seeds(configured),
        persons=person_seeds(configured),
        from_on=min(today, _first_day(configured)),
    )
    for campaign in configured.campaigns:
        body = configured.campaign_body(campaign.key)
        apply_campaign(house.engine, work, SYSTEM, key=campaign.key, kind=campaign.kind, body=body)


def _first_day(configured: Settings) -> date:
    return min(campaign.opens for campaign in configured.campaigns)


def _refuse_unreachable(where: str) -> None:
    """A file needs its folder; making folders from a mistyped address helps nobody."""
    file = backup.file_of(where)
    if file is not None and not file.absolute().parent.is_dir():
        raise Refused(tr("There is no folder {folder}; make it first.", folder=str(file.absolute().parent)))
