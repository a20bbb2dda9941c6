"""Dates in all the shapes in which lists carry them: Chinese and numeric texts, real dates, spreadsheet serials."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from workflows.benchmarking.names import clean_text

State = Literal["read", "missing", "incomplete", "invalid"]

DATE_MISSING: Final = "DATE_MISSING"
DATE_INCOMPLETE: Final = "DATE_INCOMPLETE"
DATE_INVALID: Final = "DATE_INVALID"
DATE_AMBIGUOUS: Final = "DATE_AMBIGUOUS"

_SENTENCES: Final = {
    DATE_MISSING: "没有填写日期。请填写完整日期，如“2020年5月28日”。",
    DATE_INCOMPLETE: "日期不完整。请写明年、月、日，如“2020年5月28日”。",
    DATE_INVALID: "这不是一个日期。请核对后按“2020年5月28日”的写法填写。",
    DATE_AMBIGUOUS: "无法确定是哪一天。请按年、月、日的顺序只写一个日期，如“2020年5月28日”。",
}

_FIRST_YEAR: Final = 1950
_LAST_YEAR: Final = 2099
# Day 0 of a spreadsheet; the day that 1900 did not have was counted there until day 60.
_EPOCH: Final = date(1899, 12, 30)
_EPOCH_1904: Final = date(1904, 1, 1)
_FIRST_SERIAL: Final = 18264
_LAST_SERIAL: Final = 73051
_COMPACT: Final = range(19500101, 20991232)


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A day that was read, or why there is none; missing and incomplete are warnings, invalid is an error."""

    day: date | None
    state: State
    code: str | None = None

    @property
    def sentence(self) -> str | None:
        """What is wrong and what to do about it, in Chinese."""
        return _SENTENCES[self.code] if self.code else None


_MISSING: Final = ReadDate(None, "missing", DATE_MISSING)
_INCOMPLETE: Final = ReadDate(None, "incomplete", DATE_INCOMPLETE)
_INVALID: Final = ReadDate(None, "invalid", DATE_INVALID)
_AMBIGUOUS: Final = ReadDate(None, "invalid", DATE_AMBIGUOUS)


def read_date(value: object, *, epoch_1904: bool = False) -> ReadDate:
    """Return the day that a cell holds as text, as a date or as the serial number of one."""
    if value is None:
        return _MISSING
    if isinstance(value, datetime):
        return _of(value.year, value.month, value.day)
    if isinstance(value, date):
        return _of(value.year, value.month, value.day)
    if isinstance(value, bool):
        return _INVALID
    if isinstance(value, int | float):
        return _read_number(value, epoch_1904=epoch_1904)
    return _read_text(value, epoch_1904=epoch_1904) if isinstance(value, str) else _INVALID


def _of(year: int, month: int, day: int) -> ReadDate:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return _INVALID
    try:
        return ReadDate(date(year, month, day), "read")
    except ValueError:
        return _INVALID


def _read_number(number: float, *, epoch_1904: bool) -> ReadDate:
    """A serial, a date typed without separators (20200528), or a year and month typed as a number (2020.5)."""
    shift = (_EPOCH_1904 - _EPOCH).days if epoch_1904 else 0
    if _FIRST_SERIAL - shift <= number < _LAST_SERIAL - shift:
        return ReadDate(_EPOCH + timedelta(days=int(number) + shift), "read")
    if number in _COMPACT:
        whole = int(number)
        return _of(whole // 10000, whole // 100 % 100, whole % 100)
    return _INCOMPLETE if _FIRST_YEAR <= number <= _LAST_YEAR or number // 100 in _YEARS else _INVALID


_YEARS: Final = range(_FIRST_YEAR, _LAST_YEAR + 1)
_NUMBER = re.compile(r"[0-9]{4,8}(?:\.[0-9]{1,12})?")
_SERIAL_TEXT = re.compile(r"[0-9]{5}(?:\.[0-9]{1,12})?")

_SEPARATOR: Final = r"\s?[-./,，、。年_—–−·]\s?"
_YEAR_FIRST = re.compile(
    rf"(?<![0-9A-Z])((?:19|20)?[0-9]{{2}})(?:{_SEPARATOR}|\s)([0-9]{{1,2}})"
    r"(?:\s?[-./,，、。月_—–−·]\s?|\s)([0-9]{1,2})(?![0-9])"
)
_YEAR_LAST = re.compile(r"(?<![0-9])([0-9]{1,2})[-./]([0-9]{1,2})[-./]((?:19|20)[0-9]{2})(?![0-9])")
_COMPACT_TEXT = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})([01][0-9])([0-3][0-9])(?![0-9])")
_MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_MONTH_NAME: Final = rf"({'|'.join(_MONTHS)})[A-Z]{{0,6}}\.?"
_DAY_NAMED = re.compile(rf"(?<![0-9A-Z])([0-9]{{1,2}})[-\s]{_MONTH_NAME}[-,\s]{{1,2}}((?:19|20)?[0-9]{{2}})(?![0-9])")
_MONTH_NAMED = re.compile(
    rf"(?<![A-Z]){_MONTH_NAME}\s([0-9]{{1,2}})(?:ST|ND|RD|TH)?[,\s]{{1,2}}((?:19|20)[0-9]{{2}})(?![0-9])"
)

_DIGITS: Final = str.maketrans("〇○零一二三四五六七八九Ｏ", "0001234567890")
_CHINESE_YEAR = re.compile(r"[〇○零一二三四五六七八九]{4}(?=\s?年)")
_CHINESE_COUNT = re.compile(r"([一二三])?十([一二三四五六七八九])?(?=\s?[月日号])")
_CHINESE_ONES = re.compile(r"[一二三四五六七八九](?=\s?[月日号])")
# 2020一5一28: a stroke typed for a dash.
_TYPED_DASH = re.compile(r"(?<=[0-9])\s?一\s?(?=[0-9])")
_WEEKDAY = re.compile(r"(?:星期|周|礼拜)[一二三四五六日天]")

_BLANK_FORM = re.compile(r"填报|日期|时间|无|空|[\s年月日号_/.:：—-]")
_SOME_DIGIT = re.compile(r"[0-9]")
_MONTH_OR_DAY = re.compile(r"[0-9]\s?[月日号]")
_YEAR_AND_MONTH = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?:\s?[-./年]?\s?(?:0?[1-9]|1[0-2]))?\s?[年月]?(?![0-9])")
_MONTH_AND_DAY = re.compile(r"(?<![0-9.-])(?:0?[1-9]|1[0-2])\s?[-./月]\s?(?:[0-2]?[0-9]|3[01])\s?[日号]?(?![0-9])")


def _read_text(text: str, *, epoch_1904: bool) -> ReadDate:
    text = _spell_digits(clean_text(text).upper())
    if _SERIAL_TEXT.fullmatch(text):
        return _read_number(float(text), epoch_1904=epoch_1904)
    days = list(dict.fromkeys(_days(text)))
    if len(days) == 1:
        return days[0]
    if days:
        return _AMBIGUOUS
    return _why_not(text)


def _days(text: str) -> Iterator[ReadDate]:
    """Yield every complete date of the text."""
    for match in _YEAR_FIRST.finditer(text):
        yield _of(_full_year(match[1]), int(match[2]), int(match[3]))
    for match in _COMPACT_TEXT.finditer(text):
        yield _of(int(match[1]), int(match[2]), int(match[3]))
    for match in _YEAR_LAST.finditer(text):
        yield _month_or_day_first(int(match[1]), int(match[2]), int(match[3]))
    for match in _DAY_NAMED.finditer(text):
        yield _of(_full_year(match[3]), _MONTHS.index(match[2]) + 1, int(match[1]))
    for match in _MONTH_NAMED.finditer(text):
        yield _of(int(match[3]), _MONTHS.index(match[1]) + 1, int(match[2]))


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) > len("20") else 2000 + int(digits)


def _month_or_day_first(first: int, second: int, year: int) -> ReadDate:
    """5/28/2020 can be one day only; 5/6/2020 may be two, so nobody guesses."""
    readings = {_of(year, first, second), _of(year, second, first)} - {_INVALID}
    return readings.pop() if len(readings) == 1 else _AMBIGUOUS if readings else _INVALID


def _why_not(text: str) -> ReadDate:
    if not _SOME_DIGIT.search(text):
        return _MISSING if not _BLANK_FORM.sub("", text) else _INVALID
    if "年" in text and "月" in text and "日" in text and not _MONTH_OR_DAY.search(text):
        # 2020年 月 日: the form as it was sent out, with its year printed.
        return _MISSING
    incomplete = _MONTH_OR_DAY.search(text) or _YEAR_AND_MONTH.search(text) or _MONTH_AND_DAY.search(text)
    return _INCOMPLETE if incomplete else _INVALID


def _spell_digits(text: str) -> str:
    """Write 二〇二〇年五月二十八日 in digits; the names of weekdays are left out."""
    text = _TYPED_DASH.sub("-", _WEEKDAY.sub(" ", text))
    text = _CHINESE_YEAR.sub(lambda match: match[0].translate(_DIGITS), text)
    text = _CHINESE_COUNT.sub(_count, text)
    return _CHINESE_ONES.sub(lambda match: match[0].translate(_DIGITS), text)


def _count(match: re.Match[str]) -> str:
    tens, ones = match[1] or "一", match[2] or "零"
    return f"{tens}{ones}".translate(_DIGITS)
