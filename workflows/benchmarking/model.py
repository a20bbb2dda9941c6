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
    id: int
    title: str
    url: str
    published_on: date
    file_sha: str | None = None


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
    file_sha: str
    file_name: str
    received_on: date


@dataclass(frozen=True, slots=True)
class Import:
    """A file that was brought in; `did` tells what became of it."""

    id: int
    campaign: str
    district_id: int
    file_sha: str
    file_name: str
    supplementary: bool
    status: Literal["taken", "refused"]
    received_on: date
    person_id: int
    recorded_at: datetime
    did: Mapping[str, Any]
