"""Workbooks built otherwise than most: marked in place where that can be done, else given back as a new one."""

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
import xlwt
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color
from roster_files import ListFile, packed, parts_of, read, saved

from workflows.benchmarking.roster.annotating import fresh
from workflows.benchmarking.roster.annotating.annotate import Annotated, annotate
from workflows.benchmarking.roster.annotating.styles import FILLS
from workflows.benchmarking.roster.ownsheets import RESULTS
from workflows.benchmarking.roster.sheets import Merge, Place, Sheet

ON = date(2020, 6, 5)
SHEET, BOOK, STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
COMMENTS, BOXES = "xl/comments/comment1.xml", "xl/drawings/commentsDrawing1.vml"


def faulty(*, comment: bool = True) -> bytes:
    """A fault in C6 and one in G9, and a comment of the sender's in D7."""
    sent = ListFile()
    sent.rows[1][2] = None
    sent.rows[4][6] = "待商议"
    if comment:
        sent.edits.append(lambda sheet: setattr(sheet["D7"], "comment", Comment("请再核对", "经办")))
    return sent.xlsx()


def back(sent: bytes, like: bytes | None = None) -> Annotated:
    """The file with the faults of `like`, which differs in its build only."""
    found = annotate(read(like or sent), sent, on=ON)
    assert found is not None
    return found


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def coloured(content: bytes) -> set[str]:
    cells = (cell for row in opened(content)["附件2"].iter_rows() for cell in row)
    return {cell.coordinate for cell in cells if cell.fill.fgColor.rgb in FILLS.values()}


def commented(content: bytes) -> set[str]:
    return {cell.coordinate for row in opened(content)["附件2"].iter_rows() for cell in row if cell.comment}


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    parts = parts_of(content)
    return packed({**parts, name: change(parts[name])})


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (COMMENTS, rb"<authors>.*</authors>", b""),
        (COMMENTS, b"<commentList", b"<commentList><"),
        (COMMENTS, b"</?comments", lambda found: found[0].replace(b"comments", b"remarks")),
        (COMMENTS, b'ref="D7"', b'ref="nowhere"'),
        (COMMENTS, b"<text>.*</text>", b"<text/>"),
        (BOXES, b"</xml>", b"</xml >"),
        (BOOK, b"</sheets>", b"</sheets><sheets></sheets>"),
        ("xl/_rels/workbook.xml.rels", b"relationships/styles", b"relationships/otherStyles"),
        ("xl/_rels/workbook.xml.rels", b"</Relationships>", b"</Relationships><!-- end -->"),
        (SHEET, rb"<sheetFormatPr [^>]*>", b'<sheetFormatPr defaultRowHeight="1e999"/>'),
        (SHEET, rb"<sheetFormatPr [^>]*>", b'<sheetFormatPr defaultRowHeight="nan"/>'),
        (SHEET, b"sheetData>", b"otherData>"),
    ],
)
def test_what_cannot_be_changed_in_place_is_given_back_as_a_new_sheet(part: str, old: bytes, new: Any) -> None:
    sent = faulty()
    odd = with_part(sent, part, lambda content: re.sub(old, new, content, flags=re.DOTALL))
    assert parts_of(odd)[part] != parts_of(sent)[part]
    found = annotate(read(sent), odd, on=ON)
    assert found is None or "带回的是新表" in found.lost[0]


def test_a_worksheet_that_is_broken_inside_is_not_given_back_broken() -> None:
    odd = with_part(faulty(), SHEET, lambda content: content.replace(b'<row r="12"', b'<row r="12" r="12"'))
    found = annotate(read(faulty()), odd, on=ON)
    assert found is None or "带回的是新表" in found.lost[0]


def test_rows_and_cells_that_are_not_there_are_made() -> None:
    def without(content: bytes) -> bytes:
        content = re.sub(rb'<row r="6"[^>]*>.*?</row>', b'<row r="6"/>', content)
        return re.sub(rb'<c r="G9"[^>]*>.*?</c>', b"", content)

    odd = with_part(faulty(), SHEET, without)
    assert coloured(back(odd, faulty()).content) == {"C6", "G9"}


def test_a_mark_in_a_row_that_is_not_there_is_commented_only() -> None:
    odd = with_part(faulty(), SHEET, lambda content: re.sub(rb'<row r="6"[^>]*>.*?</row>', b"", content))
    found = back(odd, faulty()).content
    assert coloured(found) == {"G9"}
    assert commented(found) == {"C6", "D7", "G9"}


def test_formats_with_prefixes_and_single_tags_are_extended_alike() -> None:
    def prefixed(content: bytes) -> bytes:
        content = content.replace(b"<dxfs/>", b"").replace(b"<cellStyles", b'<dxfs count="0"/><cellStyles', 1)
        return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1s:", content).replace(
            b"<s:styleSheet xmlns=", b"<s:styleSheet xmlns:s="
        )

    sent = ListFile()
    sent.rows[1][2] = None
    rule = openpyxl.formatting.rule.DataBarRule("min", None, "max", None, "FF638EC6")
    sent.edits.append(lambda sheet: sheet.conditional_formatting.add("A5:A12", rule))
    odd = with_part(sent.xlsx(), STYLES, prefixed)
    found = back(odd, sent.xlsx())
    assert found.lost == ()
    assert coloured(found.content) == {"C6"}
    assert b"<s:dxfs" in parts_of(found.content)[STYLES]
    assert back(found.content).content == found.content


def test_a_colour_that_the_workbook_does_not_explain_is_not_remembered() -> None:
    sent = ListFile()
    sent.rows[4][6] = "待商议"
    sent.edits.append(lambda sheet: setattr(sheet["G9"], "fill", PatternFill("solid", fgColor=Color(theme=20))))
    assert "原底色" not in opened(back(sent.xlsx()).content)["附件2"]["G9"].comment.text


def test_comments_of_another_sheet_are_left_alone() -> None:
    def other(sheet: Any) -> None:
        sheet.parent.create_sheet("其他")["A1"].comment = Comment("别的", "经办")

    sent = ListFile()
    sent.rows[1][2] = None
    sent.edits.append(other)
    before, after = parts_of(sent.xlsx()), parts_of(back(sent.xlsx()).content)
    assert (before[COMMENTS], before[BOXES]) == (after[COMMENTS], after[BOXES])
    assert commented(back(sent.xlsx()).content) == {"C6"}


def test_boxes_that_are_no_comments_are_left_alone() -> None:
    button = b'<v:shape id="b"><x:ClientData ObjectType="Button"><x:Row>5</x:Row></x:ClientData></v:shape>'
    odd = with_part(faulty(), BOXES, lambda content: content.replace(b"</xml>", b"</v:shape>" + button + b"</xml>"))
    found = back(odd)
    assert found.lost == ()
    assert button in parts_of(found.content)[BOXES]


def test_a_further_fault_gets_its_box_beside_the_others() -> None:
    once = back(faulty(comment=False)).content
    book = parts_of(once)
    book[SHEET] = book[SHEET].replace(b"GB/T 22003-2014", b"GB 47O6.1-2005")
    strings = {name: part.replace(b"GB/T 22003-2014", b"GB 47O6.1-2005") for name, part in book.items()}
    twice = back(packed(strings)).content
    assert commented(twice) == {"C6", "D7", "G9"}
    boxes = next(part for name, part in parts_of(twice).items() if name.endswith(".vml"))
    assert boxes.count(b"<v:shape ") == 3
    assert boxes.count(b"<v:shapetype") == 1


def test_what_another_program_hung_on_our_sheet_goes_when_it_is_renewed() -> None:
    once = parts_of(back(faulty()).content)
    relations = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    again = back(packed({**once, "xl/worksheets/_rels/results1.xml.rels": relations})).content
    assert "xl/worksheets/_rels/results1.xml.rels" not in parts_of(again)
    assert opened(again).sheetnames == ["附件2", RESULTS]


def test_relations_written_as_a_single_tag_are_extended() -> None:
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships" />'
    sent = faulty(comment=False)
    odd = packed({**parts_of(sent), "xl/worksheets/_rels/sheet1.xml.rels": empty})
    found = back(odd)
    assert (found.lost, commented(found.content)) == ((), {"C6", "G9"})


def test_macros_in_a_long_chain_or_in_a_circle_are_all_shed() -> None:
    kind = b"http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    parts = parts_of(faulty())
    row = b'<Relationship Id="rIdV" Type="%b" Target="v0.bin"/></Relationships>' % kind
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(b"</Relationships>", row)
    for number in range(900):
        following = (number + 1) % 900
        parts[f"xl/v{number}.bin"] = b"macro"
        parts[f"xl/_rels/v{number}.bin.rels"] = (
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            b'<Relationship Id="r" Type="x/y" Target="v%d.bin"/></Relationships>' % following
        )
    found = back(packed(parts))
    assert "宏没有带回" in found.lost[0]
    assert not [name for name in parts_of(found.content) if ".bin" in name]


def test_of_an_old_workbook_huge_and_overlapping_merges_and_days_before_1900_are_left_out() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    book.add_sheet("附件2").write_merge(0, 200, 0, 200, "很大")
    found = annotate(read(saved(book), filename="名单.xls"), saved(book), on=ON)
    assert found is not None
    assert opened(found.content)["附件2"].merged_cells.ranges == set()
    merges = (Merge(0, 0, 1, 1), Merge(1, 1, 2, 2))
    sheet = Sheet(Place(sheet="甲"), [[date(1850, 1, 1), True], [None, 1.5]], merges)
    made = opened(fresh.of_sheets([sheet], read(saved(book), filename="名单.xls"), ON).content)["甲"]
    assert made["A1"].value == "1850-01-01"
    assert [str(one) for one in made.merged_cells.ranges] == ["A1:B2"]
