"""Deadlines on the page of a case: how each stands, what was done to it, and what may be done now."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from console.casedeadlines import DeadlineView
from console.casewords import STATES, VERDICTS
from console.web.acts import Act, Verdict
from engine.words import Sentence, tr

LEDGER: Final = {
    "extend": tr("extended"),
    "pause": tr("paused"),
    "resume": tr("resumed"),
    "waive": tr("waived"),
    "reply": tr("answered"),
    "recalculated": tr("worked out anew"),
}
STATUSES: Final = {"asked": tr("asked for"), "refused": tr("refused")}


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """A deadline with the words for its state, what was done to it, and what may be done now."""

    view: DeadlineView
    told: Sentence | str
    ledger: tuple[tuple[object, ...], ...]
    acts: tuple[Act, ...]


def deadline_rows(case_id: int, views: tuple[DeadlineView, ...], *, closed: bool) -> tuple[DeadlineRow, ...]:
    """What the page shows; nothing may be done about a case that is out of the campaign."""
    return tuple(
        DeadlineRow(one, told_of(one), tuple(_ledger(one)), () if closed else tuple(_acts(f"/cases/{case_id}", one)))
        for one in views
    )


def told_of(one: DeadlineView) -> Sentence | str:
    """How a closed deadline ended, or that it stands still."""
    deadline = one.deadline
    if deadline.state == "open":
        return tr("paused since {day}", day=deadline.paused_on) if deadline.paused_on else ""
    verdict = VERDICTS.get(deadline.verdict) or ""
    told = tr("{state} {day}", state=STATES[deadline.state], day=deadline.met_on or "")
    return tr("{first}, {second}", first=told, second=verdict) if verdict else told


def _ledger(one: DeadlineView) -> Iterator[tuple[object, ...]]:
    """Day, deed, new day, who, why."""
    for row in one.ledger:
        what = LEDGER.get(row.kind, row.kind)
        status = STATUSES.get(row.status)
        yield (
            row.recorded_on,
            tr("{what} ({product})", what=what, product=status) if status else what,
            row.to_on,
            (row.by),
            row.reason,
        )


def _acts(base: str, one: DeadlineView) -> Iterator[Act]:
    deadline = one.deadline
    if not one.is_dated:
        return
    here = f"{base}/deadlines/{deadline.id}"
    if one.asked and one.supervises:
        yield _deciding(base, one)
    if one.reports and one.late:
        yield _dated("reply", here, one, tr("Answer why it is late"), tr("Day by which it will be done"), main=True)
    if one.reports and not one.asked:
        yield _dated("ask", here, one, tr("Ask for an extension"), tr("Day asked for"))
    if one.supervises:
        yield _dated("extend", here, one, tr("Extend"), tr("New day"))
        yield _plain("resume" if deadline.paused_on else "pause", here, one)
        yield _plain("waive", here, one)


def _dated(deed: str, here: str, one: DeadlineView, label: Sentence, day: Sentence, *, main: bool = False) -> Act:
    return Act(
        name=f"{deed}-{one.deadline.id}",
        action=f"{here}/{deed}",
        label=label,
        consequence=CONSEQUENCES[deed],
        say="must",
        day="must",
        day_label=day,
        day_hint=tr("Due on {day} so far.", day=one.deadline.due_on),
        main=main,
    )


def _plain(deed: str, here: str, one: DeadlineView) -> Act:
    return Act(
        name=f"{deed}-{one.deadline.id}",
        action=f"{here}/{deed}",
        label=PLAIN[deed],
        consequence=CONSEQUENCES[deed],
        say="must",
    )


def _deciding(base: str, one: DeadlineView) -> Act:
    asked = one.asked
    if asked is None:
        raise AssertionError("only what was asked for is decided")
    return Act(
        name=f"extension-{asked.id}",
        action=f"{base}/extensions/{asked.id}",
        label=tr("Answer the request for {day}", day=asked.to_on),
        consequence=tr(
            "{who} asks for {day} because: {reason}. The answer goes to the district by letter.",
            who=asked.by,
            day=asked.to_on,
            reason=asked.reason,
        ),
        say="must",
        verdicts=(Verdict("yes", tr("Grant"), main=True), Verdict("no", tr("Do not grant"))),
        main=True,
    )


PLAIN: Final = {"pause": tr("Pause"), "resume": tr("Resume"), "waive": tr("Waive")}
CONSEQUENCES: Final = {
    "ask": tr("The bureau grants or refuses it; until then the day stays as it is."),
    "extend": tr("The day moves, and the district is told by letter; what was sent for the old day stays sent."),
    "pause": tr("The clock stands still, and no letter goes out until it is resumed."),
    "resume": tr("The clock runs on; the day moves by the workdays that were paused."),
    "waive": tr("The deadline is let go: it is neither met nor missed."),
    "reply": tr("The bureau sees your answer and the day; the deadline itself stays as it is."),
}
