"""Reads the codes of Chinese standards: GB/T, JB/T, DB3302/T, T/ZZB, Q/HSYL and their usual misspellings."""

import re
from typing import Final

from workflows.benchmarking.standards import cell
from workflows.benchmarking.standards.cell import Kind, Nature
from workflows.benchmarking.standards.chinese import read_chinese
from workflows.benchmarking.standards.families import INDUSTRY, OTHER_CHINESE, PROVINCES
from workflows.benchmarking.standards.numbers import Found, Head, Page, begin, start_of_piece

_NATURES: Final[dict[str | None, Nature]] = {None: "mandatory", "T": "recommended", "Z": "guidance"}

# The letter behind a slash, or behind whatever was typed or read for one (GB-T, GB T, GBT, GB1T).
_SUFFIX: Final = r"(?:( ?/ ?)([TZ])(?![A-Z])|( ?//+ ?|[-._ ]|[1IL|])?([TZ])(?= ?[-:.]? ?[0-9]))?"
_NATIONAL = re.compile(rf"(GBZ|GBN|GSB|GB){_SUFFIX}")
_INDUSTRY = re.compile(rf"([A-Z]{{2}}){_SUFFIX}")
_OTHER = re.compile(
    rf"({'|'.join(sorted(OTHER_CHINESE, reverse=True))})( ?\([^()\n]{{1,4}}\))?((?<=DBJ)[0-9]{{2}}(?= ?/))?{_SUFFIX}"
)
_LOCAL = re.compile(r"DB ?([0-9]{2,6})(?: ?/ ?([TZ])(?![A-Z])|( ?//+ ?|[-. ])?([TZ])(?= ?[-:.]? ?[0-9])| ?/)?")


def read_national(page: Page, start: int) -> Found:
    """Read GB, GB/T, GB/Z, GBZ, GBZ/T, GBn and GSB."""
    match = begin(_NATIONAL, page, start)
    family = "GBn" if match[1] == "GBN" else match[1]
    return read_chinese(page, _head(family, "national", match.groups()[1:]), start, match.end())


def _head(family: str, kind: Kind, suffix: tuple[str | None, ...], errors: tuple[str, ...] = ()) -> Head:
    _, letter, _, mended = suffix
    letter = letter or mended
    nature = _NATURES[letter] if kind != "other_cn" or letter else None
    code = f"{family}/{letter}" if letter else family
    return Head(code, kind, nature, "chinese", flags=(cell.PREFIX_NORMALISED,) if mended else (), errors=errors)


def read_industry(page: Page, start: int) -> Found | None:
    """Read two known letters; without a slash they may as well be a material or a model, so more is asked of them."""
    if page.folded.startswith("DB", start):
        local = read_local(page, start)
        if local:
            return local
    match = _INDUSTRY.match(page.folded, start)
    if match is None or (match[1] == "DB" and not (match[3] or match[5])):
        return None
    head = _head(match[1], "industry", match.groups()[1:])
    found = read_chinese(page, head, start, match.end())
    return found if match[2] or _plausible(page, found, match.end()) else None


_ALONE = re.compile(r" ?(?:$|[\n;,、《]|标准)")


def _plausible(page: Page, found: Found, pos: int) -> bool:
    """SH-1234 and TB 5 are models, JB 4730, JB 5-2013 and JB 4730-207 are numbers or were meant to be."""
    alone = start_of_piece(page, found.start) and _ALONE.match(page.folded, found.end) is not None
    if found.number is None:
        return alone
    if page.folded[pos : pos + 1] == "-":
        return False
    long_enough = (alone or len(found.serial) > len("12")) and cell.NUMBER_MALFORMED not in found.errors
    return found.year is not None or long_enough or _YEAR_TRIED.search(page.folded, pos, found.end) is not None


_YEAR_TRIED = re.compile(r"-[0-9]{3,9}$")


_TWO_LETTERS_SLASH = re.compile(rf"([A-Z]{{2}}){_SUFFIX}(?= ?[0-9])")


def read_unknown_industry(page: Page, start: int) -> Found | None:
    """Read two unknown letters with /T or /Z, which only the code of an industry could carry."""
    match = _TWO_LETTERS_SLASH.match(page.folded, start)
    if match is None or not match[2] or match[1] in INDUSTRY:
        return None
    head = _head(match[1], "industry", match.groups()[1:], (cell.INDUSTRY_CODE_UNKNOWN,))
    return read_chinese(page, head, start, match.end())


def read_local(page: Page, start: int) -> Found | None:
    """Read DB with the code of a province or of a city in it."""
    match = _LOCAL.match(page.folded, start)
    if match is None:
        return None
    region, letter, _, mended = match.groups()
    known = region[:2] in PROVINCES and len(region) in {2, 4}
    errors = () if known else (cell.REGION_CODE_UNKNOWN,)
    return read_chinese(page, _head(f"DB{region}", "local", (None, letter, None, mended), errors), start, match.end())


def read_other(page: Page, start: int) -> Found | None:
    """Read metrology, military, construction and special equipment; only a number makes them a reference."""
    match = begin(_OTHER, page, start)
    place = (match[2] or "").strip()
    head = _head(f"{match[1]}{place}{match[3] or ''}", "other_cn", match.groups()[3:])
    found = read_chinese(page, head, start, match.end())
    alone = start_of_piece(page, start) and _ALONE.match(page.folded, found.end)
    return found if found.number or match[5] or alone else None


# The code has digits only if a space follows it: T/ZZB0123 is number 0123 of ZZB.
_GROUP = re.compile(
    r"T( ?/+ ?| ?- ?(?=ZZB)|(?=ZZB))"
    r"(?:([A-Z][A-Z0-9]{1,11})(?= [0-9])|([A-Z]{2,12}(?:-[A-Z]{1,3})?)|(?=[-0-9 \n《]|[\u4e00-\u9fff]{1,8} ?[0-9]|$))"
)
_GROUP_SPLIT = re.compile(r"([A-Z]+)[0-9]+")


def read_group(page: Page, start: int) -> Found | None:
    """Read T/ and the code of a group; a lower-case t/ may be tons per hour, so it must be complete."""
    match = _GROUP.match(page.folded, start)
    if match is None:
        return None
    code = match[2] or match[3]
    if code is None:
        head = Head("T/", "group", None, "chinese", errors=(cell.GROUP_CODE_MISSING,))
        return _nameless(read_chinese(page, head, start, match.end())) if page.text[start] == "T" else None
    end = match.end()
    begin = end - len(code)
    glued = _GROUP_SPLIT.fullmatch(code)
    if glued and _YEAR_ALONE.match(page.folded, end):
        code, end = glued[1], begin + len(glued[1])
    flags = _mark_flags(match[1])
    found = read_chinese(page, Head(f"T/{code}", "group", None, "chinese", flags=flags), start, end)
    capital = (page.text[start] + page.text[begin:end]).isupper()
    return found if capital or (found.number and found.year) else None


def _mark_flags(mark: str) -> tuple[str, ...]:
    """T-ZZB and Q//HSYL are read like T/ZZB and Q/HSYL."""
    return () if mark.strip() == "/" else (cell.PREFIX_NORMALISED,)


def _nameless(found: Found) -> Found:
    """A number whose issuer is missing cannot be printed; one fault is enough to say so."""
    return Found(found.head, found.start, found.end, None, "", found.year, (), ())


_YEAR_ALONE = re.compile(r" (?:19|20)[0-9]{2}(?![0-9A-Z]| ?[-.][0-9])")

_ENTERPRISE = re.compile(
    r"Q( ?/+ ?| ?- ?(?=[A-Z]{2,8} ?[0-9]{1,5}-(?:19|20)))"
    r"(?:\(([A-Z]{1,6}|[\u4e00-\u9fff]{1,4})\) ?|([0-9]{2,6}) (?=[0-9]{0,6}[A-Z]))?"
    r"([0-9A-Z]{1,24}(?:[-/][A-Z]{1,4}(?= ?[0-9]))?)?"
)
# HSYL001 and 3302HS0001S: the code ends with its last letter before the digits of the number.
_ENTERPRISE_SPLIT = re.compile(r"([0-9]{0,6}[A-Z](?:[0-9A-Z/-]{0,24}[A-Z])?)[0-9]{1,20}[A-Z]?")


def read_enterprise(page: Page, start: int) -> Found | None:
    """Read Q/ and the code of an enterprise, which has at least one letter."""
    match = _ENTERPRISE.match(page.folded, start)
    if match is None or (page.text[start] == "q" and not match[4]):
        return None
    mark, place, district, code = match.groups()
    where = f"({place})" if place else f"{district} " if district else ""
    cut = _cut_code(page, code or "", match.end())
    if cut is None:
        head = Head("Q/", "enterprise", None, "chinese", errors=(cell.ENTERPRISE_CODE_MISSING,))
        return _nameless(read_chinese(page, head, start, match.start(4) if code else match.end()))
    end = match.end() - len(code) + cut
    flags = _mark_flags(mark)
    return read_chinese(page, Head(f"Q/{where}{code[:cut]}", "enterprise", None, "chinese", flags=flags), start, end)


def _cut_code(page: Page, code: str, end: int) -> int | None:
    """Return how much of the stretch behind Q/ is the code; nothing of it is, if it has no letter."""
    if not any("A" <= sign <= "Z" for sign in code):
        return None
    following = page.folded[end : end + 2]
    number_follows = following[:1] == " " and following[1:].isdecimal()
    if number_follows and not (code[-1].isdecimal() and _YEAR_ALONE.match(page.folded, end)):
        return len(code)
    glued = _ENTERPRISE_SPLIT.fullmatch(code)
    return glued.end(1) if glued else len(code)
