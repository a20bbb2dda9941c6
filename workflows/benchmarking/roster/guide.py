"""The sheet that explains a list that is handed out: what to write in which column, with an example that is no row."""

from typing import Any, Final

from workflows.benchmarking.roster.forms import Column, Form
from workflows.benchmarking.roster.looks import Looks
from workflows.benchmarking.roster.ownsheets import GUIDE, GUIDE_MARK
from workflows.benchmarking.roster.sheets import column_letters

HEADS: Final = (("栏目", 26), ("是否必填", 10), ("怎么填", 60), ("示例（仅供参照）", 44))
_GENERAL: Final = (
    "只填写前一张表；不要改动列名，不要合并单元格。行数不够的，在最后一个空行之上插入行。",
    "填好后存为 .xlsx 报送；收到的核对结果会在本表上标出问题，改正后把同一个文件再报送即可。",
)
_LINE, _LONG_LINE, _WORDS, _EXAMPLE = 18, 70, 28, 22
"""Points of a line, and the characters that stand in one: across the sheet, in the third column, in the fourth."""
CHOICES_FROM: Final = 20
"""The column from which on the choices stand that are too long for a cell's own list."""


def choices_range(place: int, column: Column) -> str:
    """Where the choices of a column stand, as a formula says it."""
    letters = column_letters(place + CHOICES_FROM)
    return f"={GUIDE}!${letters}$1:${letters}${len(column.choices)}"


def write_guide(book: Any, form: Form, listed: dict[int, Column]) -> None:
    """A row for each column, so that an example can never be taken for an entry; `listed` have their choices here."""
    looks, sheet = Looks(book), book.add_worksheet(GUIDE)
    sheet.set_row(0, 30)
    sheet.merge_range(0, 0, 0, len(HEADS) - 1, GUIDE_MARK, looks.title)
    row = 1
    for line in (*_GENERAL, *(f"注：{note}" for note in form.notes)):
        sheet.merge_range(row, 0, row, len(HEADS) - 1, line, looks.note)
        sheet.set_row(row, _LINE * (1 + len(line) // _LONG_LINE))
        row += 1
    for place, (head, width) in enumerate(HEADS):
        sheet.set_column(place, place, width)
        sheet.write_string(row, place, head, looks.head)
    for column in form.columns:
        row += 1
        _explain(sheet, looks, row, column)
    row += 2
    sheet.write_string(row, 0, "重复填报", looks.twice_shown)
    sheet.merge_range(row, 1, row, len(HEADS) - 1, "表中加粗并显示这种颜色的，是同一内容填了两次。", looks.text)
    sheet.write_string(row + 1, 0, "尚未填写", looks.missing_shown)
    sheet.merge_range(
        row + 1, 1, row + 1, len(HEADS) - 1, "这一行已开始填写，而显示这种颜色的必填单元格还空着。", looks.text
    )
    for place, column in listed.items():
        sheet.write_column(0, place + CHOICES_FROM, column.choices)
        sheet.set_column(place + CHOICES_FROM, place + CHOICES_FROM, None, None, {"hidden": True})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, row + 1, len(HEADS) - 1)


def _explain(sheet: Any, looks: Looks, row: int, column: Column) -> None:
    needed = "必填" if column.filled else "可不填"
    said = column.hint or ("按顺序编号。" if column.counting else "")
    if column.choices:
        said = f"{said}从下拉列表中选择：{'、'.join(column.choices)}。"
    for place, text in enumerate((column.label, needed, said, column.example)):
        sheet.write_string(row, place, text, looks.centred if place == 1 else looks.text)
    sheet.set_row(row, _LINE * (1 + max(len(said) // _WORDS, len(column.example) // _EXAMPLE)))
