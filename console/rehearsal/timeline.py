"""The timeline of a rehearsal: which mails went out on which day to whom, what the ladder said, how it ended."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from engine.clock import local_day
from engine.core import Engine
from engine.flow import Flow, Label
from engine.store import cases, deadlines, definitions, organisations, timeline
from engine.store.database import Work
from engine.store.timeline import Dispatch
from engine.words import DEFAULT_LOCALE
from notifications.facts import LEVEL_WORDS

LETTERS: Final[Mapping[str, Label]] = {
    **LEVEL_WORDS,
    "circular": {"zh": "通报（拟稿）", "en": "circular (draft)"},
    "digest": {"zh": "周报", "en": "digest"},
    "report_due": {"zh": "报表开始报送", "en": "report due"},
    "sent_back": {"zh": "退回修改", "en": "sent back"},
    "proposal_returned": {"zh": "退回提请", "en": "proposal returned"},
    "extension_granted": {"zh": "同意延期", "en": "extension granted"},
    "extension_refused": {"zh": "不同意延期", "en": "extension refused"},
    "list_accepted": {"zh": "名单已受理", "en": "list accepted"},
    "list_refused": {"zh": "名单退回", "en": "list refused"},
    "correction": {"zh": "更正", "en": "correction"},
}
REWORK: Final[Label] = {"zh": "退回修改", "en": "rework"}
WEEKDAYS: Final[Mapping[str, Sequence[str]]] = {
    "zh": tuple(f"周{day}" for day in "一二三四五六日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
JOINTS: Final[Mapping[str, tuple[str, str, str, str]]] = {
    "zh": ("、", "；", "，抄送", "家"),
    "en": (", ", "; ", ", copy to ", ""),
}
"""What stands between names, between matters, before copies, and behind a number of enterprises."""
COLONS: Final[Mapping[str, str]] = {"zh": "：", "en": ": "}
MAILS: Final[Mapping[str, str]] = {"zh": "封", "en": " mails"}
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
    sections: tuple[tuple[int, str, Label, int], ...]
    """Place of the district in the official order, its name, label of the milestone, number of cases."""

    def __str__(self) -> str:
        return self.told()

    def told(self, locale: str = DEFAULT_LOCALE) -> str:
        """The mail in a line."""
        spoken = _spoken(locale)
        names, matters, copies, unit = JOINTS[spoken]
        about = matters.join(
            f"{district} {label[spoken]}{f' {n}{unit}' if n > 1 else ''}".strip()
            for _, district, label, n in self.sections
        )
        whom = names.join(self.to) + (f"{copies}{names.join(self.cc)}" if self.cc else "")
        letter = LETTERS.get(self.letter, {}).get(spoken, self.letter)
        return f"{_day(self.day, spoken)}  {letter}  {about or '—'} → {whom}"


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


def ladder_lines(found: Iterable[Line], locale: str = DEFAULT_LOCALE) -> Iterator[str]:
    """The ladder as it was climbed: for each morning and level, which districts were spoken to about what."""
    spoken = _spoken(locale)
    names, matters, _, _ = JOINTS[spoken]
    grouped: dict[tuple[date, str], list[Line]] = {}
    for line in found:
        if line.letter in ALERTS:
            grouped.setdefault((line.day, line.letter), []).append(line)
    for (day, letter), mails in sorted(grouped.items(), key=lambda one: (one[0][0], ALERTS.index(one[0][1]))):
        by_milestone: dict[str, list[tuple[int, str]]] = {}
        for place, district, label, n in (section for mail in mails for section in mail.sections):
            by_milestone.setdefault(label[spoken], []).append((place, f"{district}{_number(n, spoken)}"))
        about = matters.join(
            f"{label}{COLONS[spoken]}{names.join(name for _, name in sorted(said))}"
            for label, said in by_milestone.items()
        )
        sent = f"{len(mails)}{MAILS[spoken]}"
        yield f"{_day(day, spoken)}  {LETTERS[letter][spoken]}  {sent}  {about}"


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


def difference(before: Sequence[Line], after: Sequence[Line], locale: str = DEFAULT_LOCALE) -> Iterator[str]:
    """What two rehearsals said differently: - only in the first, + only in the second."""
    first, second = [one.told(locale) for one in before], [one.told(locale) for one in after]
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


def _line(engine: Engine, one: Dispatch, labels: Mapping[str, Label]) -> Line:
    sections = tuple(
        (place, name, labels.get(milestone or "", {"zh": milestone or "", "en": milestone or ""}), n)
        for place, name, milestone, n in one.sections
    )
    day = local_day(one.sent_at or one.created_at, engine.zone)
    return Line(one.mail_id, day, one.letter, one.state, one.to, one.cc, sections)


def _labels(work: Work) -> dict[str, Label]:
    found = {
        milestone.name: milestone.label
        for name in definitions.names(work)
        for milestone in definitions.latest(work, name)[1].milestones
    }
    return found | {f"rework:{state}": REWORK for state in ("plan_drafted", "plan_uploaded", "verified", "published")}


def _spoken(locale: str) -> str:
    return "zh" if locale.startswith("zh") else "en"


def _day(day: date, spoken: str) -> str:
    return f"{day.isoformat()} {WEEKDAYS[spoken][day.weekday()]}"


def _number(n: int, spoken: str) -> str:
    """How many, behind a name; one goes without saying."""
    if n == 1:
        return ""
    return str(n) if spoken == "zh" else f" {n}"
