"""The timeline of a rehearsal: which mails went out on which day to whom, what the ladder said, how it ended."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from engine.clock import local_day
from engine.core import Engine
from engine.flow import Flow
from engine.store import cases, deadlines, definitions, organisations, timeline
from engine.store.database import Work
from engine.store.timeline import Dispatch

LETTERS = {
    "reminder": "提醒",
    "chase": "催办",
    "supervision": "督办",
    "circular": "通报（拟稿）",
    "digest": "周报",
    "report_due": "报表开始报送",
    "sent_back": "退回",
    "proposal_returned": "不予确认",
    "extension_granted": "同意延期",
    "extension_refused": "不同意延期",
    "list_accepted": "名单已受理",
    "list_refused": "名单退回",
    "correction": "更正",
}
WEEKDAYS = "一二三四五六日"
ALERTS = ("reminder", "chase", "supervision", "circular")


@dataclass(frozen=True, slots=True)
class Line:
    """One mail on its day."""

    mail_id: int
    day: date
    letter: str
    state: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    sections: tuple[tuple[int, str, str, int], ...]
    """Place of the district in the official order, its name, label of the milestone, number of cases."""

    def __str__(self) -> str:
        about = "；".join(
            f"{district} {label}{f' {n}家' if n > 1 else ''}".strip() for _, district, label, n in self.sections
        )
        whom = "、".join(self.to) + (f"，抄送{'、'.join(self.cc)}" if self.cc else "")
        day = f"{self.day.isoformat()} 周{WEEKDAYS[self.day.weekday()]}"
        return f"{day}  {LETTERS.get(self.letter, self.letter)}  {about or '—'} → {whom}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a district stands at the end: quota, enterprises by state reached, and what was late."""

    district: str
    quota: int
    reached: tuple[int, ...]
    late: int
    reports_late: int


def lines(engine: Engine) -> list[Line]:
    """Every mail of the database, in the order of days."""
    with engine.look() as work:
        labels = _labels(work)
        return [_line(engine, one, labels) for one in timeline.dispatches(work)]


def ladder_lines(found: Iterable[Line]) -> Iterator[str]:
    """The ladder as it was climbed: for each morning and level, which districts were spoken to about what."""
    grouped: dict[tuple[date, str], list[Line]] = {}
    for line in found:
        if line.letter in ALERTS:
            grouped.setdefault((line.day, line.letter), []).append(line)
    for (day, letter), mails in sorted(grouped.items(), key=lambda one: (one[0][0], ALERTS.index(one[0][1]))):
        by_milestone: dict[str, list[tuple[int, str]]] = {}
        for place, district, label, n in (section for mail in mails for section in mail.sections):
            by_milestone.setdefault(label, []).append((place, f"{district}{n if n > 1 else ''}"))
        about = "；".join(
            f"{label}：{'、'.join(name for _, name in sorted(names))}" for label, names in by_milestone.items()
        )
        yield f"{day.isoformat()} 周{WEEKDAYS[day.weekday()]}  {LETTERS[letter]}  {len(mails)}封  {about}"


def outcomes(engine: Engine, campaign: str) -> tuple[Flow, list[Outcome]]:
    """The table by district, in official order."""
    with engine.look() as work:
        flow = definitions.latest(work, "enterprise")[1]
        terms = engine.terms(work, campaign)
        counts = cases.counts(work, campaign, "enterprise")
        late = deadlines.late_by_district(work, campaign)
        rows = [
            Outcome(
                district=one.name,
                quota=terms.quotas[one.code],
                reached=tuple(_reached(flow, counts, one.id, state) for state in flow.line),
                late=sum(n for (district, kind), n in late.items() if district == one.id and kind == "enterprise"),
                reports_late=late.get((one.id, "progress_report"), 0),
            )
            for one in organisations.districts(work, engine.today(work))
            if one.code in terms.quotas
        ]
        return flow, rows


def difference(before: Sequence[Line], after: Sequence[Line]) -> Iterator[str]:
    """What two rehearsals said differently: - only in the first, + only in the second."""
    first, second = [str(one) for one in before], [str(one) for one in after]
    gone, come = _surplus(first, second), _surplus(second, first)
    yield from sorted((*(f"- {one}" for one in gone), *(f"+ {one}" for one in come)), key=lambda one: (one[2:], one[0]))


def _surplus(these: Sequence[str], those: Sequence[str]) -> list[str]:
    left = list(those)
    surplus = []
    for one in these:
        if one in left:
            left.remove(one)
        else:
            surplus.append(one)
    return surplus


def _reached(flow: Flow, counts: dict[tuple[int, str], int], district: int, state: str) -> int:
    rank = flow.rank[state]
    return sum(n for (where, at), n in counts.items() if where == district and flow.rank[at] >= rank)


def _line(engine: Engine, one: Dispatch, labels: dict[str, str]) -> Line:
    sections = tuple(
        (place, name, labels.get(milestone or "", milestone or ""), n) for place, name, milestone, n in one.sections
    )
    day = local_day(one.sent_at or one.created_at, engine.zone)
    return Line(one.mail_id, day, one.letter, one.state, one.to, one.cc, sections)


def _labels(work: Work) -> dict[str, str]:
    found = {
        milestone.name: str(milestone.label["zh"])
        for name in definitions.names(work)
        for milestone in definitions.latest(work, name)[1].milestones
    }
    return found | {
        f"rework:{state}": "退回修改" for state in ("plan_drafted", "plan_uploaded", "verified", "published")
    }
