"""The campaign's nouns as frozen rows: enterprises, products, plans and the evidence about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

Direction = Literal["higher", "lower", "range", "qualitative"]
PlanSource = Literal["existing", "new"]
Sampling = Literal["sampled", "submitted"]
Conclusion = Literal["all_better", "partly_better", "all_equal", "partly_lower", "not_met"]
Level = Literal["national", "provincial", "local"]
BatchState = Literal["draft", "proposed", "confirmed", "published", "withdrawn"]
VersionState = Literal["draft", "saved", "submitted"]
RunnerStepName = Literal["area_matched", "standard_disclosed", "submitted", "shortlisted", "listed", "not_listed"]

CONCLUSIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "all_better": {"zh": "全部指标优于比对标准", "en": "all indicators better"},
    "partly_better": {"zh": "部分指标优于比对标准", "en": "some indicators better"},
    "all_equal": {"zh": "全部指标与比对标准一致", "en": "all indicators equal"},
    "partly_lower": {"zh": "部分指标低于比对标准", "en": "some indicators lower"},
    "not_met": {"zh": "未达到比对标准", "en": "benchmark not met"},
}
"""How a result compares with its benchmark; none of them holds an enterprise up."""

RUNNER_STEPS: Final[Mapping[str, Mapping[str, str]]] = {
    "area_matched": {"zh": "属实施领域", "en": "in a key area"},
    "standard_disclosed": {"zh": "标准已公开", "en": "standard disclosed"},
    "submitted": {"zh": "已申报", "en": "submitted"},
    "shortlisted": {"zh": "已入围", "en": "shortlisted"},
    "listed": {"zh": "已入榜", "en": "listed"},
    "not_listed": {"zh": "未入榜", "en": "not listed"},
}

LEVELS: Final[Mapping[str, Mapping[str, str]]] = {
    "national": {"zh": "国家级", "en": "national"},
    "provincial": {"zh": "省级", "en": "provincial"},
    "local": {"zh": "地方级", "en": "local"},
}

BATCH_STATES: Final[Mapping[str, Mapping[str, str]]] = {
    "draft": {"zh": "拟稿", "en": "draft"},
    "proposed": {"zh": "待确认", "en": "proposed"},
    "confirmed": {"zh": "已确认", "en": "confirmed"},
    "published": {"zh": "已公布", "en": "published"},
    "withdrawn": {"zh": "已撤回", "en": "withdrawn"},
}

VERSION_STATES: Final[Mapping[str, Mapping[str, str]]] = {
    "draft": {"zh": "草稿", "en": "draft"},
    "saved": {"zh": "已存", "en": "saved"},
    "submitted": {"zh": "已报送", "en": "submitted"},
}

FILES: Final[Mapping[str, Mapping[str, str]]] = {
    "plan": {"zh": "技术方案文件", "en": "plan"},
    "platform_plan": {"zh": "平台方案截图", "en": "screenshot of the plan"},
    "training_notice": {"zh": "培训通知", "en": "training notice"},
    "training_attendance": {"zh": "培训签到表", "en": "training attendance"},
    "test_report": {"zh": "检测报告", "en": "test report"},
    "publication": {"zh": "公布名单", "en": "public list"},
    "result": {"zh": "平台结果截图", "en": "screenshot of the result"},
    "report_form": {"zh": "进展情况报表", "en": "report form"},
    "list": {"zh": "企业名单", "en": "list of enterprises"},
}
"""What the files of a case are called."""

DIRECTIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "higher": {"zh": "越高越好", "en": "the higher the better"},
    "lower": {"zh": "越低越好", "en": "the lower the better"},
    "range": {"zh": "区间", "en": "a range"},
    "qualitative": {"zh": "定性", "en": "qualitative"},
}


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard as a list names it: the canonical number, the title where given, and numbers identical with it."""

    number: str
    title: str = ""
    also: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        plain: dict[str, Any] = {"number": self.number, "title": self.title}
        return plain | ({"also": list(self.also)} if self.also else {})


@dataclass(frozen=True, slots=True)
class Enterprise:
    id: int
    name: str
    name_key: str
    credit_code: str | None
    industry_code: str | None
    cluster: str | None
    above_designated_size: bool | None
    honours: tuple[str, ...]
    contact: Mapping[str, str]
    version: int
    merged_into: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class FormerName:
    """What an enterprise was called until a day."""

    enterprise_id: int
    name_key: str
    name: str
    until_on: date


@dataclass(frozen=True, slots=True)
class Product:
    id: int
    case_id: int
    enterprise_id: int
    name: str
    name_key: str
    implemented_standards: tuple[Standard, ...]
    benchmark_standards: tuple[Standard, ...]
    plan_source: PlanSource
    existing_plan_no: str | None
    support_needed: bool
    active: bool
    dropped_reason: str | None
    seq: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    id: int
    campaign: str
    district_id: int
    title: str
    drafted_by: str
    drafted_on: date
    file_sha: str | None
    file_name: str | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Indicator:
    """A key indicator of a plan, with its values in the national standard and in the benchmark as written."""

    name: str
    unit: str
    direction: Direction
    national_value: str
    benchmark_value: str
    core: bool = False


@dataclass(frozen=True, slots=True)
class PlatformRecord:
    """That something stands on the national platform: by number, address or screenshot."""

    uploaded_on: date
    number: str | None = None
    url: str | None = None
    screenshot_sha: str | None = None


@dataclass(frozen=True, slots=True)
class Training:
    id: int
    topic: str
    held_on: date
    notice_sha: str | None
    attendance_sha: str | None


@dataclass(frozen=True, slots=True)
class LabReport:
    """A laboratory's test report; `cma_no` is the number of its certificate, empty where it has none."""

    laboratory: str
    cma_no: str
    report_no: str
    issued_on: date
    sampling: Sampling
    conclusion: Conclusion
    file_sha: str | None = None
    file_name: str | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """A public list as it counts for a product."""

    id: int
    title: str
    url: str
    published_on: date
    file_sha: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """A public list on its way: drafted, proposed, confirmed by a second person, published; or withdrawn.

    A list that was only heard of after it came out has no number and was published from the start.
    """

    id: int
    campaign: str
    organisation_id: int
    number: int | None
    prefix: str
    document_no: str | None
    title: str
    url: str
    starts_on: date | None
    ends_on: date | None
    published_on: date | None
    file_sha: str | None
    state: BatchState
    made_by: int
    proposed_by: int | None
    proposed_at: datetime | None
    confirmed_by: int | None
    confirmed_at: datetime | None
    reason: str | None
    version: int
    recorded_at: datetime

    def label(self, year: int) -> str:
        """As it is quoted, such as 甬对标〔2020〕第3批."""
        return f"{self.prefix}〔{year}〕第{self.number}批" if self.number else self.title


@dataclass(frozen=True, slots=True)
class Member:
    """A product on a public list, with the enterprise that makes it; `left_reason` is why it was taken off."""

    publication_id: int
    product_id: int
    case_id: int
    added_by: int
    added_at: datetime
    left_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    standard_no: str
    title: str
    disclosed_on: date
    url: str
    key_area: bool


@dataclass(frozen=True, slots=True)
class RunnerStep:
    step: RunnerStepName
    level: Level
    year: int
    reached_on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReportForm:
    """The paper that counts for a half-yearly report; `version` is that of the form it was printed from."""

    file_sha: str
    file_name: str
    received_on: date
    version: int | None = None


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """The form of one industry: what was typed, what the records said then, and where the two differ."""

    industry: str
    typed: Mapping[str, Any]
    computed: Mapping[str, Any]
    differences: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReportVersion:
    """The form of a half-yearly report as it stood; `revision` rises with each time its draft was written over."""

    id: int
    case_id: int
    number: int
    state: VersionState
    revision: int
    reported_on: date | None
    note: str | None
    person_id: int
    saved_at: datetime
    sheets: tuple[ReportSheet, ...] = ()


@dataclass(frozen=True, slots=True)
class Import:
    """A file that was brought in; `did` tells what became of it."""

    id: int
    campaign: str
    district_id: int
    form: str
    file_sha: str
    file_name: str
    supplementary: bool
    status: Literal["taken", "refused"]
    received_on: date
    person_id: int
    recorded_at: datetime
    did: Mapping[str, Any]
