"""Lists of which more than one reading is possible, and lists made to be endless: nothing is lost without a word."""

from dataclasses import replace
from typing import Any

import docx
import pytest
from roster_files import (
    BENCHMARK,
    DATE,
    FIRST_ROW,
    HEADER,
    IMPLEMENTED,
    NAME,
    PRODUCT,
    TITLE,
    UNIT,
    ListFile,
    add_table,
    assert_survives,
    clean_rows,
    expecting,
    file_codes,
    packed,
    read,
    row_faults,
    saved,
)

from workflows.benchmarking.roster.limits import DEFAULT_LIMITS
from workflows.benchmarking.roster.reading import read_roster
from workflows.benchmarking.standards import scan

OTHER = "填报单位：余姚市市场监管局（盖章）"


def under_one_another(unit: str) -> ListFile:
    sent = ListFile()
    sent.rows[4:4] = [[], [unit], list(HEADER)]
    return sent


def test_lists_of_two_units_under_one_another_are_refused_with_the_row_of_the_second() -> None:
    report = read(under_one_another(OTHER).xlsx())
    assert file_codes(report) == (["REPORTING_UNITS_SEVERAL"], [])
    fault = report.file_errors[0]
    assert fault.at.row == FIRST_ROW + 5
    assert "余姚市市场监管局" in fault.sentence
    assert "分开报送" in fault.remedy


def test_the_same_unit_once_more_is_nothing_to_speak_of() -> None:
    assert_survives(read(under_one_another("填报单位：海曙区市场监管局（盖章）").xlsx()))
    assert_survives(read(under_one_another("填报单位：（盖章）").xlsx()))


def test_tables_of_two_units_in_one_letter_are_refused() -> None:
    def letter(unit: str) -> bytes:
        document = docx.Document()
        for line in (TITLE, f"{UNIT}        {DATE}"):
            document.add_paragraph(line)
        add_table(document, [HEADER, *clean_rows()[:4]])
        document.add_paragraph(unit)
        add_table(document, [HEADER, *clean_rows()[4:]])
        return saved(document)

    assert file_codes(read(letter(OTHER))) == (["REPORTING_UNITS_SEVERAL"], [])
    assert_survives(read(letter(UNIT)))


def widened(label: str, text: Any, *, merged: bool = False) -> ListFile:
    sent = ListFile()
    sent.header[0].append(label)
    for row in sent.rows:
        row.append(text)
    if merged:
        sent.edits.append(lambda sheet: sheet.merge_cells("G4:H4"))
    return sent


def test_a_second_table_beside_the_first_is_refused_column_by_column() -> None:
    report = read(widened("企业名称", "宁波海曙样例旁边有限公司").xlsx())
    errors, _ = file_codes(report)
    assert errors == ["COLUMN_REPEATED"]
    assert "B列和H列" in report.file_errors[0].sentence
    assert report.file_errors[0].as_json()["cell"] == "H4"


def test_a_label_twice_over_an_empty_column_or_merged_over_two_is_no_second_table() -> None:
    assert file_codes(read(widened("企业名称", None).xlsx()))[0] == []
    merged = ListFile(header=[["序", "企业名称", "产品名称", None, *HEADER[3:]]])
    merged.rows = [[*row[:3], "甲型", *row[3:]] for row in merged.rows]
    merged.edits.append(lambda sheet: sheet.merge_cells("C4:D4"))
    assert file_codes(read(merged.xlsx())) == ([], ["UNKNOWN_COLUMNS_IGNORED"])


def test_of_two_further_columns_with_one_label_both_are_kept() -> None:
    sent = widened("备注", "先")
    sent.header[0].append("备注")
    for row in sent.rows:
        row.append("后")
    assert read(sent.xlsx()).rows[0].extras == {"备注": "先", "备注（I列）": "后"}


def test_many_further_columns_are_counted_and_not_all_named() -> None:
    sent = ListFile()
    sent.header[0] += [f"附加{number}" for number in range(30)]
    report = read(sent.xlsx())
    assert "附加19等 30 列" in report.file_warnings[0].sentence
    assert "附加20" not in report.file_warnings[0].sentence


def test_a_formula_without_a_value_above_the_list_is_told_with_its_cell() -> None:
    sent = ListFile(above=[["附件2："], [TITLE], [UNIT, None, None, None, "=TODAY()"]])
    report = read(sent.xlsx())
    assert file_codes(report) == ([], ["REPORTING_DATE_MISSING", "FORMULA_WITHOUT_VALUE"])
    assert report.file_warnings[1].as_json()["cell"] == "E3"


def test_a_cell_of_countless_numbers_is_refused_with_one_sentence() -> None:
    sent = ListFile()
    sent.rows[0][IMPLEMENTED] = "Q/" * 8000
    sent.rows[1][BENCHMARK] = "GB/T 1234-2010、" * 500
    report = read(sent.xlsx())
    assert row_faults(report) == [
        (FIRST_ROW, "implemented_standards", "STANDARD_NUMBER_INVALID"),
        (FIRST_ROW + 1, "benchmark_standards", "STANDARD_NUMBER_INVALID"),
    ]
    assert report.rows[0].errors[0].as_json()["reason"] == "TOO_MANY_NUMBERS"


def test_two_hundred_numbers_in_a_cell_are_still_read() -> None:
    numbers = [f"GB/T {number}-2010" for number in range(1000, 1201)]
    assert len(scan("；".join(numbers[:200]), year=2020).references) == 200
    assert scan("；".join(numbers), year=2020).errors == ("TOO_MANY_NUMBERS",)


def test_a_list_with_more_faults_than_anyone_mends_is_refused_as_a_whole() -> None:
    sent = ListFile()
    for row in sent.rows:
        row[NAME] = row[PRODUCT] = None
        row[IMPLEMENTED] = "按客户要求"
    limits = replace(DEFAULT_LIMITS, faults=20)
    report = read_roster(sent.xlsx(), filename="名单.xlsx", expectation=expecting(), limits=limits)
    assert file_codes(report) == (["FILE_TOO_LARGE"], [])
    assert "问题超过 20 处" in report.file_errors[0].sentence


@pytest.mark.parametrize(
    ("content", "said", "remedy"),
    [
        (b"%PDF-1.7 ...", "这是 PDF 文件", "原来的表格"),
        (b"\x89PNG\r\n\x1a\n", "这是图片", "原来的表格"),
        (b"Rar!\x1a\x07", "这是压缩包", "先解压"),
        (packed({"名单.xlsx": ListFile().xlsx()}), "这是压缩包", "先解压"),
        (b"a,b", "这是纯文本", "WPS（或 Excel、Word）中打开"),
    ],
)
def test_what_cannot_be_read_is_named_with_what_can_be_done_about_that_very_kind(
    content: bytes, said: str, remedy: str
) -> None:
    report = read(content)
    assert file_codes(report) == (["UNSUPPORTED_FORMAT"], [])
    assert said in report.file_errors[0].sentence
    assert remedy in report.file_errors[0].remedy
    assert "另存为 .xlsx 或 .docx" in report.file_errors[0].remedy


def test_an_old_workbook_whose_directory_was_cut_off_is_damaged_and_no_other_kind_of_file() -> None:
    content = bytearray(ListFile().xls())
    found = content.index("Workbook".encode("utf-16-le"))
    content[found : found + 16] = "Anderes.".encode("utf-16-le")
    assert file_codes(read(bytes(content), filename="名单.xls")) == (["FILE_DAMAGED"], [])
    assert file_codes(read(bytes(content), filename="名单")) == (["UNSUPPORTED_FORMAT"], [])


def with_table_inside(rows: list[list[str]], column: int) -> bytes:
    document = docx.Document()
    for line in (TITLE, f"{UNIT}        {DATE}"):
        document.add_paragraph(line)
    table = add_table(document, [HEADER, *clean_rows()])
    inner = table.cell(1, column).add_table(len(rows), len(rows[0]))
    for row, cells in zip(rows, inner.rows, strict=True):
        for value, cell in zip(row, cells.cells, strict=True):
            cell.text = value
    return saved(document)


def test_a_table_inside_a_cell_is_part_of_what_the_cell_says() -> None:
    report = read(with_table_inside([["GB 4706.1-2005", "《样例》"], ["", ""]], IMPLEMENTED))
    numbers = [one.number for one in report.rows[0].values["implemented_standards"]]  # type: ignore[attr-defined]
    assert numbers == ["GB/T 22001-2014", "GB 4706.1-2005"]


def test_a_text_without_end_inside_a_cell_is_no_part_of_it() -> None:
    assert_survives(read(with_table_inside([["GB 4706.1-2005" * 200]], IMPLEMENTED)))


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("ISO 105 C06:2010", "ISO 105-C06:2010"),
        ("ISO105C06:2010", "ISO 105-C06:2010"),
        ("EN ISO 105 X12:2016", "EN ISO 105-X12:2016"),
        ("ISO 105-C06:2010", "ISO 105-C06:2010"),
        ("ISO 105:2010", "ISO 105:2010"),
    ],
)
def test_the_parts_of_the_fastness_of_colours_are_read_without_their_dash(cell: str, number: str) -> None:
    assert [one.number for one in scan(cell, year=2020).references] == [number]
