"""The list as it goes back from the command line: the sender's workbook with every fault marked."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from console.cli.sheetfile import place_for, write_whole
from engine.words import tr

if TYPE_CHECKING:
    from console.cli.desk import Desk
    from workflows.benchmarking.roster.report import Report


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """Where it is written, if it was asked for at all."""

    place: Path | None = None

    @classmethod
    def planned(cls, out: Path | None, sent: Path, *, force: bool) -> "AnswerSheet":
        """Refused before the list is read or taken in, if it could not be written there."""
        if out is None:
            return cls()
        return cls(place_for(out, f"{sent.stem}_核对结果.xlsx", force=force, sent=sent))

    def write(self, desk: "Desk", report: "Report", sent: Path, on: date) -> dict[str, Any]:
        """Write it, say what of the sent file it does not carry, and answer what machines are told of it."""
        if self.place is None:
            return {}
        from console.lists import limits_of
        from workflows.benchmarking.roster.annotating.annotate import annotate
        from workflows.benchmarking.roster.refusals import UNREADABLE

        unreadable = any(fault.code in UNREADABLE for fault in report.file_errors)
        limits = limits_of(desk.settings.limits)
        found = None if unreadable else annotate(report, sent.read_bytes(), on=on, limits=limits)
        if found is None:
            told = tr(
                "Nothing can be marked in a file that cannot be read; {file} was not written.", file=str(self.place)
            )
            desk.paper.say(told)
            return {"annotated": None}
        write_whole(self.place, found.content)
        desk.paper.say(tr("The list with every fault marked: {file}", file=str(self.place)))
        for lost in found.lost:
            desk.paper.line(f"  – {lost}")
        return {"annotated": {"file": str(self.place), "lost": list(found.lost)}}
