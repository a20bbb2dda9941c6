"""How days, moments, rates and labels are written in each language of the letters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from engine.flow import Label

UNKNOWN: Final = "—"
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language; the methods are filters of the templates."""

    locale: str
    language: str
    day: Callable[[date], str]
    short_day: Callable[[date], str]
    moment: Callable[[datetime], str]
    joint: str

    def filters(self) -> Mapping[str, Callable[..., Any]]:
        return {
            "day": self.day,
            "short_day": self.short_day,
            "moment": self.moment,
            "word": self.word,
            "listed": self.listed,
            "rate": rate,
            "points": points,
            "figure": figure,
        }

    def word(self, label: Label) -> str:
        """A label in this language, or in the one it has."""
        return label.get(self.language) or next(iter(label.values()), "")

    def listed(self, words: tuple[str, ...] | list[str]) -> str:
        return self.joint.join(words)


def rate(value: Decimal | None) -> str:
    """A rate with its sign of percent; what is unknown is not nought."""
    return UNKNOWN if value is None else f"{value}%"


def points(value: Decimal | None) -> str:
    """A difference of rates, with its sign."""
    if value is None:
        return UNKNOWN
    return f"{value:+}" if value else "0.0"


def figure(value: int | None) -> str:
    return UNKNOWN if value is None else str(value)


def _chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _chinese_short_day(day: date) -> str:
    return f"{day.month}月{day.day}日（周{'一二三四五六日'[day.weekday()]}）"


def _chinese_moment(moment: datetime) -> str:
    return f"{_chinese_day(moment)}{moment.hour}时" + (f"{moment.minute:02}分" if moment.minute else "")


def _english_day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _english_short_day(day: date) -> str:
    return f"{_DAYS[day.weekday()][:3]} {day.day} {_MONTHS[day.month - 1][:3]}"


def _english_moment(moment: datetime) -> str:
    return f"{_english_day(moment)}, {moment.hour:02}:{moment.minute:02}"


WORDINGS: Final[Mapping[str, Wording]] = MappingProxyType(
    {
        "zh_CN": Wording("zh_CN", "zh", _chinese_day, _chinese_short_day, _chinese_moment, "、"),
        "en": Wording("en", "en", _english_day, _english_short_day, _english_moment, ", "),
    }
)
