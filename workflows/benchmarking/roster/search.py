"""Searching a file for its list: one sheet of a workbook, or the tables of a letter that belong together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workflows.benchmarking.roster.forms import Form
from workflows.benchmarking.roster.headers import Header, find_header
from workflows.benchmarking.roster.limits import Limits
from workflows.benchmarking.roster.ownsheets import is_own
from workflows.benchmarking.roster.refusals import too_large
from workflows.benchmarking.roster.sheets import Sheet, is_blank
from workflows.benchmarking.roster.texts import plain_text

# A sheet with so many rows of so many cells holds more than a heading around a picture.
_FILLED_ROWS, _FILLED_CELLS = 2, 3


@dataclass(frozen=True, slots=True)
class Search:
    """What was found: whole headers, headers that lack a column, and whether there is anything to read at all."""

    headers: Sequence[Header]
    nearly: Sequence[Header]
    filled: bool
    texts: bool


def search_sheets(sheets: Iterable[Sheet], forms: Sequence[Form], limits: Limits) -> list[tuple[Form, Search]]:
    """For each form every sheet with its header; of the others nothing is kept, and what the house added is not
    looked at.
    """
    kept: list[tuple[Form, list[Header]]] = [(form, []) for form in forms]
    filled = texts = False
    for sheet in sheets:
        if is_own(sheet):
            continue
        filled = filled or _is_filled(sheet)
        texts = texts or any(not is_blank(value) for row in sheet.rows for value in row)
        _look_for_headers(sheet, kept, limits)
    return [
        (form, Search([one for one in held if one.complete], [one for one in held if not one.complete], filled, texts))
        for form, held in kept
    ]


def search_tables(tables: Sequence[Sheet], forms: Sequence[Form], limits: Limits) -> list[tuple[Form, Search]]:
    """For each form every table with its header, and the tables behind one that go on with it after a page break."""
    return [(form, _joined(tables, form, found)) for form, found in search_sheets(tables, forms, limits)]


def _joined(tables: Sequence[Sheet], form: Form, found: Search) -> Search:
    if not found.headers:
        return found
    named = {header.sheet.place: header for header in found.headers}
    headers: list[Header] = []
    for table in tables:
        header = named.get(table.place)
        if header is None and headers and _goes_on(table, headers[-1], form):
            header = replace(headers[-1], sheet=table, rows=())
        if header is not None:
            headers.append(header)
    return replace(found, headers=headers)


def _look_for_headers(sheet: Sheet, kept: Sequence[tuple[Form, list[Header]]], limits: Limits) -> None:
    found = [(held, header) for form, held in kept if (header := find_header(sheet, form, limits)) is not None]
    if found:
        _measure(sheet, limits)
    for held, header in found:
        held.append(header)


def _measure(sheet: Sheet, limits: Limits) -> None:
    """Every character is looked at many times, so their number is what a hostile list costs."""
    whole = 0
    for row in sheet.rows:
        lengths = [len(value) for value in row if isinstance(value, str)]
        if lengths and max(lengths) > limits.cell_characters:
            raise too_large(f"单元格超过 {limits.cell_characters} 个字符")
        whole += sum(lengths)
    if whole > limits.characters:
        raise too_large(f"文字超过 {limits.characters} 个字符")


def _is_filled(sheet: Sheet) -> bool:
    rows = (row for row in sheet.rows if sum(not is_blank(value) for value in row) >= _FILLED_CELLS)
    return sum(1 for _, _ in zip(range(_FILLED_ROWS), rows, strict=False)) == _FILLED_ROWS


def _goes_on(table: Sheet, header: Header, form: Form) -> bool:
    """As wide as the list before it, with a subject and a part in some row."""
    if max(map(len, table.rows), default=0) != max(map(len, header.sheet.rows), default=0):
        return False
    subject = next(header.columns[name] for name in (form.subject, *form.also_subject) if name in header.columns)
    part = header.columns.get(form.part or "")
    return any(
        len(plain_text(table.at(row, subject))) > 1 and (part is None or not is_blank(table.at(row, part)))
        for row in range(len(table.rows))
    )
