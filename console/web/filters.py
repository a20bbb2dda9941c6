"""How days, moments, labels and personal data are written on pages: 2020年6月5日 in sentences, 2020-06-05 in tables."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from console.web.agents import browser
from engine.words import Sentence, say
from notifications.wording import UNKNOWN, WORDINGS, figure, points, rate

_PHONE: Final = re.compile(r"(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)")
_LANDLINE: Final = re.compile(r"(?<!\d)(0\d{2,3}-?)\d{4}(\d{3,4})(?!\d)")


def filters_of(locale: str, zone: ZoneInfo) -> Mapping[str, Callable[..., Any]]:
    """The filters of one language."""
    words = WORDINGS[locale]

    def moment(value: datetime | None) -> str:
        """A moment in a sentence."""
        if value is None:
            return UNKNOWN
        there = value.astimezone(zone)
        return f"{words.day(there.date())} {there:%H:%M}"

    def stamp(value: datetime | None) -> str:
        """A moment in a table."""
        return UNKNOWN if value is None else f"{value.astimezone(zone):%Y-%m-%d %H:%M}"

    def spoken(value: object) -> str:
        """Whatever it is, as a text: a sentence, a label, a day, several of them, or nothing."""
        if value is None or value in ("", ()):
            return UNKNOWN
        if isinstance(value, date) and not isinstance(value, datetime):
            return words.day(value)
        return say(Sentence("{value}", {"value": value}), locale)

    return {
        "day": lambda value: UNKNOWN if value is None else words.day(value),
        "short_day": lambda value: UNKNOWN if value is None else words.short_day(value),
        "iso": iso,
        "moment": moment,
        "stamp": stamp,
        "word": lambda label: "" if label is None else words.word(label),
        "say": spoken,
        "listed": words.listed,
        "rate": rate,
        "points": points,
        "figure": figure,
        "browser": browser,
        "masked": masked,
        "grouped": grouped,
        "query": query,
    }


def iso(value: date | None) -> str:
    """A day in a table or a field."""
    return UNKNOWN if value is None else value.isoformat()


def masked(text: str | None) -> str:
    """Telephone numbers without their middle: 138****0000."""
    if not text:
        return UNKNOWN
    return _LANDLINE.sub(r"\1****\2", _PHONE.sub(r"\1****\2", text))


def grouped(code: str | None) -> str:
    """A credit code in groups for reading: registrar, kind, place, body, check sign."""
    if not code:
        return UNKNOWN
    return " ".join((code[:2], code[2:8], code[8:17], code[17:])) if len(code) == len("91330200MA0000000X") else code


def query(values: Mapping[str, object], **changes: object) -> str:
    """The query of an address with some values changed; what is empty is left out."""
    kept = {name: value for name, value in (dict(values) | changes).items() if value not in (None, "", False, ())}
    return urlencode([(name, "1" if value is True else value) for name, value in kept.items()], doseq=True)
