"""The settings of a campaign as people read them: flows with steps and rules, days, quotas, ladders, letters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from console.bootstrap import House
from console.founding import pending
from console.settings import inspect_settings
from engine.access import Actor, sees
from engine.faults import Fault
from engine.flow import Flow, Label
from engine.roles import labels
from engine.rungs import Ladder
from engine.setup import Difference
from engine.store import cases, organisations
from engine.store.database import Work
from engine.terms import Terms, terms_of
from engine.words import Sentence, tr

GUARDS: Final[Mapping[str, Sentence]] = {
    "new_plans_are_described": tr(
        "Each new plan names its product, the benchmark standard and at least one indicator."
    ),
    "plans_are_on_the_platform": tr(
        "Each new plan stands on the national platform, not later than the day that counts."
    ),
    "every_product_adopts_a_plan": tr("All products use a plan that is on the platform already, and name its number."),
    "test_reports_are_plausible": tr("Test reports name laboratory, number and a day that can be."),
    "evidence_is_not_later": tr("No evidence is later than the day from which the step counts."),
    "one_product_qualifies": tr("At least one product lies in a key area of the year, with its standard disclosed."),
    "quota_is_reached": tr("The list has as many enterprises as the quota asks for."),
}
"""What the rules of steps ask, by their names in the flows."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step in words: from where to where, who, what it asks for, who confirms."""

    label: Label
    sources: tuple[Label, ...]
    target: Label
    roles: tuple[Label, ...]
    slots: tuple[Label, ...]
    rules: tuple[Sentence, ...]
    confirm: tuple[Label, ...]
    reason: bool


@dataclass(frozen=True, slots=True)
class FlowView:
    """A flow, how many cases are in each state, and its steps."""

    flow: Flow
    counts: Mapping[str, int]
    steps: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class DistrictRow:
    code: str
    name: str
    quota: int
    aliases: tuple[str, ...]
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class LetterRow:
    letter: str
    to: tuple[Label, ...]
    cc: tuple[Label, ...]
    everywhere: bool


@dataclass(frozen=True, slots=True)
class SettingsView:
    """Everything that a campaign goes by; `pending` is configured but not applied yet."""

    terms: Terms
    version: int
    applied_at: Any
    flows: tuple[FlowView, ...]
    milestones: tuple[tuple[Label, date | None], ...]
    districts: tuple[DistrictRow, ...]
    ladders: tuple[Ladder, ...]
    letters: tuple[LetterRow, ...]
    clusters: tuple[str, ...]
    pending: tuple[Difference, ...]


def settings_view(house: House, work: Work, actor: Actor, campaign: Any) -> SettingsView:
    """Of a campaign as it was last applied; flows are those that new cases begin with."""
    terms = terms_of(campaign)
    flows = tuple(house.engine.kinds[campaign.kind].flows.values())
    named = {one.name: one.label for flow in flows for one in flow.milestones}
    return SettingsView(
        terms=terms,
        version=campaign.version,
        applied_at=campaign.applied_at,
        flows=tuple(FlowView(flow, counted(work, actor, campaign.key, flow), _steps(flow)) for flow in flows),
        milestones=tuple((named.get(name, {"zh": name}), terms.days[name]) for name in _by_day(terms, list(named))),
        districts=tuple(_district(one) for one in campaign.body["districts"]),
        ladders=tuple(terms.ladders.values()),
        letters=_letters(house),
        clusters=tuple(campaign.body.get("clusters", ())),
        pending=pending(house, work).get(campaign.key, ()),
    )


def counted(work: Work, actor: Actor, campaign: str, flow: Flow) -> dict[str, int]:
    """How many cases that the actor sees are in each state."""
    tally = cases.counts(work, campaign, flow.name)
    paths = organisations.paths(work, {district for district, _ in tally})
    found = dict.fromkeys(flow.state_by_name, 0)
    for (district, state), n in tally.items():
        if sees(actor, paths[district]):
            found[state] = found.get(state, 0) + n
    return found


def file_faults(config: Path | None) -> tuple[Fault, ...]:
    """What is wrong with the configuration as the file stands now; nothing where the file is not known."""
    if config is None:
        return ()
    try:
        stood = config.stat().st_mtime_ns
    except OSError:
        stood = 0
    return _faults_of(config, stood)


@lru_cache(maxsize=2)
def _faults_of(config: Path, _stood: int) -> tuple[Fault, ...]:
    """Read anew only when the file was written."""
    return inspect_settings(config)[1]


def _steps(flow: Flow) -> tuple[StepRow, ...]:
    return tuple(
        StepRow(
            label=step.label,
            sources=tuple(flow.state_by_name[one].label for one in step.sources),
            target=flow.state_by_name[step.target].label,
            roles=labels(step.roles),
            slots=tuple(flow.slot_by_name[one].label for one in step.slots),
            rules=tuple(GUARDS[one] for one in step.guards),
            confirm=labels(step.confirm),
            reason=step.reason,
        )
        for step in flow.steps
    )


def _district(body: Mapping[str, Any]) -> DistrictRow:
    return DistrictRow(
        body["code"],
        body["name"],
        body["quota"],
        tuple(body.get("aliases", ())),
        body.get("valid_from"),
        body.get("valid_to"),
    )


def _letters(house: House) -> tuple[LetterRow, ...]:
    return tuple(
        LetterRow(name, labels(one.to), labels(one.cc), one.everywhere) for name, one in house.settings.letters.items()
    )


def _by_day(terms: Terms, along: Sequence[str]) -> list[str]:
    """The soonest first, of one day as they come along the line; those without a day come last."""
    place = {name: number for number, name in enumerate(along)}
    return sorted(terms.days, key=lambda name: (terms.days[name] or date.max, place.get(name, len(place))))
