"""The organisations and people of the first `lingpao init`, from the configuration."""

from collections.abc import Iterator

from console.settings import Settings
from engine.config import PersonSection
from engine.setup import OrganisationSeed, PersonSeed
from workflows.config import DistrictSection


def bureau_seed(settings: Settings) -> OrganisationSeed:
    """The root of the tree."""
    return OrganisationSeed(settings.bureau.code, settings.bureau.short, settings.bureau.name, "bureau")


def organisation_seeds(settings: Settings) -> tuple[OrganisationSeed, ...]:
    """What lies below the bureau: districts in the order of Annex 1, then the others."""
    return (
        *(_district_seed(one) for one in _districts(settings)),
        *(OrganisationSeed(one.code, one.name, one.full_name, one.kind) for one in settings.people.organisations),
    )


def person_seeds(settings: Settings) -> tuple[PersonSeed, ...]:
    return tuple(_seed(person, organisation, settings) for person, organisation in _persons(settings))


def _persons(settings: Settings) -> Iterator[tuple[PersonSection, str]]:
    """Everybody with the code of their organisation."""
    people = settings.people
    yield from ((person, settings.bureau.code) for person in people.bureau)
    for district in _districts(settings):
        for person in people.own.get(district.code, people.each_district):
            yield person.of_district(district.code, district.name), district.code
    for organisation in people.organisations:
        yield from ((person, organisation.code) for person in organisation.people)


def _districts(settings: Settings) -> tuple[DistrictSection, ...]:
    """The districts of all campaigns, each once, in the order in which they first stand."""
    districts: dict[str, DistrictSection] = {}
    for campaign in settings.campaigns:
        for district in campaign.districts:
            districts.setdefault(district.code, district)
    return tuple(districts.values())


def _district_seed(one: DistrictSection) -> OrganisationSeed:
    return OrganisationSeed(
        one.code,
        one.name,
        one.full_name,
        one.kind,
        one.aliases,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
    )


def _seed(person: PersonSection, organisation: str, settings: Settings) -> PersonSeed:
    return PersonSeed(
        login=person.login,
        name=person.name,
        organisation=organisation,
        roles=person.roles,
        scope=person.over or organisation,
        email=person.email,
        phone=person.phone,
        locale=person.locale or settings.locale,
    )
