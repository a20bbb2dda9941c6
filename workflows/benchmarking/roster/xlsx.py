"""Reading .xlsx and .xlsm: the fast reader where the file is plain, a careful one where it is not; macros never run."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import cast
from zipfile import BadZipFile

from python_calamine import CalamineError, CalamineWorkbook

from workflows.benchmarking.roster.archive import Archive, Survey
from workflows.benchmarking.roster.bytescan import ERROR, FORMULA, HIDDEN, MARKUP, STRIKE
from workflows.benchmarking.roster.limits import Limits
from workflows.benchmarking.roster.refusals import damaged, too_large
from workflows.benchmarking.roster.sheets import Merge, Place, Scalar, Sheet, is_blank
from workflows.benchmarking.roster.xlsxmarks import SheetMarks, Striking, read_marks
from workflows.benchmarking.roster.xlsxparts import SheetPart, sheet_parts, struck_formats, struck_strings
from workflows.benchmarking.roster.xmlstream import walk

# What openpyxl raises about a package that does not hold together; its parsers' errors are syntax errors.
_BROKEN = (BadZipFile, SyntaxError, OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError)


def read_workbook(archive: Archive, survey: Survey) -> Iterator[Sheet]:
    """The worksheets one after the other, without the very hidden ones."""
    parts = [part for part in sheet_parts(archive) if not part.very_hidden]
    if len(parts) > archive.limits.sheets:
        raise too_large(f"工作表超过 {archive.limits.sheets} 个")
    if survey.plain and all(part.part.endswith(MARKUP) for part in parts):
        yield from _read_fast(archive, survey, parts)
    else:
        yield from _read_carefully(archive, survey, parts)


def _read_fast(archive: Archive, survey: Survey, parts: Sequence[SheetPart]) -> Iterator[Sheet]:
    striking = _striking(archive, survey)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(archive.content)) as book:
            for part in parts:
                sheet = book.get_sheet_by_name(part.name)
                rows: list[list[Scalar]] = sheet.to_python(skip_empty_area=False)  # type: ignore[assignment]
                found = _marks(archive, survey, part, striking)
                merges = tuple(
                    Merge(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
                )
                yield _sheet(part, rows, merges, found)
    except CalamineError as failure:
        raise damaged("工作簿的内容读不出来") from failure


def _read_carefully(archive: Archive, survey: Survey, parts: Sequence[SheetPart]) -> Iterator[Sheet]:
    """openpyxl shares what it reads and reads row by row; the nesting of what it parses whole is measured first."""
    for name in archive.entries.keys() - {part.part for part in parts}:
        if name.endswith(MARKUP):
            walk(archive.chunks(name), _Silent(), name=name, depth=archive.limits.depth)
    from openpyxl import load_workbook

    striking = _striking(archive, survey)
    with _refusing_what_breaks():
        book = load_workbook(BytesIO(archive.content), read_only=True, data_only=True, keep_links=False)
    for part in parts:
        found = read_marks(archive, part.part, striking)
        with _refusing_what_breaks():
            sheet = book[part.name]
            sheet.reset_dimensions()
            rows = _few_rows(cast("Iterator[Sequence[Scalar]]", sheet.iter_rows(values_only=True)), archive.limits)
        yield _sheet(part, rows, found.merges, found)


@contextmanager
def _refusing_what_breaks() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except _BROKEN as failure:
            raise damaged("工作簿的内容读不出来") from failure


def _few_rows(rows: Iterator[Sequence[Scalar]], limits: Limits) -> list[Sequence[Scalar]]:
    """Rows up to the first long gap; nothing is reserved for what a file only claims to have."""
    kept: list[Sequence[Scalar]] = []
    empty = cells = 0
    for row in rows:
        blank = all(map(is_blank, row))
        empty = empty + 1 if blank else 0
        if empty > limits.empty_rows + limits.header_within:
            break
        kept.append(() if blank else row)
        cells += 0 if blank else len(row)
        if cells > limits.cells:
            raise too_large(f"单元格超过 {limits.cells} 个")
    return kept


def _sheet(
    part: SheetPart, rows: Sequence[Sequence[Scalar]], merges: Sequence[Merge], found: SheetMarks | None
) -> Sheet:
    place = Place(sheet=part.name)
    if found is None:
        return Sheet(place, rows, merges)
    return Sheet(place, rows, merges, found.marks, last_row=found.last_row)


def _marks(archive: Archive, survey: Survey, part: SheetPart, striking: Striking) -> SheetMarks | None:
    carried = survey.parts.get(part.part, frozenset())
    if carried & {HIDDEN, FORMULA, ERROR, STRIKE} or striking.formats or striking.strings:
        return read_marks(archive, part.part, striking)
    return None


def _striking(archive: Archive, survey: Survey) -> Striking:
    if not survey.carries(STRIKE):
        return Striking()
    return Striking(struck_formats(archive), struck_strings(archive))


@dataclass(frozen=True, slots=True)
class _Silent:
    def opened(self, tag: str, attributes: object) -> None:
        """Only the depth matters."""

    def closed(self, tag: str) -> None:
        """Only the depth matters."""

    def text(self, characters: str) -> None:
        """Only the depth matters."""
