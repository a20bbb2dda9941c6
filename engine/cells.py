"""Text for tables that spreadsheets open: what somebody typed never becomes a formula."""

from typing import Final

_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet works out; the wide signs are taken for the narrow ones."""


def as_cell(text: str) -> str:
    """The text as it can stand in CSV; an apostrophe tells a spreadsheet that it is text."""
    return f"'{text}" if text.startswith(_FORMULAS) else text
