"""Plain text in columns: Chinese characters take two, and no line of a letter is wider than a small window."""

import re
import unicodedata
from typing import Final

COLUMNS: Final = 78
_WIDE: Final = frozenset({"W", "F"})
_NO_START: Final = frozenset("，。、；：？！）】》”’…—％%,.;:?!)]}")
"""Characters that never begin a line."""
_NO_END: Final = frozenset("（【《“‘([{")
"""Characters that never end a line."""
_ADDRESS: Final = re.compile(r"\s*https?://[!-~]+")


def width(text: str) -> int:
    """How many columns a text takes in a window of equal columns."""
    return sum(2 if unicodedata.east_asian_width(letter) in _WIDE else 1 for letter in text)


def clip(text: str, most: int) -> str:
    """The text with at most so many characters, an ellipsis in place of what is cut off."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def wrap(text: str, columns: int = COLUMNS) -> str:
    """Every line within the columns: broken at a blank, or between Chinese characters; indentation is kept."""
    return "\n".join(part for line in text.split("\n") for part in _lines(line.rstrip(), columns))


def _lines(line: str, columns: int) -> list[str]:
    # an address that is broken leads nowhere
    return [line] if _ADDRESS.fullmatch(line) else _broken(line, columns)


def _broken(line: str, columns: int) -> list[str]:
    indent = line[: len(line) - len(line.lstrip())]
    parts, rest = [], line
    while width(rest) > columns:
        place = _break_before(rest, columns, len(indent))
        parts.append(rest[:place].rstrip())
        rest = indent + rest[place:].lstrip()
    return [*parts, rest]


def _break_before(line: str, columns: int, indent: int) -> int:
    """Where the next line begins: the last fitting place; in a word longer than a line, simply where it is full."""
    taken, fitting, full = 0, 0, indent + 1
    for place, letter in enumerate(line):
        if place > indent and _may_break(line, place):
            fitting = place
        taken += width(letter)
        if taken > columns:
            full = max(place, indent + 1)
            break
    return fitting or full


def _may_break(line: str, place: int) -> bool:
    before, after = line[place - 1], line[place]
    if after in _NO_START or before in _NO_END:
        return False
    return before == " " or width(before) + width(after) > 2  # noqa: PLR2004 - one of them is wide
