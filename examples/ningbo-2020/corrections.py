"""How a refused list was corrected: in the annotated sheet that came back, cell by cell, and sent in again."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import openpyxl
from annex2 import NominationList
from openpyxl.styles import Font
from packing import without_the_hour


@dataclass(frozen=True, slots=True)
class Correction:
    """The sheet that came back, what was written into its cells, which row was taken out or is not struck any more."""

    returned: str
    cells: Mapping[str, Any]
    unstruck: int | None = None
    taken_out: int | None = None


CORRECTIONS: Final[Mapping[str, Correction]] = {
    "08-余姚.xlsx": Correction(
        "余姚_附件2_核对结果.xlsx",
        {
            "A2": "宁波市2020年参加对标达标提升专项行动企业名单",
            "E3": "填报日期：2020年6月4日",
            "B7": "余姚示例小家电有限公司",
            "C10": "高纯钛溅射靶材",
            "G11": None,
            "D15": "GB 11291.1-2011《工业环境用机器人 安全要求 第1部分：机器人》",
        },
        unstruck=20,
    ),
    "10-象山.xlsx": Correction(
        "象山_附件2_核对结果.xlsx",
        {
            "A4": "填报单位：象山县市场监管局           填报日期：2020年6月5日",
            "G8": "是",
            "D9": "FZ/T 73001-2016《袜子》",
        },
        taken_out=14,
    ),
}


def corrected(name: str, returned: Path, sent: NominationList) -> bytes:
    """The returned workbook with its faults mended; its comments, colours and the added sheet are still in it."""
    correction = CORRECTIONS[name]
    book = openpyxl.load_workbook(returned / correction.returned)
    sheet = book.worksheets[0]
    for place, value in correction.cells.items():
        sheet[place] = value
    if correction.unstruck:
        for cell in sheet[correction.unstruck]:
            cell.font = Font(name=cell.font.name, size=cell.font.size)
    if correction.taken_out:
        sheet.delete_rows(correction.taken_out)
    written = BytesIO()
    book.save(written)
    return without_the_hour(written, sent.reported_on)
