"""Sentences for people: English in the source, translated through the gettext catalogue when they are said."""

import gettext
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from engine.quoting import alternated

DEFAULT_LOCALE = "zh_CN"
_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Sentence:
    """An English pattern with named gaps and what goes into them; also the key of its translation.

    A value that is itself a Sentence is said in the same language; a mapping with locale keys (as labels of flow
    definitions are) gives its text of that language; a tuple is said as a list; a day is written as people write it.
    Where a value brings quotation marks into marks, they take turns.
    """

    pattern: str
    values: Mapping[str, object] = field(default_factory=lambda: _NOTHING)

    def __str__(self) -> str:
        return say(self)


def say(sentence: Sentence, locale: str = DEFAULT_LOCALE) -> str:
    """The sentence in the language of `locale` ("zh_CN" or "en"); untranslated patterns are said in English."""
    pattern = _catalogue(locale).gettext(sentence.pattern) if sentence.pattern else ""
    values = {name: _spoken(value, locale) for name, value in sentence.values.items()}
    return alternated(pattern.format_map(values)) if values else pattern


def tr(pattern: str, /, **values: object) -> Sentence:
    """Mark a pattern for translation and fill its gaps; `{name}` gaps only."""
    return Sentence(pattern, MappingProxyType(values))


def _spoken(value: object, locale: str) -> object:
    if isinstance(value, Sentence):
        return say(value, locale)
    if isinstance(value, date):
        return _day(value, locale)
    if isinstance(value, tuple):
        joint = "、" if locale.startswith("zh") else ", "
        return joint.join(str(_spoken(one, locale)) for one in value)
    if isinstance(value, Mapping):
        return value.get(locale.split("_", maxsplit=1)[0], next(iter(value.values()), ""))
    return value


def _day(value: date, locale: str) -> str:
    """A day as it is written in a sentence; a moment with hours and minutes, in the zone it came in."""
    day = f"{value.year}年{value.month}月{value.day}日" if locale.startswith("zh") else value.strftime("%Y-%m-%d")
    return f"{day} {value:%H:%M}" if isinstance(value, datetime) else day


@cache
def _catalogue(locale: str) -> gettext.NullTranslations:
    path = files("engine").joinpath("locale", locale, "LC_MESSAGES", "lingpao.mo")
    if not path.is_file():
        return gettext.NullTranslations()
    with path.open("rb") as stream:
        return gettext.GNUTranslations(stream)
