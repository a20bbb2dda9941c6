"""Visibly invented facts for every letter: for previews, and for the tests that render each letter with them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from engine.figures import LATE, MADE_GOOD, NORMAL, Light, Matter, Overdue, Overview, Row, Span, Upcoming
from engine.flow import Label
from notifications import facts

ZONE: Final = ZoneInfo("Asia/Shanghai")
STATES: Final[Mapping[str, Label]] = MappingProxyType(
    {
        "nominated": {"zh": "已报名单", "en": "Nominated"},
        "plan_drafted": {"zh": "方案已制定", "en": "Plan drafted"},
        "plan_uploaded": {"zh": "方案已上传", "en": "Plan uploaded"},
        "verified": {"zh": "已检测验证", "en": "Verified"},
        "published": {"zh": "已公布", "en": "Published"},
        "leader_candidate": {"zh": "领跑者候选", "en": "Leader candidate"},
    }
)
_HEAD: Final = facts.Letterhead(
    system="对标达标工作系统（样例）",
    bureau="样例市市场监督管理局",
    section="标准化处",
    contact="标准化处联系室（样例）",
    phone="0574-00000000",
    link="https://lingpao.example/",
)
_UPLOAD: Final[Label] = {"zh": "上传技术方案", "en": "Plans uploaded"}
_VERIFY: Final[Label] = {"zh": "检测验证", "en": "Verification"}
_DRAFT: Final[Label] = {"zh": "制定技术方案", "en": "Plans drafted"}


def sample(letter: str) -> object:
    """The facts of a letter as its own dataclass."""
    return SAMPLES[letter]()


def _frame(on: date, *copies: str) -> facts.Frame:
    return facts.Frame(
        head=_HEAD,
        short="对标达标",
        campaign="样例市2020年对标达标提升专项行动",
        plan_title="样例市对标达标提升专项行动实施方案",
        addressee="甲区市场监督管理局（样例）",
        on=on,
        cutoff=datetime(on.year, on.month, on.day, 8, 30, tzinfo=ZONE),
        reference="sample-0123456789ab",
        copies=copies,
    )


def _section(days: int, *, first: int = 1, last: int = 3, milestone: Label = _UPLOAD) -> facts.OpenCases:
    names = [f"样例企业第{number}有限公司（虚构）" for number in range(first, last + 1)]
    rows = tuple(
        facts.CaseRow(name, STATES["plan_drafted"], date(2020, 7, 10) if place == 1 else None)
        for place, name in enumerate(names)
    )
    return facts.OpenCases("甲区", milestone, date(2020, 6, 30), days, 10, 10 - len(rows), rows, 0, enterprises=True)


def _reminder() -> facts.Reminder:
    sections = (_section(5, milestone=_DRAFT), _section(5, last=4))
    return facts.Reminder(
        _frame(date(2020, 6, 22)), "甲区", sections, 4, enterprises=True, due_on=date(2020, 6, 30), days=5
    )


def _chase() -> facts.Chase:
    return facts.Chase(
        frame=_frame(date(2020, 7, 6), "甲区科室负责人（样例）"),
        district="甲区",
        sections=(_section(4),),
        open=3,
        enterprises=True,
        due_on=date(2020, 6, 30),
        days=4,
        answer_by=date(2020, 7, 9),
        time=2,
        earlier=(facts.Earlier(date(2020, 7, 1), facts.LEVEL_WORDS["chase"], _SENT),),
    )


def _supervision() -> facts.Supervision:
    return facts.Supervision(
        frame=_frame(date(2020, 7, 7), "市局经办一（样例）", "甲区联络员（样例）"),
        district="甲区",
        sections=(_section(5),),
        open=3,
        enterprises=True,
        due_on=date(2020, 6, 30),
        days=5,
        answer_by=date(2020, 7, 10),
        earlier=(
            facts.Earlier(date(2020, 7, 1), facts.LEVEL_WORDS["chase"], _SENT),
            facts.Earlier(date(2020, 7, 6), facts.LEVEL_WORDS["chase"], _SENT),
        ),
        papers=("督办单（甲区）.docx",),
    )


def _circular() -> facts.Circular:
    return facts.Circular(_frame(date(2020, 7, 14)), (_section(10),), 3, 1, ("通报（样例）.docx",))


def _extension(to_on: date) -> tuple[facts.Extension, ...]:
    subject, reason = "样例企业第1有限公司（虚构）", "检测设备检修（样例理由）"
    return (facts.Extension(subject, _UPLOAD, date(2020, 6, 30), to_on, reason),)


def _happening(what: Label, reason: str, due_on: date | None = None) -> tuple[facts.Happening, ...]:
    return (facts.Happening("样例企业第1有限公司（虚构）", what, reason, due_on),)


def _sent_back() -> facts.SentBack:
    lines = _happening({"zh": "退回方案", "en": "Return the draft"}, "指标未覆盖耐磨性（样例意见）", date(2020, 6, 24))
    return facts.SentBack(_frame(date(2020, 6, 19)), "甲区", lines)


def _proposal_returned() -> facts.ProposalReturned:
    lines = _happening({"zh": "检测验证", "en": "Verify"}, "检测报告缺页（样例意见）")
    return facts.ProposalReturned(_frame(date(2020, 9, 18)), "甲区", lines)


def _list_accepted() -> facts.ListAccepted:
    lines = (facts.Happening("甲区企业名单", {"zh": "受理名单", "en": "Accept the list"}, ""),)
    return facts.ListAccepted(_frame(date(2020, 6, 4)), "甲区", lines)


def _list_refused() -> facts.ListRefused:
    what = {"zh": "退回名单", "en": "Refuse the list"}
    lines = (facts.Happening("甲区企业名单", what, "两家企业重复（样例意见）", date(2020, 6, 9)),)
    return facts.ListRefused(_frame(date(2020, 6, 4)), "甲区", lines, ("甲区_附件2_核对结果.xlsx",))


def _report_due() -> facts.ReportDue:
    what = {"zh": "报送进展情况报表", "en": "Progress report"}
    lines = (facts.Happening("甲区2020年上半年进展情况报表", what, "", date(2020, 7, 5)),)
    return facts.ReportDue(_frame(date(2020, 6, 12)), "甲区", lines)


def _correction() -> facts.Correction:
    lines = _happening({"zh": "退回方案", "en": "Return the draft"}, "误操作（样例）", date(2020, 6, 30))
    return facts.Correction(_frame(date(2020, 6, 19)), "甲区", lines)


def _digest() -> facts.Digest:
    return facts.Digest(
        frame=_frame(date(2020, 7, 6)),
        issue=8,
        year=2020,
        overview=_overview(),
        quiet=False,
        root="0123456789abcdef" * 4,
        attached="第27周进度表（样例）.xlsx",
        levels=facts.LEVEL_WORDS,
        deeds=facts.DEED_WORDS,
    )


def _test() -> facts.Test:
    return facts.Test(_frame(date(2020, 5, 15)), "smtp.lingpao.example:465", "系统管理员（样例）")


def _rows() -> tuple[Row, ...]:
    districts = (("甲区", 10, "70.0", 3), ("乙区", 8, "100.0", 1), ("丙市", 15, "100.0", 1), ("丁县", 3, "33.3", 4))
    reached = ((10, 10, 7, 0, 0, 0), (8, 8, 8, 0, 0, 0), (16, 15, 15, 1, 0, 0), (3, 2, 1, 0, 0, 0))
    lights = (LATE, NORMAL, NORMAL, MADE_GOOD)
    rows = [
        _row(name, quota, counts, rate=Decimal(rate), rank=rank, overdue=3 if light is LATE else 0, light=light)
        for (name, quota, rate, rank), counts, light in zip(districts, reached, lights, strict=True)
    ]
    without_quota = _row("戊开发区", 0, (0, 0, 0, 0, 0, 0), rate=None, rank=None, overdue=0, light=NORMAL)
    return (*rows, without_quota)


def _row(
    name: str,
    quota: int,
    counts: tuple[int, ...],
    *,
    rate: Decimal | None,
    rank: int | None,
    overdue: int,
    light: Light,
) -> Row:
    return Row(
        district_id=0,
        name=name,
        quota=quota,
        reached=dict(zip(STATES, counts, strict=True)),
        done=counts[2],
        rate=rate,
        rate_of_nominated=rate,
        change=None if rate is None else Decimal("12.5"),
        rank=rank,
        overdue=overdue,
        light=light,
    )


def _matters() -> tuple[Matter, Matter]:
    subjects = ("样例企业第1有限公司（虚构）",)
    answer = Matter(1, "甲区", "reply", "plan_uploaded", _UPLOAD, subjects, "平台账号未开通（样例）", date(2020, 7, 10))
    extended = Matter(2, "乙区", "extend", "verified", _VERIFY, subjects, "设备检修（样例）", date(2020, 11, 10))
    return answer, extended


def _overview() -> Overview:
    answer, extended = _matters()
    return Overview(
        campaign="sample",
        flow="enterprise",
        span=Span(date(2020, 6, 29), date(2020, 7, 5), datetime(2020, 7, 5, 16, tzinfo=UTC)),
        states=tuple(STATES),
        labels=STATES,
        goal="plan_uploaded",
        rows=_rows(),
        total=_row("", 36, (37, 35, 31, 1, 0, 0), rate=Decimal("86.1"), rank=None, overdue=3, light=LATE),
        overdue=(Overdue(1, "甲区", "enterprise", "plan_uploaded", _UPLOAD, date(2020, 6, 30), 3, 3, "chase"),),
        upcoming=(Upcoming("enterprise", "verified", _VERIFY, date(2020, 10, 31), 36, 4),),
        matters=(answer,),
        changes=(extended,),
        entries=12,
        provisional=False,
        along=("plan_drafted",),
    )


def _account(kind: type[facts.AccountLetter], path: str) -> facts.AccountLetter:
    on = date(2020, 5, 15)
    return kind(
        frame=replace(_frame(on), addressee="甲区联络员（样例）"),
        login="sample",
        address=f"https://lingpao.example/{path}/{'0123456789abcdef' * 2}",
        until=datetime(2020, 5, 18, 9, 0, tzinfo=ZONE),
        asked_by="系统管理员（样例）",
    )


_SENT: Final[Label] = {"zh": "已发出", "en": "sent"}

SAMPLES: Final[Mapping[str, Callable[[], object]]] = MappingProxyType(
    {
        "reminder": _reminder,
        "chase": _chase,
        "supervision": _supervision,
        "circular": _circular,
        "extension_granted": lambda: facts.ExtensionGranted(
            _frame(date(2020, 6, 29)), "甲区", _extension(date(2020, 7, 10))
        ),
        "extension_refused": lambda: facts.ExtensionRefused(
            _frame(date(2020, 6, 29)), "甲区", _extension(date(2020, 7, 31))
        ),
        "sent_back": _sent_back,
        "proposal_returned": _proposal_returned,
        "list_accepted": _list_accepted,
        "list_refused": _list_refused,
        "report_due": _report_due,
        "correction": _correction,
        "digest": _digest,
        "test": _test,
        "invitation": lambda: _account(facts.Invitation, "invitation"),
        "password_reset": lambda: _account(facts.PasswordReset, "reset"),
        "sign_in_link": lambda: _account(facts.SignInLink, "link"),
    }
)
