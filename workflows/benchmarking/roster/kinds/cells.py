"""How the cells of the campaign's other lists are read: codes, people, days, numbers of the platform, conclusions."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, TypeVar

from engine.errors import Refused
from engine.words import say
from workflows.benchmarking import creditcode
from workflows.benchmarking.dates import read_date
from workflows.benchmarking.details import read_honours
from workflows.benchmarking.names import clean_text
from workflows.benchmarking.roster.drafts import Draft
from workflows.benchmarking.roster.forms import Reader
from workflows.benchmarking.roster.readers import flag_of, read_enterprise, read_plan_number, read_product
from workflows.benchmarking.roster.sentences import Wording
from workflows.benchmarking.roster.sheets import Scalar
from workflows.benchmarking.roster.texts import is_none_word, plain_text, shorten, squeeze

T = TypeVar("T")

LONGEST_ADDRESS: Final = 500
CMA_DIGITS: Final = 12

_LINK = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\n、，,；;/]+")
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")


def read_enterprise_if_any(value: Scalar, name: str, draft: Draft) -> str | None:
    """The enterprise by its name, or nothing where its credit code names it."""
    if is_none_word(plain_text(value)):
        draft.texts[name] = ""
        return None
    return read_enterprise(value, name, draft)


def read_product_if_any(value: Scalar, name: str, draft: Draft) -> str | None:
    """The product, or nothing where the enterprise has only one."""
    return None if is_none_word(plain_text(value)) else read_product(value, name, draft)


def read_credit_code(value: Scalar, name: str, draft: Draft) -> str | None:
    """The code with both check digits right; it tells a row apart that has no name."""
    checked = creditcode.check(None if is_none_word(plain_text(value)) else value)
    if isinstance(checked, creditcode.Fault):
        if checked.code != creditcode.MISSING:
            draft.error(name, checked.code, shorten(plain_text(value)), wording=_wording(checked.sentence))
            draft.unread.add(name)
        return None
    for code in checked.warnings:
        draft.warn(name, code, checked.code)
    draft.key = draft.key or checked.code
    return checked.code


def text_reader(longest: int, *, needed: str = "") -> Reader:
    """A reader of one line of text; `needed` names what is missing where nothing stands."""

    def read(value: Scalar, name: str, draft: Draft) -> str | None:
        text = plain_text(value)
        if is_none_word(text):
            _say_missing(name, draft, needed)
            return None
        written = clean_text(text).replace("\n", " ")
        if len(written) > longest:
            draft.error(name, "TEXT_TOO_LONG", f"{len(written)} 个字，上限 {longest} 个字")
        return written

    return read


def number_reader(*, needed: str = "") -> Reader:
    """A reader of numbers that are opaque texts, unless the spreadsheet has spoilt them."""

    def read(value: Scalar, name: str, draft: Draft) -> str | None:
        before = len(draft.errors)
        number = read_plan_number(value, name, draft)
        if number is None and len(draft.errors) == before:
            _say_missing(name, draft, needed)
        return number

    return read


def day_reader(*, needed: str = "") -> Reader:
    """A reader of whole days, in every shape in which lists carry them."""

    def read(value: Scalar, name: str, draft: Draft) -> date | None:
        found = read_date(None if isinstance(value, str) and is_none_word(value) else value)
        if found.day is not None:
            return found.day
        if found.state == "missing":
            _say_missing(name, draft, needed)
        else:
            draft.error(name, "DAY_INCOMPLETE" if found.state == "incomplete" else "DAY_INVALID", plain_text(value))
        return None

    return read


def choice_reader(words: Mapping[str, str], *, code: str, needed: str = "", otherwise: str | None = None) -> Reader:
    """A reader of one of a few values, by any of the words for them; `otherwise` is what an empty cell says."""

    def read(value: Scalar, name: str, draft: Draft) -> str | None:
        text = plain_text(value)
        word = squeeze(text).strip("。.").lower()
        if word in words:
            return words[word]
        if not is_none_word(text):
            draft.error(name, code, shorten(text))
            return None
        if otherwise is None:
            _say_missing(name, draft, needed)
        return otherwise

    return read


def read_if_so(value: Scalar, name: str, draft: Draft) -> bool | None:
    """Yes, no, or nothing said."""
    if not isinstance(value, bool) and is_none_word(plain_text(value)):
        return None
    found = flag_of(value)
    if found is None:
        draft.error(name, "FLAG_INVALID", shorten(plain_text(value)))
    return found


def detail_reader(read: Callable[[str], T], *, code: str) -> Callable[[Scalar, str, Draft], T | None]:
    """A reader of what an enterprise is described by, as it may be written down everywhere; empty says nothing."""

    def read_cell(value: Scalar, name: str, draft: Draft) -> T | None:
        text = plain_text(value)
        if is_none_word(text):
            return None
        try:
            return read(text)
        except Refused as refused:
            draft.error(name, code, shorten(text), wording=Wording(say(refused.sentence), ""))
            return None

    return read_cell


def read_several_honours(text: str) -> tuple[str, ...]:
    """Honours of one cell, whatever stands between them."""
    return read_honours(_SEPARATORS.split(text))


def read_link(value: Scalar, name: str, draft: Draft) -> str | None:
    """An address that a browser opens."""
    text = clean_text(plain_text(value)).replace("\n", "")
    if is_none_word(text):
        return None
    if not _LINK.fullmatch(text) or len(text) > LONGEST_ADDRESS:
        draft.error(name, "LINK_INVALID", shorten(text))
        return None
    return text


def read_cma(value: Scalar, name: str, draft: Draft) -> str | None:
    """The number of a laboratory's certificate: twelve digits, or nothing."""
    text = squeeze(plain_text(value)).upper().removeprefix("CMA")
    if is_none_word(text):
        return None
    if len(text) != CMA_DIGITS or not (text.isascii() and text.isdecimal()):
        draft.error(name, "CMA_INVALID", shorten(text))
        return None
    return text


def read_login(value: Scalar, name: str, draft: Draft) -> str | None:
    """What a person is called by the program."""
    text = squeeze(plain_text(value)).lower()
    if is_none_word(text):
        _say_missing(name, draft, "登录名")
        return None
    if not _LOGIN.fullmatch(text):
        draft.error(name, "LOGIN_INVALID", shorten(text))
        return None
    return text


def _say_missing(name: str, draft: Draft, needed: str) -> None:
    if needed:
        draft.error(name, "CELL_MISSING", needed)


def _wording(sentence: str) -> Wording:
    """A sentence that says its remedy behind its first full stop."""
    said, _, remedy = sentence.partition("。")
    return Wording(f"{said}。", remedy or "请核对。")
