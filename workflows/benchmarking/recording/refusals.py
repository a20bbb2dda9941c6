"""What is refused when something is entered: every fault at once, each with its place, its reason and its remedy."""

from collections.abc import Iterable
from typing import ClassVar

from engine.errors import Refused
from engine.kinds import Reason
from engine.words import tr


class EntryRefused(Refused):
    """What was entered has faults; nothing was recorded."""

    code: ClassVar[str] = "ENTRY_REFUSED"

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = tuple(reasons)
        told = tuple(reason.sentence for reason in self.reasons)
        super().__init__(tr("{n} faults, nothing was recorded: {told}", n=len(told), told=told))


def refuse_if_any(reasons: Iterable[Reason]) -> None:
    """Refuse with the whole list, unless it is empty."""
    found = tuple(reasons)
    if found:
        raise EntryRefused(found)
