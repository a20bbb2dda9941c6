"""What is said at which cell of a list, as a table made from the answer to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from workflows.benchmarking.roster.faults import Fault, Severity
from workflows.benchmarking.roster.report import Report
from workflows.benchmarking.roster.sheets import Merge, Place, Sheet, Spot

# A merged cell over thousands of rows may have thousands of faults; nobody reads so many in one comment.
_MOST_SENTENCES = 20


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell with its faults, counted from 0; of a merged cell the one that shows."""

    place: Place
    row: int
    column: int
    level: Severity
    sentences: tuple[str, ...]

    @property
    def spot(self) -> Spot:
        """Row and column."""
        return self.row, self.column


def marks(report: Report) -> tuple[Mark, ...]:
    """Every cell of which something is wrong, errors said before warnings, in the order of the list."""
    anchors = Anchors(report)
    grouped: dict[tuple[Place, Spot], list[Fault]] = {}
    for fault in report.faults():
        spot = anchors.spot_of(fault)
        if fault.at.place is not None and spot is not None:
            grouped.setdefault((fault.at.place, spot), []).append(fault)
    hints = {column.field: column.hint for column in report.form.columns}
    return tuple(_mark(place, spot, faults, hints) for (place, spot), faults in grouped.items())


class Anchors:
    """Where the cell that shows a fault stands: the first one of a merged range."""

    def __init__(self, report: Report) -> None:
        rows: dict[Place, set[int]] = {}
        for fault in report.faults():
            if fault.at.place is not None and fault.at.row is not None:
                rows.setdefault(fault.at.place, set()).add(fault.at.row - 1)
        self._sheets = {header.sheet.place: header.sheet for header in report.tables}
        self._first = {place: _first_cells(sheet, rows.get(place, set())) for place, sheet in self._sheets.items()}

    def spot_of(self, fault: Fault) -> Spot | None:
        """None where no single cell is meant."""
        at = fault.at
        if at.place is None or at.row is None or at.column is None:
            return None
        own = (at.row - 1, at.column)
        return self._first.get(at.place, {}).get(own, own)

    def value_of(self, fault: Fault) -> object:
        """What the sender wrote there."""
        spot, place = self.spot_of(fault), fault.at.place
        sheet = self._sheets.get(place) if place is not None else None
        if spot is None or sheet is None:
            return None
        return sheet.marks.errors.get(spot) or sheet.at(*spot)


def _first_cells(sheet: Sheet, rows: set[int]) -> dict[Spot, Spot]:
    """The first cell of every merged range that reaches over one of these rows, by each cell it covers there."""
    found: dict[Spot, Spot] = {}
    for merge in sheet.merges:
        for row in _rows_of(merge, rows):
            for column in range(merge.left, merge.right + 1):
                found[row, column] = (merge.top, merge.left)
    return found


def _rows_of(merge: Merge, rows: set[int]) -> list[int]:
    if merge.bottom - merge.top < len(rows):
        return [row for row in range(merge.top, merge.bottom + 1) if row in rows]
    return [row for row in rows if merge.top <= row <= merge.bottom]


def _mark(place: Place, spot: Spot, faults: Sequence[Fault], hints: Mapping[str, str]) -> Mark:
    ordered = sorted(faults, key=lambda fault: fault.severity != "error")
    level = ordered[0].severity
    sentences = list(dict.fromkeys(_sentence(fault, spot) for fault in islice(ordered, _MOST_SENTENCES)))
    if len(ordered) > _MOST_SENTENCES:
        sentences.append(f"提示：还有 {len(ordered) - _MOST_SENTENCES} 条，见“核对结果”。")
    names = (fault.name for fault in ordered if fault.severity == "error")
    sentences += dict.fromkeys(f"应填：{hints[name]}" for name in names if name and hints.get(name))
    return Mark(place, *spot, level, tuple(sentences))


def _sentence(fault: Fault, spot: Spot) -> str:
    row = fault.at.row
    where = f"第{row}行" if row is not None and row - 1 != spot[0] else ""
    return f"{LEVELS[fault.severity]}：{where}{fault.said}{fault.remedy}"


LEVELS: Mapping[Severity, str] = {"error": "错误", "warning": "提示"}
"""What a fault is called, in comments and in the table; a colour never stands alone."""
