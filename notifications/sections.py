"""What one mail of the ladder is about: for each district, milestone and day its open cases and where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from engine.agenda import met_by, milestone_label
from engine.briefing import Briefing, Section
from engine.duedays import days_late
from engine.effects import REWORK
from engine.flow import Flow
from engine.kinds import Standing
from engine.model import Case, Deadline, Notice, Organisation
from engine.store import cases, deadlines, definitions, organisations
from engine.store.database import Work
from notifications.facts import CaseRow, OpenCases
from notifications.post import Post

MOST_ROWS: Final = 40
"""Cases of a section that stand in the body; the others are in the attached list."""

Key = tuple[int, str, str, date]


@dataclass(frozen=True, slots=True)
class About:
    """One section in the three forms it is needed in: for papers, for the letter, and as rows."""

    section: Section
    open_cases: OpenCases
    cases: tuple[Case, ...]
    deadlines: tuple[Deadline, ...]


class Gatherer:
    """Gathers sections for many mails of one moment; what districts stand at is asked for once."""

    def __init__(self, post: Post, work: Work) -> None:
        self._post, self._work = post, work
        self._today = post.engine.today(work)
        self._workdays = post.engine.workdays(work)
        self._places = {one.id: one for one in organisations.every(work)}
        self._standings: dict[tuple[str, int, str], Standing] = {}
        self._flows: dict[int, Flow] = {}
        self._proposed: dict[tuple[str, int, str], list[tuple[str, ...]]] = {}

    def district(self, district_id: int) -> Organisation:
        return self._places[district_id]

    def about(self, campaign: str, notices: Sequence[Notice]) -> list[About]:
        """Sections in official order of districts, then by day and in the order of the flow."""
        ids = sorted({notice.deadline_id for notice in notices if notice.deadline_id is not None})
        found = deadlines.by_ids(self._work, ids)
        held = cases.lock(self._work, sorted({one.case_id for one in found}))
        grouped: dict[Key, list[Deadline]] = {}
        for one in found:
            if one.due_on is not None:
                grouped.setdefault((one.district_id, one.flow, one.milestone, one.due_on), []).append(one)
        abouts = [self._one(campaign, key, group, held) for key, group in grouped.items()]
        return sorted(abouts, key=self._place)

    def flow(self, definition_id: int) -> Flow:
        if definition_id not in self._flows:
            self._flows[definition_id] = definitions.flow_of(self._work, definition_id)
        return self._flows[definition_id]

    def _one(self, campaign: str, key: Key, group: Sequence[Deadline], held: Mapping[int, Case]) -> About:
        district_id, flow_name, milestone, due_on = key
        ordered = sorted(group, key=lambda one: one.case_id)
        about = tuple(held[one.case_id] for one in ordered)
        flow = self.flow(about[0].definition_id)
        names = tuple(case.subject_name for case in about)
        standing = self._standing(campaign, district_id, milestone, names)
        late = days_late(due_on, self._today, self._workdays)
        label = milestone_label(flow, milestone)
        section = Section(
            district_id=district_id,
            district=self._places[district_id].name,
            milestone=milestone,
            milestone_label=label,
            due_on=due_on,
            workdays_late=late if self._today > due_on else -self._workdays.between(self._today, due_on),
            names=names,
            standing=standing,
            data={"flow": flow_name, "case_ids": [case.id for case in about]},
        )
        rows = tuple(
            CaseRow(case.subject_name, flow.state_by_name[case.state].label, one.promised_on)
            for case, one in zip(about, ordered, strict=True)
        )
        open_cases = OpenCases(
            district=section.district,
            milestone=label,
            due_on=due_on,
            days=abs(section.workdays_late),
            target=standing.target,
            done=standing.done,
            rows=rows[:MOST_ROWS],
            hidden=max(0, len(rows) - MOST_ROWS),
            enterprises=flow_name == self._post.subjects_flow,
            waiting=self._waiting(campaign, district_id, flow_name, milestone),
        )
        return About(section, open_cases, about, tuple(ordered))

    def _waiting(self, campaign: str, district_id: int, flow_name: str, milestone: str) -> int:
        """How many further cases of a district wait for a confirmation that meets the milestone."""
        key = (campaign, district_id, flow_name)
        if key not in self._proposed:
            held = cases.of_campaign(self._work, campaign, flow_name, district_id=district_id, waiting=True)
            self._proposed[key] = [met_by(self.flow(one.definition_id), one.proposed_step or "") for one in held]
        return sum(milestone in met for met in self._proposed[key])

    def _standing(self, campaign: str, district_id: int, milestone: str, names: tuple[str, ...]) -> Standing:
        """Where the district stands; what was sent back is counted by itself."""
        if milestone.startswith(REWORK):
            return Standing(target=len(names), done=0, open_names=names)
        key = (campaign, district_id, milestone)
        if key not in self._standings:
            briefing: Briefing = self._post.briefing(self._work, campaign)
            self._standings[key] = briefing.standing(self._work, campaign, district_id, milestone)
        return self._standings[key]

    def _place(self, about: About) -> tuple[int, date, str, int]:
        section = about.section
        names = [milestone.name for milestone in self.flow(about.cases[0].definition_id).milestones]
        order = names.index(section.milestone) if section.milestone in names else len(names)
        return self._places[section.district_id].position, section.due_on, about.cases[0].flow, order
