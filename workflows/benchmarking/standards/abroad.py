"""Reads international, European and foreign standards, each with its own way of writing parts and years."""

import re
from typing import Final

from workflows.benchmarking.standards import cell
from workflows.benchmarking.standards.families import SHORT_YEAR_EXPANDED, SHORT_YEAR_KEPT
from workflows.benchmarking.standards.numbers import (
    Found,
    Head,
    Page,
    Year,
    judge_year,
    loose_year,
    range_end,
    skip_year_ending,
)

# A part has a digit in it, or is made of capitals with more of the number behind it (ISO 105-AB:2010).
_PART: Final = (
    r"(?=[0-9A-Z]{1,4}(?![0-9A-Z]))(?:[A-Z]{0,3}[0-9][0-9A-Z]{0,3}"
    r"|(?<=-)[A-Z]{1,4}(?=(?:-[0-9A-Z]{1,4}){0,3}(?::[0-9]|-[A-Z]{0,3}[0-9][0-9A-Z]{0,3}(?![0-9A-Z]))))"
)
_COLON_SERIAL = re.compile(rf"(?:30[0-9] [0-9]{{3}}(?![0-9])|[0-9]{{1,6}})((?:[-.]{_PART}){{0,6}})(?![0-9A-Z])")
_FASTNESS: Final = re.compile(r"105 ?([A-Z][0-9]{2})(?![0-9A-Z])")
_FASTNESS_NUMBER: Final = "105"
_FASTNESS_HEADS: Final = frozenset({"ISO", "EN ISO", "BS EN ISO", "DIN EN ISO", "NF EN ISO"})
_MIXED = re.compile(r"[0-9]{1,6}[A-Z]{1,2}(?:[0-9][0-9A-Z]{0,8})?(?![0-9A-Z])|[0-9]{7,20}(?![0-9A-Z])")
_COLON_YEAR = re.compile(r"( ?:|: ?| : )([0-9]{1,9})(?![0-9])")
# A dash and a year at the end of the parts, perhaps with the month of the edition.
_TYPED = re.compile(r"(.+)([-.])((?:19|20)[0-9]{2})(?:-(?:0[1-9]|1[0-2]))?")
_TYPED_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_MONTH = re.compile(r"-(?:0[1-9]|1[0-2])(?![0-9A-Z])")
_SPACED_YEAR = re.compile(r"(?: - ?| ?- )((?:19|20)[0-9]{2})(?![0-9A-Z年月]|[-.][0-9])")
_AMENDMENT = re.compile(
    r" ?([+/]) ?(?:(AMD|AMENDMENT|COR|CORR|A)[. ]{0,2}([0-9]{1,2})|(AC))(?![0-9A-Z])"
    r"(?: ?[:-] ?((?:19|20)[0-9]{2})(?![0-9]))?"
)
_EDITION = re.compile(r" (?:CSV|RLV)(?![A-Z])| V[0-9](?:\.[0-9]{1,2}){1,2}(?![0-9])")
_AMENDMENTS: Final = 8
_WORDS: Final = {"AMENDMENT": "AMD", "CORR": "COR"}


def read_colon(page: Page, head: Head, start: int, pos: int) -> Found | None:
    """Read number, parts with dashes, a year behind a colon or (in China) a dash, and amendments."""
    match = _COLON_SERIAL.match(page.folded, pos)
    if match is None:
        return _fastness(page, head, start, pos) or _mixed(page, head, start, pos)
    if match[0] == _FASTNESS_NUMBER and (fastness := _fastness(page, head, start, pos)):
        return fastness
    return _with_year(page, head, start, (pos, match[0], match.end()))


def _fastness(page: Page, head: Head, start: int, pos: int) -> Found | None:
    """The parts of ISO 105 on the fastness of colours are often written without their dash: ISO 105 C06:2010."""
    match = _FASTNESS.match(page.folded, pos) if head.code in _FASTNESS_HEADS else None
    return _with_year(page, head, start, (pos, f"{_FASTNESS_NUMBER}-{match[1]}", match.end())) if match else None


def _with_year(page: Page, head: Head, start: int, read: tuple[int, str, int]) -> Found:
    """The number with what stands behind it; `read` is where the digits begin, what they are, where they end."""
    pos, digits, end = read
    year, serial = _colon_year(page, digits, end)
    flags = (cell.PREFIX_NORMALISED,) if page.folded[pos - 1 : pos] == "-" else ()
    errors = (cell.NUMBER_MALFORMED,) if head.grammar == "colon" and "." in serial else ()
    amendments, end = _amendments(page, year.end)
    number = f"{head.code}{head.join}{serial}{_colon(year)}{amendments}"
    found = Found(head, start, end, number, serial, year.value, flags + year.flags, errors + year.errors)
    ranged = range_end(page, end, head, serial)
    return found.but(end=ranged, errors=(cell.RANGE_NOT_SUPPORTED,)) if ranged else found


def _colon(year: Year) -> str:
    return f":{year.value}" if year.value else ""


def _mixed(page: Page, head: Head, start: int, pos: int) -> Found | None:
    """Refuse digits with letters among them; behind a foreign issuer they are no fault, only no number."""
    match = _MIXED.match(page.folded, pos)
    if match is None or head.kind == "foreign":
        return None
    year, serial = _colon_year(page, match[0], match.end())
    number = f"{head.code}{head.join}{serial}{_colon(year)}"
    return Found(head, start, year.end, number, serial, year.value, year.flags, (cell.NUMBER_MALFORMED, *year.errors))


def _colon_year(page: Page, serial: str, end: int) -> tuple[Year, str]:
    """Return the year and the serial without it."""
    colon = _COLON_YEAR.match(page.folded, end)
    if colon and len(colon[2]) == len("2016"):
        return judge_year(colon[2], page.last_year, _behind(page, colon.end())), serial
    if colon and colon[1] == ":":
        return Year(None, colon.end(), errors=(cell.YEAR_MALFORMED,)), serial
    typed = _TYPED.fullmatch(serial)
    if typed:
        flag = cell.HYPHEN_YEAR if typed[2] == "-" else cell.YEAR_SEPARATOR_FIXED
        return judge_year(typed[3], page.last_year, _behind(page, end), flag), typed[1]
    spaced = _SPACED_YEAR.match(page.folded, end)
    if spaced:
        return judge_year(spaced[1], page.last_year, _behind(page, spaced.end()), cell.HYPHEN_YEAR), serial
    return loose_year(page, end) or Year(None, end), serial


def _behind(page: Page, end: int) -> int:
    """Skip the month of an edition (DIN EN ISO 6892-1:2017-02); it is no part of the number."""
    month = _MONTH.match(page.folded, end)
    return month.end() if month else skip_year_ending(page, end)


def _amendments(page: Page, pos: int) -> tuple[str, int]:
    text = ""
    for _ in range(_AMENDMENTS):
        match = _AMENDMENT.match(page.folded, pos)
        if match is None:
            break
        sign, word, digits, single, year = match.groups()
        text += sign + (single or f"{_WORDS.get(word, word)}{digits}") + (f":{year}" if year else "")
        pos = match.end()
    edition = _EDITION.match(page.folded, pos)
    return text, edition.end() if edition else pos


_ASTM = re.compile(r"[ -]?([A-H]) ?-?([0-9]{1,5}(?: ?M| ?/ ?[A-H] ?[0-9]{1,5}M)?)(?![0-9A-Z.])")
_ASTM_YEAR = re.compile(r"( ?[-:] ?)([0-9]{1,9})((?:[A-Z](?=E[0-9]|[^A-Z]|$))?(?:E[0-9](?![0-9]))?)(?![0-9])")


def read_astm(page: Page, head: Head, start: int, pos: int) -> Found | None:
    """Read a letter, digits, a metric twin, and a year that is usually short: A240/A240M-18, A370-17a."""
    match = _ASTM.match(page.folded, pos)
    if match is None:
        return None
    serial = match[1] + match[2].replace(" ", "")
    written = _ASTM_YEAR.match(page.folded, match.end())
    if written is None:
        found = Found(head, start, match.end(), f"{head.code} {serial}", serial, None, (), ())
    else:
        year = judge_year(written[2], page.last_year, written.end())
        letter = page.text[written.start(3) : written.end(3)].lower()
        suffix = f"-{written[2]}{letter}" if year.value else ""
        flags = (cell.YEAR_SEPARATOR_FIXED,) if ":" in written[1] else ()
        found = Found(head, start, year.end, f"{head.code} {serial}{suffix}", serial, year.value, flags, year.errors)
    ranged = range_end(page, found.end, head, serial)
    return found.but(end=ranged, errors=(cell.RANGE_NOT_SUPPORTED,)) if ranged else found


_HYPHEN_SERIAL = re.compile(
    r"[ -]{0,2}((?:STANDARD|STD|SPEC|RP|TM|SP|MG|ICS|WC|AMS|ARP|PRF|DTL|HDBK|NO|STAN)(?:\. ?|[ -]|(?=[0-9])))?"
    r"([A-Z](?=[ .-]?[0-9]))?([ .-])?"
    r"([0-9]{1,6}[A-Z]{0,2}(?:[.-][0-9][0-9A-Z]{0,5}){0,6})(?![0-9A-Z])"
    r"(?: ?NO[. ]{0,2}([0-9]{1,6}(?:[.-][0-9]{1,6}){0,4})(?![0-9A-Z]))?"
)
_SILENT_WORDS: Final = frozenset({"NO", "STD", "STANDARD"})
_SPOKEN: Final = frozenset({"API", "MIL"})


def read_hyphen(page: Page, head: Head, start: int, pos: int) -> Found | None:
    """Read a word or letter, digits with dots and dashes, and perhaps a year at the end."""
    match = _HYPHEN_SERIAL.match(page.folded, pos)
    if match is None:
        return None
    second = f" No. {match[5]}" if match[5] else ""
    year, rest = _hyphen_year(page, head, f"{match[4]}{second}", match.end())
    serial = _lead(head, match) + rest
    number = f"{head.code}{head.join}{serial}" + _shown(head, year)
    ranged = range_end(page, year.end, head, serial)
    errors = (*year.errors, cell.RANGE_NOT_SUPPORTED) if ranged else year.errors
    return Found(head, start, ranged or year.end, number, serial, year.value, _told(head, year), errors)


def _lead(head: Head, match: re.Match[str]) -> str:
    """Return what stands before the digits: API SPEC 6D, MSS SP-25, GOST R 52161, IPC A-610, ASME B16.34."""
    word, letter, gap = match[1] or "", match[2], match[3]
    name = word.rstrip(" .-")
    if name in _SILENT_WORDS and head.code not in _SPOKEN:
        name = ""
    lead = f"{name}{'-' if word.endswith('-') else ' '}" if name else ""
    if letter:
        lead += letter + ("-" if gap == "-" else " " if head.code == "GOST" else "")
    return lead


def _hyphen_year(page: Page, head: Head, whole: str, end: int) -> tuple[Year, str]:
    rest, dash, digits = whole.rpartition("-")
    if dash and _TYPED_YEAR.fullmatch(digits):
        return judge_year(digits, page.last_year, skip_year_ending(page, end)), rest
    if dash and len(digits) == len("16") and digits.isdecimal() and _short_year_usual(head, rest):
        year = judge_year(digits, page.last_year, end)
        if year.value:
            return year, rest
    spaced = _SPACED_YEAR.match(page.folded, end)
    if spaced:
        return judge_year(spaced[1], page.last_year, spaced.end()), whole
    return loose_year(page, end) or Year(None, end), whole


def _short_year_usual(head: Head, rest: str) -> bool:
    issuers = head.code.split("/")
    return not SHORT_YEAR_KEPT.isdisjoint(issuers) or ("-" not in rest and not SHORT_YEAR_EXPANDED.isdisjoint(issuers))


def _short_year_kept(head: Head, year: Year) -> bool:
    return cell.TWO_DIGIT_YEAR in year.flags and not SHORT_YEAR_KEPT.isdisjoint(head.code.split("/"))


def _shown(head: Head, year: Year) -> str:
    if year.value is None:
        return ""
    return f"-{year.value % 100:02d}" if _short_year_kept(head, year) else f"-{year.value}"


def _told(head: Head, year: Year) -> tuple[str, ...]:
    return () if _short_year_kept(head, year) else year.flags
