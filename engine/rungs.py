"""What a ladder is: rungs in the order of the days on which they are climbed, each more serious than the last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from engine.clock import time_of_day
from engine.faults import Finding
from engine.words import Sentence, say, tr

SEND_AT: Final = "08:30"
_LONGEST_NAME: Final = 40


class Level(StrEnum):
    """How serious an alert is: 提醒, 催办, 督办, 通报."""

    REMINDER = "reminder"
    CHASE = "chase"
    SUPERVISION = "supervision"
    CIRCULAR = "circular"

    @property
    def rank(self) -> int:
        """Levels compare by rank; as strings they would compare by the alphabet."""
        return _RANKS[self]


_RANKS: Final = {level: rank for rank, level in enumerate(Level, start=1)}


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder, `at` working days after the due day (before it when negative, 0: the day itself).

    `every`: said again after so many working days, until the rung `until` stands. `after`: never sooner than so many
    working days after that rung was really sent. `draft`: prepared for a person, sent to nobody by itself.
    """

    name: str
    level: Level
    at: int
    every: int | None = None
    until: str | None = None
    after: tuple[str, int] | None = None
    draft: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "level", Level(self.level))


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rungs and the time of a working day at which alerts go out."""

    name: str
    rungs: tuple[Rung, ...]
    send_at: str = SEND_AT

    def __post_init__(self) -> None:
        found = ladder_faults(self.rungs, self.send_at)
        if found:
            raise ValueError(f"ladder {self.name}: " + " ".join(say(one.sentence, "en") for one in found))


def default_ladder(name: str = "default") -> Ladder:
    """提醒 T-10, T-5, T-1; 催办 T+1 and each third working day; 督办 T+5; 通报 T+10 as a draft."""
    return Ladder(
        name,
        (
            Rung("reminder_10", Level.REMINDER, -10),
            Rung("reminder_5", Level.REMINDER, -5),
            Rung("reminder_1", Level.REMINDER, -1),
            Rung("chase", Level.CHASE, 1, every=3, until="supervision"),
            Rung("supervision", Level.SUPERVISION, 5, after=("chase", 2)),
            # nobody is named before all who can be reached were told: this changes nothing unless mail was down
            Rung("circular", Level.CIRCULAR, 10, after=("supervision", 2), draft=True),
        ),
    )


def ladder_faults(rungs: Sequence[Rung], send_at: str = SEND_AT) -> tuple[Finding, ...]:
    """Everything that makes a ladder unfit, with the place inside it."""
    places: dict[str, int] = {}
    found = list(_send_at_faults(send_at))
    for place, rung in enumerate(rungs):
        wrong = [*_name_faults(rung, places), *_time_faults(rung, rungs[place - 1] if place else None)]
        wrong += [*_repeat_faults(rung, rungs[place + 1 :]), *_after_faults(rung, rungs[:place])]
        found += [Finding(code, ("rungs", place, key), sentence) for code, key, sentence in wrong]
        places.setdefault(rung.name, place)
    return tuple(found)


_Wrong = tuple[str, str, Sentence]


def _send_at_faults(send_at: str) -> Iterator[Finding]:
    try:
        time_of_day(send_at)
    except ValueError:
        sentence = tr("{value} is not a time of day; write it like 08:30.", value=send_at)
        yield Finding("LADDER_TIME", ("send_at",), sentence)


def _name_faults(rung: Rung, earlier: dict[str, int]) -> Iterator[_Wrong]:
    if not 1 <= len(rung.name) <= _LONGEST_NAME:
        yield (
            "LADDER_NAME",
            "name",
            tr("The name of a rung has 1 to {most} characters; shorten it or give it one.", most=_LONGEST_NAME),
        )
    if rung.name in earlier:
        yield "LADDER_NAME", "name", tr("There are two rungs named {name}; rename one.", name=rung.name)


def _time_faults(rung: Rung, before: Rung | None) -> Iterator[_Wrong]:
    if rung.level == Level.REMINDER and rung.at > 0:
        yield (
            "LADDER_ORDER",
            "at",
            tr("{name} reminds after the due day; make it a chase or move it before the day.", name=rung.name),
        )
    if before is None:
        return
    if rung.at < before.at:
        yield (
            "LADDER_ORDER",
            "at",
            tr("{name} comes before {other}; write the rungs in the order of time.", name=rung.name, other=before.name),
        )
    if rung.level.rank < before.level.rank:
        yield (
            "LADDER_ORDER",
            "level",
            tr("{name} is milder than {other} before it; a ladder only rises.", name=rung.name, other=before.name),
        )


def _repeat_faults(rung: Rung, later: Sequence[Rung]) -> Iterator[_Wrong]:
    if rung.every is not None and rung.every < 1:
        yield "LADDER_REPEAT", "every", tr("{name} repeats after at least 1 working day.", name=rung.name)
    if rung.until is None:
        return
    if rung.every is None:
        yield "LADDER_REPEAT", "until", tr("{name} does not repeat; remove until or give every.", name=rung.name)
    if rung.until not in {other.name for other in later}:
        yield (
            "LADDER_REPEAT",
            "until",
            tr("{name} repeats until {other}, which is no later rung.", name=rung.name, other=rung.until),
        )


def _after_faults(rung: Rung, earlier: Sequence[Rung]) -> Iterator[_Wrong]:
    if rung.after is None:
        return
    other, workdays = rung.after
    levels = {one.name: one.level for one in earlier}
    if levels.get(other) == Level.REMINDER:
        # a reminder missed until its day has passed is never sent, and the alert would be lost with it
        yield (
            "LADDER_AFTER",
            "after",
            tr("{name} waits for the reminder {other}, which may never be sent.", name=rung.name, other=other),
        )
    if other not in levels:
        yield (
            "LADDER_AFTER",
            "after",
            tr("{name} waits for {other}, which is no earlier rung.", name=rung.name, other=other),
        )
    if workdays < 1:
        yield (
            "LADDER_AFTER",
            "after",
            tr("{name} waits at least 1 working day after {other}.", name=rung.name, other=other),
        )
