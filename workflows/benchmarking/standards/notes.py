"""Reads the notes behind a number: amendment sheets, confirmed editions, whole series, adoption, replacement."""

import re
from typing import Final

from workflows.benchmarking.standards import cell
from workflows.benchmarking.standards.numbers import Page, like_year
from workflows.benchmarking.standards.titles import Stretch

_SERIES = re.compile(
    r" ?(?:\( ?(?:系列|族)(?:标准|产品标准)? ?\)|\( ?(?:所有|全部|各|全)部分 ?\)|\( ?ALL PARTS ?\)|\( ?SERIES ?\)"
    r"|等? ?(?:系列|族)(?:国家|行业|产品)?(?:标准)?(?= ?(?:$|[\n;,、。《()]|[和及与]|[A-Z]))| SERIES(?![A-Z]))"
)
_SERIES_CLOSE = re.compile(r"等?(?:系列|族)(?:标准)?")
_CONFIRMED = re.compile(r" ?\( ?R?((?:19|20)[0-9]{2}) ?(?:年?版|年)?(?:复审)?(?:确认|有效|确认有效|继续有效)? ?\)")
_AMENDMENT = re.compile(
    r"\([^()\n]{0,40}(?:修改单|勘误|XG[0-9])[^()\n]{0,40}\)"
    r"|[,+、]?(?:含|及|和|包括|并含|加)?(?:第?[0-9一二三四五六七八九十、,和]{1,8}号)?(?:国家标准|标准)?修改单(?:[0-9]{1,2}号?)?"
)


def take_notes(page: Page, start: int, end: int, *, dated: bool) -> tuple[tuple[str, ...], list[Stretch]]:
    """Return the flags that the text behind a number adds, and the stretches of it that are no note."""
    flags: list[str] = []
    cuts: list[Stretch] = []
    series = _SERIES.match(page.folded, start, end)
    if series is None and not dated:
        series = _SERIES_CLOSE.match(page.folded, start, end)
    if series:
        flags.append(cell.SERIES_REFERENCE)
        cuts.append(series.span())
    gap = page.folded[start:end]
    if "(" in gap or "修改单" in gap:
        for match in _CONFIRMED.finditer(page.folded, start, end):
            if like_year(match[1], page.last_year):
                flags.append(f"{cell.CONFIRMED}{match[1]}")
                cuts.append(match.span())
        amendments = [match.span() for match in _AMENDMENT.finditer(page.folded, start, end)]
        flags += [cell.AMENDMENT_NOTED] * bool(amendments)
        cuts += amendments
    return tuple(flags), _without(start, end, sorted(cuts))


def _without(start: int, end: int, cuts: list[Stretch]) -> list[Stretch]:
    stretches: list[Stretch] = []
    for begin, stop in cuts:
        if begin > start:
            stretches.append((start, begin))
        start = max(start, stop)
    return [*stretches, (start, end)] if end > start else stretches


_ADOPTION: Final = (
    r"(?:IDT|IDENTICAL|EQV|MODIFIED|MOD|NEQ|等同采用|等同于|等效采用|等效于|修改采用|非等效采用|采用|等同|等效|对应)"
)
_ADOPTS = re.compile(rf"{_ADOPTION}[ :(]{{0,3}}$")
_ADOPTED = re.compile(rf"[ ,]{{0,2}}{_ADOPTION} ?\)?")
_REPLACES = re.compile(r"(?:代替|替代|取代|替换|废止)[了 :(]{0,3}$")
_TAIL: Final = 16
_JOINTS: Final = frozenset({"/", "(", "=", "≡", "/(", "(="})


def adopts(page: Page, start: int, begin: int, end: int) -> bool:
    """Tell whether the number from `begin` to `end` is the second number of the one that ended at `start`."""
    gap = page.folded[start : start + _TAIL] if begin - start <= _TAIL else ""
    if gap and page.folded[start:begin].strip(" ") in _JOINTS:
        return True
    tail = page.folded[max(start, begin - _TAIL) : begin]
    if _ADOPTS.search(tail):
        return True
    return tail.rfind("(") > tail.rfind(")") and _ADOPTED.match(page.folded, end) is not None


def replaces(page: Page, start: int, begin: int) -> bool:
    """Tell whether the number that begins at `begin` is one that the number before has replaced."""
    return _REPLACES.search(page.folded[max(start, begin - _TAIL) : begin]) is not None


def behind_adoption(page: Page, end: int, *, bracket: bool) -> int:
    """Return the position behind `, IDT)` or, inside a bracket, behind its end, if that stands there."""
    match = _ADOPTED.match(page.folded, end)
    if match:
        return match.end()
    return end + 1 if bracket and page.folded.startswith(")", end) else end
