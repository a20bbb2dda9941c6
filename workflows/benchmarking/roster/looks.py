"""The formats of a list that is handed out."""

from typing import Any, Final

FONT, HEAD_FONT = "宋体", "黑体"
TWICE, MISSING = "#F4B183", "#FFF2CC"
"""Fills of entries that stand there twice and of cells that are still missing; the guide says what they mean."""
_TEXT: Final = "@"


class Looks:
    """Each made once for a workbook."""

    def __init__(self, book: Any) -> None:
        cell = {"font_name": FONT, "font_size": 11, "border": 1, "valign": "vcenter", "text_wrap": True}
        line = {"font_name": FONT, "font_size": 11, "valign": "vcenter"}
        # what is typed stays as it is typed: no number loses its zeros and nothing becomes a date
        self.cell = book.add_format({**cell, "num_format": _TEXT})
        self.number = book.add_format({**cell, "align": "center"})
        self.head = book.add_format(
            {**cell, "font_name": HEAD_FONT, "align": "center", "bg_color": "#D9E1F2", "bold": True}
        )
        self.title = book.add_format(
            {"font_name": HEAD_FONT, "font_size": 16, "align": "center", "valign": "vcenter", "text_wrap": True}
        )
        self.corner = book.add_format({**line, "font_name": HEAD_FONT})
        self.line = book.add_format(line)
        self.right = book.add_format({**line, "align": "right"})
        self.day = book.add_format({**line, "align": "left", "num_format": 'yyyy"年"m"月"d"日"', "bottom": 1})
        self.note = book.add_format({**line, "font_size": 10, "text_wrap": True})
        self.text = book.add_format({**cell, "align": "left"})
        self.centred = book.add_format({**cell, "align": "center"})
        self.twice = book.add_format({"bg_color": TWICE, "bold": True})
        self.missing = book.add_format({"bg_color": MISSING})
        self.twice_shown = book.add_format({**cell, "bg_color": TWICE, "bold": True})
        self.missing_shown = book.add_format({**cell, "bg_color": MISSING})
