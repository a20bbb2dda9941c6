"""Reading a sent list: the file, its form, its rows and everything that is wrong with it, in one answer."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from workflows.benchmarking.roster.annex2 import ANNEX_2
from workflows.benchmarking.roster.drafts import Draft, Expectation, RosterDraft
from workflows.benchmarking.roster.entries import Entries
from workflows.benchmarking.roster.faults import Spotted
from workflows.benchmarking.roster.files import Kind, Upload, open_upload
from workflows.benchmarking.roster.forms import Form
from workflows.benchmarking.roster.headers import Header, repeated_columns
from workflows.benchmarking.roster.headings import check_formulas_above, check_quota, check_what_follows, read_heading
from workflows.benchmarking.roster.letter import read_letter
from workflows.benchmarking.roster.limits import DEFAULT_LIMITS, Limits
from workflows.benchmarking.roster.recognising import recognise
from workflows.benchmarking.roster.refusals import FileRefused, too_large
from workflows.benchmarking.roster.report import NO_HEADING, Heading, Report, RosterRow
from workflows.benchmarking.roster.rows import Descent, Ignored
from workflows.benchmarking.roster.search import Search, search_sheets, search_tables
from workflows.benchmarking.roster.sheets import is_blank
from workflows.benchmarking.roster.texts import shorten
from workflows.benchmarking.roster.xlsx import read_workbook

# So many columns are named one by one.
_NAMED = 20


def read_roster(
    source: Path | str | bytes,
    *,
    filename: str | None = None,
    expectation: Expectation,
    form: Form = ANNEX_2,
    among: Sequence[Form] = (),
    limits: Limits = DEFAULT_LIMITS,
) -> Report:
    """The whole answer to a sent list; a file that cannot be read is an answer too.

    Of the forms `among` the header chooses one; `form` is the one that is meant where there are none.
    """
    path = Path(source) if isinstance(source, str) else source
    name = filename or (path.name if isinstance(path, Path) else "")
    roster = RosterDraft(expectation, form.subject, form.part)
    try:
        upload = open_upload(path, name=name, limits=limits)
        form, found = recognise(_find_lists(upload, among or (form,), limits, roster))
        roster.subject, roster.part = form.subject, form.part
        headers = _choose(found, upload, roster, form, limits)
        ignored = _read_rows(headers, form, roster, limits)
    except FileRefused as refused:
        roster = RosterDraft(expectation, form.subject, form.part)
        roster.error(None, refused.code, refused.detail, remedy=refused.remedy)
        return _answer(name, form, roster)
    if not headers:
        return _answer(name, form, roster)
    heading = read_heading(headers[0], form, roster)
    check_formulas_above(heading, headers[0], roster)
    check_what_follows(headers, ignored, roster)
    _check_whole(headers[0], form, upload, roster)
    return _answer(name, form, roster, heading=heading, ignored=ignored, headers=headers)


def _check_whole(header: Header, form: Form, upload: Upload, roster: RosterDraft) -> None:
    if not roster.rows:
        beside = "、".join(upload.beside())
        roster.error(None, "NO_DATA_ROWS", f"表头下面没有内容{f'，文件里有{beside}' if beside else ''}")
    for check in form.list_checks:
        check(roster)
    if form.nominating and form.subject in header.columns:
        check_quota(roster)


def _find_lists(
    upload: Upload, forms: Sequence[Form], limits: Limits, roster: RosterDraft
) -> Sequence[tuple[Form, Search]]:
    if upload.archive is None or upload.survey is None:
        from workflows.benchmarking.roster.xls import read_old_workbook

        return search_sheets(read_old_workbook(upload.content, limits), forms, limits)
    if upload.kind is Kind.XLSX:
        return search_sheets(read_workbook(upload.archive, upload.survey), forms, limits)
    letter = read_letter(upload.archive)
    if letter.tracked:
        roster.warn(None, "UNACCEPTED_CHANGES")
    return search_tables(letter.tables, forms, limits)


def _choose(found: Search, upload: Upload, roster: RosterDraft, form: Form, limits: Limits) -> Sequence[Header]:
    """The parts of the one list; none where it is not clear which list is meant, with the reason said."""
    if not found.headers and not found.nearly:
        beside = "、".join(upload.beside())
        if beside and not found.filled:
            roster.error(None, "NO_DATA_ROWS", f"文件里只有{beside}")
        elif not found.filled and not found.texts:
            roster.error(None, "NO_DATA_ROWS", "文件里没有内容")
        else:
            roster.error(None, "HEADER_NOT_FOUND", str(limits.header_within))
        return ()
    if upload.kind is not Kind.DOCX and len(found.headers) > 1:
        named = "、".join(header.sheet.place.spoken() for header in found.headers)
        roster.error(None, "MULTIPLE_LISTS", named)
        return ()
    chosen = found.headers or found.nearly[:1]
    _look_at_columns(chosen[0], form, roster)
    return chosen


def _look_at_columns(header: Header, form: Form, roster: RosterDraft) -> None:
    place = header.sheet.place
    seen = "、".join([*header.labels.values(), *header.unknown.values()])
    for column in form.columns:
        at = Spotted(place, header.rows[-1] + 1, header.columns.get(column.field), header.labels.get(column.field))
        if column.field in header.columns:
            if header.columns[column.field] in header.sheet.marks.hidden_columns and not column.counting:
                roster.warn(column.field, "HIDDEN_COLUMN", header.labels[column.field], at)
        elif column.required:
            roster.error(column.field, "COLUMN_MISSING", f"{column.label}（表中有：{shorten(seen, 200)}）", at)
        elif not (column.counting or column.quiet):
            roster.warn(column.field, "COLUMN_ABSENT", column.label, at)


def _look_for_repeated(header: Header, form: Form, roster: RosterDraft) -> None:
    """A second column of the same label is a second table beside the first, and half of what was meant."""
    sheet = header.sheet
    for column, field in repeated_columns(header, form).items():
        first = header.columns[field]
        filled = any(not is_blank(sheet.at(row, column)) for row in range(header.first_row, len(sheet.rows)))
        if filled and header.rows and not header.spans(first, column):
            label = header.labels[field]
            said = f"“{label}”（{sheet.place.column(first)}和{sheet.place.column(column)}）"
            roster.error(field, "COLUMN_REPEATED", said, Spotted(sheet.place, header.rows[-1] + 1, column, label))


def _read_rows(headers: Sequence[Header], form: Form, roster: RosterDraft, limits: Limits) -> list[Ignored]:
    entries = Entries(form, max(roster.expectation.today.year, roster.expectation.campaign_year))
    ignored: list[Ignored] = []
    extra: dict[str, None] = {}
    for header in headers:
        _look_for_repeated(header, form, roster)
        descent = Descent(header, form, limits)
        roster.rows.extend(_bearable((entries.read(header, line) for line in descent.lines()), limits))
        ignored.extend(descent.ignored)
        roster.totals.extend(descent.totals)
        place = header.sheet.place
        if not header.rows:
            roster.warn(None, "TABLE_JOINED_WITHOUT_HEADER", place.spoken())
        extra |= dict.fromkeys([*header.unknown.values(), *map(place.column, descent.unnamed)])
        if descent.unread_row is not None:
            said = f"{place.spoken()}第{descent.unread_row + 1}行"
            roster.warn(None, "ROWS_AFTER_GAP_NOT_READ", said, Spotted(place, descent.unread_row + 1))
    if extra:
        roster.warn(None, "UNKNOWN_COLUMNS_IGNORED", _listed(list(extra)))
    return ignored


def _bearable(drafts: Iterable[Draft], limits: Limits) -> Iterator[Draft]:
    """The entries one by one, as long as somebody could still mend them."""
    faults = 0
    for draft in drafts:
        faults += len(draft.errors) + len(draft.warnings)
        if faults > limits.faults:
            raise too_large(f"问题超过 {limits.faults} 处，像是没有按表样填写")
        yield draft


def _listed(labels: Sequence[str]) -> str:
    """The first of them by name, and how many there are."""
    if len(labels) <= _NAMED:
        return "、".join(labels)
    return f"{'、'.join(labels[:_NAMED])}等 {len(labels)} 列"


def _answer(
    name: str,
    form: Form,
    roster: RosterDraft,
    *,
    heading: Heading = NO_HEADING,
    ignored: Sequence[Ignored] = (),
    headers: Sequence[Header] = (),
) -> Report:
    rows = [
        RosterRow(row.place, row.row + 1, row.values, tuple(row.errors), tuple(row.warnings), row.key, row.extras)
        for row in roster.rows
    ]
    return Report(
        file=name,
        form=form,
        campaign_year=roster.expectation.campaign_year,
        heading=heading,
        file_errors=tuple(roster.errors),
        file_warnings=tuple(roster.warnings),
        rows=rows,
        ignored=ignored,
        quota=roster.quota,
        tables=headers,
    )
