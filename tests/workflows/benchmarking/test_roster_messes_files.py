"""Messes 34 to 36: other kinds of file, wrong endings, and the letter around a list."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from roster_files import (
    HEADER,
    NAME,
    PRODUCT,
    TITLE,
    ListFile,
    add_table,
    assert_survives,
    clean_rows,
    file_codes,
    packed,
    parts_of,
    read,
    row_faults,
    saved,
    values,
    whys,
)

MADE = Path(__file__).parent / "data" / "roster"


def test_mess_34_an_old_workbook_is_read() -> None:
    report = read(ListFile().xls(), filename="名单.xls")
    assert_survives(report)
    assert [row.values for row in report.rows] == [row.values for row in read(ListFile().xlsx()).rows]


@pytest.mark.parametrize("name", ["libreoffice.xlsx", "libreoffice.xls"])
def test_mess_34_what_libreoffice_writes_is_read(name: str) -> None:
    report = read((MADE / name).read_bytes(), filename=name)
    assert row_faults(report) == [(7, None, "HIDDEN_ROW"), (8, "enterprise_name", "STRUCK_THROUGH")]
    assert file_codes(report) == ([], [])
    assert (report.heading.district_name, report.heading.reporting_date) == ("慈溪", date(2020, 6, 2))
    assert values(report, "enterprise_name")[:2] == ["慈溪样例电器有限公司"] * 2
    assert values(report, "existing_plan_no") == ["FA-2019-0001", None, "20190036", None, "FA-2020"]


@pytest.mark.parametrize("name", ["list.pdf", "list.csv", "list.html", "list.ods", "letter.doc"])
@pytest.mark.parametrize("ending", [None, ".xlsx", ".docx", ".xls"])
def test_mess_34_other_kinds_are_refused_whatever_their_ending(name: str, ending: str | None) -> None:
    filename = name if ending is None else f"名单{ending}"
    report = read((MADE / name).read_bytes(), filename=filename)
    assert file_codes(report) == (["UNSUPPORTED_FORMAT"], [])
    assert "另存为 .xlsx 或 .docx" in report.file_errors[0].remedy
    assert report.rows == []


@pytest.mark.parametrize("ending", [".et", ".wps", ".ett"])
def test_mess_34_a_file_of_wps_is_refused_by_its_ending_where_its_content_is_that_of_an_old_workbook(
    ending: str,
) -> None:
    assert file_codes(read(ListFile().xls(), filename=f"名单{ending}")) == (["UNSUPPORTED_FORMAT"], [])


def test_mess_34_a_workbook_is_read_whatever_its_ending() -> None:
    for filename in ("名单.et", "名单.docx", "名单", "名单.xls"):
        assert_survives(read(ListFile().xlsx(), filename=filename))


def renamed_stream(name: str) -> bytes:
    """An old container whose one stream bears another name."""
    content = ListFile().xls()
    found = content.index("Workbook".encode("utf-16-le"))
    entry = bytearray(content[found : found + 128])
    entry[:64] = name.encode("utf-16-le").ljust(64, b"\0")
    entry[64:66] = ((len(name) + 1) * 2).to_bytes(2, "little")
    return content[:found] + bytes(entry) + content[found + 128 :]


def locked_workbook() -> bytes:
    """An old workbook with the record that says it is encrypted."""
    content = bytearray(ListFile().xls())
    begins = content.index(b"\x09\x08\x10\x00")
    content[begins + 20 : begins + 22] = b"\x2f\x00"
    return bytes(content)


def locked_package() -> bytes:
    content = bytearray(ListFile().xlsx())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = content.find(mark)
        while found >= 0:
            content[found + flags] |= 1
            found = content.find(mark, found + 4)
    return bytes(content)


@pytest.mark.parametrize(
    "content", [renamed_stream("EncryptedPackage"), locked_workbook(), locked_package()], ids=["package", "old", "zip"]
)
def test_mess_35_a_file_with_a_password_is_named_as_such(content: bytes) -> None:
    report = read(content)
    assert file_codes(report) == (["FILE_ENCRYPTED"], [])
    assert "取消密码" in report.file_errors[0].remedy


@pytest.mark.parametrize(
    "content",
    [
        b"",
        ListFile().xlsx()[:-200],
        ListFile().xlsx()[:400],
        packed({name: part for name, part in parts_of(ListFile().xlsx()).items() if "sheet1" not in name}),
        packed({name: part for name, part in parts_of(ListFile().xlsx()).items() if "_rels" not in name}),
        packed(parts_of(ListFile().xlsx()) | {"xl/workbook.xml": b"<workbook><sheets>"}),
        packed(parts_of(ListFile().docx()) | {"word/document.xml": b"<document><body>"}),
        packed({name: part for name, part in parts_of(ListFile().docx()).items() if "document.xml" not in name}),
    ],
)
def test_mess_35_a_damaged_file_is_named_as_such(content: bytes) -> None:
    assert file_codes(read(content)) == (["FILE_DAMAGED"], [])


@pytest.mark.parametrize("cut", [512, 1500, 3000])
def test_mess_35_an_old_workbook_cut_short_is_damaged(cut: int) -> None:
    assert file_codes(read(ListFile().xls()[:cut], filename="名单.xls")) == (["FILE_DAMAGED"], [])


def test_mess_35_a_changed_byte_is_noticed() -> None:
    content = bytearray(packed_plainly(parts_of(ListFile().xlsx())))
    found = content.index(b"<sheetData>")
    content[found + 40] ^= 1
    assert file_codes(read(bytes(content))) == (["FILE_DAMAGED"], [])


def packed_plainly(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"<html><body><table><tr><td>1</td></tr></table></body></html>",
        "序,企业名称,产品名称\n1,样例,样例".encode("gb18030"),
        "序\t企业名称".encode("utf-16"),
        b'<?xml version="1.0"?><Workbook/>',
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        bytes(range(256)) * 4,
        packed({"readme.txt": b"x"}),
        packed({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"}),
        packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\0"}),
        packed({"[Content_Types].xml": b"<Types/>", "other.xml": b"<p/>"}),
        renamed_stream("WordDocument"),
        renamed_stream("Contents"),
    ],
)
def test_mess_35_the_wrong_content_under_the_right_ending_is_refused(content: bytes) -> None:
    assert file_codes(read(content, filename="名单.xlsx")) == (["UNSUPPORTED_FORMAT"], [])


def test_mess_35_a_workbook_with_macros_is_read_and_its_macros_lie_still() -> None:
    parts = parts_of(ListFile().xlsx())
    plain, macro = b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
    kinds = parts["[Content_Types].xml"].replace(b"vnd.openxmlformats-officedocument." + plain, b"vnd." + macro)
    assert macro in kinds
    sent = packed(parts | {"[Content_Types].xml": kinds, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(2000)})
    assert_survives(read(sent, filename="名单.xlsm"))


def letter(*, rows: list[list[Any]] | None = None) -> Any:
    """A letter with greetings and other tables around the list."""
    document = docx.Document()
    document.add_paragraph("关于报送企业名单的函")
    document.add_paragraph("市局：现将我区2020年参加对标达标提升专项行动的企业名单报送如下。")
    contact = document.add_table(rows=1, cols=2)
    contact.cell(0, 0).text, contact.cell(0, 1).text = "联系人", "样例"
    document.add_paragraph("附件2：")
    document.add_paragraph(TITLE)
    document.add_paragraph("填报单位：海曙区市场监管局        填报日期：2020年5月28日")
    add_table(document, [HEADER, *(clean_rows() if rows is None else rows)])
    return document


def test_mess_36_a_letter_and_other_tables_around_the_list_do_not_matter() -> None:
    document = letter()
    document.add_paragraph("特此函告。")
    document.add_table(rows=2, cols=3)
    report = read(saved(document), filename="名单.docx")
    assert_survives(report)
    assert report.heading.title == TITLE
    assert report.rows[0].as_json()["source"] == {"table": 2, "row": 2}


def test_mess_36_a_table_cut_in_two_with_its_header_repeated_is_one_list() -> None:
    document = letter(rows=clean_rows()[:5])
    document.add_page_break()
    add_table(document, [HEADER, *clean_rows()[5:]])
    report = read(saved(document), filename="名单.docx")
    assert_survives(report)
    assert [row.as_json()["source"] for row in report.rows[4:6]] == [{"table": 2, "row": 6}, {"table": 3, "row": 2}]
    assert report.heading.as_json()["header_rows"] == [1]


def test_mess_36_a_table_going_on_without_a_header_is_joined_with_a_warning() -> None:
    document = letter(rows=clean_rows()[:5])
    document.add_paragraph("")
    add_table(document, clean_rows()[5:])
    report = read(saved(document), filename="名单.docx")
    assert file_codes(report) == ([], ["TABLE_JOINED_WITHOUT_HEADER"])
    assert len(report.rows) == 8
    assert row_faults(report) == []


def test_mess_36_a_header_repeated_inside_one_table_is_passed_over() -> None:
    rows = clean_rows()
    report = read(saved(letter(rows=[*rows[:4], HEADER, *rows[4:]])), filename="名单.docx")
    assert_survives(report)
    assert whys(report) == [(6, "repeated_header")]


def test_mess_36_paragraphs_in_a_cell_are_lines() -> None:
    rows = clean_rows()
    rows[2][3] = "GB 4706.1-2005《通用要求》\nGB 4706.19-2008《液体加热器的特殊要求》"
    report = read(saved(letter(rows=rows)), filename="名单.docx")
    assert_survives(report)
    assert values(report, "implemented_standards")[2] == ["GB 4706.1-2005", "GB 4706.19-2008"]


def test_mess_36_cells_merged_down_hold_for_every_row() -> None:
    rows = clean_rows()
    rows[3][0] = rows[3][NAME] = None
    document = letter(rows=rows)
    table = document.tables[-1]
    for column in (0, 1):
        table.cell(3, column).merge(table.cell(4, column))
    report = read(saved(document), filename="名单.docx")
    assert row_faults(report) == []
    names = values(report, "enterprise_name")
    assert names[2] == names[3] == rows[2][NAME]


def tracked(run: Any, tag: str) -> None:
    """Put the run into a tracked insertion or deletion."""
    element = run._r
    around = OxmlElement(f"w:{tag}")
    around.set(qn("w:author"), "样例")
    element.addprevious(around)
    around.append(element)
    if tag == "del":
        for text in element.findall(qn("w:t")):
            text.tag = qn("w:delText")


def test_mess_36_tracked_deletions_are_not_read_and_insertions_are() -> None:
    document = letter()
    cells = document.tables[-1].rows[3].cells
    tracked(cells[PRODUCT].paragraphs[0].add_run("（删去）"), "del")
    tracked(cells[PRODUCT].paragraphs[0].add_run("（加上）"), "ins")
    report = read(saved(document), filename="名单.docx")
    assert file_codes(report) == ([], ["UNACCEPTED_CHANGES"])
    assert row_faults(report) == []
    assert report.rows[2].values["product_name"] == f"{clean_rows()[2][PRODUCT]}（加上）"


def test_mess_36_a_letter_of_libreoffice_with_changes_is_read() -> None:
    report = read((MADE / "libreoffice.docx").read_bytes(), filename="名单.docx")
    assert file_codes(report) == ([], ["UNACCEPTED_CHANGES"])
    assert values(report, "enterprise_name", "product_name") == [
        ["慈溪示例轴承有限公司", "深沟球轴承（修订）"],
        ["虚构文具有限公司", "中性笔"],
    ]


def test_mess_36_struck_and_hidden_text_of_a_letter_is_seen() -> None:
    document = letter()
    cells = document.tables[-1].rows
    cells[2].cells[PRODUCT].paragraphs[0].runs[0].font.strike = True
    cells[4].cells[PRODUCT].paragraphs[0].runs[0].font.hidden = True
    cells[5].cells[PRODUCT].paragraphs[0].runs[0].font.strike = False
    report = read(saved(document), filename="名单.docx")
    assert row_faults(report) == [(3, "product_name", "STRUCK_THROUGH"), (5, None, "HIDDEN_ROW")]


def test_mess_36_a_title_row_and_the_reporting_line_may_stand_inside_the_table() -> None:
    document = docx.Document()
    rows = [[TITLE], ["填报单位：海曙区市场监管局", None, None, None, "填报日期：2020年5月28日"], HEADER, *clean_rows()]
    table = add_table(document, rows)
    table.cell(0, 0).merge(table.cell(0, 6))
    report = read(saved(document), filename="名单.docx")
    assert_survives(report)
    assert report.heading.as_json()["header_rows"] == [3]


def test_mess_36_a_letter_without_a_table_holds_no_list() -> None:
    document = docx.Document()
    document.add_paragraph("名单见附件。")
    report = read(saved(document), filename="名单.docx")
    assert file_codes(report) == (["NO_DATA_ROWS"], [])


def test_a_nested_table_is_a_table_of_its_own() -> None:
    document = docx.Document()
    frame = document.add_table(rows=1, cols=1)
    inner = frame.cell(0, 0).add_table(rows=3, cols=7)
    for row, cells in zip([HEADER, *clean_rows(2)], inner.rows, strict=True):
        for value, cell in zip(row, cells.cells, strict=True):
            cell.text = str(value or "")
    report = read(saved(document), filename="名单.docx", district="330203")
    assert len(report.rows) == 2
    assert row_faults(report) == []
