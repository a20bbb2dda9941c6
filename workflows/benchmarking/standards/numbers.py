"""The shapes that the readers of the families share: a page to read, a head, a number found, a year."""

import re
from dataclasses import dataclass, replace
from typing import Final, Literal, cast

from workflows.benchmarking.standards import cell
from workflows.benchmarking.standards.cell import Kind, Nature

Grammar = Literal["chinese", "colon", "dotted", "hyphen", "astm"]

FIRST_YEAR: Final = 1950
_CENTURY_TURN: Final = 50
_LONG_YEAR: Final = 4
_SHORT_YEAR: Final = 2


@dataclass(frozen=True, slots=True)
class Page:
    """A cell to read: as written, in upper case with the titles masked, and the last year that can be."""

    text: str
    folded: str
    last_year: int


@dataclass(frozen=True, slots=True)
class Head:
    """The code before the digits, as it is printed, and what follows from it."""

    code: str
    kind: Kind
    nature: Nature | None
    grammar: Grammar
    join: str = " "
    flags: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A number found between two positions of a page."""

    head: Head
    start: int
    end: int
    number: str | None
    serial: str
    year: int | None
    flags: tuple[str, ...]
    errors: tuple[str, ...]
    # IEC/EN 60335-1 are two standards in one breath.
    twin: str | None = None

    def but(self, *, end: int, flags: tuple[str, ...] = (), errors: tuple[str, ...] = ()) -> "Found":
        """Return this number with a later end and what the text up to there adds."""
        return replace(self, end=end, flags=self.flags + flags, errors=self.errors + errors)


@dataclass(frozen=True, slots=True)
class Year:
    """A year behind a number, where its text ends, and what had to be said about it."""

    value: int | None
    end: int
    flags: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


def judge_year(digits: str, last_year: int, end: int, *flags: str) -> Year:
    """Return the year of two or four digits, or the fault in it."""
    if len(digits) == _LONG_YEAR:
        value = int(digits)
    elif len(digits) == _SHORT_YEAR:
        value = int(digits) + (1900 if int(digits) >= _CENTURY_TURN else 2000)
        flags = (*flags, cell.TWO_DIGIT_YEAR)
    else:
        return Year(None, end, errors=(cell.YEAR_MALFORMED,))
    if FIRST_YEAR <= value <= last_year:
        return Year(value, end, flags)
    return Year(None, end, errors=(cell.YEAR_OUT_OF_RANGE,))


def like_year(digits: str, last_year: int) -> bool:
    """Tell whether four digits can be the year of a standard."""
    return len(digits) == _LONG_YEAR and digits.isdecimal() and FIRST_YEAR <= int(digits) <= last_year


# A year written behind something other than a dash: GB/T 19001:2016, GB/T 19001/2016, GB/T 19001 2016.
_LOOSE_YEAR = re.compile(
    r"(?: ?[:/_~.] ?| )((?:19|20)[0-9]{2})(?:年版|版|(?![0-9A-Z年月]| ?[-.:/~][0-9]|[./-] ?[0-9]))"
)
_YEAR_ENDING = re.compile(r" ?(?:年版|版|年(?![0-9\u4e00-\u9fff]))")


def loose_year(page: Page, pos: int) -> Year | None:
    """Return the year that stands at the position behind a wrong separator, if one does."""
    match = _LOOSE_YEAR.match(page.folded, pos)
    if match and like_year(match[1], page.last_year):
        return Year(int(match[1]), match.end(), (cell.YEAR_SEPARATOR_FIXED,))
    return None


def skip_year_ending(page: Page, pos: int) -> int:
    """Return the position behind 年版 or 版, if it stands there."""
    match = _YEAR_ENDING.match(page.folded, pos)
    return match.end() if match else pos


def begin(pattern: re.Pattern[str], page: Page, start: int) -> re.Match[str]:
    """Return the match of a pattern that the letters at the position are known to satisfy."""
    return cast("re.Match[str]", pattern.match(page.folded, start))


def start_of_piece(page: Page, start: int) -> bool:
    """Tell whether a piece of the cell begins here: at its beginning, in a new line or behind a separator."""
    before = page.folded[max(0, start - 2) : start].rstrip(" ")
    return start == 0 or (before[-1:] or "\n") in "\n;,、:"


# GB/T 2423.1/2/3, EN 71-1/-2, GB/T 2423.1、2、3, GB/T 2423.1~2423.10, GB/T 2423.1至GB/T 2423.10.
_SLASHED = re.compile(r"(?: ?/ ?[-.]?[0-9]{1,6}(?:\.[0-9]{1,4}){0,3}){1,50}(?:-[0-9]{2,4})?(?![0-9A-Z])")
_LISTED = re.compile(r"(?: ?[、,] ?[-.]?[0-9]{1,3}){1,50}(?:-(?:19|20)[0-9]{2})?(?= ?(?:$|[\n;《)]|系列|部分))")
_MARKED = re.compile(r" ?[、-] ?\.[0-9]{1,4}| ?[,、] ?-[0-9]{1,4}")
_SPANNED = re.compile(
    r" ?(?:~|至|到|-(?=[A-Z])) ?(?:([A-Z]{1,5})(?: ?/ ?[A-Z]{1,12})? ?)?"
    r"[-.]?[0-9]{1,6}(?:\.[0-9]{1,4}){0,3}(?:[-:][0-9]{2,4})?"
)


def range_end(page: Page, pos: int, head: Head, serial: str) -> int | None:
    """Return where a range or an abbreviated list that begins at the position ends, if one begins there."""
    folded = page.folded
    if folded[pos : pos + 2].strip()[:1] not in _RANGE_MARKS:
        return None
    match = _SLASHED.match(folded, pos)
    if match is None and not serial.isdecimal():
        match = _LISTED.match(folded, pos) or _MARKED.match(folded, pos)
    if match is None:
        match = _SPANNED.match(folded, pos)
        # With a dash only the same code makes a range: GB/T 2423.1-GB/T 2423.10.
        if match and match[0].lstrip().startswith("-") and not head.code.upper().startswith(match[1] or "?"):
            return None
    return match.end() if match else None


_RANGE_MARKS: Final = frozenset("/、,~至到-")
