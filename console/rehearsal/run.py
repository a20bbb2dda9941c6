"""A rehearsal from beginning to end: database, sink, the days, the timeline, and the proof that the mails agree."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from console.bootstrap import House, at_sink
from console.founding import found_house, rehearse_from
from console.rehearsal.details import enterprise_details
from console.rehearsal.play import Play
from console.rehearsal.quotas import nominate_quotas
from console.rehearsal.script import Script, load_script
from console.rehearsal.stepping import Stepper
from console.rehearsal.timeline import Line, lines
from console.settings import Settings
from engine import reproject
from engine.access import SYSTEM
from engine.clock import at_morning
from engine.errors import Refused
from engine.setup import apply_campaign
from engine.words import tr
from notifications.sink import SinkProcess

DATABASE, MAILS = "rehearsal.db", "mails"
SENT = ("sent", "partial")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be rehearsed, and where it is to lie.

    With `live`, from that database's present state; with `script`, as it is played; with neither, every quota is
    nominated on the first day and nobody does anything afterwards.
    """

    folder: Path
    script: Path | None = None
    live: Path | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """Where it lies, and every mail that was said."""

    folder: Path
    campaign: str
    since: date
    until: date
    mails: tuple[Line, ...]


def rehearse(settings: Settings, plan: Plan, *, each_day: Callable[[House, date], None] | None = None) -> Rehearsed:
    """Live through the campaign and answer what was said; refused where something of an earlier one lies already."""
    script = load_script(plan.script) if plan.script else None
    campaign = settings.campaign(script.campaign) if script else settings.campaigns[0]
    with staged(settings, plan) as house:
        since = _first_day(house, script, plan)
        until = plan.until or (script.until if script else campaign.closes)
        play = _play(house, script, plan.script)
        if play is None and plan.live is None:
            _nominate(house, campaign.key, since, plan.folder)
        before = max((line.mail_id for line in lines(house.engine)), default=0)
        stepper = Stepper(house, play)
        stepper.run(since, until, each_day=lambda day: each_day(house, day) if each_day else None)
        said = tuple(line for line in lines(house.engine) if line.mail_id > before)
        _compare_with_sink(said, plan.folder)
        return Rehearsed(plan.folder, campaign.key, since, until, said)


@contextmanager
def staged(settings: Settings, plan: Plan) -> Iterator[House]:
    """A rehearsal database in the folder, its mail going through a real conversation into files beside it."""
    plan.folder.mkdir(parents=True, exist_ok=True)
    place = plan.folder / DATABASE
    if place.exists():
        raise Refused(tr("{file} exists already; choose another folder.", file=str(place)))
    url = f"sqlite:///{place}"
    if plan.live:
        house = rehearse_from(settings, plan.live, url=url)
        _apply_terms(house)
    else:
        house = found_house(settings, url=url, rehearsal=True).house
    try:
        with SinkProcess(plan.folder / MAILS) as sink:
            yield at_sink(house, sink.port)
    finally:
        house.close()


def _apply_terms(house: House) -> None:
    """The terms of this configuration, so that another one can be tried out on a campaign that is under way."""
    with house.engine.work() as work:
        for campaign in house.settings.campaigns:
            body = house.settings.campaign_body(campaign.key)
            apply_campaign(house.engine, work, SYSTEM, key=campaign.key, kind=campaign.kind, body=body)
    reproject.run(house.engine)


def _first_day(house: House, script: Script | None, plan: Plan) -> date:
    with house.engine.look() as work:
        today = house.engine.today(work)
    return script.since if script and not plan.live else today


def _play(house: House, script: Script | None, path: Path | None) -> Play | None:
    if script is None or path is None:
        return None
    details = enterprise_details(path.parent / name for name in script.enterprises)
    return Play(house.engine, script, path.parent, house.settings.bureau.city, details=details)


def _nominate(house: House, campaign: str, since: date, folder: Path) -> None:
    """The lists arrive on the first day, before anything else happens."""
    for job in house.jobs:
        job.run_once()
    house.set_clock(at_morning(since, "08:00", house.engine.zone))
    for job in house.jobs:
        job.run_once()
    nominate_quotas(house, campaign, folder / "lists")


def _compare_with_sink(said: Sequence[Line], folder: Path) -> None:
    """The files in the folder are exactly the mails marked sent."""
    sent = sum(line.state in SENT for line in said)
    files = len(list((folder / MAILS).glob("*.eml")))
    if files != sent:
        raise Refused(tr("{sent} mails are marked sent, but {files} lie in the folder.", sent=sent, files=files))
