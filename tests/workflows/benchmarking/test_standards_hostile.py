"""The grammar takes time in proportion to the text, however hostile it is: shown by its patterns and by counting."""

import importlib
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from re import _constants, _parser  # type: ignore[attr-defined]
from types import FrameType
from typing import Any

import pytest

from workflows.benchmarking import standards
from workflows.benchmarking.standards import scan

REPEATS = {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}
MOST_TRIES = 4000


def patterns() -> Iterator[tuple[str, str]]:
    for module in pkgutil.iter_modules(standards.__path__, f"{standards.__name__}."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern):
                yield f"{module.name.rpartition('.')[2]}.{name}", value.pattern


def repeats(tree: Any, outer: tuple[int, ...] = ()) -> Iterator[tuple[int, ...]]:
    """Yield the upper bounds of every repeat together with those of the repeats around it."""
    for operator, argument in tree:
        if operator in REPEATS:
            _, most, inner = argument
            yield (*outer, int(most))
            yield from repeats(inner, (*outer, int(most)))
        else:
            for part in argument if isinstance(argument, tuple | list) else [argument]:
                for branch in part if isinstance(part, list) else [part]:
                    if isinstance(branch, _parser.SubPattern):
                        yield from repeats(branch, outer)


@pytest.mark.parametrize(("name", "pattern"), list(patterns()))
def test_no_pattern_repeats_without_bound_inside_a_repeat(name: str, pattern: str) -> None:
    for bounds in repeats(_parser.parse(pattern)):
        endless = [bound for bound in bounds if bound >= int(_constants.MAXREPEAT)]
        several = [bound for bound in bounds if bound > 1]
        assert not endless or len(several) == 1, f"{name}: {bounds}"
        tries = 1
        for bound in several:
            tries *= bound
        assert endless or tries <= MOST_TRIES, f"{name}: {bounds}"


def test_the_patterns_are_all_looked_at() -> None:
    assert len(list(patterns())) > 60


HOSTILE: dict[str, Callable[[int], str]] = {
    "one letter": lambda n: "A" * n,
    "a code again and again": lambda n: "GB " * n,
    "codes and letters in one word": lambda n: "GB1A." * n,
    "weak codes in one word": lambda n: "SB1" * n,
    "opening marks": lambda n: "《" * n,
    "closing marks": lambda n: "》" * n,
    "empty titles": lambda n: "《》" * n,
    "nested titles": lambda n: "《" * n + "GB 1-2005" + "》" * n,
    "titles without numbers": lambda n: "GB 1-2005 " + "《样》例" * n,
    "titles and numbers": lambda n: "《样例》GB 1-2005" * n,
    "lines": lambda n: "《样例》\nGB 1-2005\n" * n,
    "digits": lambda n: "GB " + "1" * n,
    "blanks": lambda n: "GB 1" + " " * n + "2",
    "dots": lambda n: "GB " + "1." * n,
    "parts": lambda n: "ISO 1" + "-1" * n,
    "amendments": lambda n: "EN 1:2010" + "+A1" * n,
    "a list without codes": lambda n: "GB/T 2.1" + "、2" * n,
    "inherited codes": lambda n: "GB/T 2.1-2010" + "、2.2-2010" * n,
    "a range": lambda n: "GB/T 2.1" + "/2" * n,
    "brackets": lambda n: "GB 1-2005" + "(" * n,
    "second numbers": lambda n: "GB 1-2005(ISO 1:2010" + "/ISO 1:2010" * n,
    "replaced numbers": lambda n: "GB 1-2005" + "代替GB 1-2004" * n,
    "labels": lambda n: "标准" * n + "GB 1-2005",
    "amendment sheets": lambda n: "GB 1-2005" + "修改单" * n,
    "an endless sheet number": lambda n: "GB 1-2005(" + "一" * n + "修改单",
    "series": lambda n: "GB 1" + "系列" * n,
    "adoption": lambda n: "GB 1-2005 " + "idt " * n,
    "commas": lambda n: "GB 1-2005" + "，" * n,
    "quotation marks": lambda n: "GB 1-2005 " + '"' * n + "样例" + '"' * n,
    "enterprises": lambda n: "Q/A1" * n,
    "groups": lambda n: "T/AB1 " * n,
    "unknown issuers": lambda n: "ABC 1-1-" * n,
    "escapes": lambda n: "_x000D_" * n,
}


def count_calls(text: str) -> int:
    """Return how many calls, of our functions and of those of the language, the scan of a text takes."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        scan(text, year=2020)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("kind", HOSTILE)
def test_four_times_the_text_takes_about_four_times_the_steps(kind: str) -> None:
    write = HOSTILE[kind]
    # Fewer than a cell may have, so that all of it is read.
    few, many = count_calls(write(45)), count_calls(write(180))
    # Steps that grew with the square of the text would be sixteen times as many.
    assert many <= 5 * few + 50


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_cell_still_gets_an_answer(kind: str) -> None:
    assert scan(HOSTILE[kind](300), year=2020).severity in {"ok", "warning", "error", "none"}
