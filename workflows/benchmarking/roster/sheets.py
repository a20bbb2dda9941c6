"""The one neutral form in which every list reaches the rules, whatever kind of file it came in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

Scalar = str | int | float | bool | date | datetime | time | timedelta | None
Spot = tuple[int, int]

_NO_ERRORS: Mapping[Spot, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sheet stands in its file: a worksheet by name or a table of a letter by number."""

    sheet: str | None = None
    table: int | None = None

    def as_json(self) -> dict[str, str | int]:
        """The key under which the sender finds it."""
        return {"table": self.table} if self.table is not None else {"sheet": self.sheet or ""}

    def spoken(self) -> str:
        """As a person says it."""
        return f"第{self.table}个表格" if self.table is not None else f"工作表“{self.sheet}”"

    def cell(self, row: int, column: int) -> str:
        """The name of a cell, both counted from 0."""
        if self.table is not None:
            return f"第{row + 1}行第{column + 1}列"
        return f"{column_letters(column)}{row + 1}"

    def column(self, column: int) -> str:
        """The name of a column without a label."""
        return f"第{column + 1}列" if self.table is not None else f"{column_letters(column)}列"


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, both corners inside, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Marks:
    """What is known of single cells, rows and columns beyond their values; all counted from 0."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[Spot] = frozenset()
    unvalued: frozenset[Spot] = frozenset()
    errors: Mapping[Spot, str] = field(default_factory=lambda: _NO_ERRORS)


PLAIN = Marks()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of values from row 0 and column 0, ragged; `above` are lines that stand before a table of a letter."""

    place: Place
    rows: Sequence[Sequence[Scalar]]
    merges: Sequence[Merge] = ()
    marks: Marks = PLAIN
    above: Sequence[Sequence[Scalar]] = ()
    # The last row with anything in it, where reading stopped before it.
    last_row: int | None = None

    def at(self, row: int, column: int) -> Scalar:
        """The value of a cell, None outside."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return None
        return self.rows[row][column]


def column_letters(column: int) -> str:
    """A to Z, AA …, counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def is_blank(value: Scalar) -> bool:
    """Nothing, or a text of nothing but spaces."""
    return value is None or (isinstance(value, str) and (not value or value.isspace()))
