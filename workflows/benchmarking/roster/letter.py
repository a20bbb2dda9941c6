"""Reading .docx: every table of the letter with its merges, the lines before it, and what is tracked or struck."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workflows.benchmarking.roster.archive import Archive
from workflows.benchmarking.roster.refusals import too_large
from workflows.benchmarking.roster.sheets import Marks, Merge, Place, Scalar, Sheet, Spot
from workflows.benchmarking.roster.xlsxparts import is_set, part_of_kind
from workflows.benchmarking.roster.xmlstream import number_of, walk

# Whatever stands inside these is not the text of the letter as it reads today.
_SKIPPED = frozenset(
    {
        "del",
        "delText",
        "moveFrom",
        "instrText",
        "txbxContent",
        "Fallback",
        "drawing",
        "pict",
        "rPrChange",
        "pPrChange",
        "tcPrChange",
        "trPrChange",
        "tblPrChange",
        "sectPrChange",
        "tblGridChange",
        "tabs",
    }
)
_TRACKED = frozenset({"del", "ins", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge"})
# Word has 63 columns at most.
_WIDEST_SPAN = 256
_LONGEST_INSET = 2_000
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Letter:
    """The tables of a letter, each as a sheet with the lines above it."""

    tables: tuple[Sheet, ...]
    tracked: bool


def read_letter(archive: Archive) -> Letter:
    """Walk through the document once."""
    part = part_of_kind(archive, "", "officeDocument")
    walker = _Document(archive.limits.cells)
    walk(archive.chunks(part), walker, name=part, depth=archive.limits.depth)
    return Letter(tuple(walker.tables), walker.tracked)


@dataclass(slots=True)
class _Cell:
    column: int
    span: int = 1
    merge: str = ""
    struck: bool = False
    hidden: bool = False
    paragraphs: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    number: int
    above: tuple[tuple[str, ...], ...]
    rows: list[list[_Cell]] = field(default_factory=list)
    column: int = 0

    def open_cell(self) -> None:
        self.rows[-1].append(_Cell(self.column))
        self.column += 1

    def widen(self, span: int) -> None:
        cell = self.rows[-1][-1]
        self.column += span - cell.span
        cell.span = span


@dataclass(slots=True)
class _Document:
    """Where the walk stands: open tables from the outermost in, the paragraph, the run."""

    cell_limit: int
    tables: list[Sheet] = field(default_factory=list)
    tracked: bool = False
    _lines: list[tuple[str, ...]] = field(default_factory=list)
    _open: list[_Table] = field(default_factory=list)
    _begun: int = 0
    _cells: int = 0
    _skipping: int = 0
    _paragraphs: list[list[str]] = field(default_factory=list)
    _reading: bool = False
    _struck: bool = False
    _vanished: bool = False

    def opened(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _TRACKED:
            self.tracked = True
        if self._skipping or tag in _SKIPPED:
            self._skipping += 1
            return
        if tag == "t":
            self._reading = True
        elif tag == "r":
            self._struck = self._vanished = False
        elif tag == "p":
            self._paragraphs.append([])
        elif tag in _BREAKS:
            self._write(_BREAKS[tag])
        elif tag in ("strike", "dstrike"):
            self._struck = self._struck or is_set(attributes)
        elif tag == "vanish":
            self._vanished = is_set(attributes)
        else:
            self._opened_in_table(tag, attributes)

    def closed(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif tag == "t":
            self._reading = False
        elif tag == "p":
            self._close_paragraph()
        elif tag == "tbl":
            self._close_table()

    def text(self, characters: str) -> None:
        if self._reading and not self._skipping:
            self._write(characters)

    def _write(self, characters: str) -> None:
        if self._paragraphs:
            self._paragraphs[-1].append(characters)
        if self._open and self._open[-1].rows and self._open[-1].rows[-1] and characters.strip():
            cell = self._open[-1].rows[-1][-1]
            cell.struck = cell.struck or self._struck
            cell.hidden = cell.hidden or self._vanished

    def _opened_in_table(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "tbl":
            self._begun += 1
            self._open.append(_Table(self._begun, tuple(self._lines)))
            return
        table = self._open[-1] if self._open else None
        if table is None:
            return
        if tag == "tr":
            table.rows.append([])
            table.column = 0
        elif tag == "tc" and table.rows:
            self._count_cell()
            table.open_cell()
        elif tag in ("gridBefore", "gridSpan", "vMerge"):
            _shape(table, tag, attributes.get("val", ""))

    def _count_cell(self) -> None:
        self._cells += 1
        if self._cells > self.cell_limit:
            raise too_large(f"表格的单元格超过 {self.cell_limit} 个")

    def _close_paragraph(self) -> None:
        line = "".join(self._paragraphs.pop()) if self._paragraphs else ""
        table = self._open[-1] if self._open else None
        if table is None:
            if line.strip():
                self._lines.append((line,))
        elif table.rows and table.rows[-1]:
            table.rows[-1][-1].paragraphs.append(line)

    def _close_table(self) -> None:
        table = self._open.pop()
        sheet = _as_sheet(table)
        self.tables.append(sheet)
        if self._open:
            self._tell_outer(sheet)
        else:
            self._lines.extend(tuple(str(value) for value in row if value) for row in sheet.rows)

    def _tell_outer(self, sheet: Sheet) -> None:
        """A table inside a cell is part of what the cell says, unless the cell only holds the page together."""
        outer = self._open[-1]
        lines = [" ".join(str(value) for value in row if value) for row in sheet.rows]
        if outer.column > 1 and outer.rows[-1] and sum(map(len, lines)) <= _LONGEST_INSET:
            outer.rows[-1][-1].paragraphs.extend(filter(None, lines))


def _shape(table: _Table, tag: str, value: str) -> None:
    number = min(number_of(value) or 1, _WIDEST_SPAN)
    if tag == "gridBefore":
        table.column += number
    elif table.rows and table.rows[-1]:
        if tag == "gridSpan":
            table.widen(number)
        else:
            table.rows[-1][-1].merge = value or "continue"


def _as_sheet(table: _Table) -> Sheet:
    rows: list[list[Scalar]] = []
    struck: set[Spot] = set()
    hidden: set[int] = set()
    for number, cells in enumerate(table.rows):
        row: list[Scalar] = [None] * max((cell.column + cell.span for cell in cells), default=0)
        for cell in cells:
            text = "\n".join(cell.paragraphs).strip("\n")
            row[cell.column] = text if cell.merge != "continue" and text.strip() else None
            if cell.struck:
                struck.add((number, cell.column))
            if cell.hidden:
                hidden.add(number)
        rows.append(row)
    marks = Marks(frozenset(hidden), struck=frozenset(struck))
    return Sheet(Place(table=table.number), rows, _merges(table.rows), marks, table.above)


def _merges(rows: Sequence[Sequence[_Cell]]) -> tuple[Merge, ...]:
    """Cells that span columns, and cells continued from above as long as the continuation is unbroken."""
    found: list[Merge] = []
    running: dict[int, tuple[int, _Cell]] = {}
    for number, cells in enumerate(rows):
        still: dict[int, tuple[int, _Cell]] = {}
        for cell in cells:
            begun = running.get(cell.column) if cell.merge == "continue" else None
            if cell.merge:
                still[cell.column] = begun or (number, cell)
            elif cell.span > 1:
                found.append(Merge(number, cell.column, number, cell.column + cell.span - 1))
        ended = [running[column] for column in running if still.get(column) != running[column]]
        found.extend(_down(top, number - 1, cell) for top, cell in ended)
        running = still
    found.extend(_down(top, len(rows) - 1, cell) for top, cell in running.values())
    return tuple(found)


def _down(top: int, bottom: int, cell: _Cell) -> Merge:
    return Merge(top, cell.column, bottom, cell.column + cell.span - 1)
