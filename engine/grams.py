"""Words cut into pairs of signs, so that a part of a name is found by an index, in Chinese from two signs on."""

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Final

PAIR: Final = 2
SIX: Final = 6
"""Letters and digits are also cut into sixes: the pairs of a credit code occur in every other one."""
LONG_RUN: Final = 12
"""Runs of letters and digits that are longer have no pairs; codes are asked for by six signs or more."""


def plain(text: str) -> str:
    """Letters, digits and Chinese signs alone, in one case and width; blanks and brackets make no difference."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def terms_of(text: str) -> tuple[str, ...]:
    """What is asked for, word by word."""
    return tuple(dict.fromkeys(term for word in text.split() if (term := plain(word))))


def grams(term: str) -> frozenset[str]:
    """The pieces under which a text is found."""
    return frozenset(piece for run, latin in _runs(term) for piece in _kept(run, latin=latin))


def asked(term: str) -> frozenset[str]:
    """The pieces that a text with this part in it must have; none when the part is too short to look for."""
    return frozenset(piece for run, latin in _runs(term) for piece in _wanted(run, latin=latin))


def _runs(term: str) -> Iterator[tuple[str, bool]]:
    for latin, signs in groupby(term, key=str.isascii):
        yield "".join(signs), latin


def _kept(run: str, *, latin: bool) -> Iterator[str]:
    if not latin or len(run) <= LONG_RUN:
        yield from _pieces(run, PAIR)
    if latin:
        yield from _pieces(run, SIX)


def _wanted(run: str, *, latin: bool) -> Iterator[str]:
    return _pieces(run, SIX if latin and len(run) >= SIX else PAIR)


def _pieces(run: str, size: int) -> Iterator[str]:
    return (run[start : start + size] for start in range(len(run) - size + 1))
