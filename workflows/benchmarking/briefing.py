"""What letters are told of this campaign: standings, draft papers and the digest's sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from engine.briefing import ANSWER_WORKDAYS, Paper, Section
from engine.clock import ZONE
from engine.errors import NotFound
from engine.figures import Overview, goal_of, percent, ranks_of
from engine.flow import Flow, Milestone
from engine.kinds import Standing
from engine.model import Case, Organisation
from engine.store import calendar, campaigns, cases, definitions, organisations, people
from engine.store.database import Work
from engine.terms import Terms, terms_of
from engine.words import tr
from workflows.benchmarking.annexes.circular import CircularFacts, DistrictRow, write_circular
from workflows.benchmarking.annexes.overview import EnterpriseLine, write_overview
from workflows.benchmarking.annexes.slip import SlipFacts, write_slip
from workflows.benchmarking.kind import ENTERPRISE, NOMINATION_LIST, PROGRESS_REPORT
from workflows.benchmarking.model import Product
from workflows.benchmarking.records import products
from workflows.benchmarking.records.nominations import takes_part
from workflows.benchmarking.records.standings import stood_at

RESPONSIBLE: Final = "district_deputy_head"
WEEKLY: Final = "对标达标提升专项行动工作周报进度表"


@dataclass(frozen=True)
class BenchmarkingBriefing:
    """`bureau` signs with its full name, districts know it by its `short` one; `section` writes."""

    bureau: str
    short: str
    section: str
    zone: ZoneInfo = field(default=ZONE)

    def standing(self, work: Work, campaign: str, district_id: int, milestone: str) -> Standing:
        """Enterprises against the quota; for the list likewise; for the half-yearly reports one after the other."""
        flow, found = _milestone(work, milestone)
        held = [
            case
            for case in cases.of_campaign(work, campaign, flow, district_id=district_id)
            if takes_part(case) and not case.claimed
        ]
        flows = {key: definitions.flow_of(work, key) for key in {case.definition_id for case in held}}
        behind = [case for case in held if not _reached(flows[case.definition_id], case, found)]
        names = tuple(case.subject_name for case in behind)
        if flow == PROGRESS_REPORT:
            return Standing(len(held), len(held) - len(behind), names)
        quota = _terms(work, campaign).quotas.get(organisations.get(work, district_id).code, 0)
        if flow == NOMINATION_LIST:
            return Standing(quota, _taking_part(work, campaign, district_id), names)
        return Standing(quota, len(held) - len(behind), names)

    def slip(self, work: Work, campaign: str, sections: Sequence[Section], on: date) -> Paper:
        """The draft 督办单 for one district, to be signed by a person."""
        district = organisations.get(work, sections[0].district_id)
        facts = SlipFacts(
            plan_title=_terms(work, campaign).plan_title,
            bureau=self.bureau,
            short=self.short,
            section=self.section,
            district=district.full_name,
            responsible=_responsible(work, district, on),
            on=on,
            answer_by=_answer_by(work, on),
        )
        return write_slip(facts, sections)

    def circular(self, work: Work, campaign: str, sections: Sequence[Section], on: date) -> Paper:
        """The draft 通报 with the table of all districts, to be signed by a person."""
        _, flow = definitions.latest(work, ENTERPRISE)
        terms = _terms(work, campaign)
        goal = _goal(flow, terms, sections, on)
        facts = CircularFacts(
            plan_title=terms.plan_title,
            bureau=self.bureau,
            section=f"{self.short}{self.section}",
            on=on,
            answer_by=_answer_by(work, on),
            labels={name: flow.state_by_name[name].label["zh"] for name in flow.line},
            goal=goal,
            rows=_rows(work, flow, terms, goal, on),
        )
        return write_circular(facts, sections)

    def overview_sheet(self, work: Work, campaign: str, overview: Overview) -> Paper:
        """The digest's table and, as they stood at its cut-off, the enterprises behind it."""
        stood = stood_at(work, campaign, overview.span.cutoff)
        brought = products.of_cases(work, [one.case_id for one in stood])
        _, flow = definitions.latest(work, ENTERPRISE)
        lines = [
            EnterpriseLine(
                district=one.district,
                name=one.subject_name,
                products=[product.name for product in brought[one.case_id] if product.active],
                plans=[_plan(product) for product in brought[one.case_id] if product.active],
                state=flow.state_by_name[one.state].label["zh"] if one.state in flow.state_by_name else one.state,
            )
            for one in stood
        ]
        made_at = work.now.astimezone(self.zone)
        return write_overview(overview, lines, title=WEEKLY, bureau=self.bureau, made_at=made_at)


def _milestone(work: Work, name: str) -> tuple[str, str]:
    """The flow that has the milestone, and its name."""
    for flow in (ENTERPRISE, NOMINATION_LIST, PROGRESS_REPORT):
        if name in definitions.latest(work, flow)[1].milestone_by_name:
            return flow, name
    raise NotFound(tr("There is no milestone {name!r}.", name=name))


def _reached(flow: Flow, case: Case, milestone: str) -> bool:
    found: Milestone | None = flow.milestone_by_name.get(milestone)
    return found is not None and flow.has_reached(case.state, found)


def _taking_part(work: Work, campaign: str, district_id: int) -> int:
    """Distinct enterprises that count towards the district's quota."""
    held = cases.of_campaign(work, campaign, ENTERPRISE, district_id=district_id)
    return len({case.subject_key for case in held if takes_part(case) and not case.claimed})


def _terms(work: Work, campaign: str) -> Terms:
    return terms_of(campaigns.get(work, campaign))


def _answer_by(work: Work, on: date) -> date:
    return calendar.workdays(work).after(on, ANSWER_WORKDAYS)


def _responsible(work: Work, district: Organisation, on: date) -> tuple[str, ...]:
    """Who answers for the district by role; nobody of the level above is named in their place."""
    holders = people.holders(work, RESPONSIBLE, district, on)
    return tuple(person.name for person in holders if person.organisation_id == district.id)


def _goal(flow: Flow, terms: Terms, sections: Sequence[Section], on: date) -> str:
    """The state that the lagging milestones ask for, the furthest of them; without any, that of the period."""
    asked = [
        flow.milestone_by_name[one.milestone].reached for one in sections if one.milestone in flow.milestone_by_name
    ]
    return max(asked, key=flow.rank.__getitem__) if asked else goal_of(flow, terms, on)


def _rows(work: Work, flow: Flow, terms: Terms, goal: str, on: date) -> tuple[DistrictRow, ...]:
    """A row for each district with a quota in official order, the whole city last; from the tally."""
    counts = cases.counts(work, terms.key, ENTERPRISE)
    districts = [one for one in organisations.districts(work, on) if one.code in terms.quotas]
    reached = {one.id: _at_or_beyond(flow, counts, [one.id]) for one in districts}
    rates = [percent(reached[one.id][goal], terms.quotas[one.code]) for one in districts]
    rows = [
        DistrictRow(one.name, terms.quotas[one.code], reached[one.id], rate, rank)
        for one, rate, rank in zip(districts, rates, ranks_of(rates), strict=True)
    ]
    whole = _at_or_beyond(flow, counts, [one.id for one in districts])
    quota = sum(row.quota for row in rows)
    return (*rows, DistrictRow("", quota, whole, percent(whole[goal], quota), None))


def _at_or_beyond(flow: Flow, counts: Mapping[tuple[int, str], int], district_ids: Sequence[int]) -> dict[str, int]:
    at = [sum(counts.get((key, state), 0) for key in district_ids) for state in flow.line]
    return {state: sum(at[place:]) for place, state in enumerate(flow.line)}


def _plan(product: Product) -> str:
    return f"平台现有：{product.existing_plan_no}" if product.plan_source == "existing" else "新制定"
