"""What of a case's history still holds: corrections and reinstatements take back the entry they name."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from engine.flow import Flow
from engine.model import Recorded

MOVING: Final = ("open", "step", "send_back", "withdraw")
"""Entries by which a case comes to stand in another state."""


def holding(
    history: Sequence[Recorded], kinds: Collection[str] = MOVING, *, without: Recorded | None = None
) -> list[Recorded]:
    """The entries of these kinds that nothing later has undone, oldest first; `without` one that is to be undone.

    What an undone entry had undone holds again.
    """
    undone = {without.seq} if without else set()
    for entry in reversed(history):
        if "undoes" in entry.data and entry.seq not in undone:
            undone.add(entry.data["undoes"])
    return [entry for entry in history if entry.kind in kinds and entry.seq not in undone]


def reached_on(history: Sequence[Recorded], flow: Flow, state: str) -> date | None:
    """The day from which a state of the line, or one beyond it, counts for the first time; None when it never did."""
    reached = (entry for entry in holding(history) if flow.rank[entry.target or flow.initial] >= flow.rank[state])
    return next((entry.effective_on for entry in reached), None)
