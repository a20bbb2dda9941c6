"""Hostile and oversized files: refused before they are parsed, in bounded memory, with a sentence."""

import io
import random
import struct
import tracemalloc
import zipfile
import zlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from roster_files import (
    HEADER,
    TITLE,
    ListFile,
    assert_survives,
    clean_rows,
    expecting,
    file_codes,
    packed,
    parts_of,
    read,
    row_faults,
)

from workflows.benchmarking.roster.limits import DEFAULT_LIMITS, Limits
from workflows.benchmarking.roster.reading import read_roster
from workflows.benchmarking.roster.report import Report

SHEET = "xl/worksheets/sheet1.xml"
BOMB = b"""<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>"""


PREFIXED = b'<x:row xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="1048576">'
PREFIXED += b'<x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>'


def within(content: bytes, limits: Limits) -> Report:
    return read_roster(content, filename="名单.xlsx", expectation=expecting(), limits=limits)


def sheet_of(content: bytes) -> bytes:
    return parts_of(content)[SHEET]


def with_sheet(change: Any, *, base: bytes | None = None) -> bytes:
    parts = parts_of(base or ListFile().xlsx())
    return packed(parts | {SHEET: change(parts[SHEET])})


def test_a_file_over_the_limit_is_not_even_opened() -> None:
    content = ListFile().xlsx()
    report = within(content, replace(DEFAULT_LIMITS, file_bytes=len(content) - 1))
    assert file_codes(report) == (["FILE_TOO_LARGE"], [])
    assert_survives(within(content, replace(DEFAULT_LIMITS, file_bytes=len(content))))


def test_a_bomb_of_zeros_is_refused_by_its_ratio() -> None:
    report = read(packed(parts_of(ListFile().xlsx()) | {"xl/zeros.bin": bytes(3_000_000)}))
    assert file_codes(report) == (["FILE_TOO_LARGE"], [])
    assert "压缩比" in report.file_errors[0].sentence


def test_what_unpacks_beyond_the_limit_is_refused() -> None:
    report = within(ListFile().xlsx(), replace(DEFAULT_LIMITS, unpacked_bytes=10_000))
    assert file_codes(report) == (["FILE_TOO_LARGE"], [])


def test_too_many_parts_are_refused() -> None:
    parts = {f"xl/media/{number}.txt": b"" for number in range(60)}
    report = within(packed(parts_of(ListFile().xlsx()) | parts), replace(DEFAULT_LIMITS, entries=50))
    assert file_codes(report) == (["FILE_TOO_LARGE"], [])
    crowded = packed(parts_of(ListFile().xlsx()) | {"xl/directories": b"PK\x01\x02" * 600})
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as package:
        for name, part in parts_of(crowded).items():
            package.writestr(name, part)
    assert file_codes(within(stored.getvalue(), replace(DEFAULT_LIMITS, entries=50)))[0] == ["FILE_TOO_LARGE"]


def test_too_many_sheets_rows_and_cells_are_refused() -> None:
    book = ListFile().workbook()
    for number in range(4):
        book.create_sheet(f"表{number}")
    stream = io.BytesIO()
    book.save(stream)
    assert file_codes(within(stream.getvalue(), replace(DEFAULT_LIMITS, sheets=4)))[0] == ["FILE_TOO_LARGE"]
    assert file_codes(within(ListFile().xlsx(), replace(DEFAULT_LIMITS, rows=7)))[0] == ["FILE_TOO_LARGE"]
    assert_survives(within(ListFile().xlsx(), replace(DEFAULT_LIMITS, rows=8)))
    few = replace(DEFAULT_LIMITS, cells=40)
    assert file_codes(within(ListFile().docx(), few))[0] == ["FILE_TOO_LARGE"]
    assert file_codes(within(ListFile().xls(), few))[0] == ["FILE_TOO_LARGE"]
    sent = ListFile()
    sent.rows[0][0] = "=1"
    assert file_codes(within(sent.xlsx(), few))[0] == ["FILE_TOO_LARGE"]


def test_a_million_filled_rows_are_refused_on_the_way() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (row, row) for row in range(60_000, 60_100))
    content = with_sheet(lambda sheet: sheet.replace(b"</sheetData>", rows + b"</sheetData>"))
    assert file_codes(within(content, replace(DEFAULT_LIMITS, filled_rows=100)))[0] == ["FILE_TOO_LARGE"]
    assert file_codes(within(content, DEFAULT_LIMITS))[0] == []


def test_an_old_workbook_with_too_many_sheets_is_refused() -> None:
    report = within(ListFile().xls(), replace(DEFAULT_LIMITS, sheets=0))
    assert file_codes(report) == (["FILE_TOO_LARGE"], [])


def test_a_cell_in_the_last_corner_takes_no_memory() -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    content = with_sheet(lambda sheet: sheet.replace(b"</sheetData>", far))
    tracemalloc.start()
    report = read(content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50_000_000
    assert len(report.rows) == 8
    assert file_codes(report) == ([], ["ROWS_AFTER_GAP_NOT_READ"])


@pytest.mark.parametrize(
    "far",
    [
        b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        b'<row r="1048576"><c s="1" r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1048576"><c\n r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1048576"><c r="XFD1048576" x="/>"><v>1</v></c></row>',
        PREFIXED,
    ],
)
def test_no_way_of_writing_it_hides_a_far_cell(far: bytes) -> None:
    report = read(with_sheet(lambda sheet: sheet.replace(b"</sheetData>", far + b"</sheetData>")))
    assert len(report.rows) == 8
    assert file_codes(report) == ([], ["ROWS_AFTER_GAP_NOT_READ"])


def shared_strings(strings: bytes, attributes: bytes = b"") -> bytes:
    """A list whose workbook has a table of shared strings."""
    parts = parts_of(ListFile().xlsx())
    kinds = b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    kinds += b'spreadsheetml.sharedStrings+xml"/></Types>'
    relation = b'<Relationship Id="rIdS" Target="sharedStrings.xml" Type="http://schemas.openxmlformats.org/'
    relation += b'officeDocument/2006/relationships/sharedStrings"/></Relationships>'
    space = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rels = "xl/_rels/workbook.xml.rels"
    return packed(
        parts
        | {
            "[Content_Types].xml": parts["[Content_Types].xml"].replace(b"</Types>", kinds),
            rels: parts[rels].replace(b"</Relationships>", relation),
            "xl/sharedStrings.xml": space + attributes + b">" + strings + b"</sst>",
        }
    )


@pytest.mark.parametrize("count", [b"4294967295", b"18446744073709551615"])
def test_an_invented_count_reserves_nothing(count: bytes) -> None:
    strings = b"<si><t>x</t></si>"
    assert_survives(read(shared_strings(strings, b' uniqueCount="' + count + b'"')))
    assert_survives(read(shared_strings(strings, b" uniqueCount = '" + count + b"'")))


def test_a_long_string_named_by_every_cell_is_kept_once() -> None:
    noise = random.Random(1).randbytes(150_000).hex().encode()  # noqa: S311 - packs badly
    base = shared_strings(b"<si><t>" + noise + b"</t></si>")
    rows = b"".join(b'<row r="%d"><c r="I%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(20, 3000))
    content = with_sheet(lambda sheet: sheet.replace(b"</sheetData>", rows + b"</sheetData>"), base=base)
    tracemalloc.start()
    report = read(content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert file_codes(report) == (["FILE_TOO_LARGE"], [])
    assert peak < 50_000_000


def test_more_text_than_a_list_can_have_is_refused() -> None:
    sent = ListFile()
    sent.rows[3][2] = "长" * 32_767
    assert row_faults(read(sent.xlsx())) == [(8, "product_name", "PRODUCT_NAME_LENGTH")]
    assert file_codes(within(sent.xlsx(), replace(DEFAULT_LIMITS, cell_characters=32_766)))[0] == ["FILE_TOO_LARGE"]
    assert file_codes(within(ListFile().xlsx(), replace(DEFAULT_LIMITS, characters=500)))[0] == ["FILE_TOO_LARGE"]


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"])
def test_entities_are_refused_in_every_part_of_a_workbook(part: str) -> None:
    parts = parts_of(ListFile().xlsx())
    content = parts[part][parts[part].index(b"?>") + 2 :] if parts[part].startswith(b"<?xml") else parts[part]
    assert file_codes(read(packed(parts | {part: BOMB + content}))) == (["FILE_DAMAGED"], [])


def test_entities_are_refused_in_a_letter() -> None:
    parts = parts_of(ListFile().docx())
    document = parts["word/document.xml"]
    bomb = BOMB + document[document.index(b"?>") + 2 :]
    assert file_codes(read(packed(parts | {"word/document.xml": bomb}))) == (["FILE_DAMAGED"], [])


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "gb2312"])
def test_a_part_in_another_encoding_is_refused(encoding: str) -> None:
    head = '<?xml version="1.0" encoding="gb2312"?>' if encoding == "gb2312" else ""
    content = with_sheet(lambda sheet: (head + sheet.decode()).encode(encoding))
    assert file_codes(read(content)) == (["FILE_DAMAGED"], [])


def test_bottomless_nesting_is_refused() -> None:
    deep = b"<a>" * 5000 + b"</a>" * 5000
    letter = parts_of(ListFile().docx())
    inside = letter["word/document.xml"].replace(b"<w:sectPr", deep + b"<w:sectPr", 1)
    assert file_codes(read(packed(letter | {"word/document.xml": inside}))) == (["FILE_TOO_LARGE"], [])
    far = b'<row r="60000"><c r="A60000"><v>1</v></c></row></sheetData>'
    content = with_sheet(lambda sheet: sheet.replace(b"</sheetData>", far + deep))
    assert file_codes(read(content)) == (["FILE_TOO_LARGE"], [])
    plain = with_sheet(lambda sheet: sheet.replace(b"</sheetData>", b"</sheetData>" + deep))
    assert_survives(read(plain))


def test_a_row_of_thousands_of_merges_costs_little() -> None:
    merges = b"".join(b'<mergeCell ref="A%d:XFD1048576"/>' % row for row in range(1, 3000))
    around = b"</sheetData><mergeCells>" + merges + b"</mergeCells>"
    content = with_sheet(lambda sheet: sheet.replace(b"</sheetData>", around))
    assert within(content, DEFAULT_LIMITS).file_errors
    downwards = b"".join(b'<mergeCell ref="B%d:B1048576"/>' % row for row in range(5, 12))
    around = b"</sheetData><mergeCells>" + downwards + b"</mergeCells>"
    content = with_sheet(lambda sheet: sheet.replace(b"</sheetData>", around))
    assert file_codes(within(content, replace(DEFAULT_LIMITS, cells=20)))[0] == ["FILE_TOO_LARGE"]


def lying(content: bytes, size: int) -> bytes:
    """The package with another size of its sheet in the directory, and a sum that fits what it claims."""
    changed = bytearray(content)
    begins = changed.find(b"PK\x01\x02")
    while begins >= 0:
        name_length = struct.unpack_from("<H", changed, begins + 28)[0]
        if changed[begins + 46 : begins + 46 + name_length] == SHEET.encode():
            struct.pack_into("<L", changed, begins + 16, zlib.crc32(sheet_of(content)[:size]))
            struct.pack_into("<L", changed, begins + 24, size)
        begins = changed.find(b"PK\x01\x02", begins + 4)
    return bytes(changed)


def test_a_directory_that_lies_about_a_size_is_not_believed() -> None:
    assert file_codes(read(lying(ListFile().xlsx(), 100))) == (["FILE_DAMAGED"], [])


def test_parts_that_share_bytes_or_a_name_are_refused() -> None:
    twice = io.BytesIO()
    with zipfile.ZipFile(twice, "w") as package:
        for name, content in parts_of(ListFile().xlsx()).items():
            package.writestr(name, content)
        package.writestr(SHEET.upper(), b"<worksheet/>")
    assert file_codes(read(twice.getvalue())) == (["FILE_DAMAGED"], [])
    content = bytearray(ListFile().xlsx())
    first = content.find(b"PK\x01\x02")
    second = content.find(b"PK\x01\x02", first + 4)
    content[second + 42 : second + 46] = content[first + 42 : first + 46]
    assert file_codes(read(bytes(content)))[0] == ["FILE_DAMAGED"]


def test_an_unknown_way_of_packing_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_BZIP2) as package:
        for name, content in parts_of(ListFile().xlsx()).items():
            package.writestr(name, content)
    assert file_codes(read(stream.getvalue())) == (["FILE_DAMAGED"], [])


def test_a_workbook_that_only_the_careful_reader_may_read_gives_the_same_answer() -> None:
    sent = ListFile()
    sent.rows[2][0], sent.rows[3][5] = "=ROW()", 20190036
    sent.edits.append(lambda sheet: sheet.merge_cells("A2:G2"))
    parts = parts_of(sent.xlsx())
    careful = packed(
        parts | {"xl/styles.xml": parts["xl/styles.xml"].replace(b"count=", b"count ="), "xl/media/a.png": b"x"}
    )
    one, other = read(sent.xlsx()).as_json(), read(careful).as_json()
    assert one == other


def test_a_broken_workbook_for_the_careful_reader_is_damaged() -> None:
    parts = parts_of(ListFile().xlsx())
    styles = parts["xl/styles.xml"].replace(b"count=", b"count =").replace(b'fontId="0"', b'fontId="x"')
    assert file_codes(read(packed(parts | {"xl/styles.xml": styles}))) == (["FILE_DAMAGED"], [])


BASES = {"xlsx": parts_of(ListFile().xlsx()), "docx": parts_of(ListFile().docx())}


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(BASES)), st.randoms(use_true_random=False))
def test_whatever_stands_in_a_part_there_is_an_answer(kind: str, chance: random.Random) -> None:
    parts = BASES[kind]
    name = chance.choice([part for part in sorted(parts) if part.endswith((".xml", ".rels")) and "theme" not in part])
    content = bytearray(parts[name])
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(content))
        content[place : place + chance.choice([0, 1, 1, 20])] = chance.choice(
            [bytes([chance.randrange(256)]), b"", b'"', b"<c", b"</t>", b"4294967295", b"&#0;", b"-1"]
        )
    report = read(packed(parts | {name: bytes(content)}))
    assert report.as_json()["file"] == "名单.xlsx"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.randoms(use_true_random=False))
def test_whatever_stands_in_an_old_workbook_there_is_an_answer(chance: random.Random) -> None:
    content = bytearray(ListFile().xls())
    for _ in range(chance.randint(1, 6)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    assert read(bytes(content), filename="名单.xls").as_json()["file"] == "名单.xls"


def test_a_list_of_ten_thousand_rows_is_read_whole() -> None:
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "constant_memory": False})
    sheet = book.add_worksheet("附件2")
    rows = [
        ["附件2"],
        [TITLE],
        ["填报单位：海曙区市场监管局", None, "填报日期：2020年5月28日"],
        HEADER,
        *clean_rows(10_000),
    ]
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value)
    book.close()
    report = read(stream.getvalue())
    assert len(report.rows) == 10_000
    assert report.quota is not None
    assert report.quota.submitted == 10_000
    assert [code for _, _, code in row_faults(report)] == []
