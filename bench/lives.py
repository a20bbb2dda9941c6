"""What happened to each case of the country, drawn by lot from its number: the same number, the same life."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from bench.lands import NOW, OPENS
from engine.clock import at_morning
from engine.workdays import Workdays

WORKDAYS: Final = Workdays()
TODAY: Final = date(2020, 7, 20)
STEPS: Final = (
    ("draft_plan", "plan_drafted"),
    ("upload_plan", "plan_uploaded"),
    ("verify", "verified"),
    ("publish", "published"),
)
PROPOSED: Final = frozenset({"verify", "publish"})
COMMON: Final = "3812"
RARE: Final = "1610"
_INDUSTRIES: Final = ((0.3, COMMON), (0.5, "3451"), (0.65, "2929"), (0.8, "1711"), (0.9, "2411"), (1.0, "4011"))
"""The share of enterprises up to each class."""
_GOODS: Final = ("轴承", "电机", "水表", "阀门", "坯布", "模具", "开关", "文具", "涂料", "电缆")
_KINDS: Final = ("科技", "机械", "电器", "纺织", "化工", "仪表", "新材料", "文体用品")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done about a case; `later` is what the journal and the rows need besides."""

    what: str
    at: datetime
    on: date
    step: str | None = None
    later: Any = None


@dataclass(frozen=True, slots=True)
class Life:
    """A case from its opening to this day."""

    number: int
    name: str
    goods: str
    industry: str
    opened_on: date
    claimed: bool
    events: tuple[Event, ...]


def life(number: int) -> Life:
    """The life of a case by its number."""
    lot = random.Random(number * 7_919 + 17)
    opened_on = _workday(OPENS, lot.randint(2, 15))
    claimed = lot.random() < 0.004
    minute = lot.randrange(480)
    events = [_event("open", opened_on, minute)]
    if not claimed:
        events += _forward(lot, opened_on, minute)
    name = f"样例{_syllables(lot)}{lot.choice(_KINDS)}{number}有限公司"
    goods, industry = f"样例{lot.choice(_GOODS)}", _industry(number)
    return Life(number, name, goods, industry, opened_on, claimed, tuple(events))


def _industry(number: int) -> str:
    """A class of industry: half of all in two divisions, the rest in others, one in two thousand in a rare one."""
    chance = random.Random(number * 104_729 + 3).random()
    return RARE if chance < 0.0005 else next(code for share, code in _INDUSTRIES if chance < share)


def _forward(lot: random.Random, opened_on: date, minute: int) -> Iterator[Event]:
    """Step after step, until the days are used up or something else happens."""
    day, pace = opened_on, lot.choice((2, 6, 9, 14, 40))
    for step, _ in STEPS:
        waited = 1 + int(lot.expovariate(1 / pace))
        day = _workday(day, min(waited, 400))
        if day >= TODAY:
            break
        if step in PROPOSED:
            yield _event("propose", day, minute, step)
            answered = _workday(day, lot.randint(1, 6))
            if answered >= TODAY:
                return
            if lot.random() < 0.1:
                yield _event("return", answered, minute, step)
                return
            yield Event("confirm", _moment(answered, minute), day, step)
            day = answered
        else:
            yield _event("step", day, minute, step)
    yield from _otherwise(lot, minute)


def _otherwise(lot: random.Random, minute: int) -> Iterator[Event]:
    """Some leave, some get or ask for more time; all of it in the last week."""
    chance, day = lot.random(), _workday(TODAY, -lot.randint(1, 5))
    if chance < 0.01:
        yield _event("withdraw", day, minute, "withdraw")
    elif chance < 0.03:
        yield _event("extend", day, minute, None, TODAY + timedelta(days=lot.randint(1, 40)))
    elif chance < 0.034:
        yield _event("ask", day, minute, None, TODAY + timedelta(days=lot.randint(1, 40)))


def _event(what: str, day: date, minute: int, step: str | None = None, later: Any = None) -> Event:
    return Event(what, _moment(day, minute), day, step, later)


@lru_cache(maxsize=65_536)
def _moment(day: date, minute: int) -> datetime:
    return min(at_morning(day, "08:30") + timedelta(minutes=minute), NOW - timedelta(minutes=1))


@lru_cache(maxsize=65_536)
def _workday(day: date, count: int) -> date:
    return WORKDAYS.shift(day, count)


def _syllables(lot: random.Random) -> str:
    """Three signs of some three thousand, so that names differ as names do."""
    return "".join(chr(0x4E00 + lot.randrange(3_000)) for _ in range(3))
