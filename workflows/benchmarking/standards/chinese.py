"""Reads what follows a Chinese code: serial, year, amendment, and every way in which they go wrong."""

import re
from dataclasses import dataclass, replace
from typing import Final

from workflows.benchmarking.standards import cell
from workflows.benchmarking.standards.families import EDITION_LETTER, LEADING_LETTER
from workflows.benchmarking.standards.numbers import (
    Found,
    Head,
    Page,
    Year,
    begin,
    judge_year,
    like_year,
    loose_year,
    range_end,
    skip_year_ending,
)

# What stands between code and digits, then the digits with whatever was mixed into them.
_JOIN = re.compile(r" ?[-:._]? ?(?:NO\.? ?)?")
_RAW = re.compile(
    r"[OIL]?[0-9][0-9A-Z]{0,19}(?: ?\.(?: (?=[0-9]{1,4} ?-))?[0-9A-Z]{1,12}){0,8}"
    r"(?:-[0-9A-Z]{1,6}(?=-(?:19|20)[0-9]{2}(?![0-9])))?"
)
_RAW_LETTERED = re.compile(r"[A-Z]{0,2} ?[0-9][0-9A-Z]{0,19}(?:\.[0-9A-Z]{1,12}){0,8}")
# GSB 05-1426-2001 and DBJ/T 13-91-2007 have a dash inside the number.
_RAW_SAMPLE = re.compile(
    r"[0-9A-Z]{1,6}(?:\.[0-9]{1,4}){0,3}"
    r"(?:-(?:[0-9]{1,6}(?:\.[0-9]{1,4})?(?=-[0-9])|(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]{3,6}(?![0-9])))?"
)
_RAW_ENTERPRISE = re.compile(r"[A-Z]{0,2}[0-9][0-9A-Z]{0,19}(?:\.[0-9A-Z]{1,12}){0,8}(?: S(?=-[0-9]))?")

_SERIAL = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,4}){0,3}")
_SERIAL_EDITION = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,4}){0,3}[A-Z]?")
_SERIAL_LETTERED = re.compile(r"[A-Z]{0,2}[0-9]{1,6}(?:\.[0-9]{1,4}){0,3}")
_SERIAL_SAMPLE = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,4}){0,3}(?:-[0-9]{1,6}(?:\.[0-9]{1,4}){0,3})?")
_SERIAL_ENTERPRISE = re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,5})?[A-Z]?")
_SERIAL_PACKAGING = re.compile(r"[0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class _Shape:
    raw: re.Pattern[str]
    serial: re.Pattern[str]


_USUAL: Final = _Shape(_RAW, _SERIAL)
_SHAPES: Final[dict[str, _Shape]] = {
    **dict.fromkeys(EDITION_LETTER, _Shape(_RAW, _SERIAL_EDITION)),
    **dict.fromkeys(LEADING_LETTER, _Shape(_RAW_LETTERED, _SERIAL_LETTERED)),
    "GSB": _Shape(_RAW_SAMPLE, _SERIAL_SAMPLE),
    "DBJ": _Shape(_RAW_SAMPLE, _SERIAL_SAMPLE),
    "YBB": _Shape(_RAW, _SERIAL_PACKAGING),
    "Q": _Shape(_RAW_ENTERPRISE, _SERIAL_ENTERPRISE),
}

_DASHED = re.compile(r" ?- ?([0-9]{1,9})( [0-9]{2}(?![0-9.])|[A-Z]?)(\.[0-9])?")
_BLANK_YEAR = re.compile(r" ?- ?(?:[X×*□?]{2,4}|[OIL][0-9OIL]{3})(?![0-9A-Z])")
_COLON = re.compile(r":([0-9]{1,9})(?![0-9A-Z])")
_LONE_YEAR = re.compile(r" ?[-:] ?((?:19|20)[0-9]{2})(?![0-9]| ?[-.][0-9])")
_CORRIGENDUM = re.compile(r" ?/ ?XG ?([0-9]{1,2})(?: ?[-:] ?((?:19|20)[0-9]{2}))?")


def read_chinese(page: Page, head: Head, start: int, pos: int) -> Found:
    """Return the number behind a Chinese code; a code without digits is a fault of its own."""
    after = begin(_JOIN, page, pos).end()
    shape = _shape(head)
    raw = shape.raw.match(page.folded, after)
    lone = _LONE_YEAR.match(page.folded, pos)
    if raw is None or lone:
        return _without_serial(page, head, start, pos, lone)
    serial = raw[0].replace(" ", "")
    flags = (cell.PREFIX_NORMALISED,) if page.folded[pos:after].strip() else ()
    year = _dotted_year(page, serial, raw.end())
    if year:
        serial = serial.rpartition(".")[0]
    else:
        year = _read_year(page, serial, raw.end())
    errors = () if shape.serial.fullmatch(serial) else (cell.NUMBER_MALFORMED,)
    number = f"{head.code}{head.join}{serial}" + (f"-{year.value}" if year.value else "")
    found = Found(head, start, year.end, number, serial, year.value, flags + year.flags, errors + year.errors)
    return _finish(page, found)


def _shape(head: Head) -> _Shape:
    return _SHAPES.get(re.split(r"[^A-Z]", head.code, maxsplit=1)[0], _USUAL)


def _without_serial(page: Page, head: Head, start: int, pos: int, lone: re.Match[str] | None) -> Found:
    if lone is None:
        return Found(head, start, pos, None, "", None, (), (cell.NUMBER_MISSING,))
    year = judge_year(lone[1], page.last_year, skip_year_ending(page, lone.end()))
    return Found(head, start, year.end, None, "", year.value, (), (cell.NUMBER_MISSING, *year.errors))


def _dotted_year(page: Page, serial: str, end: int) -> Year | None:
    """GB/T 5782.2016: a last part that can be a year is one, if no year follows."""
    last = serial.rpartition(".")[2]
    if last == serial or not like_year(last, page.last_year) or _DASHED.match(page.folded, end):
        return None
    return Year(int(last), skip_year_ending(page, end), (cell.YEAR_SEPARATOR_FIXED,))


def _read_year(page: Page, serial: str, pos: int) -> Year:
    dashed = _DASHED.match(page.folded, pos)
    if dashed:
        return _dashed_year(page, serial, dashed)
    blank = _BLANK_YEAR.match(page.folded, pos)
    if blank:
        return Year(None, blank.end(), errors=(cell.YEAR_MALFORMED,))
    loose = loose_year(page, pos)
    if loose:
        # GB/T 1234~2016 may be a range of whole numbers; GB/T 19001~2016 cannot be one.
        ranged = page.folded[pos : loose.end].lstrip().startswith("~")
        if not (ranged and serial.isdecimal() and int(serial) < int(loose.value or 0)):
            return loose
    colon = _COLON.match(page.folded, pos)
    if colon:
        return judge_year(colon[1], page.last_year, colon.end(), cell.YEAR_SEPARATOR_FIXED)
    return Year(None, pos)


def _dashed_year(page: Page, serial: str, dashed: re.Match[str]) -> Year:
    digits, torn, dotted = dashed.groups()
    end = dashed.end(1)
    if dotted and (digits == serial.partition(".")[0] or not like_year(digits, page.last_year)):
        return Year(None, begin(_RANGE_REST, page, dashed.end()).end(), errors=(cell.RANGE_NOT_SUPPORTED,))
    if torn and len(digits) < len("2016"):
        return Year(None, begin(_WORD_REST, page, dashed.end(2)).end(), errors=(cell.YEAR_MALFORMED,))
    year = judge_year(digits, page.last_year, skip_year_ending(page, end))
    first_part = serial.rpartition(".")[2] if "." in serial else ""
    if year.errors and len(digits) <= len("16") and first_part.isdecimal() and int(digits) > int(first_part):
        # GB 4706.1-30 means the parts 1 to 30, not the year 2030.
        return Year(None, end, errors=(cell.RANGE_NOT_SUPPORTED,))
    return year


_RANGE_REST = re.compile(r"[0-9]{0,4}(?:-(?:19|20)[0-9]{2})?")
_WORD_REST = re.compile(r"[0-9A-Z]{0,8}")


def _finish(page: Page, found: Found) -> Found:
    """Add an amendment sheet that is part of the number, and notice a range."""
    corrigendum = _CORRIGENDUM.match(page.folded, found.end) if found.head.kind == "national" else None
    if corrigendum:
        sheet, year = corrigendum.groups()
        suffix = f"/XG{sheet}" + (f"-{year}" if year else "")
        return replace(found, end=corrigendum.end(), number=f"{found.number}{suffix}")
    end = range_end(page, found.end, found.head, found.serial)
    return found.but(end=end, errors=(cell.RANGE_NOT_SUPPORTED,)) if end else found
