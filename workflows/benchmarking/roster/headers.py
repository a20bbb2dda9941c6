"""Finding the header of a list by its labels: one row or two stacked ones, however merged or spaced."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from workflows.benchmarking.roster.forms import Form
from workflows.benchmarking.roster.limits import Limits
from workflows.benchmarking.roster.sheets import Sheet, is_blank
from workflows.benchmarking.roster.texts import plain_text, squeeze

# So many columns of the form make a header even where one that it is known by is missing.
_ENOUGH_FIELDS = 3
_MOST_MERGES = 1_000
_LONGEST_LABEL = 200


@dataclass(frozen=True, slots=True)
class Header:
    """Which rows are the header and which column holds what; everything counted from 0."""

    sheet: Sheet
    rows: tuple[int, ...]
    columns: Mapping[str, int]
    titles: Mapping[str, int]
    labels: Mapping[str, str]
    unknown: Mapping[int, str]
    complete: bool

    @property
    def telling(self) -> int:
        """How many columns of the form it names."""
        return len(self.columns) + len(self.titles)

    @property
    def first_row(self) -> int:
        """The first row below."""
        return self.rows[-1] + 1 if self.rows else 0

    def spans(self, first: int, second: int) -> bool:
        """Whether one merged label stands over both columns."""
        return any(
            merge.top in self.rows and merge.left <= first <= merge.right and merge.left <= second <= merge.right
            for merge in self.sheet.merges
        )


def find_header(sheet: Sheet, form: Form, limits: Limits) -> Header | None:
    """The header of a sheet, the most telling of all candidates; None where there is nothing like it."""
    grid = _label_grid(sheet, limits)
    best: Header | None = None
    for rows in _candidates(len(grid), limits.header_within):
        found = _read_labels(sheet, form, rows, [_join([grid[row][column] for row in rows]) for column in _width(grid)])
        if best is None or found.telling > best.telling:
            best = found
    if best is None or len(best.columns) < (1 if best.complete else _ENOUGH_FIELDS):
        return None
    return _reaching_down(best)


def repeated_columns(header: Header, form: Form) -> dict[int, str]:
    """Further columns whose label is that of a column that the form asks for and has already."""
    asked = {column.field for column in form.columns if column.required and column.field in header.columns}
    exact = {column: form.field_of(label) for column, label in header.unknown.items()}
    return {column: found[0] for column, found in exact.items() if found and not found[1] and found[0] in asked}


def _candidates(height: int, within: int) -> Iterator[tuple[int, ...]]:
    """Single rows before stacked ones, so that a tie leaves the fewer rows."""
    for row in range(min(height, within)):
        yield (row,)
    for row in range(min(height, within) - 1):
        yield (row, row + 1)


def _width(grid: Sequence[Sequence[str]]) -> range:
    return range(len(grid[0]) if grid else 0)


def _label_grid(sheet: Sheet, limits: Limits) -> list[list[str]]:
    """The squeezed texts of the first rows; a merged cell says the same in every row and column of its range."""
    height = min(len(sheet.rows), limits.header_within + 1)
    width = min(max((len(sheet.rows[row]) for row in range(height)), default=0), limits.columns)
    grid = [[""] * width for _ in range(height)]
    for row in range(height):
        for column, value in enumerate(sheet.rows[row][:width]):
            if not is_blank(value):
                grid[row][column] = squeeze(plain_text(value)[:_LONGEST_LABEL])
    # A header has few merges; a file with thousands of them lies and is not followed.
    for merge in islice((merge for merge in sheet.merges if merge.top < height), _MOST_MERGES):
        if merge.left < width:
            text = grid[merge.top][merge.left]
            for row in range(merge.top, min(merge.bottom + 1, height)):
                for column in range(merge.left, min(merge.right + 1, width)):
                    grid[row][column] = text
    return grid


def _join(texts: Sequence[str]) -> str:
    """A label merged downwards stands in both rows and is said once."""
    return "".join(dict.fromkeys(texts))


def _read_labels(sheet: Sheet, form: Form, rows: tuple[int, ...], labels: Sequence[str]) -> Header:
    columns: dict[str, int] = {}
    titles: dict[str, int] = {}
    for column, label in enumerate(labels):
        exact = form.field_of(label) if label else None
        if exact is not None:
            (titles if exact[1] else columns).setdefault(exact[0], column)
    _take_longer_labels(form, labels, columns, titles)
    titles = {name: column for name, column in titles.items() if name in columns}
    taken = {*columns.values(), *titles.values()}
    unknown = {column: label for column, label in enumerate(labels) if label and column not in taken}
    complete = all(any(name in columns for name in group) for group in form.known_by)
    seen = {name: labels[column] for name, column in columns.items()}
    return Header(sheet, rows, columns, titles, seen, unknown, complete)


def _take_longer_labels(form: Form, labels: Sequence[str], columns: dict[str, int], titles: dict[str, int]) -> None:
    """A label that contains the words of a column is its label if the column has no exact one."""
    taken = {*columns.values(), *titles.values()}
    exact = set(columns)
    for column, label in enumerate(labels):
        name = form.field_containing(label) if label and column not in taken else None
        if name is not None and name not in exact:
            columns.setdefault(name, column)


def _reaching_down(header: Header) -> Header:
    """The row below belongs to the header where a label is merged down into it."""
    last = header.rows[-1]
    named = {*header.columns.values()}
    below = [
        merge.bottom
        for merge in header.sheet.merges
        if merge.top in header.rows and merge.bottom > last and merge.left in named
    ]
    if not below:
        return header
    rows = (*header.rows, *range(last + 1, min(max(below), last + 2) + 1))
    return Header(
        header.sheet, rows, header.columns, header.titles, header.labels, header.unknown, complete=header.complete
    )
