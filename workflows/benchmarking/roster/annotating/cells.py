"""The cells of a worksheet in its bytes: marked ones take another format, ours of before give theirs back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from workflows.benchmarking.roster.annotating.splice import Edit, attributes_of, spliced, with_attribute
from workflows.benchmarking.roster.annotating.styles import FILLS, Styles
from workflows.benchmarking.roster.faults import Severity
from workflows.benchmarking.roster.sheets import Spot, column_letters
from workflows.benchmarking.roster.xlsxmarks import spot_of

_TAG = re.compile(rb"<(/?)((?:[\w.-]+:)?)(row|c)(?=[\s/>])([^<>]*?)(/?)>")
_COLUMN = re.compile(rb"<(?:[\w.-]+:)?col\s[^<>]*>")
_BODY = re.compile(rb"<(?:[\w.-]+:)?sheetData[\s/>]")
_TRUE = ("1", "true")


@dataclass(slots=True)
class Cells:
    """One way down a worksheet; `memory` says which fill a cell had before it was marked the last time."""

    content: bytes
    wanted: Mapping[Spot, Severity]
    styles: Styles
    memory: Mapping[Spot, str | None]
    ours: frozenset[int]
    # The colours that marked cells have of their own, and the heights of rows in points.
    colours: dict[Spot, str] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    _edits: list[Edit] = field(default_factory=list)
    _rows: dict[int, list[int]] = field(default_factory=dict)
    _waiting: list[int] = field(default_factory=list)
    _row: int = -1
    _column: int = -1
    _row_style: str = ""
    _column_styles: list[tuple[int, int, int]] = field(default_factory=list)

    def marked(self) -> bytes:
        """The worksheet with its cells marked."""
        for row, column in sorted(self.wanted):
            self._rows.setdefault(row, []).append(column)
        body = _BODY.search(self.content)
        begins = body.start() if body else len(self.content)
        self._column_styles = list(_column_styles(self.content[:begins]))
        for found in _TAG.finditer(self.content, begins):
            if found[3] == b"c":
                if not found[1]:
                    self._cell(found)
            elif found[1]:
                self._fill_up(found.start(), found[2])
            else:
                self._open_row(found)
        return spliced(self.content, self._edits)

    def _open_row(self, found: re.Match[bytes]) -> None:
        attributes = attributes_of(found[4])
        number = attributes.get("r", "")
        self._row = int(number) - 1 if number.isdecimal() else self._row + 1
        self._column = -1
        self._waiting = self._rows.pop(self._row, [])
        self._row_style = attributes.get("s", "") if attributes.get("customFormat") in _TRUE else ""
        if attributes.get("hidden") in _TRUE:
            self.heights[self._row] = 0.0
        elif "ht" in attributes:
            self.heights[self._row] = float(attributes["ht"])
        if found[5] and self._waiting:
            opened = found[0][:-2] + b">" + self._new_cells(found[2]) + b"</" + found[2] + b"row>"
            self._edits.append(Edit(found.start(), found.end(), opened))

    def _cell(self, found: re.Match[bytes]) -> None:
        if not self._waiting and not self.ours:
            return
        attributes = attributes_of(found[4])
        spot = spot_of(attributes.get("r", "")) or (self._row, self._column + 1)
        self._column = spot[1]
        before = [column for column in self._waiting if column < self._column]
        if before:
            self._waiting = self._waiting[len(before) :]
            self._edits.append(Edit(found.start(), found.start(), self._new_cells(found[2], before)))
        wanted = bool(self._waiting) and self._waiting[0] == self._column
        if wanted:
            self._waiting = self._waiting[1:]
        style = int(attributes.get("s", "0"))
        if wanted or style in self.ours:
            tag = with_attribute(found[0], "s", self._style(spot, style))
            self._edits.append(Edit(found.start(), found.end(), tag))

    def _fill_up(self, at: int, prefix: bytes) -> None:
        """At the end of a row: the marked cells behind its last one."""
        if self._waiting:
            self._edits.append(Edit(at, at, self._new_cells(prefix, self._waiting)))
            self._waiting = []

    def _new_cells(self, prefix: bytes, columns: list[int] | None = None) -> bytes:
        written = []
        for column in self._waiting if columns is None else columns:
            style = self._style((self._row, column), self._style_where_nothing_is(column))
            name = f"{column_letters(column)}{self._row + 1}"
            written.append(b"<%bc" % prefix + f' r="{name}" s="{style}"/>'.encode())
        return b"".join(written)

    def _style(self, spot: Spot, style: int) -> int:
        """The format that a cell takes: with our fill, or with its own one again."""
        own = self.memory.get(spot) if style in self.ours else self.styles.colour_of(style)
        level = self.wanted.get(spot)
        if level is None:
            return self.styles.filled(style, f"FF{own}" if own else None)
        if own:
            self.colours[spot] = own
        return self.styles.filled(style, FILLS[level])

    def _style_where_nothing_is(self, column: int) -> int:
        if self._row_style:
            return int(self._row_style)
        return next((style for first, last, style in self._column_styles if first <= column <= last), 0)


def _column_styles(head: bytes) -> list[tuple[int, int, int]]:
    rows = [attributes_of(tag) for tag in _COLUMN.findall(head)]
    return [(int(row["min"]) - 1, int(row["max"]) - 1, int(row["style"])) for row in rows if "style" in row]
