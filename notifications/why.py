"""Why somebody got a letter about a case, or did not: every rung of every deadline, its mail, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from types import MappingProxyType
from typing import Final

from engine.access import Actor
from engine.acting import seen
from engine.agenda import milestone_label
from engine.flow import Label
from engine.ladder import Ladder, moments
from engine.model import Case, Deadline, Notice
from engine.store import deadlines, definitions, mails, notices
from engine.store.database import Work
from engine.store.mails import Mail, Recipient
from engine.terms import Terms
from engine.words import Sentence
from notifications import reasons
from notifications.post import Post
from notifications.truth import is_level

MOST_PLANNED: Final = 40
"""Alerts looked ahead; a rung that repeats without end is shown as far as that."""

OUTCOMES: Final[Mapping[str, Label]] = MappingProxyType(
    {
        "fired": {"zh": "已触发", "en": "fired"},
        "collapsed": {"zh": "已合并", "en": "collapsed"},
        "not_applicable": {"zh": "不适用", "en": "not applicable"},
        "coming": {"zh": "待触发", "en": "still to come"},
        "not_needed": {"zh": "不再需要", "en": "not needed any more"},
    }
)
"""What becomes of a rung, in words."""


@dataclass(frozen=True, slots=True)
class Said:
    """A notice, the mail it went into, who was to get it, and the mails sent anew."""

    notice: Notice
    reason: Sentence | None
    mail: Mail | None
    receivers: tuple[Recipient, ...]
    resends: tuple[Mail, ...]


@dataclass(frozen=True, slots=True)
class RungStory:
    """One time of one rung. `outcome` is a key of OUTCOMES; `generation` rises when the deadline's day moves."""

    milestone: str
    label: Label
    due_on: date | None
    generation: int
    rung: str
    ordinal: int
    planned_on: date
    outcome: str
    fired_at: datetime | None
    said: Said | None


@dataclass(frozen=True, slots=True)
class Why:
    """The rungs by milestone and day, then the letters about what was done to the case."""

    case: Case
    rungs: tuple[RungStory, ...]
    letters: tuple[Said, ...]


def why(post: Post, work: Work, actor: Actor, case_id: int) -> Why:
    """Everything that was said about a case, and everything still to be said, if the actor may see it."""
    case = seen(work, actor, case_id)
    said = _said(work, case_id)
    flow = definitions.flow_of(work, case.definition_id)
    terms = post.engine.terms(work, case.campaign)
    stories = [
        story
        for deadline in deadlines.of_cases(work, [case_id])[case_id]
        for story in _Ladder(post, work, terms, deadline).stories(milestone_label(flow, deadline.milestone), said)
    ]
    letters = [one for one in said.values() if not is_level(one.notice)]
    return Why(case, tuple(stories), tuple(letters))


def _said(work: Work, case_id: int) -> dict[int, Said]:
    """The case's notices by number, each with its mail."""
    found = notices.of_case(work, case_id)
    ids = {notice.mail_id for notice in found if notice.mail_id is not None}
    posted, receivers = mails.by_ids(work, ids), mails.receivers(work, ids)
    return {
        notice.id: Said(
            notice=notice,
            reason=reasons.sentence(notice.reason) if notice.reason else None,
            mail=posted.get(notice.mail_id or 0),
            receivers=receivers.get(notice.mail_id or 0, ()),
            resends=mails.resends_of(work, notice.mail_id) if notice.mail_id else (),
        )
        for notice in found
    }


class _Ladder:
    """The rungs of one deadline: those on record, and those that are still planned."""

    def __init__(self, post: Post, work: Work, terms: Terms, deadline: Deadline) -> None:
        self._deadline = deadline
        self._ladder: Ladder = terms.ladders[deadline.ladder]
        self._workdays = post.engine.workdays(work)
        self._fires = deadlines.fires(work, [deadline.id]).get(deadline.id, [])

    def stories(self, label: Label, said: Mapping[int, Said]) -> list[RungStory]:
        recorded = [
            self._story(
                label,
                rung=fire.rung,
                ordinal=fire.ordinal,
                planned_on=fire.planned_on,
                outcome=fire.outcome,
                generation=fire.generation,
                fired_at=fire.fired_at,
                said=said.get(fire.notice_id or 0),
            )
            for fire in self._fires
        ]
        return sorted([*recorded, *self._planned(label)], key=lambda one: (one.generation, one.planned_on))

    def _planned(self, label: Label) -> list[RungStory]:
        """What the present day still asks for, if all goes as planned."""
        if self._deadline.due_on is None:
            return []
        outcome = "coming" if self._deadline.state == "open" else "not_needed"
        passed = self._passed()
        every = islice(moments(self._ladder, self._deadline.due_on, self._workdays), MOST_PLANNED)
        return [
            self._story(
                label,
                rung=planned.rung,
                ordinal=planned.ordinal,
                planned_on=planned.on,
                outcome=outcome,
                generation=self._deadline.generation,
            )
            for planned in every
            if planned.ordinal > passed.get(planned.rung, 0)
        ]

    def _passed(self) -> dict[str, int]:
        """How far each rung has come in the present generation; an alert set aside speaks for those before it."""
        passed: dict[str, int] = {}
        for fire in self._fires:
            if fire.generation == self._deadline.generation:
                passed[fire.rung] = max(passed.get(fire.rung, 0), fire.ordinal)
        return passed

    def _story(
        self,
        label: Label,
        *,
        rung: str,
        ordinal: int,
        planned_on: date,
        outcome: str,
        generation: int,
        fired_at: datetime | None = None,
        said: Said | None = None,
    ) -> RungStory:
        present = generation == self._deadline.generation
        return RungStory(
            milestone=self._deadline.milestone,
            label=label,
            due_on=self._deadline.due_on if present else None,
            generation=generation,
            rung=rung,
            ordinal=ordinal,
            planned_on=planned_on,
            outcome=outcome,
            fired_at=fired_at,
            said=said,
        )
