"""What stands above a list: its title with the year, the reporting unit and the reporting date."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from workflows.benchmarking.roster.headers import Header
from workflows.benchmarking.roster.sheets import Scalar, is_blank
from workflows.benchmarking.roster.texts import plain_text, squeeze

_UNIT_LABELS = ("填报单位", "上报单位", "报送单位", "填表单位", "填报部门", "报送部门")
_DATE_LABELS = ("填报日期", "填表日期", "上报日期", "报送日期", "填报时间", "报送时间")
_OTHER_LABELS = (
    "日期",
    "填报人",
    "填表人",
    "联系人",
    "联系电话",
    "电话",
    "审核人",
    "单位负责人",
    "负责人",
    "经办人",
    "手机",
)
_LONGEST_TITLE = 80
_FULL_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_YEAR = re.compile(r"((?:19|20|21)\d{2})(?=年|[^\d]|$)")
_WRITTEN_YEAR = re.compile(r"(二[〇○零OoＯ0][一二三四五六七八九〇○零OoＯ0]{2})年")
_WRITTEN_DIGITS = {"〇": "0", "○": "0", "零": "0", "O": "0", "o": "0", "Ｏ": "0", "0": "0"} | {
    character: str(number) for number, character in enumerate("一二三四五六七八九", 1)
}
_ENDS_A_SENTENCE = re.compile(r"[。；;：:！!，,]$")


@dataclass(frozen=True, slots=True)
class Preamble:
    """As it was found; None where there is no such label, an empty text where nothing is behind it."""

    title: str | None = None
    year: int | None = None
    unit: str | None = None
    dated: Scalar = None


def read_preamble(header: Header, title_word: str) -> Preamble:
    """Look through every line above the header."""
    sheet = header.sheet
    lines = [*sheet.above, *(sheet.rows[row] for row in range(header.rows[0]))]
    filled = [[value for value in line if not is_blank(value)] for line in lines]
    title = _find_title(filled, title_word)
    dated = _find_labelled(filled, _DATE_LABELS)
    return Preamble(title, _year_of(title), read_unit(lines), dated)


def read_unit(lines: Iterable[Sequence[Scalar]]) -> str | None:
    """The reporting unit that these lines name, None where none is."""
    filled = [[value for value in line if not is_blank(value)] for line in lines]
    unit = _find_labelled(filled, _UNIT_LABELS)
    return None if unit is None else plain_text(unit).strip("_＿ ").strip()


def _find_title(lines: Sequence[Sequence[Scalar]], title_word: str) -> str | None:
    """The nearest line above that speaks of the list, with the line before it where the year stands there."""
    texts = [_as_title(line) for line in lines]
    for number in range(len(texts) - 1, -1, -1):
        text = texts[number]
        if title_word not in text or not _may_be_title(text):
            continue
        before = next((one for one in reversed(texts[:number]) if one), "")
        if _year_of(text) is None and _year_of(before) is not None and _may_be_title(before):
            return before + text
        return text
    return next((text for text in texts if _may_be_title(text) and _year_of(text) is not None), None)


def _as_title(line: Sequence[Scalar]) -> str:
    text = "".join(plain_text(value) for value in line)
    return re.sub(r"\s+", "", text).translate(_FULL_WIDTH_DIGITS)


def _may_be_title(text: str) -> bool:
    if not text or len(text) > _LONGEST_TITLE or _ENDS_A_SENTENCE.search(text):
        return False
    return not any(label in text for label in (*_UNIT_LABELS, *_DATE_LABELS))


def _year_of(text: str | None) -> int | None:
    found = _YEAR.search(text or "")
    if found:
        return int(found[1])
    written = _WRITTEN_YEAR.search(text or "")
    return int("".join(_WRITTEN_DIGITS[character] for character in written[1])) if written else None


def _pattern(labels: Sequence[str]) -> str:
    return "|".join(r"\s*".join(label) for label in labels)


_HINT = r"\s*(?:[（(][^）)]{0,8}[）)])?\s*[:：]?"
_LABELS: dict[Sequence[str], re.Pattern[str]] = {
    labels: re.compile(rf"(?:{_pattern(labels)}){_HINT}\s*(.*)", re.DOTALL) for labels in (_UNIT_LABELS, _DATE_LABELS)
}
_NEXT_LABEL = re.compile(_pattern((*_UNIT_LABELS, *_DATE_LABELS, *_OTHER_LABELS)))


def _find_labelled(lines: Sequence[Sequence[Scalar]], labels: Sequence[str]) -> Scalar:
    """What stands behind the label, up to the next label: in the same cell or in the next one."""
    empty: Scalar = None
    for value in _labelled(lines, _LABELS[labels]):
        if not is_blank(value) and squeeze(plain_text(value)).strip("_-"):
            return value
        empty = ""
    return empty


def _labelled(lines: Sequence[Sequence[Scalar]], pattern: re.Pattern[str]) -> Iterator[Scalar]:
    for line in lines:
        for number, value in enumerate(line):
            found = pattern.search(value) if isinstance(value, str) else None
            if found is None:
                continue
            behind = _NEXT_LABEL.split(found[1], maxsplit=1)[0].strip()
            following = line[number + 1] if number + 1 < len(line) else None
            if behind.strip("_＿ ") or _is_label(following):
                yield behind
            else:
                yield following if following is not None else ""


def _is_label(value: Scalar) -> bool:
    return isinstance(value, str) and _NEXT_LABEL.match(value.strip()) is not None
