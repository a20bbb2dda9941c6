"""Chooses the reader for the letters at a position, or goes on with the code of the number before."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from workflows.benchmarking.standards import cell, heads, issuers
from workflows.benchmarking.standards.abroad import read_astm, read_colon, read_hyphen
from workflows.benchmarking.standards.chinese import read_chinese
from workflows.benchmarking.standards.families import (
    ADOPTERS,
    COLON_FOREIGN,
    COLON_FOREIGN_DATED,
    HYPHEN_FOREIGN,
    INDUSTRY,
    OTHER_CHINESE,
)
from workflows.benchmarking.standards.numbers import Found, Grammar, Head, Page, like_year

Reader = Callable[[Page, int], Found | None]
Continuation = Callable[[Page, Head, int, int], Found | None]


def read_at(page: Page, start: int, letters: str) -> Found | None:
    """Return the number that begins with these letters, if one does."""
    glued = start > 0 and page.folded[start - 1].isalnum() and page.folded[start - 1].isascii()
    for reader in _READERS.get(letters, _UNKNOWN_READERS):
        found = reader(page, start)
        if found and (not glued or _complete(found)):
            return found
    return None


def _complete(found: Found) -> bool:
    """GB 4706.1-2005GB 4706.19-2008 are two numbers; in 8GB or 12EN3 there is none."""
    return found.number is not None and found.year is not None and not found.errors


_UNKNOWN_READERS: Final[tuple[Reader, ...]] = (heads.read_unknown_industry, issuers.read_unknown)

_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _glue(codes: Iterable[str], ends: Iterable[str]) -> list[str]:
    return [f"{code}{end}" for code in codes for end in ends]


# The runs of letters that can begin a number, with the reader to ask; of several readers the first answer counts.
_RUNS: Final[tuple[tuple[Reader, Iterable[str]], ...]] = (
    (heads.read_national, ("GB", "GBT", "GBZ", "GBZT", "GBN", "GSB", "GBIT", "GBLT")),
    (heads.read_group, ("T", "TZZB")),
    (heads.read_enterprise, ("Q",)),
    (heads.read_other, _glue(OTHER_CHINESE, ("", "T", "Z"))),
    (issuers.read_international, ("ISO", "IEC", "ISOIEC", "CISPR", "OIML", "OIMLR", "CIE", "UIC", "EN")),
    (issuers.read_telecommunication, ("ITU",)),
    (issuers.read_european, ("PREN", "CEN", "CLC", "CENELEC", *_glue(("", *ADOPTERS), ("EN", "ENISO", "ENIEC")))),
    (issuers.read_european, ADOPTERS),
    (heads.read_industry, (*INDUSTRY, "DBT", *_glue(INDUSTRY - {"DB"}, "TZ"))),
    (issuers.read_american, ("ASTM", *_glue(("ASTM",), "ABCDEFGH"))),
    (issuers.read_japanese, ("JIS", *_glue(("JIS",), _ALPHABET))),
    (
        issuers.read_colon_foreign,
        (*(COLON_FOREIGN | COLON_FOREIGN_DATED), "DINISO", "BSISO", "DINVDE", *_glue(("KS",), _ALPHABET)),
    ),
    (issuers.read_hyphen_foreign, (*HYPHEN_FOREIGN, "SAEJ")),
    (issuers.read_vehicles, ("UN", "ECE", "UNECE", "UNR", "ECER")),
)


def _table() -> dict[str, tuple[Reader, ...]]:
    table: dict[str, tuple[Reader, ...]] = {}
    for reader, runs in _RUNS:
        for run in runs:
            table[run] = (*table.get(run, ()), reader)
    for run, readers in table.items():
        # EN/T and AS/Z would be codes of industries that there are not.
        table[run] = (*readers, heads.read_unknown_industry) if len(run) == len("XY") else readers
    for mark in ("IDT", "EQV", "MOD", "NEQ"):
        for run in ("ISO", "IEC", "EN"):
            table[f"{mark}{run}"] = tuple(_behind(len(mark), reader) for reader in table[run])
    return table


def _behind(length: int, reader: Reader) -> Reader:
    return lambda page, start: reader(page, start + length)


_READERS: Final = _table()

_CONTINUATIONS: Final[dict[Grammar, Continuation]] = {
    "chinese": read_chinese,
    "colon": read_colon,
    "dotted": read_colon,
    "hyphen": read_hyphen,
    "astm": read_astm,
}
_STRONG: Final = frozenset("、,和及与&")
_BOUNDARY = re.compile(r" ?(?:$|[\n;,、和及与《(]|系列|等)")
_VEHICLES: Final = frozenset({"UN", "ECE", "UN/ECE"})
_REGULATION = re.compile(r"R[0-9]{1,3}(?:-[0-9]{2})?")
_LETTERED_HEADS: Final = frozenset({"ASTM", "ASME", "ANSI", "ANSI/ASME", "ASME/ANSI", "CSA", *_VEHICLES})


def read_inherited(page: Page, before: Found, start: int) -> Found | None:
    """Read a bare number behind a separator with the code of the number before: GB 4706.1、4706.30."""
    if before.number is None or before.errors or before.head.errors or before.head.code in _VEHICLES:
        return None
    if not _follows(page, before, start):
        return None
    head = replace(before.head, flags=(cell.PREFIX_INHERITED,))
    found = _CONTINUATIONS[head.grammar](page, head, start, start)
    if found is None or found.errors or found.number is None or cell.TWO_DIGIT_YEAR in found.flags:
        return None
    return found if _bare_number(page, before, found) else None


def _follows(page: Page, before: Found, start: int) -> bool:
    """Behind a blank or a line break, only a title in 《》 may lie between, unless the first digits are the same."""
    if page.folded[max(0, start - 2) : start].rstrip(" ")[-1:] in _STRONG:
        return True
    if page.folded.startswith(re.split(r"[.-]", before.serial, maxsplit=1)[0] + ".", start):
        return True
    return start - before.end <= _REACH and not page.folded[before.end : start].strip(_BETWEEN)


_REACH: Final = 200
_BETWEEN: Final = " \n;,、《》().0123456789"


def read_lettered(page: Page, before: Found, start: int) -> Found | None:
    """Read a letter and digits behind a separator: ASTM D638-14、D790-17."""
    separator = page.folded[max(0, start - 2) : start].rstrip(" ")[-1:]
    if before.head.code not in _LETTERED_HEADS or not separator or separator not in _STRONG | {";"}:
        return None
    head = replace(before.head, flags=(cell.PREFIX_INHERITED,))
    found = _CONTINUATIONS[head.grammar](page, head, start, start)
    if found is None or found.errors or (before.head.code in _VEHICLES and not _REGULATION.fullmatch(found.serial)):
        return None
    return found


def _bare_number(page: Page, before: Found, found: Found) -> bool:
    """Tell whether digits are likely enough a number and not an index, a year or a measure."""
    first = re.split(r"[.-]", found.serial, maxsplit=1)[0]
    divided = first != found.serial
    if found.year:
        return divided or len(first) > len("12")
    if not _BOUNDARY.match(page.folded, found.end):
        return False
    strong = page.folded[max(0, found.start - 2) : found.start].rstrip(" ")[-1:] in _STRONG
    if divided:
        # 4706.30 behind 4706.1; not the 10.9 of a bolt behind GB/T 3098.1.
        return strong and abs(len(first) - len(re.split(r"[.-]", before.serial, maxsplit=1)[0])) <= 1
    whole = before.serial.isdecimal() and strong
    return whole and len(first) > len("12") and not like_year(first, page.last_year)
