"""How the single cells of a list are read; every reader takes any value and says what is wrong with it."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from functools import lru_cache

from workflows.benchmarking.names import clean_text, has_legal_form, name_key, normalise_enterprise
from workflows.benchmarking.roster.drafts import Draft
from workflows.benchmarking.roster.sentences import Wording
from workflows.benchmarking.roster.sheets import Scalar
from workflows.benchmarking.roster.texts import is_none_word, number_text, plain_text, shorten, squeeze
from workflows.benchmarking.standards import Cell, Reference, scan, sentence

_SHORTEST_NAME, _LONGEST_NAME, _LONGEST_PRODUCT, _LONGEST_NUMBER = 4, 100, 100, 64
# A spreadsheet keeps fifteen digits of a number and makes zeros of the rest.
_DIGITS_KEPT = 15
_HUGE = 1e9
_SHORT = 200
# Nearly every name ends so, and nothing more has to be asked about it.
_USUAL_ENDING = "公司"
_EXPONENT = re.compile(r"\d+(?:\.\d+)?[Ee][+]?\d{1,3}|\d+\.0")
_INSIDE_BRACKETS = re.compile(r"[（(][^（）()]*[）)]|《[^《》]*》|“[^“”]*”")
_PRODUCT_SEPARATOR = re.compile(r"[\n、；;]")
_CHINESE_DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")} | {"〇": 0}

_YES = frozenset(
    {
        "是",
        "是的",
        "对",
        "√",
        "✓",
        "✔",
        "☑",
        "v",
        "需要",
        "需",
        "要",
        "有",
        "有需求",
        "需要支持",
        "y",
        "yes",
        "true",
        "1",
    }
)
_NO = frozenset(
    {
        "否",
        "不是",
        "×",
        "✗",
        "✘",
        "☐",
        "□",
        "x",
        "不需要",
        "不需",
        "不要",
        "不用",
        "无需",
        "无需求",
        "暂不需要",
        "没有需求",
        "不",
        "n",
        "no",
        "false",
        "0",
    }
)
_UNDECIDED = frozenset({"待定"})
_FLAG_WARNINGS = {
    "undated": "STANDARD_UNDATED",
    "prefix_inherited": "STANDARD_PREFIX_INHERITED",
    "series_reference": "STANDARD_SERIES_REFERENCE",
    "unrecognised_issuer": "STANDARD_ISSUER_UNRECOGNISED",
}
_UNRECOGNISED = "unrecognised_issuer"


def read_ordinal(value: Scalar, _: str, __: Draft) -> int | None:
    """A running number in whatever dress; never wrong, because nothing hangs on it."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value) if abs(value) < _HUGE else None
    text = squeeze(plain_text(value)).strip("().、")
    text = text.removesuffix(".0")
    if text.isdecimal():
        return int(text[:9])
    return _chinese_number(text)


def read_enterprise(value: Scalar, name: str, draft: Draft) -> str | None:
    """The name as on the licence, with its key for comparing."""
    text = plain_text(value)
    if is_none_word(text):
        draft.error(name, "ENTERPRISE_NAME_MISSING", _said(text))
        return None
    written = normalise_enterprise(text)
    draft.texts[name] = value if isinstance(value, str) else text
    draft.key = name_key(written)
    if not _SHORTEST_NAME <= len(written) <= _LONGEST_NAME:
        draft.error(name, "ENTERPRISE_NAME_LENGTH", shorten(written))
    elif not written.endswith(_USUAL_ENDING) and not has_legal_form(written):
        draft.warn(name, "NAME_WITHOUT_LEGAL_FORM", written)
    return written


def read_product(value: Scalar, name: str, draft: Draft) -> str | None:
    """The product; several in one cell are said and not parted, for their standards cannot be matched."""
    text = plain_text(value)
    if is_none_word(text):
        draft.error(name, "PRODUCT_NAME_MISSING", _said(text))
        return None
    written = clean_text(text)
    if len(written) > _LONGEST_PRODUCT:
        draft.error(name, "PRODUCT_NAME_LENGTH", shorten(written))
    if len([part for part in _PRODUCT_SEPARATOR.split(_INSIDE_BRACKETS.sub("", text)) if part.strip()]) > 1:
        draft.warn(name, "MULTIPLE_PRODUCTS_IN_CELL", shorten(text))
    return written


def standards_reader(*, implemented: bool) -> Callable[[Scalar, str, Draft], tuple[Reference, ...]]:
    """A reader of standard numbers: the implemented ones must be there and of a known issuer."""

    def read(value: Scalar, name: str, draft: Draft) -> tuple[Reference, ...]:
        text = plain_text(value)
        cell = _scan_short(text, draft.year) if len(text) <= _SHORT else scan(text, year=draft.year)
        draft.empty[name] = cell.severity == "none"
        if implemented and cell.severity == "none":
            draft.error(name, "IMPLEMENTED_STANDARD_MISSING", _said(text))
        _report_faults(cell, text, name, draft)
        return tuple(one for one in cell.references if _is_valid(one, name, draft, implemented=implemented))

    return read


def read_plan_number(value: Scalar, name: str, draft: Draft) -> str | None:
    """The number of a plan on the platform: opaque text, unless the spreadsheet has spoilt it."""
    if isinstance(value, date | time | timedelta):
        draft.error(name, "TEXT_TURNED_INTO_DATE", plain_text(value))
        return None
    text = plain_text(value)
    if is_none_word(text):
        return None
    if isinstance(value, int | float):
        return _typed_digits(Decimal(repr(value)), name, draft)
    if _EXPONENT.fullmatch(squeeze(text)):
        return _typed_digits(Decimal(squeeze(text)), name, draft)
    written = clean_text(text)
    if len(written) > _LONGEST_NUMBER:
        draft.error(name, "PLAN_NUMBER_LENGTH", shorten(written))
    return written


def read_flag(value: Scalar, name: str, draft: Draft) -> bool:
    """Whether support is asked for; what says neither yes nor no is asked about."""
    found = flag_of(value)
    if found is None:
        draft.error(name, "SUPPORT_FLAG_INVALID", shorten(plain_text(value)))
    return found or False


def flag_of(value: Scalar) -> bool | None:
    """Yes or no, where nothing is no; None where it says neither."""
    if isinstance(value, bool):
        return value
    text = plain_text(value)
    word = squeeze(text).strip("。.,!").lower()
    if word in _YES:
        return True
    return False if word in _NO or (is_none_word(text) and word not in _UNDECIDED) else None


@lru_cache(maxsize=4096)
def _scan_short(text: str, year: int) -> Cell:
    """The same few standards fill many cells of a list."""
    return scan(text, year=year)


def _said(text: str) -> str:
    return f"（填的是“{text}”）" if text else ""


def _chinese_number(text: str) -> int | None:
    """一 to 九十九, which is as far as anyone numbers in characters."""
    if not text or not set(text) <= {*_CHINESE_DIGITS, "十"} or text.count("十") > 1:
        return None
    if "十" not in text:
        return _CHINESE_DIGITS[text] if len(text) == 1 else None
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return None
    return (_CHINESE_DIGITS[tens] if tens else 1) * 10 + (_CHINESE_DIGITS[ones] if ones else 0)


def _typed_digits(number: Decimal, name: str, draft: Draft) -> str | None:
    whole = number.is_finite() and number == number.to_integral_value()
    text = f"{number:f}".removesuffix(".0") if abs(number.adjusted()) < _LONGEST_NUMBER else number_text(float(number))
    if whole and len(text.lstrip("-").partition(".")[0]) > _DIGITS_KEPT:
        draft.error(name, "PLAN_NUMBER_DIGITS_LOST", text)
        return None
    return text.partition(".")[0] if whole else text


def _report_faults(cell: Cell, text: str, name: str, draft: Draft) -> None:
    for code in cell.errors:
        _refuse_standard(name, draft, code, shorten(text))
    for reference in cell.references:
        for code in reference.errors:
            _refuse_standard(name, draft, code, shorten(reference.token))


def _is_valid(reference: Reference, name: str, draft: Draft, *, implemented: bool) -> bool:
    if reference.errors or reference.number is None:
        return False
    for flag in reference.flags:
        if flag == _UNRECOGNISED and implemented:
            _refuse_standard(name, draft, _UNRECOGNISED.upper(), shorten(reference.token))
            return False
        if flag in _FLAG_WARNINGS:
            draft.warn(name, _FLAG_WARNINGS[flag], reference.number)
    return True


def _refuse_standard(name: str, draft: Draft, reason: str, token: str) -> None:
    words = sentence(_UNRECOGNISED if reason == _UNRECOGNISED.upper() else reason)
    said, _, remedy = words.partition("。")
    wording = Wording("标准号“{detail}”有误：" + said + "。", remedy or "请核对标准号。")
    draft.error(name, "STANDARD_NUMBER_INVALID", token, wording=wording, reason=reason, token=token)
