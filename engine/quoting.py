"""Quotation marks within quotation marks take turns: “提请确认‘推荐“领跑者”候选’”."""

import re

_MARKS = re.compile(r"[“”‘]|’(?![a-zA-Z])|(?<![a-zA-Z])’")
"""An apostrophe has letters on both sides and is no mark."""
_CLOSING = {"“": "”", "‘": "’"}
_INSIDE = {"“": "‘", "‘": "“"}


def alternated(text: str) -> str:
    """The text with ‘ ’ within “ ”, and “ ” again within those; a line where they do not match stays.

    Names bring marks of their own into sentences that quote them, so nobody can know the depth before the whole
    stands. A quotation ends with its line.
    """
    if "“" not in text and "‘" not in text:
        return text
    return "\n".join(_alternated(line) for line in text.split("\n"))


def _alternated(line: str) -> str:
    signs = list(line)
    around: list[tuple[int, str]] = []
    for first, last in sorted(_quotations(line)):
        while around and around[-1][0] < first:
            around.pop()
        opening = _INSIDE[around[-1][1]] if around else line[first]
        signs[first], signs[last] = opening, _CLOSING[opening]
        around.append((last, opening))
    return "".join(signs)


def _quotations(line: str) -> list[tuple[int, int]]:
    """Where each quotation begins and ends; none where a mark lacks its other half."""
    found: list[tuple[int, int]] = []
    begun: list[int] = []
    for mark in _MARKS.finditer(line):
        if mark.group() in _CLOSING:
            begun.append(mark.start())
        elif begun and _CLOSING[line[begun[-1]]] == mark.group():
            found.append((begun.pop(), mark.start()))
        else:
            return []
    return [] if begun else found
