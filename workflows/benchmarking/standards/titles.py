"""Finds which text of a cell is the title of which number."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from workflows.benchmarking.standards.wording import clean, polish

_OPEN: Final = "《"
_CLOSE: Final = "》"

Stretch = tuple[int, int]


def title_spans(text: str) -> list[Stretch]:
    """Return the outermost pairs of 《》; a mark without its partner is an ordinary character."""
    opened: list[int] = []
    pairs: list[Stretch] = []
    for match in _MARKS.finditer(text):
        if match[0] == _OPEN:
            opened.append(match.start())
        elif opened:
            begin = opened.pop()
            while pairs and pairs[-1][0] > begin:
                pairs.pop()
            pairs.append((begin, match.end()))
    return pairs


_MARKS = re.compile(f"[{_OPEN}{_CLOSE}]")


def mask(text: str, spans: Sequence[Stretch]) -> str:
    """Return the text with its titles blotted out, so that no number is found inside one."""
    pieces: list[str] = []
    pos = 0
    for begin, end in spans:
        pieces += [text[pos:begin], _OPEN * (end - begin)]
        pos = end
    return "".join([*pieces, text[pos:]])


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that can be a title: in 《》 or plain, and how many lines below the gap's beginning."""

    title: str
    marked: bool
    line: int


# A gap is cut by separators into groups; the first touches the number before it, the last the one behind it.
_Groups = list[list[_Text]]


def assign_titles(text: str, spans: Sequence[Stretch], gaps: Sequence[Sequence[Stretch]]) -> list[str | None]:
    """Return the title of each number; `gaps` are the texts before the first number and behind each."""
    groups = [_group(text, spans, gap, last=index == len(gaps) - 1) for index, gap in enumerate(gaps)]
    # Titles stand in front throughout if something precedes the first number and nothing follows the last.
    leading = any(groups[0]) and not any(groups[-1])
    before: list[_Text] = _flat(groups[0])
    titles: list[str | None] = []
    theirs: list[_Text]
    for index in range(1, len(groups)):
        if index == len(groups) - 1:
            mine, theirs = _flat(groups[index]), []
        else:
            mine, theirs = _share(groups[index], before, leading=leading, more=any(groups[index + 1]))
        titles.append(_choose(mine, before))
        before = theirs
    return titles


def _flat(groups: _Groups) -> list[_Text]:
    return [text for group in groups for text in group]


def _share(groups: _Groups, before: list[_Text], *, leading: bool, more: bool) -> tuple[list[_Text], list[_Text]]:
    """Divide the texts between two numbers; `more` says that something follows the second one too."""
    front, last = _flat(groups[:-1]), groups[-1]
    in_front = leading and bool(before)
    if front:
        return ([], front) if in_front and not last and not groups[0] else (front, last)
    # All of it touches the second number; unless a separator says so, a title still follows its number.
    divided = len(groups) > 1
    provided = bool(before) if divided else _marked(before) and not _marked(last)
    if in_front or provided or (divided and not more):
        return [], last
    return last, []


def _marked(texts: list[_Text]) -> bool:
    return any(text.marked for text in texts)


def _choose(after: list[_Text], before: list[_Text]) -> str | None:
    """A title in 《》 in the same line, else one before, else plain text behind, else before, else in other lines."""
    ranked = (
        *(text for text in after if text.marked and text.line == 0),
        *(text for text in reversed(before) if text.marked),
        *(text for text in after if text.line == 0),
        *reversed(before),
        *(text for text in after if text.marked),
        *after,
    )
    return ranked[0].title if ranked else None


def _group(text: str, spans: Sequence[Stretch], gap: Sequence[Stretch], *, last: bool) -> _Groups:
    groups: _Groups = [[]]
    line = 0
    end = gap[-1][1] if gap else 0
    for start, stop, marked in _pieces(spans, gap):
        if marked:
            title = polish(text[start:stop].strip(_MARK_EDGE))
            groups[-1] += [_Text(title, marked=True, line=line)] if title else []
            continue
        for index, segment in enumerate(_BREAKS.split(text[start:stop])):
            if index % 2:
                groups.append([])
                line += segment == "\n"
                continue
            begins, title, ends = clean(segment, before_number=not last and stop == end)
            if begins:
                groups.append([])
            if title:
                groups[-1].append(_Text(title, marked=False, line=line))
            if ends:
                groups.append([])
    return groups


_BREAKS = re.compile(r"([\n;])")
_MARK_EDGE: Final = f"{_OPEN}{_CLOSE} \n"


def _pieces(spans: Sequence[Stretch], gap: Sequence[Stretch]) -> Iterator[tuple[int, int, bool]]:
    """Yield the stretches of a gap, cut at its 《》, and whether each is one."""
    for start, stop in gap:
        pos = start
        for index in range(bisect_left(spans, (start, start)), len(spans)):
            begin, end = spans[index]
            if begin >= stop:
                break
            if begin > pos:
                yield pos, begin, False
            yield begin, end, True
            pos = end
        if pos < stop:
            yield pos, stop, False
