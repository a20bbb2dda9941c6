"""Campaigns and districts as the configuration names them, for commands that need no database."""

from typing import TYPE_CHECKING

from engine.errors import NotFound, Refused
from engine.words import tr

if TYPE_CHECKING:
    from console.settings import Settings
    from workflows.config import CampaignSection, DistrictSection


def campaign_of(settings: "Settings", key: str | None) -> "CampaignSection":
    """The campaign of that name; the only one where none is named."""
    known = settings.campaigns
    found = [one for one in known if key in (None, one.key)]
    if len(found) == 1:
        return found[0]
    keys = tuple(one.key for one in known)
    if key is not None:
        raise NotFound(tr("There is no campaign {name}; there are {names}.", name=key, names=keys))
    raise Refused(tr("There are several campaigns: {keys}. Say which with --campaign.", keys=keys))


def district_of(section: "CampaignSection", name: str) -> "DistrictSection":
    """The district by its name, code, full name or one of its other names."""
    for one in section.districts:
        if name in {one.code, one.name, one.full_name, *one.aliases}:
            return one
    names = tuple(one.name for one in section.districts)
    raise NotFound(tr("There is no district {name}; there are {names}.", name=name, names=names))
