"""A campaign kind of the tests' own: gardens that are planted, watered and shown. The engine needs no change for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from engine.access import SYSTEM, Actor
from engine.cases import Opening, open_case
from engine.clock import FixedClock
from engine.core import Engine
from engine.flow import Flow
from engine.flowload import parse_flow
from engine.kinds import Contradiction, Guard, Obligation, Reason, Situation
from engine.ladder import default_ladder
from engine.model import Case, Entry
from engine.setup import OrganisationSeed, PersonSeed, apply_campaign, register_flows, seed
from engine.store import calendar, journal, organisations, people
from engine.store.database import Database, Work
from engine.words import tr

GARDEN = """
flow: garden
version: 1
label: {zh: 花园, en: Garden}
initial: named
states:
  named: {label: {zh: 已报名, en: Named}}
  planted: {label: {zh: 已栽种, en: Planted}}
  watered: {label: {zh: 已浇水, en: Watered}}
  shown: {label: {zh: 已展出, en: Shown}}
  withdrawn: {label: {zh: 已退出, en: Withdrawn}, side: true}
slots:
  photo: {label: {zh: 照片, en: Photo}, each: case, brought_by: district_coordinator}
steps:
  plant:
    {label: {zh: 栽种, en: Plant}, sources: named, target: planted, roles: [district_coordinator], slots: [photo]}
  water:
    label: {zh: 浇水, en: Water}
    sources: planted
    target: watered
    roles: [district_coordinator]
    guards: [no_frost]
  show:
    label: {zh: 展出, en: Show}
    sources: watered
    target: shown
    roles: [district_coordinator]
    confirm: [municipal_coordinator]
  return_planting:
    label: {zh: 退回栽种, en: Return}
    kind: send_back
    sources: planted
    target: named
    roles: [institute, municipal_coordinator]
    reason: true
    rework: 3
    limit: 3
    beyond: [municipal_coordinator]
    letters: [sent_back]
  withdraw:
    label: {zh: 退出, en: Withdraw}
    kind: withdraw
    sources: any_open
    target: withdrawn
    roles: [district_coordinator, municipal_coordinator]
    reason: true
milestones:
  planted: {label: {zh: 栽种, en: Planting}, reached: planted, due: day}
  watered: {label: {zh: 浇水, en: Watering}, reached: watered, due: day}
  shown: {label: {zh: 展出, en: Show}, reached: shown, due: none}
"""


@dataclass(frozen=True)
class Garden:
    """Facts of the toy: what is missing, and whether it froze."""

    lacking: Mapping[str, Sequence[str]] = field(default_factory=dict)
    frost: bool = False

    def missing(self, slot: str) -> Sequence[str]:
        return self.lacking.get(slot, ())

    def digest(self) -> Mapping[str, object]:
        return {"frost": self.frost}


def no_frost(situation: Situation) -> Reason | None:
    facts = situation.facts
    frozen = isinstance(facts, Garden) and facts.frost
    return Reason("FROST", tr("It is freezing; wait for a thaw.")) if frozen else None


@dataclass
class Gardens:
    """The kind. `facts_by_subject` is what tests put on record."""

    name: str = "gardens"
    flows: Mapping[str, Flow] = field(default_factory=lambda: {"garden": parse_flow(GARDEN)})
    guards: Mapping[str, Guard] = field(default_factory=lambda: {"no_frost": no_frost})
    slots: frozenset[str] = frozenset({"photo"})
    facts_by_subject: dict[str, Garden] = field(default_factory=dict)

    def facts(self, work: Work, cases: Sequence[Case]) -> dict[int, Garden]:  # noqa: ARG002
        return {case.id: self.facts_by_subject.get(case.subject_key, Garden()) for case in cases}

    def obligations(self, *_: object) -> tuple[Obligation, ...]:
        return ()

    def parts_of(self, *_: object) -> tuple[str, ...]:
        return ()

    def subject_keys(self, work: Work, case: Case) -> tuple[str, ...]:  # noqa: ARG002
        return (case.subject_key,)

    def contradictions(self, *_: object) -> Iterator[Contradiction]:
        yield from ()


def terms_body(**changes: Any) -> dict[str, Any]:
    """The terms of a campaign as its configuration would give them."""
    ladder = default_ladder()
    rungs = [
        {
            "name": r.name,
            "level": r.level,
            "at": r.at,
            "every": r.every,
            "until": r.until,
            "after": r.after and list(r.after),
            "draft": r.draft,
        }
        for r in ladder.rungs
    ]
    body = {
        "key": "gardens-2020",
        "title": "花园行动",
        "short": "花园",
        "plan_title": "花园行动方案",
        "year": 2020,
        "opens": "2020-05-15",
        "closes": "2021-01-31",
        "milestones": {"planted": "2020-06-05", "watered": "2020-06-30"},
        "roll": "none",
        "due_inclusive": True,
        "districts": [{"code": code, "quota": 5} for code in ("east", "west")],
        "quota_mode": "target",
        "newcomer_workdays": 20,
        "rework_workdays": 3,
        "reports": {"days": ["01-05", "07-05"], "first_period": "2020H1", "opens_workdays_before": 15},
        "ladders": {"default": {"send_at": ladder.send_at, "rungs": rungs}},
    }
    return {**body, **changes}


PEOPLE = (
    PersonSeed("east", "东区经办", "east", ("district_coordinator",), "east"),
    PersonSeed("east2", "东区经办二", "east", ("district_coordinator",), "east"),
    PersonSeed("west", "西区经办", "west", ("district_coordinator",), "west"),
    PersonSeed("city", "市局经办", "city", ("municipal_coordinator",), "city"),
    PersonSeed("city2", "市局经办二", "city", ("municipal_coordinator",), "city"),
    PersonSeed("institute", "研究院", "institute", ("institute",), "city"),
)


@dataclass
class Field:
    """A database with the gardens' campaign on it."""

    engine: Engine
    kind: Gardens
    clock: FixedClock

    def actor(self, login: str) -> Actor:
        with self.engine.look() as work:
            return people.actor(work, login, self.engine.today(work))

    def open(self, subject: str = "g1", district: str = "east", on: date | None = None) -> Case:
        with self.engine.work() as work:
            place = organisations.by_code(work, district)
            opening = Opening(
                campaign="gardens-2020",
                flow="garden",
                district_id=place.id,
                subject_key=subject,
                subject_name=f"样例花园{subject}",
                on=on or self.engine.today(work),
            )
            return open_case(self.engine, work, SYSTEM, opening)

    def at(self, instant: datetime) -> None:
        self.clock.set(instant)


def tell(engine: Engine, work: Work, **told: Any) -> None:
    """Write into the house's journal what a test does past the use cases, as those would."""
    journal.append_house(work, Entry("house", SYSTEM.person_id, "system", engine.today(work), data=told))


def enter_day(engine: Engine, work: Work, day: date, *, works: bool) -> None:
    """Say of a day whether it is worked, as a coordinator would."""
    calendar.put(work, day, works=works, source="样例通知", person_id=SYSTEM.person_id)
    tell(engine, work, calendar={"days": [day.isoformat()], "works": works, "source": "样例通知"})


def reopen(database: Database, clock: FixedClock) -> Field:
    """The gardens on a database that was prepared before."""
    kind = Gardens()
    return Field(Engine(database, clock, {"gardens": kind}), kind, clock)


def prepare(database: Database, clock: FixedClock, **changes: Any) -> Field:
    """Organisations, people and the applied campaign."""
    kind = Gardens()
    engine = Engine(database, clock, {"gardens": kind})
    with engine.work() as work:
        register_flows(work, tuple(kind.flows.values()))
        seed(
            engine,
            work,
            bureau=OrganisationSeed("city", "市局", "样例市市场监督管理局", "municipal"),
            below=(
                OrganisationSeed("east", "东区", "东区市场监督管理局", "district"),
                OrganisationSeed("west", "西区", "西区市场监督管理局", "district"),
                OrganisationSeed("institute", "研究院", "样例市标准化研究院", "institute"),
            ),
            persons=PEOPLE,
            from_on=date(2020, 1, 1),
        )
        apply_campaign(engine, work, SYSTEM, key="gardens-2020", kind="gardens", body=terms_body(**changes))
    return Field(engine, kind, clock)
