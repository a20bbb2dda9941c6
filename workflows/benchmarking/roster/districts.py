"""Which reporting unit a text names, in full, for short, or with any of the endings of its bureau."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from workflows.benchmarking.roster.drafts import DistrictName
from workflows.benchmarking.roster.texts import squeeze

# Longest first: what the name of a bureau adds to the name of its district.
_BUREAU_WORDS = ("市场监督管理", "市场监督", "市场监管", "市监", "分局", "局")
_KINDS = ("区", "市", "县")
_STAMP = re.compile(r"[（(][^（()）]*章[^（()）]*[)）]|[（(]\s*[)）]")
_PROVINCE = "浙江省"


@dataclass(frozen=True, slots=True)
class Resolved:
    """The unit that a text names; `former` where its name did not hold on the day."""

    code: str
    name: str
    former: bool = False


def names_nobody(text: str) -> bool:
    """Whether nothing but the printed ending of the form is left."""
    return not _without_bureau(_bare(text))


def resolve_district(text: str, districts: Sequence[DistrictName], *, city: str, on: date) -> Resolved | None:
    """The unit, by a name valid on that day if there is one."""
    said = set(_readings(text, city))
    named = [district for district in districts if not said.isdisjoint(_keys(district))]
    for district in named:
        if _holds(district, on):
            return Resolved(district.code, district.name)
    return Resolved(named[0].code, named[0].name, former=True) if named else None


def _holds(district: DistrictName, on: date) -> bool:
    begun = district.valid_from is None or district.valid_from <= on
    return begun and (district.valid_to is None or on <= district.valid_to)


def _keys(district: DistrictName) -> Iterator[str]:
    for name in (district.name, *district.aliases):
        key = squeeze(name)
        yield key
        if not key.endswith(_KINDS):
            yield from (key + kind for kind in _KINDS)


def _readings(text: str, city: str) -> Iterator[str]:
    """The text itself, without the bureau's words, and without the city before it."""
    bare = _bare(text)
    yield bare
    core = _without_bureau(bare).removeprefix(_PROVINCE)
    yield core
    for prefix in (f"{city}市", city):
        if core.startswith(prefix):
            yield core.removeprefix(prefix)


def _bare(text: str) -> str:
    return _STAMP.sub("", squeeze(text)).strip("_-—:：,，。.")


def _without_bureau(text: str) -> str:
    for word in _BUREAU_WORDS:
        text = text.replace(word, "")
    return text
