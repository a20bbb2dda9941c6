"""The fonts of an official paper after GB/T 9704, by name, and their sizes in points; what kind of file it is."""

from typing import Final

TITLE_FONT: Final = "方正小标宋简体"
BODY_FONT: Final = "仿宋_GB2312"
HEAD_FONT: Final = "黑体"
SUBHEAD_FONT: Final = "楷体_GB2312"
LATIN_FONT: Final = "Times New Roman"
NUMBER_FONT: Final = "宋体"
"""Fonts that offices have; they are named, not embedded, and stand-ins take their place elsewhere."""

TITLE_SIZE: Final = 22.0
BODY_SIZE: Final = 16.0
NUMBER_SIZE: Final = 14.0
TABLE_SIZE: Final = 12.0
SMALL_SIZE: Final = 10.5
LINE: Final = 28.9
"""22 lines on 225 mm."""

DRAFT: Final = "草稿　待签发"
TEXT_WIDTH: Final = 156
"""Millimetres."""
MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
