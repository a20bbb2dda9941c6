"""What a case's journal says of the case: its columns, its deadlines and their ledger, from nothing but the entries."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from engine.duedays import verdict
from engine.effects import REWORK
from engine.history import holding
from engine.model import Recorded

NOBODY: Final = 0
"""The person of what the engine works out by itself."""
_NO_PROPOSAL: Final = {"proposed_step": None, "proposed_by": None, "proposed_at": None, "proposed_on": None}
_BY_HAND: Final = frozenset({"extend", "shorten", "take_back", "pause", "resume", "waive", "reply"})


@dataclass(slots=True)
class Story:
    """A case as its journal tells it. `numbers` are those of the deadlines it opened with, by milestone."""

    numbers: Mapping[str, int]
    columns: dict[str, Any] = field(default_factory=dict)
    deadlines: dict[int, dict[str, Any]] = field(default_factory=dict)
    ledger: list[tuple[Any, ...]] = field(default_factory=list)
    """Deadline, kind, from, to, person, reason, status and who decided."""

    def change(self, entry: Recorded, **columns: Any) -> None:
        """Other columns; with another state, the moment and the day from which it counts."""
        if "state" in columns and columns["state"] != self.columns.get("state"):
            columns = {"entered_at": entry.recorded_at, "entered_on": entry.effective_on, **columns}
        self.columns |= columns

    def move(self, number: int, entry: Recorded, to_on: date | None) -> None:
        """A deadline has another day, and a generation that begins with it."""
        one = self.deadlines[number]
        one |= {"due_on": to_on, "generation": one["generation"] + 1, "speaks_from": entry.recorded_at}


def replay(history: Sequence[Recorded], numbers: Mapping[str, int]) -> Story:
    """Read a case's whole history, oldest entry first."""
    story = Story(numbers)
    by_seq = {entry.seq: entry for entry in history}
    for entry in history:
        _read(story, entry, by_seq)
    return story


def _read(story: Story, entry: Recorded, by_seq: Mapping[int, Recorded]) -> None:
    reader = _READERS.get(entry.kind)
    if reader:
        reader(story, entry)
    undone = by_seq.get(entry.data.get("undoes", 0))
    if undone:
        _undo(story, entry, undone, by_seq)
    _close(story, entry)
    for number in entry.data.get("opened", ()):
        _open_rework(story, entry, number)
    story.columns |= {"version": entry.seq, "journal_seq": entry.seq}


def _open(story: Story, entry: Recorded) -> None:
    data = entry.data
    story.columns = {
        "campaign": entry.campaign,
        "flow": entry.flow,
        "definition_id": entry.definition_id,
        "district_id": entry.district_id,
        "subject_key": data.get("key"),
        "subject_name": data.get("subject"),
        "state": entry.target,
        "claimed": data.get("claimed", False),
        "round": 0,
        "opened_on": entry.effective_on,
        "entered_at": entry.recorded_at,
        "entered_on": entry.effective_on,
        "resume_state": None,
        "replaces_id": data.get("replaces"),
        "replaced_by_id": None,
        **_NO_PROPOSAL,
    }
    for milestone, (planned, due) in data.get("days", {}).items():
        number = story.numbers.get(milestone)
        if number is not None:
            story.deadlines[number] = _opened(entry, milestone, _day(planned), _day(due))


def _step(story: Story, entry: Recorded) -> None:
    story.change(entry, state=entry.target, **_NO_PROPOSAL)


def _send_back(story: Story, entry: Recorded) -> None:
    story.change(entry, state=entry.target, round=story.columns["round"] + 1, **_NO_PROPOSAL)


def _withdraw(story: Story, entry: Recorded) -> None:
    kept = {} if entry.data.get("what") == "claim_refused" else _NO_PROPOSAL
    story.change(entry, state=entry.target, resume_state=entry.source, **kept)


def _propose(story: Story, entry: Recorded) -> None:
    story.change(
        entry,
        proposed_step=entry.step,
        proposed_by=entry.person_id,
        proposed_at=entry.recorded_at,
        proposed_on=entry.effective_on,
    )


def _return(story: Story, entry: Recorded) -> None:
    story.change(entry, **_NO_PROPOSAL)


def _reinstate(story: Story, entry: Recorded) -> None:
    story.change(entry, state=entry.target, resume_state=None, replaced_by_id=None)


def _replace(story: Story, entry: Recorded) -> None:
    for told, column in (("replaced_by", "replaced_by_id"), ("replaces", "replaces_id")):
        if told in entry.data:
            story.change(entry, **{column: entry.data[told]})


def _record(story: Story, entry: Recorded) -> None:
    if entry.data.get("what") == "claim_decided":
        story.change(entry, claimed=False)
    if entry.data.get("what") == "subject":
        story.change(entry, subject_key=entry.data["key"], subject_name=entry.data["subject"])


def _undo(story: Story, entry: Recorded, undone: Recorded, by_seq: Mapping[int, Recorded]) -> None:
    """A correction puts the case where it stood; deadlines that were closed by what is undone stand again."""
    if entry.kind == "correct":
        story.change(entry, state=entry.target, **_NO_PROPOSAL)
        story.change(entry, entered_on=_counted_before(undone, entry, by_seq))
        if undone.kind == "send_back":
            story.change(entry, round=story.columns["round"] - 1)
        if undone.kind == "withdraw":
            story.change(entry, resume_state=None)
        if undone.kind == "reinstate":
            story.change(entry, resume_state=undone.target, replaced_by_id=undone.data.get("unlinked"))
    met = undone.data.get("met", ()) if entry.kind == "correct" else ()
    for number in (*met, *undone.data.get("cancelled", ())):
        if number in story.deadlines:
            story.deadlines[number] |= {"state": "open", "met_on": None, "verdict": None}


def _counted_before(undone: Recorded, entry: Recorded, by_seq: Mapping[int, Recorded]) -> date | None:
    """The day from which the state before the mistaken step counted."""
    before = [one for seq, one in by_seq.items() if seq < entry.seq]
    standing = [one for one in holding(before, without=undone) if one.seq < undone.seq]
    return standing[-1].effective_on if standing else None


def _close(story: Story, entry: Recorded) -> None:
    for number in entry.data.get("met", ()):
        if one := story.deadlines.get(number):
            told = str(verdict(one["due_on"], entry.effective_on))
            one |= {"state": "met", "met_on": entry.effective_on, "verdict": told}
    for number in entry.data.get("cancelled", ()):
        if one := story.deadlines.get(number):
            one["state"] = "cancelled"


def _open_rework(story: Story, entry: Recorded, number: int) -> None:
    day = _day(entry.data.get("rework_on"))
    opened = _opened(entry, f"{REWORK}{entry.source}", day, day)
    ordinals = [one["ordinal"] for one in story.deadlines.values()]
    story.deadlines[number] = opened | {"ordinal": 1 + max(ordinals, default=0)}


def _opened(entry: Recorded, milestone: str, planned: date | None, due: date | None) -> dict[str, Any]:
    return {
        "milestone": milestone,
        "ordinal": 0,
        "campaign": entry.campaign,
        "flow": entry.flow,
        "district_id": entry.district_id,
        "original_on": planned,
        "due_on": due,
        "opened_at": entry.recorded_at,
        "speaks_from": entry.recorded_at,
        "generation": 1,
        "state": "open",
        "met_on": None,
        "verdict": None,
        "paused_on": None,
        "promised_on": None,
    }


def _deadline(story: Story, entry: Recorded) -> None:
    what = entry.data.get("what")
    if what == "recalculated":
        for one in entry.data["moved"]:
            _recalculate(story, entry, one)
        return
    number = entry.data.get("deadline", 0)
    if number not in story.deadlines:
        return
    if what in {"ask", "refuse"} or "asked" in entry.data:
        _ask_and_answer(story, entry, number)
    elif what in _BY_HAND:
        _enter(story, entry, number, kind=str(what))
    _by_hand(story, entry, number)


def _recalculate(story: Story, entry: Recorded, told: Mapping[str, Any]) -> None:
    one = story.deadlines.get(told["deadline"])
    if one is None:
        return
    to_on = _day(told["to"])
    ledger = (told["deadline"], "recalculated", one["due_on"], to_on, NOBODY, entry.reason, "done", None)
    story.ledger.append(ledger)
    if one["original_on"] is None or to_on is None:
        one["original_on"] = to_on
    story.move(told["deadline"], entry, to_on)


def _by_hand(story: Story, entry: Recorded, number: int) -> None:
    """The columns that a person's change told; another day begins another generation."""
    one, told = story.deadlines[number], entry.data
    if "due_on" in told and _day(told["due_on"]) != one["due_on"]:
        story.move(number, entry, _day(told["due_on"]))
    one |= {name: _day(told[name]) for name in ("paused_on", "promised_on") if name in told}
    if "state" in told:
        one["state"] = told["state"]


def _enter(story: Story, entry: Recorded, number: int, *, kind: str) -> None:
    day = entry.data.get("due_on") or entry.data.get("promised_on")
    before = story.deadlines[number]["due_on"]
    story.ledger.append((number, kind, before, _day(day), entry.person_id, entry.reason, "done", None))


def _ask_and_answer(story: Story, entry: Recorded, number: int) -> None:
    """An extension that is asked for waits in the ledger; the answer is written into the row of the question."""
    if entry.data["what"] == "ask":
        before, to_on = story.deadlines[number]["due_on"], _day(entry.data["to"])
        story.ledger.append((number, "extend", before, to_on, entry.person_id, entry.reason, "asked", None))
        return
    status = "done" if entry.data["what"] == "extend" else "refused"
    for place, row in enumerate(story.ledger):
        if row[0] == number and row[6] == "asked":
            story.ledger[place] = (*row[:6], status, entry.person_id)


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


_READERS: Final[Mapping[str, Callable[[Story, Recorded], None]]] = {
    "open": _open,
    "step": _step,
    "send_back": _send_back,
    "withdraw": _withdraw,
    "propose": _propose,
    "return": _return,
    "reinstate": _reinstate,
    "replace": _replace,
    "record": _record,
    "deadline": _deadline,
}
