"""A plain list as a sheet: title, who made it and when, numbered rows, nothing taken for a formula or a link."""

from datetime import date, datetime
from io import BytesIO

from openpyxl import load_workbook

from workflows.benchmarking.annexes.listing import LONG, Column, write_list

MADE = datetime(2020, 10, 26, 9, 30)  # noqa: DTZ001 - local time, as the paper prints it
COLUMNS = [Column("企业", 30), Column("产品", 10, "个"), Column("截止", 12), Column("备注", 20)]
ROWS = [
    ("样例甲有限公司", 2, date(2020, 10, 31), None),
    ("=1+1", 0, date(2020, 11, 2), "https://www.example.org/list"),
]


def sheet_of(note=""):
    paper = write_list("样例清单", COLUMNS, ROWS, bureau="宁波市市场监督管理局", made_at=MADE, note=note)
    return paper, load_workbook(BytesIO(paper.content)).active


def test_a_list_says_what_it_is_who_made_it_and_when():
    paper, sheet = sheet_of()

    assert paper.name == "样例清单（20201026）.xlsx"
    assert sheet["A1"].value == sheet.title == "样例清单"
    assert sheet["A2"].value == "填报单位：宁波市市场监督管理局　　制表时间：2020年10月26日09:30"
    assert sheet_of("逾期的办件")[1]["A2"].value.endswith("　　逾期的办件")


def test_rows_are_numbered_and_keep_what_they_say():
    _, sheet = sheet_of()

    rows = [["" if cell.value is None else cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert rows == [
        ["序号", "企业", "产品（个）", "截止", "备注"],
        [1, "样例甲有限公司", 2, "2020-10-31", ""],
        [2, "=1+1", 0, "2020-11-02", "https://www.example.org/list"],
    ]
    assert sheet["B5"].data_type == "s"
    assert sheet["E5"].hyperlink is None


def test_the_head_stands_on_every_printed_page_and_the_columns_fit_its_width():
    _, sheet = sheet_of()

    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$1:$3", "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    # one page across is what a sheet that says nothing else has; downwards as many as it takes
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A4", "A3:E5")


def test_a_list_too_long_for_the_memory_of_a_page_says_the_same():
    rows = [ROWS[0]] * LONG + [ROWS[1]]
    paper = write_list("样例清单", COLUMNS, rows, bureau="宁波市市场监督管理局", made_at=MADE)
    sheet = load_workbook(BytesIO(paper.content), read_only=True).active

    found = list(sheet.iter_rows(min_row=1, max_row=4, values_only=True))
    (last,) = sheet.iter_rows(min_row=LONG + 4, values_only=True)
    assert found[0][0] == "样例清单"
    assert found[3][:3] == (1, "样例甲有限公司", 2)
    assert last[:4] == (LONG + 1, "=1+1", 0, "2020-11-02")
