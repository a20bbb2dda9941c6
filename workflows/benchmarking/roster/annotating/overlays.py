"""Rules of a sheet that colour cells by themselves: they must not hide ours, and ours of before go."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from workflows.benchmarking.roster.annotating.splice import Edit, spliced, with_attribute
from workflows.benchmarking.roster.annotating.styles import FILLS, Styles
from workflows.benchmarking.roster.annotating.worksheets import Tail
from workflows.benchmarking.roster.faults import Severity
from workflows.benchmarking.roster.sheets import Spot, column_letters

# Always true, and known again whatever program has saved it since.
_MARK: Final = "lingpao-marks"
_FORMULA: Final = f"N(&quot;{_MARK}&quot;)=0"
_TAG = re.compile(rb"<(/?)((?:[\w.-]+:)?)(conditionalFormatting|cfRule)(?=[\s/>])([^<>]*?)(/?)>")
_PRIORITY = re.compile(rb"""\spriority\s*=\s*["'](-?\d{1,9})["']""")
_FIRST_FREE: Final = len(FILLS) + 1
_MOST_CELLS: Final = 2_000


def without_ours(content: bytes) -> bytes:
    """The worksheet without our rules of before, and without what they leave empty."""
    mark = _MARK.encode()
    if mark not in content:
        return content
    edits: list[Edit] = []
    for begins, ends, rules in _groups(content):
        ours = [(first, last) for first, last in rules if mark in content[first:last]]
        if ours and len(ours) == len(rules):
            edits.append(Edit(begins, ends, b""))
        else:
            edits += (Edit(first, last, b"") for first, last in ours)
    return spliced(content, edits)


def with_ours(content: bytes, tail: Tail, levels: Mapping[Spot, Severity], styles: Styles) -> bytes:
    """The worksheet with rules before all others that colour the marked cells; the others keep their order."""
    theirs = [found for found in _TAG.finditer(content) if found[3] == b"cfRule" and not found[1]]
    first = min((number for found in theirs if (number := _priority(found[0])) is not None), default=_FIRST_FREE)
    moved = max(0, _FIRST_FREE - first)
    edits = [Edit(found.start(), found.end(), _later(found[0], moved)) for found in theirs if moved]
    written = "".join(_rules(tail.prefix, levels, styles))
    return spliced(content, [*edits, Edit(tail.rules_place, tail.rules_place, written.encode())])


def _rules(prefix: str, levels: Mapping[Spot, Severity], styles: Styles) -> Iterator[str]:
    group, rule, formula = f"{prefix}conditionalFormatting", f"{prefix}cfRule", f"{prefix}formula"
    for priority, (level, colour) in enumerate(FILLS.items(), start=1):
        spots = sorted(spot for spot, found in levels.items() if found == level)[:_MOST_CELLS]
        if spots:
            cells = " ".join(f"{column_letters(column)}{row + 1}" for row, column in spots)
            inside = f'<{rule} type="expression" dxfId="{styles.overlay(colour)}" priority="{priority}">'
            yield f'<{group} sqref="{cells}">{inside}<{formula}>{_FORMULA}</{formula}></{rule}></{group}>'


def _later(rule: bytes, moved: int) -> bytes:
    """A rule of the sender's behind ours."""
    number = _priority(rule)
    return rule if number is None else with_attribute(rule, "priority", number + moved)


def _priority(rule: bytes) -> int | None:
    found = _PRIORITY.search(rule)
    return int(found[1]) if found else None


def _groups(content: bytes) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Where every group of rules stands, and where each of its rules does."""
    begins, first, rules = -1, -1, list[tuple[int, int]]()
    for tag in _TAG.finditer(content):
        is_group = tag[3] == b"conditionalFormatting"
        if is_group and not tag[1]:
            begins, rules = tag.start(), []
        elif is_group:
            yield begins, tag.end(), rules
        elif tag[1] or tag[5]:
            rules.append((first if tag[1] else tag.start(), tag.end()))
        else:
            first = tag.start()
