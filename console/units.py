"""What applying the configuration does to the organisations: names, aliases and days of those there are, removals."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from console.bootstrap import House
from console.seeds import organisation_seeds
from engine.access import Actor
from engine.clock import local_day
from engine.errors import Refused
from engine.model import Entry, Organisation
from engine.setup import Difference, OrganisationSeed
from engine.store import campaigns, cases, journal, organisations
from engine.store.database import Work
from engine.words import Sentence, tr
from workflows.config import CampaignSection

FIELDS: Final = ("name", "full_name", "kind", "aliases", "valid_from", "valid_to")
NAMED: Final = 5
"""Cases named in a refusal; of the others their number is said."""


def unit_differences(house: House, work: Work) -> tuple[Difference, ...]:
    """What would change about organisations on record; paths such as `units[cixi].aliases`."""
    return tuple(one for _, found in _changes(house, work) for one in found)


def settle_units(house: House, work: Work, actor: Actor) -> tuple[Difference, ...]:
    """Write what differs into the organisations, their order too, and tell it in the journal of the house."""
    check_removals(house, work)
    changed = list(_changes(house, work))
    for unit, found in changed:
        organisations.change(work, unit.id, {_field(one): one.after for one in found})
    reordered = _settle_order(house, work)
    whole = tuple(one for _, found in changed for one in found)
    if whole or reordered:
        codes = {one.id: one.code for one in organisations.every(work)}
        told: dict[str, Any] = {
            "units": [[unit.code, _kind(unit, found), codes.get(unit.parent_id or 0)] for unit, found in changed],
            "changed": [{"path": one.path, "from": _plain(one.before), "to": _plain(one.after)} for one in whole],
            "order": reordered,
        }
        journal.append_house(work, Entry("house", actor.person_id, "", house.engine.today(work), data=told))
    return whole


def _settle_order(house: House, work: Work) -> list[str]:
    """Let the organisations stand as the configuration has them, those that are not configured behind; their codes."""
    wanted = {one.code: place for place, one in enumerate(organisation_seeds(house.settings))}
    below = [one for one in organisations.every(work) if one.parent_id is not None]
    ordered = sorted(below, key=lambda one: (wanted.get(one.code, len(wanted)), one.position))
    moved = [(one, place) for place, one in enumerate(ordered, start=1) if one.position != place]
    for one, place in moved:
        organisations.change(work, one.id, {"position": place})
    return [one.code for one in ordered] if moved else []


def check_removals(house: House, work: Work) -> None:
    """Refuse to take a district out of a campaign in which it has cases, and name them."""
    places = {one.code: one for one in organisations.every(work)}
    stored = {one.key: one for one in campaigns.every(work)}
    for campaign in house.settings.campaigns:
        if campaign.key not in stored:
            continue
        kept = {district.code for district in campaign.districts}
        for applied in stored[campaign.key].body["districts"]:
            place = places.get(applied["code"])
            if place is not None and place.code not in kept:
                _refuse_with_cases(work, campaign.key, place)


def _refuse_with_cases(work: Work, campaign: str, place: Organisation) -> None:
    held = cases.of_campaign(work, campaign, district_id=place.id)
    if held:
        raise Refused(
            tr(
                "{district} is not configured in {campaign} any more, but has {n} cases there: {names}. Leave it in,"
                " with `valid_to` as its last day.",
                district=place.name,
                campaign=campaign,
                n=len(held),
                names=tuple(f"{case.id} {case.subject_name}" for case in held[:NAMED]),
            )
        )


def warnings_of(house: House, work: Work, differences: tuple[Difference, ...]) -> tuple[Sentence, ...]:
    """What is probably not meant, though nothing forbids it; `differences` are those of the terms to be applied."""
    today = local_day(work.now, house.engine.zone)
    over = (
        tr("{path}: {day} is over already.", path=one.path, day=one.after)
        for one in differences
        if one.path.startswith(("milestones.", "closes"))
        if isinstance(one.after, str) and one.after < today.isoformat()
    )
    return (*(sentence for one in house.settings.campaigns for sentence in _doubtful(one)), *over)


def _doubtful(campaign: CampaignSection) -> Iterator[Sentence]:
    """A year that is not that of the first day; a district that ends before it has done everything."""
    if campaign.year != campaign.opens.year:
        yield tr(
            "{campaign} is of the year {year}, but opens on {day}.",
            campaign=campaign.key,
            year=campaign.year,
            day=campaign.opens,
        )
    last = max((day for day in campaign.milestones.values() if day), default=campaign.opens)
    for district in campaign.districts:
        if district.valid_to and district.valid_to < last:
            yield tr(
                "{district} ends on {day}, before the last milestone of {campaign} on {last}.",
                district=district.name,
                day=district.valid_to,
                campaign=campaign.key,
                last=last,
            )


def _changes(house: House, work: Work) -> Iterator[tuple[Organisation, list[Difference]]]:
    """Each organisation on record that is configured otherwise, or not any more."""
    configured = {one.code: one for one in organisation_seeds(house.settings)}
    yesterday = local_day(work.now, house.engine.zone) - timedelta(days=1)
    for unit in organisations.every(work):
        if unit.parent_id is None:
            continue
        if unit.code in configured:
            found = list(_differences(unit, configured[unit.code]))
        elif unit.kind in organisations.DISTRICT_KINDS and (unit.valid_to is None or unit.valid_to > yesterday):
            # nothing is deleted: what is not configured any more ends
            found = [Difference(f"units[{unit.code}].valid_to", unit.valid_to, yesterday)]
        else:
            found = []
        if found:
            yield unit, found


def _differences(unit: Organisation, wanted: OrganisationSeed) -> Iterator[Difference]:
    for name in FIELDS:
        before, after = getattr(unit, name), getattr(wanted, name)
        if before != after:
            yield Difference(f"units[{unit.code}].{name}", before, after)


def _field(one: Difference) -> str:
    return one.path.rpartition(".")[2]


def _kind(unit: Organisation, found: list[Difference]) -> str:
    return next((one.after for one in found if _field(one) == "kind"), unit.kind)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value
