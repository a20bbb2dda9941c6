"""The benchmarking campaign on a small scale: three districts with small quotas, people, and lists from values."""

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from engine.access import SYSTEM, Actor
from engine.cases import Answer, Done, advance
from engine.clock import FixedClock
from engine.core import Engine
from engine.judging import Command
from engine.ladder import default_ladder
from engine.model import Case
from engine.proposals import confirm, propose
from engine.setup import OrganisationSeed, PersonSeed, apply_campaign, register_flows, seed
from engine.store import cases, organisations, people
from engine.store.database import Database, Work
from workflows.benchmarking import recording
from workflows.benchmarking.enrolment import Enrolment, ListSource, enrol
from workflows.benchmarking.evidence import Upload
from workflows.benchmarking.kind import Benchmarking, benchmarking
from workflows.benchmarking.model import Declaration, Indicator, LabReport, PlatformRecord
from workflows.benchmarking.recording import PlanDraft, PublicNotice, TrainingHeld
from workflows.benchmarking.roster.annex2 import ANNEX_2
from workflows.benchmarking.roster.faults import Fault
from workflows.benchmarking.roster.report import Heading, Report, RosterRow
from workflows.benchmarking.roster.sheets import Place
from workflows.benchmarking.standards import Reference

CAMPAIGN = "ningbo-2020"
QUOTAS = {"haishu": 3, "cixi": 2, "yuyao": 2}
PDF = Upload("样例.pdf", b"%PDF-1.4\n% sample\n%%EOF\n")
PNG = Upload(
    "截图.png",
    bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
        "0000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
    ),
)
"""A grey dot."""

_DISTRICTS = (
    OrganisationSeed("haishu", "海曙", "海曙区市场监督管理局", "district"),
    OrganisationSeed("cixi", "慈溪", "慈溪市市场监督管理局", "district"),
    OrganisationSeed("yuyao", "余姚", "余姚市市场监督管理局", "district"),
    OrganisationSeed("laboratory", "样例检测院", "样例检验检测研究院", "laboratory"),
    OrganisationSeed("institute", "样例标准院", "样例标准化研究院", "institute"),
)
_PEOPLE = (
    *(
        PersonSeed(f"{code}{suffix}", f"{name}{role}", code, (key,), code)
        for code, name in (("haishu", "海曙"), ("cixi", "慈溪"), ("yuyao", "余姚"))
        for suffix, role, key in (
            ("", "联络员", "district_coordinator"),
            ("-deputy", "分管局长", "district_deputy_head"),
        )
    ),
    PersonSeed("city", "市局经办一", "ningbo", ("municipal_coordinator",), "ningbo"),
    PersonSeed("city-2", "市局经办二", "ningbo", ("municipal_coordinator",), "ningbo"),
    PersonSeed("leader", "市局领导", "ningbo", ("leader",), "ningbo"),
    PersonSeed("laboratory", "样例检测员", "laboratory", ("laboratory",), "ningbo"),
    PersonSeed("institute", "样例标准员", "institute", ("institute",), "ningbo"),
)
_numbers = itertools.count(1)


def terms_body(**changes: Any) -> dict[str, Any]:
    rungs = [
        {
            "name": rung.name,
            "level": rung.level,
            "at": rung.at,
            "every": rung.every,
            "until": rung.until,
            "after": rung.after and list(rung.after),
            "draft": rung.draft,
        }
        for rung in default_ladder().rungs
    ]
    names = {one.code: one.name for one in _DISTRICTS}
    body = {
        "key": CAMPAIGN,
        "title": "宁波市2020年百城千业万企对标达标提升专项行动",
        "short": "对标达标",
        "plan_title": "宁波市百城千业万企对标达标提升专项行动实施方案",
        "year": 2020,
        "opens": "2020-05-15",
        "closes": "2021-01-31",
        "milestones": {
            "list_in": "2020-06-05",
            "quota_met": "2020-06-05",
            "plan_drafted": "2020-06-30",
            "plan_uploaded": "2020-06-30",
            "verified": "2020-10-31",
            "published": "2020-10-31",
            "leader_candidate": None,
        },
        "roll": "none",
        "due_inclusive": True,
        "districts": [{"code": code, "name": names[code], "quota": quota} for code, quota in QUOTAS.items()],
        "quota_mode": "target",
        "newcomer_workdays": 20,
        "rework_workdays": 3,
        "reports": {"days": ["01-05", "07-05"], "first_period": "2020H1", "opens_workdays_before": 15},
        "ladders": {"default": {"send_at": "08:30", "rungs": rungs}},
    }
    return {**body, **changes}


def standards(*numbers: str) -> tuple[Reference, ...]:
    return tuple(Reference(number, "national", None, None, "样例标准", (), (), (), number) for number in numbers)


def row(
    number: int,
    enterprise: str,
    product: str = "样例产品",
    *,
    implemented: Sequence[str] = ("GB/T 2664-2017",),
    benchmark: Sequence[str] = ("ISO 12947-2:2016",),
    plan_no: str | None = None,
    fault: str = "",
) -> RosterRow:
    """A row of a list; with `fault` one that is refused."""
    values = {
        "enterprise_name": enterprise,
        "product_name": product,
        "implemented_standards": standards(*implemented),
        "benchmark_standards": standards(*benchmark),
        "existing_plan_no": plan_no,
        "plan_support_needed": False,
    }
    errors = (Fault("error", fault, "product_name", ""),) if fault else ()
    return RosterRow(Place("附件2"), number, values, errors, (), key=enterprise)


def report(*rows: RosterRow, district: str | None = None) -> Report:
    return Report(file="样例名单.xlsx", form=ANNEX_2, campaign_year=2020, heading=Heading(district=district), rows=rows)


@dataclass
class Ningbo:
    """A database with the campaign on it, and short ways to do what people do."""

    engine: Engine
    kind: Benchmarking
    clock: FixedClock
    sent: list[str] = field(default_factory=list)

    @contextmanager
    def work(self, login: str = "city") -> Iterator[Work]:
        with self.engine.work(self.actor(login)) as work:
            yield work

    def actor(self, login: str) -> Actor:
        with self.engine.look() as work:
            return people.actor(work, login, self.engine.today(work))

    def today(self) -> date:
        with self.engine.look() as work:
            return self.engine.today(work)

    def at(self, day: str) -> None:
        """Nine in the morning of that day in Shanghai."""
        self.clock.set(datetime.fromisoformat(f"{day}T01:00:00").replace(tzinfo=UTC))

    def district_id(self, code: str) -> int:
        with self.engine.look() as work:
            return organisations.by_code(work, code).id

    def send(
        self, *rows: RosterRow, district: str = "haishu", login: str | None = None, content: str = "", **source: Any
    ) -> Enrolment:
        """A list of a district arrives; a new file each time unless its `content` is said."""
        digest = sha256((content or f"list {next(_numbers)}").encode()).hexdigest()
        with self.work(login or district) as work:
            terms: dict[str, Any] = {
                "campaign": CAMPAIGN,
                "district": district,
                "sha256": digest,
                "filename": "样例名单.xlsx",
                "received_on": self.today(),
            }
            listed = ListSource(**terms | source)
            return enrol(self.engine, work, self.actor(login or district), report(*rows), listed)

    def one(self, name: str = "样例甲有限公司", *products: str, district: str = "haishu", **values: Any) -> Case:
        """An enterprise with its products, nominated."""
        rows = [row(5 + place, name, product, **values) for place, product in enumerate(products or ("样例产品",))]
        return self.send(*rows, district=district, supplementary=True).opened[0]

    def case(self, case_id: int) -> Case:
        with self.engine.look() as work:
            return cases.get(work, case_id)

    def record(self, what: str, case: Case | list[int], *values: Any, login: str = "haishu", **more: Any) -> Any:
        """Call a use case of `recording` as somebody; a few of them take several cases."""
        case_id = case.id if isinstance(case, Case) else case
        with self.work(login) as work:
            use_case = getattr(recording, what)
            return use_case(self.engine, work, self.actor(login), case_id, *values, **more)

    def step(self, step: str, case: Case, *, login: str = "haishu", **more: Any) -> Answer:
        with self.work(login) as work:
            command = Command(case_id=case.id, step=step, **more)
            return advance(self.engine, work, self.actor(login), command)

    def proposed(self, step: str, case: Case, *, login: str = "haishu", **more: Any) -> Answer:
        """Proposed by the district and confirmed by the bureau."""
        with self.work(login) as work:
            answer = propose(self.engine, work, self.actor(login), Command(case_id=case.id, step=step, **more))
        if not isinstance(answer, Done):
            return answer
        with self.work("city") as work:
            return confirm(self.engine, work, self.actor("city"), Command(case_id=case.id, step=step))

    def with_plan(self, case: Case, **more: Any) -> None:
        draft = PlanDraft("样例方案", self.today(), "样例标准化研究院")
        self.record("record_plan", case, draft, file=PDF, **more)
        indicator = Indicator("耐磨次数", "次", "higher", "10000", "20000", core=True)
        self.record("record_indicators", case, [indicator], **more)

    def uploaded(self, case: Case) -> Case:
        """With a plan on the platform and a training held."""
        self.with_plan(case)
        assert isinstance(self.step("draft_plan", case), Done)
        self.record("record_platform_plan", case, PlatformRecord(self.today(), "FA-2020-0001"))
        self.record("record_training", [case.id], TrainingHeld("样例宣贯", self.today()), notice=PDF)
        assert isinstance(self.step("upload_plan", case), Done)
        return self.case(case.id)

    def published(self, case: Case) -> Case:
        """All the way to the public list."""
        case = self.uploaded(case)
        self.record("record_test_report", case, lab_report(self.today()), file=PDF)
        assert isinstance(self.proposed("verify", case), Done)
        notice = PublicNotice("样例公布名单", "https://www.example.org/list", self.today())
        self.record("record_publication", [case.id], notice)
        self.record("record_result", case, PlatformRecord(self.today(), "JG-2020-0001"))
        assert isinstance(self.proposed("publish", case), Done)
        return self.case(case.id)


def lab_report(day: date, **changes: Any) -> LabReport:
    values: dict[str, Any] = {
        "laboratory": "样例检验检测研究院",
        "cma_no": "201120000001",
        "report_no": "YL-2020-001",
        "issued_on": day,
        "sampling": "sampled",
        "conclusion": "partly_better",
    }
    return LabReport(**values | changes)


def declaration(day: date, **changes: Any) -> Declaration:
    values: dict[str, Any] = {
        "standard_no": "Q/YLJ 001-2020",
        "title": "样例产品",
        "disclosed_on": day,
        "url": "https://www.example.org/standard",
        "key_area": True,
    }
    return Declaration(**values | changes)


def prepare(database: Database, clock: FixedClock, **changes: Any) -> Ningbo:
    kind = benchmarking()
    engine = Engine(database, clock, {kind.name: kind})
    with engine.work() as work:
        register_flows(work, tuple(kind.flows.values()))
        seed(
            engine,
            work,
            bureau=OrganisationSeed("ningbo", "市局", "宁波市市场监督管理局", "municipal"),
            below=_DISTRICTS,
            persons=_PEOPLE,
            from_on=date(2020, 1, 1),
        )
        apply_campaign(engine, work, SYSTEM, key=CAMPAIGN, kind=kind.name, body=terms_body(**changes))
    return Ningbo(engine, kind, clock)
