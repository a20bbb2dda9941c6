"""A list goes back as the sender's own workbook: faulty cells coloured and commented, and a sheet with every fault."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from python_calamine import CalamineWorkbook
from roster_files import DATE, UNIT, ListFile, clean_rows, edited, expecting, parts_of, read, saved

from workflows.benchmarking.roster.annotating import workbook
from workflows.benchmarking.roster.annotating.annotate import Annotated, annotate
from workflows.benchmarking.roster.annotating.marks import marks
from workflows.benchmarking.roster.annotating.styles import FILLS
from workflows.benchmarking.roster.annotating.words import comment_text, without_ours
from workflows.benchmarking.roster.kinds.contacts import CONTACTS
from workflows.benchmarking.roster.ownsheets import RESULTS, RESULTS_MARK
from workflows.benchmarking.roster.reading import read_roster
from workflows.benchmarking.roster.report import Report

ON = date(2020, 6, 5)
RED, YELLOW = FILLS["error"], FILLS["warning"]


def faulty() -> ListFile:
    """Errors in C6, D7, G9 and B10, a warning in E8."""
    sent = ListFile()
    sent.rows[1][2] = None
    sent.rows[2][3] = "GB 47O6.1-2005"
    sent.rows[3][4] = "GB/T 99"
    sent.rows[4][6] = "待商议"
    sent.rows[5][1] = None
    return sent


def back(sent: bytes, *, filename: str = "名单.xlsx", report: Report | None = None) -> Annotated:
    found = annotate(report or read(sent, filename=filename), sent, on=ON)
    assert found is not None
    return found


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def coloured(content: bytes, sheet: str = "附件2") -> dict[str, str]:
    """The cells with one of our fills."""
    return {
        cell.coordinate: cell.fill.fgColor.rgb
        for row in opened(content)[sheet].iter_rows()
        for cell in row
        if cell.fill.patternType == "solid" and cell.fill.fgColor.rgb in FILLS.values()
    }


def commented(content: bytes, sheet: str = "附件2") -> dict[str, str]:
    return {
        cell.coordinate: cell.comment.text for row in opened(content)[sheet].iter_rows() for cell in row if cell.comment
    }


def results(content: bytes) -> list[tuple[Any, ...]]:
    """The lines of the added sheet."""
    return [tuple(row) for row in opened(content)[RESULTS].iter_rows(values_only=True)]


def table(content: bytes) -> list[tuple[Any, ...]]:
    """The faults in the added sheet."""
    lines = results(content)
    begins = next((number for number, line in enumerate(lines, 1) if line[0] == "级别"), len(lines))
    return lines[begins:]


def links(content: bytes) -> list[str]:
    return [cell.hyperlink.location for row in opened(content)[RESULTS].iter_rows() for cell in row if cell.hyperlink]


def top(content: bytes) -> str:
    return "\n".join(str(line[0]) for line in results(content) if line[1] is None)


def test_every_faulty_cell_is_coloured_and_says_what_is_wrong_and_what_to_do() -> None:
    found = back(faulty().xlsx())
    assert coloured(found.content) == {"C6": RED, "D7": RED, "E8": YELLOW, "G9": RED, "B10": RED}
    said = commented(found.content)
    assert said.keys() == coloured(found.content).keys()
    assert said["C6"].startswith("错误：产品名称没有填写。请填写产品名称。\n应填：")
    assert said["E8"].startswith("提示：标准号 GB/T 99 没有年代号。")
    assert found.lost == ()
    assert found.filename == "海曙_附件2_核对结果.xlsx"


def test_several_faults_of_a_cell_stand_in_one_comment_errors_first() -> None:
    sent = ListFile()
    sent.rows[0][3] = "GB/T 99；GB 47O6.1-2005"
    said = commented(back(sent.xlsx()).content)["D5"]
    assert [line[:3] for line in said.split("\n")][:2] == ["错误：", "提示："]


def test_the_added_sheet_counts_and_names_every_fault_with_its_place_and_a_link() -> None:
    sent = faulty()
    sent.rows[7][5] = "FA-2019-0002"
    sent.edits.append(lambda sheet: setattr(sheet.row_dimensions[12], "hidden", True))
    content = back(sent.xlsx()).content
    assert results(content)[0][0] == RESULTS_MARK
    assert "核对了 8 行，共有 4 处错误、3 处提示。" in top(content)
    assert "名单.xlsx" in top(content)
    rows = table(content)
    assert rows[1][:6] == ("错误", "附件2", "7", "执行标准号、名称", "D7", "GB 47O6.1-2005")
    assert rows[1][6:] == ("标准号“GB 47O6.1-2005”有误：标准顺序号的写法不对。", "请核对数字与小数点，不要混入字母。")
    assert ("提示", "附件2", "12", None, "第12行") in [row[:5] for row in rows]
    assert set(links(content)) == {f"'附件2'!{name}" for name in ("C6", "D7", "E8", "G9", "B10", "G12", "A12")}
    assert not any(fault.code in str(row) for fault in read(sent.xlsx()).faults() for row in rows)


def test_the_quota_is_told_where_one_is_known() -> None:
    sent = faulty().xlsx()
    report = read(sent, quota=10)
    assert "任务数 10 家，名单中有 7 家企业。" in top(back(sent, report=report).content)


def test_a_clean_list_goes_back_with_a_sheet_that_says_so() -> None:
    content = back(ListFile().xlsx()).content
    assert "核对了 8 行，没有发现问题。" in top(content)
    assert table(content) == []
    assert (coloured(content), commented(content)) == ({}, {})


@pytest.mark.parametrize("quote", ["名单's", "a&b <c>", "+1+1"])
def test_odd_sheet_names_and_texts_are_harmless(quote: str) -> None:
    sent = faulty()
    sent.sheet = quote
    sent.rows[4][6] = f"{quote} _x0041_ 待"
    content = back(sent.xlsx()).content
    assert [row for row in table(content) if quote in str(row[5])]
    assert links(content)[0].endswith("!C6")


def test_a_fault_in_a_merged_cell_is_shown_where_the_cell_shows() -> None:
    sent = ListFile()
    sent.rows[0][1] = "某厂"
    sent.rows[1][1] = None
    sent.edits.append(lambda sheet: sheet.merge_cells("B5:B6"))
    content = back(sent.xlsx()).content
    assert list(coloured(content)) == ["B5"]
    assert "第6行" in commented(content)["B5"]


def test_a_merge_over_very_many_faulty_rows_says_the_first_of_them() -> None:
    sent = ListFile(rows=[*clean_rows(60)])
    for row in sent.rows:
        row[1] = "某厂" if row[0] == 1 else None
    sent.edits.append(lambda sheet: sheet.merge_cells("B5:B64"))
    said = commented(back(sent.xlsx()).content)["B5"]
    assert "还有 " in said
    assert said.count("\n") < 30


def test_file_faults_without_a_cell_stand_in_the_added_sheet_only() -> None:
    sent = ListFile(above=[["附件2"], ["宁波市2019年名单"], ["填报单位：没有这里"]])
    content = back(sent.xlsx()).content
    assert coloured(content) == {}
    assert {row[1] for row in table(content)} == {"整个文件"}
    assert len(table(content)) == 3


def test_a_list_without_a_header_goes_back_too() -> None:
    book = openpyxl.Workbook()
    book.active.append(["没有", "表头", "的表"])
    content = back(saved(book)).content
    assert "没有找到表头" in table(content)[0][6]


@pytest.mark.parametrize(
    ("sent", "name"),
    [(b"%PDF-1.7", "名单.pdf"), (b"", "名单.xlsx"), (b"PK\x03\x04broken", "名单.xlsx"), (b"a,b,c", "名单.csv")],
)
def test_what_cannot_be_read_at_all_is_not_given_back(sent: bytes, name: str) -> None:
    report = read(sent, filename=name)
    assert annotate(report, sent, on=ON) is None
    assert report.file_errors[0].remedy


def test_other_bytes_than_those_of_the_report_are_not_given_back() -> None:
    assert annotate(read(ListFile().xlsx()), b"%PDF-1.7", on=ON) is None


def test_the_same_list_gives_the_same_bytes() -> None:
    sent = faulty().xlsx()
    assert back(sent).content == back(sent).content


def test_another_form_is_given_back_by_its_table() -> None:
    above = [["宁波市2020年企业联系人"], [UNIT, DATE]]
    rows = [[1, "宁波海曙样例电器有限公司", "样例", "无号码"]]
    sent = ListFile(above=above, header=[["序", "企业名称", "联系人", "联系电话"]], rows=rows, below=[]).xlsx()
    report = read_roster(sent, filename="联系人.xlsx", expectation=expecting(), form=CONTACTS)
    assert coloured(back(sent, report=report).content) == {"D4": RED}
    found = annotate(report, sent, on=ON, whose="慈溪")
    assert found is not None
    assert found.filename == "慈溪_企业联系人_核对结果.xlsx"


def test_marks_are_a_table_of_the_report_alone() -> None:
    found = {(mark.row, mark.column): (mark.level, len(mark.sentences)) for mark in marks(read(faulty().xlsx()))}
    assert found == {
        (5, 2): ("error", 2),
        (6, 3): ("error", 2),
        (7, 4): ("warning", 1),
        (8, 6): ("error", 2),
        (9, 1): ("error", 2),
    }


def test_a_list_given_back_is_read_as_if_it_never_had_been() -> None:
    sent = faulty().xlsx()
    again = back(sent).content
    assert read(again).as_json() == read(sent).as_json()
    assert back(again).content == again


def test_what_was_mended_loses_its_mark_and_the_rest_keeps_one() -> None:
    book = opened(back(faulty().xlsx()).content)
    book["附件2"]["C6"] = "测试器具"
    book["附件2"]["D7"] = "GB 4706.1-2005"
    again = back(saved(book)).content
    assert coloured(again).keys() == commented(again).keys() == {"E8", "G9", "B10"}
    assert opened(again)["附件2"]["C6"].fill.patternType in (None, "none")
    assert opened(again).sheetnames == ["附件2", RESULTS]
    assert len(table(again)) == 3


def test_a_row_taken_out_takes_nothing_with_it_that_is_not_its_own() -> None:
    sent = faulty()
    sent.edits.append(lambda sheet: setattr(sheet["D7"], "fill", PatternFill("solid", fgColor="FF92D050")))
    book = opened(back(sent.xlsx()).content)
    comment = book["附件2"]["D7"].comment
    assert "原底色 #92D050" in comment.text
    book["附件2"]["D7"].comment = None
    book["附件2"].delete_rows(6)
    book["附件2"]["D6"].comment = Comment(comment.text, comment.author)
    book["附件2"]["D6"] = "GB 4706.1-2005"
    again = opened(back(saved(book)).content)["附件2"]["D6"]
    assert (again.fill.fgColor.rgb, again.comment) == ("FF92D050", None)


def test_a_comment_of_the_senders_stays_and_ours_goes_behind_it_and_away_again() -> None:
    sent = faulty()
    sent.edits.append(lambda sheet: setattr(sheet["D7"], "comment", Comment("请老王再核对", "老王")))
    sent.edits.append(lambda sheet: setattr(sheet["A1"], "comment", Comment("提示：这是我写的", "老王")))
    once = back(sent.xlsx()).content
    said = commented(once)
    assert said["D7"].startswith("请老王再核对\n〔核对意见〕\n错误：")
    assert said["A1"] == "提示：这是我写的"
    assert back(once).content == once
    book = opened(once)
    book["附件2"]["D7"] = "GB 4706.1-2005"
    assert commented(back(saved(book)).content)["D7"] == "请老王再核对"


def test_a_sheet_of_the_senders_with_our_name_is_left_alone() -> None:
    def add(sheet: Any) -> None:
        sheet.parent.create_sheet(RESULTS)["A1"] = "我自己的核对结果"

    sent = faulty()
    sent.edits.append(add)
    content = back(sent.xlsx()).content
    assert opened(content).sheetnames == ["附件2", RESULTS, f"{RESULTS} (2)"]
    assert opened(content)[RESULTS]["A1"].value == "我自己的核对结果"
    again = back(content).content
    assert opened(again).sheetnames == ["附件2", RESULTS, f"{RESULTS} (2)"]


def test_our_sheet_is_never_taken_for_the_list() -> None:
    book = opened(back(faulty().xlsx()).content)
    del book["附件2"]
    report = read(saved(book))
    assert [fault.code for fault in report.file_errors] == ["NO_DATA_ROWS"]


def test_very_many_comments_are_left_to_the_added_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_COMMENTS", 3)
    content = back(faulty().xlsx()).content
    assert len(coloured(content)) == 5
    assert commented(content).keys() == {"C6", "D7", "G9"}
    assert "有 5 个单元格标了色，批注只加在其中 3 个上" in top(content)


def test_thousands_of_faulty_rows_go_back() -> None:
    rows = [[n, f"宁波海曙样例第{n}号电器有限公司", f"器具{n}", "GB 47O6.1", "", "", "待商议"] for n in range(1, 3_001)]
    sent = ListFile(rows=rows).xlsx()
    report = read(sent)
    with CalamineWorkbook.from_filelike(io.BytesIO(back(sent, report=report).content)) as book:
        listed = book.get_sheet_by_name(RESULTS).to_python()
    assert [line[0] for line in listed].count("错误") == 6_000 + len(report.file_errors)
    assert len(listed) > len(report.faults())


STRICT = (
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [("xl/workbook.xml", *STRICT), ("xl/styles.xml", b"<cellXfs", b"<otherXfs")],
)
def test_a_workbook_that_cannot_be_changed_in_place_comes_back_as_a_new_one(part: str, old: bytes, new: bytes) -> None:
    sent = faulty().xlsx()
    odd = edited(sent, part, old, new)
    if part == "xl/styles.xml":
        odd = edited(odd, part, b"</cellXfs>", b"</otherXfs>")
    found = back(odd, report=read(sent))
    assert "带回的是新表" in found.lost[0]
    assert found.lost[0] in top(found.content)
    assert coloured(found.content).keys() == {"C6", "D7", "E8", "G9", "B10"}


@given(
    theirs=st.text(st.characters(codec="utf-8", exclude_characters="〔〕\r"), max_size=40).map(str.strip),
    said=st.lists(st.sampled_from(["错误：没有填写。", "提示：请核对。"]), min_size=1, max_size=3),
    colour=st.none() | st.sampled_from(["FFFF00", "92D050"]),
)
@settings(max_examples=200)
def test_of_a_comment_the_senders_part_is_always_found_again(theirs: str, said: list[str], colour: str | None) -> None:
    ours = comment_text(said, colour=colour, behind=theirs)
    assert without_ours(theirs + ours) == (theirs, colour, True)


def test_only_what_has_to_change_is_changed() -> None:
    sent = faulty()
    sent.edits.append(lambda sheet: sheet.parent.create_sheet("说明").append(["甲", "乙"]))
    content = sent.xlsx()
    before, after = parts_of(content), parts_of(back(content).content)
    same = {name for name in before if before[name] == after[name]}
    assert {"xl/worksheets/sheet2.xml", "xl/theme/theme1.xml", "docProps/core.xml", "docProps/app.xml"} <= same
