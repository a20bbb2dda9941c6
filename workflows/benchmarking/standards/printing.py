"""Prints a number as official papers do, with the long dash of Chinese typesetting."""

import re
from typing import Final

from workflows.benchmarking.standards.normalise import fold
from workflows.benchmarking.standards.numbers import Page
from workflows.benchmarking.standards.reading import read_at

_LETTERS = re.compile(r"[A-Z]+")
# The dash before the year, and before that of an amendment sheet: GB 4706.1-2005/XG1-2018.
_YEAR_DASH = re.compile(r"-(?=(?:19|20)[0-9]{2}(?:/|$))")
_ANY_YEAR: Final = 2099


def official(number: str) -> str:
    """Return a canonical number for an official paper: GB/T 1.1—2020; foreign numbers stay as they are."""
    page = Page(number, fold(number), _ANY_YEAR)
    letters = _LETTERS.match(page.folded)
    found = read_at(page, 0, letters[0]) if letters else None
    if found is None or found.head.grammar != "chinese":
        return number
    return _YEAR_DASH.sub("—", number)
