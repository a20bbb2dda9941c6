"""Reads the codes of international, European and foreign issuers and hands what follows to the right reader."""

import re
from dataclasses import replace
from typing import Final

from workflows.benchmarking.standards import cell
from workflows.benchmarking.standards.abroad import read_astm, read_colon, read_hyphen
from workflows.benchmarking.standards.families import (
    ADOPTERS,
    COLON_FOREIGN,
    COLON_FOREIGN_DATED,
    HYPHEN_FOREIGN,
    HYPHEN_FOREIGN_DATED,
    NO_ISSUER,
)
from workflows.benchmarking.standards.numbers import Found, Head, Page, begin, judge_year, start_of_piece

_INTERNATIONAL = re.compile(
    r"(ISO ?/ ?IEC(?: ?/ ?IEEE)?|ISO ?/ ?(?:ASTM|CIE|IEEE|SAE)|IEC ?/ ?(?:IEEE|ISO)|ISO|IEC|CISPR|OIML|CIE|UIC)"
    r"(?:[ /-]{1,3}(TS|TR|PAS|GUIDE|IWA|FDIS|DIS|CDV|CD)(?![A-Z]))?"
    r"[ -]?(?:(?<=OIML)([RDG]) ?|(?<=OIML[ -])([RDG]) ?|(?<=ISO[ -])(R) ?)?(?=[0-9])"
)
_TWIN = re.compile(r"(IEC) ?/ ?EN[ -]?(?=[0-9])|EN ?/ ?(IEC)[ -]?(?=[0-9])")


def read_international(page: Page, start: int) -> Found | None:
    """Read ISO, IEC, ISO/IEC with TS, TR, PAS and Guide, CISPR and OIML."""
    twin = _TWIN.match(page.folded, start)
    if twin:
        return _with_twin(read_colon(page, Head("IEC", "international", None, "colon"), start, twin.end()))
    match = _INTERNATIONAL.match(page.folded, start)
    if match is None:
        return None
    code = match[1].replace(" ", "")
    if match[2]:
        code += f" {match[2]}" if match[2] == "GUIDE" else f"/{match[2]}"
    letter = match[3] or match[4] or match[5]
    if letter:
        code += f" {letter}"
    return read_colon(page, Head(code, "international", None, "colon"), start, match.end())


def _with_twin(found: Found | None) -> Found | None:
    return found and replace(found, twin=f"EN{(found.number or '').removeprefix('IEC')}")


_RECOMMENDATION = re.compile(r"ITU ?-? ?([TR])[ -](?:REC\.? ?)?([A-Z]{1,2})[. ]{0,2}(?=[0-9])")


def read_telecommunication(page: Page, start: int) -> Found | None:
    """Read a recommendation such as ITU-T G.984.2."""
    match = _RECOMMENDATION.match(page.folded, start)
    if match is None:
        return None
    head = Head(f"ITU-{match[1]} {match[2]}", "international", None, "dotted", join=".")
    return read_colon(page, head, start, match.end())


_EUROPEAN = re.compile(
    rf"(?:({'|'.join(sorted(ADOPTERS, reverse=True))})[ -]?)?(PR)?EN(?:[ -]?(ISO ?/ ?IEC|ISO|IEC))?"
    r"(?:[ /-](TS|TR)(?![A-Z]))?[ -]?(?=[0-9])"
)
_EUROPEAN_DOCUMENT = re.compile(r"(CEN|CLC|CENELEC)(?:[ /-](ISO))?[ /-](TS|TR|GUIDE)[ -]?(?=[0-9])")


def read_european(page: Page, start: int) -> Found | None:
    """Read EN, EN ISO, and those carried by a national body: BS EN, DIN EN ISO, NF EN."""
    match = _EUROPEAN.match(page.folded, start)
    if match is None:
        return _read_european_document(page, start)
    carrier, draft, base, document = match.groups()
    parts = [carrier, "prEN" if draft else "EN", base and base.replace(" ", ""), document]
    code = " ".join(part for part in parts if part)
    return read_colon(page, Head(code, "regional", None, "colon"), start, match.end())


def _read_european_document(page: Page, start: int) -> Found | None:
    match = _EUROPEAN_DOCUMENT.match(page.folded, start)
    if match is None:
        return None
    code = f"{match[1]}{' ' + match[2] if match[2] else ''}/{match[3]}"
    return read_colon(page, Head(code, "regional", None, "colon"), start, match.end())


def read_american(page: Page, start: int) -> Found | None:
    """Read ASTM with the letter of its committee."""
    return read_astm(page, Head("ASTM", "foreign", None, "astm"), start, start + len("ASTM"))


_JAPANESE = re.compile(r"JIS[ -]?([A-Z])[ -]?(?=[0-9]{4})")


def read_japanese(page: Page, start: int) -> Found | None:
    """Read JIS with the letter of its division."""
    match = _JAPANESE.match(page.folded, start)
    if match is None:
        return None
    return read_colon(page, Head(f"JIS {match[1]}", "foreign", None, "colon"), start, match.end())


_COLON_CODE = re.compile(
    rf"(AS ?/ ?NZS|{'|'.join(sorted(COLON_FOREIGN | COLON_FOREIGN_DATED, reverse=True))})"
    r"(?:[ /-]?(ISO ?/ ?IEC|ISO|IEC|VDE|SPEC|PAS|PD)(?![A-Z]))?[ -]?"
    r"(?:([A-Z])[ -]?)?(?:(ISO|IEC)[ -]?)?(?=[0-9])"
)


def read_colon_foreign(page: Page, start: int) -> Found | None:
    """Read DIN, BS, NF, KS, AS/NZS and others that write like ISO."""
    match = _COLON_CODE.match(page.folded, start)
    if match is None:
        return None
    parts = [match[1], match[2], match[3], match[4]]
    name = " ".join(part.replace(" ", "") for part in parts if part)
    found = read_colon(page, Head(name, "foreign", None, "dotted"), start, match.end())
    dated = found is not None and found.year and page.text[start : match.end(1)].isupper()
    return found if dated or match[1] not in COLON_FOREIGN_DATED else None


_ISSUER: Final = "|".join(sorted(HYPHEN_FOREIGN, reverse=True))
_HYPHEN_CODE = re.compile(
    rf"(?:ANSI(?: ?/ ?[A-Z]{{2,8}}){{0,3}}|(?:{_ISSUER})(?: ?/ ?(?:{_ISSUER})){{0,2}})(?![A-Z]{{3}})"
)


def read_hyphen_foreign(page: Page, start: int) -> Found | None:
    """Read ANSI, ASME, UL, CSA and others; without digits such a name is just text."""
    match = begin(_HYPHEN_CODE, page, start)
    name = match[0].replace(" ", "")
    head = Head(name, "foreign", None, "hyphen", join="-" if name == "MIL" else " ")
    found = read_hyphen(page, head, start, match.end())
    return None if found and not found.year and name in HYPHEN_FOREIGN_DATED else found


_VEHICLES = re.compile(
    r"(UN ?/ ?ECE|UN ECE|UNECE|UN|ECE)[ -]?(?:R|REG(?:ULATION)?\.?)(?: ?NO)?[. -]{0,2}"
    r"([0-9]{1,3})(?:[-./]([0-9]{2}))?(?![0-9A-Z])"
)
_TRANSPORT_TEST = re.compile(r"UN ?(38\.3)(?![0-9])")


def read_vehicles(page: Page, start: int) -> Found | None:
    """Read UN R129 and ECE R44-04, whose two digits are a series of amendments and no year."""
    match = _VEHICLES.match(page.folded, start)
    if match is None:
        test = _TRANSPORT_TEST.match(page.folded, start)
        head = Head("UN", "foreign", None, "hyphen")
        return test and Found(head, start, test.end(), f"UN {test[1]}", test[1], None, (), ())
    code = "UN/ECE" if match[1] not in {"UN", "ECE"} else match[1]
    serial = f"R{match[2]}" + (f"-{match[3]}" if match[3] else "")
    head = Head(code, "foreign", None, "hyphen")
    return Found(head, start, match.end(), f"{code} {serial}", serial, None, (), ())


_UNKNOWN = re.compile(
    r"([A-Z]{2,6}(?:/[A-Z]{1,4})?) ?([A-Z]?[0-9]{1,6}(?:[.-][0-9]{1,4}){0,4}?)"
    r"([-:])((?:19|20)[0-9]{2})(?![0-9A-Z]|[-.][0-9])"
)
_UNKNOWN_ALONE = re.compile(r"([A-Z]{2,6}) ([0-9]{2,6}(?:[.-][0-9]{1,4}){0,4})(?= ?(?:$|[\n;,、《(]))")


def read_unknown(page: Page, start: int) -> Found | None:
    """Read capitals, digits and a year of an issuer not in the tables; without a year only if it stands alone."""
    if start and page.folded[start - 1] in "-./":
        return None
    match = _UNKNOWN.match(page.folded, start)
    if match is None and start_of_piece(page, start):
        match = _UNKNOWN_ALONE.match(page.folded, start)
    if match is None or match[1] in NO_ISSUER or not page.text[start : match.end(1)].isupper():
        return None
    head = Head(match[1], "unknown", None, "dotted", flags=(cell.UNRECOGNISED_ISSUER,))
    number = f"{match[1]} {match[2]}"
    if match.re is _UNKNOWN_ALONE:
        return Found(head, start, match.end(), number, match[2], None, (), ())
    year = judge_year(match[4], page.last_year, match.end())
    number += f"{match[3]}{year.value}" if year.value else ""
    return Found(head, start, match.end(), number, match[2], year.value, (), year.errors)
