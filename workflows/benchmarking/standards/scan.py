"""Scans a cell for the numbers of standards and puts together what belongs to each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from workflows.benchmarking.standards.cell import (
    CONFIRMED,
    FLAGS,
    MOST_NUMBERS,
    TOO_MANY_NUMBERS,
    UNDATED,
    YEAR_MALFORMED,
    YEAR_OUT_OF_RANGE,
    Cell,
    Reference,
    judge,
)
from workflows.benchmarking.standards.families import NONE_WORDS
from workflows.benchmarking.standards.normalise import fold, normalise
from workflows.benchmarking.standards.notes import adopts, behind_adoption, replaces, take_notes
from workflows.benchmarking.standards.numbers import Found, Page
from workflows.benchmarking.standards.reading import read_at, read_inherited, read_lettered
from workflows.benchmarking.standards.titles import Stretch, assign_titles, mask, title_spans

_EDGE: Final = " \n.。;,、:()*"
_NONE_SPLIT = re.compile(r"[ \n;,、。]+")
_NONE_LENGTH: Final = 40
_NONE_PHRASE = re.compile(
    r"(?:目前|暂|尚)?(?:无|没有|未制定)(?:相关|相应|对应|适用)?(?:的)?(?:国家|行业|企业|国际|国外|地方|团体|比对|对标)?标准"
)

# Letters that may begin a number, or digits behind a separator that may inherit the code before them.
_BEGINNING = re.compile(r"[A-Z]+|(?<=[、,;和及与& \n])[0-9]{2,}")


@dataclass(slots=True)
class _Entry:
    found: Found
    also: list[str] = field(default_factory=list)
    end: int = 0
    bracket: bool = False
    gaps: list[Stretch] = field(default_factory=list)
    noted: tuple[str, ...] = ()


def scan(cell: str, *, year: int) -> Cell:
    """Return every standard that a cell names; `year` is the current one, the next is the last that can be."""
    text = normalise(cell)
    if _says_none(text):
        return Cell("none")
    spans = title_spans(text)
    page = Page(text, fold(mask(text, spans) if spans else text), year + 1)
    numbers = list(islice(_numbers(page), MOST_NUMBERS + 1))
    if len(numbers) > MOST_NUMBERS:
        return Cell("error", errors=(TOO_MANY_NUMBERS,))
    entries = _gather(page, numbers)
    first = entries[0].found.start if entries else 0
    titles = assign_titles(page.text, spans, [[(0, first)], *(entry.gaps for entry in entries)]) if entries else []
    return judge(tuple(_refer(page, entry, title) for entry, title in zip(entries, titles, strict=True)))


def _says_none(text: str) -> bool:
    """无, a dash or a stroke in any number and with any punctuation says that there is no standard."""
    if len(text) > _NONE_LENGTH:
        return False
    words = [word.strip("()/-_~") for word in _NONE_SPLIT.split(text.upper().strip(_EDGE))]
    return all(not word or word in NONE_WORDS or _NONE_PHRASE.fullmatch(word) for word in words)


def _numbers(page: Page) -> Iterator[Found]:
    """Yield the numbers of the page from left to right; no stretch of it is read twice."""
    before: Found | None = None
    match = _BEGINNING.search(page.folded)
    while match:
        found = _number_at(page, match, before)
        pos = match.end()
        if found:
            yield found
            before, pos = found, max(found.end, pos)
        match = _BEGINNING.search(page.folded, pos)


def _number_at(page: Page, match: re.Match[str], before: Found | None) -> Found | None:
    letters = match[0]
    if letters[0] <= "9":
        return read_inherited(page, before, match.start()) if before else None
    found = read_at(page, match.start(), letters)
    if found is None and before and len(letters) == 1:
        return read_lettered(page, before, match.start())
    return found


def _gather(page: Page, numbers: Sequence[Found]) -> list[_Entry]:
    """Join second numbers to their first, and note the text between."""
    entries: list[_Entry] = []
    for found in numbers:
        last = entries[-1] if entries else None
        if last and _belongs(page, last, found):
            continue
        if last:
            _close(page, last, found.start)
        entries.append(_Entry(found, [found.twin] if found.twin else [], found.end))
    if entries:
        _close(page, entries[-1], len(page.folded))
    return entries


def _belongs(page: Page, last: _Entry, found: Found) -> bool:
    """Take the number into the entry before it, if it is the same standard under a second number."""
    between = page.folded[last.end : found.start]
    replaced = replaces(page, last.end, found.start)
    second = replaced or adopts(page, last.end, found.start, found.end) or (last.bracket and ")" not in between)
    if not second or found.number is None or found.errors or found.head.errors:
        return False
    if not replaced:
        last.also.append(found.number)
        last.bracket = last.bracket or "(" in between
    _close(page, last, found.start)
    last.end = behind_adoption(page, found.end, bracket=last.bracket)
    last.bracket = last.bracket and page.folded[last.end - 1] != ")"
    return True


def _close(page: Page, entry: _Entry, end: int) -> None:
    """Read the notes between the end of the entry and a position; what is left may hold its title."""
    dated = entry.found.year is not None
    flags, gaps = take_notes(page, entry.end, end, dated=dated)
    entry.noted += flags
    entry.gaps += gaps


_DATED_KINDS: Final = frozenset(
    {"national", "industry", "local", "group", "enterprise", "other_cn", "international", "regional"}
)
_YEAR_FAULTS: Final = frozenset({YEAR_MALFORMED, YEAR_OUT_OF_RANGE})


def _refer(page: Page, entry: _Entry, title: str | None) -> Reference:
    found = entry.found
    head = found.head
    errors = head.errors + found.errors
    flags = {*head.flags, *found.flags, *entry.noted}
    if found.number and not found.year and head.kind in _DATED_KINDS and _YEAR_FAULTS.isdisjoint(errors):
        flags.add(UNDATED)
    known = tuple(flag for flag in FLAGS if flag in flags)
    confirmed = tuple(sorted(flag for flag in flags if flag.startswith(CONFIRMED)))
    return Reference(
        number=found.number,
        kind=head.kind,
        nature=head.nature,
        year=found.year,
        title=title,
        also=tuple(dict.fromkeys(entry.also)),
        flags=known + confirmed,
        errors=errors,
        token=page.text[found.start : max(entry.end, found.end)].rstrip(" ,("),
    )
