"""The second pass over a worksheet, made only where its bytes say there is something the fast reader does not tell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from workflows.benchmarking.roster.archive import Archive
from workflows.benchmarking.roster.limits import Limits
from workflows.benchmarking.roster.refusals import damaged, too_large
from workflows.benchmarking.roster.sheets import Marks, Merge, Spot
from workflows.benchmarking.roster.xlsxparts import is_set
from workflows.benchmarking.roster.xmlstream import number_of, walk

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_LAST_COLUMN = 16_383
_TRUE = ("1", "true")


@dataclass(frozen=True, slots=True)
class Striking:
    """Which cell formats and which shared strings are struck through."""

    formats: frozenset[int] = frozenset()
    strings: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """What the second pass found."""

    marks: Marks
    merges: tuple[Merge, ...]
    last_row: int


def read_marks(archive: Archive, part: str, striking: Striking) -> SheetMarks:
    """Walk through the whole worksheet once."""
    walker = _Cells(striking, archive.limits)
    walk(archive.chunks(part), walker, name=part, depth=archive.limits.depth)
    marks = Marks(
        frozenset(walker.hidden_rows),
        frozenset(walker.hidden_columns),
        frozenset(walker.struck),
        frozenset(walker.unvalued),
        walker.errors,
    )
    return SheetMarks(marks, tuple(walker.merges), walker.last_row)


def spot_of(reference: str) -> Spot | None:
    """Row and column of a reference such as B7, counted from 0."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def merge_of(reference: str) -> Merge:
    """The range of a reference such as A5:A7."""
    first, _, second = reference.partition(":")
    begins, ends = spot_of(first), spot_of(second or first)
    if begins is None or ends is None:
        raise damaged("合并单元格的位置不明")
    return Merge(min(begins[0], ends[0]), min(begins[1], ends[1]), max(begins[0], ends[0]), max(begins[1], ends[1]))


@dataclass(slots=True)
class _Cells:
    """Where the walk stands, and what it has found."""

    striking: Striking
    limits: Limits
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: set[Spot] = field(default_factory=set)
    unvalued: set[Spot] = field(default_factory=set)
    errors: dict[Spot, str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    last_row: int = -1
    _row: int = -1
    _column: int = -1
    _cells: int = 0
    _rows: int = 0
    _counted_row: int = -1
    _kind: str = ""
    _format: str = ""
    _formula: bool = False
    _struck: bool = False
    _inside: str = ""
    _value: str = ""

    def opened(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "c":
            self._open_cell(attributes)
        elif tag in ("v", "t"):
            self._inside = tag
        elif tag == "row":
            self._open_row(attributes)
        elif tag == "f":
            self._formula = True
        elif tag == "strike":
            self._struck = self._struck or is_set(attributes)
        elif tag == "col":
            self._open_column(attributes)
        elif tag == "mergeCell":
            self.merges.append(merge_of(attributes.get("ref", "")))

    def closed(self, tag: str) -> None:
        if tag == "c":
            self._close_cell()
        elif tag in ("v", "t"):
            self._inside = ""

    def text(self, characters: str) -> None:
        if self._inside:
            self._value += characters

    def _open_row(self, attributes: Mapping[str, str]) -> None:
        number = number_of(attributes.get("r"))
        self._row = self._row + 1 if number is None else number - 1
        self._column = -1
        if attributes.get("hidden") in _TRUE or attributes.get("ht") == "0":
            self.hidden_rows.add(self._row)

    def _open_column(self, attributes: Mapping[str, str]) -> None:
        first, last = number_of(attributes.get("min")), number_of(attributes.get("max"))
        hidden = attributes.get("hidden") in _TRUE or attributes.get("width") == "0"
        if hidden and first is not None and last is not None:
            self.hidden_columns.update(range(first - 1, min(last, self.limits.columns)))

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        spot = spot_of(attributes["r"]) if "r" in attributes else (self._row, self._column + 1)
        if spot is None or spot[0] < 0 or spot[1] > _LAST_COLUMN:
            raise damaged("单元格的位置不明")
        self._row, self._column = spot
        self._kind = attributes.get("t", "")
        self._format = attributes.get("s", "")
        self._formula = self._struck = False
        self._inside = self._value = ""

    def _close_cell(self) -> None:
        if not self._value and not self._formula:
            return
        self._count_cell()
        spot = (self._row, self._column)
        if self._value.strip() or self._kind != "str":
            self.last_row = max(self.last_row, self._row)
        if self._kind == "e":
            self.errors[spot] = self._value
        elif self._formula and not self._value and self._kind != "str":
            self.unvalued.add(spot)
        if self._struck or self._struck_by_reference():
            self.struck.add(spot)

    def _count_cell(self) -> None:
        self._cells += 1
        if self._cells > self.limits.cells:
            raise too_large(f"有内容的单元格超过 {self.limits.cells} 个")
        if self._row != self._counted_row:
            self._counted_row = self._row
            self._rows += 1
            if self._rows > self.limits.filled_rows:
                raise too_large(f"有内容的行超过 {self.limits.filled_rows} 行")

    def _struck_by_reference(self) -> bool:
        if number_of(self._format) in self.striking.formats:
            return bool(self._value.strip())
        return self._kind == "s" and number_of(self._value) in self.striking.strings
