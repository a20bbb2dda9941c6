"""Facts of the four letters of the ladder: reminder, chase, supervision, circular."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from engine.briefing import ANSWER_WORKDAYS, Paper
from engine.clock import local_day
from engine.store.database import Work
from engine.store.mails import Mail
from notifications.facts import LEVEL_WORDS, Chase, Circular, Earlier, Frame, OpenCases, Reminder, Supervision
from notifications.outbox import LABELS, State
from notifications.post import Post
from notifications.sections import About

LISTED: Final = ("chase", "supervision")
"""Levels that later letters name as sent before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What the facts of a letter are made of."""

    post: Post
    work: Work
    campaign: str
    frame: Frame
    districts: tuple[str, ...]
    abouts: Sequence[About]
    earlier: Sequence[Mail]
    papers: Sequence[Paper]

    @property
    def today(self) -> date:
        return self.post.engine.today(self.work)

    @property
    def sections(self) -> tuple[OpenCases, ...]:
        return tuple(about.open_cases for about in self.abouts)

    @property
    def open(self) -> int:
        """Distinct subjects: one that lacks two milestones counts once."""
        return len({case.id for about in self.abouts for case in about.cases})

    @property
    def enterprises(self) -> bool:
        return all(section.enterprises for section in self.sections)

    @property
    def days(self) -> int:
        """Working days of the section that presses most."""
        late = [about.section.workdays_late for about in self.abouts]
        return abs(max(late))

    @property
    def due_on(self) -> date:
        return min(section.due_on for section in self.sections)

    @property
    def answer_by(self) -> date:
        return answer_by(self.post, self.work)

    @property
    def district(self) -> str:
        return "、".join(self.districts)

    @property
    def told(self) -> tuple[Earlier, ...]:
        """Earlier letters about the same day, those that really left or may have."""
        zone = self.post.engine.zone
        return tuple(
            Earlier(
                local_day(mail.sent_at or mail.created_at, zone), LEVEL_WORDS[mail.letter], LABELS[State(mail.state)]
            )
            for mail in self.earlier
            if mail.letter in LISTED
        )


def facts_of(letter: str, occasion: Occasion) -> object:
    """The facts of one letter of the ladder."""
    return _BUILDERS[letter](occasion)


def answer_by(post: Post, work: Work) -> date:
    """By when a district that is chased today has to finish or to answer."""
    return post.engine.workdays(work).after(post.engine.today(work), ANSWER_WORKDAYS)


def papers_of(post: Post, work: Work, letter: str, campaign: str, abouts: Sequence[About]) -> tuple[Paper, ...]:
    """The drafts that go with a letter: a slip for each district, or the circular with its table."""
    on = post.engine.today(work)
    sections = [about.section for about in abouts]
    if letter == "supervision":
        districts = dict.fromkeys(section.district_id for section in sections)
        briefing = post.briefing(work, campaign)
        return tuple(
            briefing.slip(work, campaign, [one for one in sections if one.district_id == district], on)
            for district in districts
        )
    if letter == "circular":
        return (post.briefing(work, campaign).circular(work, campaign, sections, on),)
    return ()


def _reminder(occasion: Occasion) -> Reminder:
    return Reminder(
        frame=occasion.frame,
        district=occasion.district,
        sections=occasion.sections,
        open=occasion.open,
        enterprises=occasion.enterprises,
        due_on=occasion.due_on,
        days=occasion.days,
    )


def _chase(occasion: Occasion) -> Chase:
    return Chase(
        frame=occasion.frame,
        district=occasion.district,
        sections=occasion.sections,
        open=occasion.open,
        enterprises=occasion.enterprises,
        due_on=occasion.due_on,
        days=occasion.days,
        answer_by=occasion.answer_by,
        time=1 + sum(mail.letter == "chase" for mail in occasion.earlier),
        earlier=occasion.told,
    )


def _supervision(occasion: Occasion) -> Supervision:
    return Supervision(
        frame=occasion.frame,
        district=occasion.district,
        sections=occasion.sections,
        open=occasion.open,
        enterprises=occasion.enterprises,
        due_on=occasion.due_on,
        days=occasion.days,
        answer_by=occasion.answer_by,
        earlier=occasion.told,
        papers=tuple(paper.name for paper in occasion.papers),
    )


def _circular(occasion: Occasion) -> Circular:
    return Circular(
        frame=occasion.frame,
        sections=occasion.sections,
        open=sum(section.open for section in occasion.sections),
        districts=len({section.district for section in occasion.sections}),
        papers=tuple(paper.name for paper in occasion.papers),
    )


_BUILDERS: Final[Mapping[str, Callable[[Occasion], object]]] = MappingProxyType(
    {"reminder": _reminder, "chase": _chase, "supervision": _supervision, "circular": _circular}
)
