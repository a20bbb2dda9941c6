"""The campaign kind 对标达标 as the engine asks for it: flows, guards, slots, facts and obligations."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Final

from engine.findable import Words
from engine.flow import Flow
from engine.flowcheck import Known
from engine.flowload import load_flows
from engine.kinds import Contradiction, Facts, Guard, Obligation
from engine.model import Case, Recorded
from engine.store import campaigns
from engine.store.database import Work
from engine.terms import Terms, terms_of
from engine.workdays import Workdays
from workflows.benchmarking.comparing import contradictions
from workflows.benchmarking.facts import SLOTS
from workflows.benchmarking.guards import GUARDS
from workflows.benchmarking.obligations import obligations
from workflows.benchmarking.records import facts, nominations, products
from workflows.benchmarking.records.words import found_by

NAME: Final = "benchmarking"
ENTERPRISE: Final = "enterprise"
NOMINATION_LIST: Final = "nomination_list"
PROGRESS_REPORT: Final = "progress_report"
FLOW_FILES: Final = tuple(
    Path(str(files("workflows.benchmarking") / f"{name}.yaml"))
    for name in (ENTERPRISE, NOMINATION_LIST, PROGRESS_REPORT)
)


@dataclass
class Benchmarking:
    """The kind with its flows; `benchmarking` builds it from the definitions that come with the program."""

    flows: Mapping[str, Flow]
    guards: Mapping[str, Guard] = field(default_factory=lambda: GUARDS)
    slots: Collection[str] = SLOTS
    name: str = NAME

    def facts(self, work: Work, cases: Sequence[Case]) -> dict[int, Facts]:
        by_flow: dict[str, list[Case]] = {}
        for case in cases:
            by_flow.setdefault(case.flow, []).append(case)
        found: dict[int, Facts] = {}
        found |= facts.enterprise_facts(work, [case.id for case in by_flow.get(ENTERPRISE, ())])
        found |= facts.report_facts(work, [case.id for case in by_flow.get(PROGRESS_REPORT, ())])
        for campaign in {case.campaign for case in by_flow.get(NOMINATION_LIST, ())}:
            lists = [case for case in by_flow[NOMINATION_LIST] if case.campaign == campaign]
            quotas = terms_of(campaigns.get(work, campaign)).quotas
            found |= facts.list_facts(work, lists, quotas, counting=ENTERPRISE)
        return found

    def obligations(self, terms: Terms, today: date, workdays: Workdays) -> Sequence[Obligation]:
        return obligations(terms, today, workdays)

    def contradictions(self, work: Work, entries: Iterable[Recorded]) -> Iterator[Contradiction]:
        return contradictions(work, entries)

    def parts_of(self, work: Work, case_id: int) -> tuple[str, ...]:
        return tuple(product.name for product in products.active_of(work, case_id))

    def subject_keys(self, work: Work, case: Case) -> tuple[str, ...]:
        return nominations.subject_keys(work, case) if case.flow == ENTERPRISE else (case.subject_key,)

    def words(self, work: Work, cases: Sequence[Case]) -> dict[int, Words]:
        return found_by(work, [case for case in cases if case.flow == ENTERPRISE])


def benchmarking(known: Known | None = None) -> Benchmarking:
    """The kind with the definitions that come with the program, checked whole."""
    flows = load_flows(FLOW_FILES, replace(known or Known(), guards=GUARDS, slots=SLOTS))
    return Benchmarking({flow.name: flow for flow in flows})
