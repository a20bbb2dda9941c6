"""Turning the value of a cell into text, and text into the form in which labels and words are compared."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from workflows.benchmarking.roster.sheets import Scalar

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]|_x000D_")
_WIDE_SPACES = {0x00A0: " ", 0x3000: " "}
_SPACES = re.compile(r"\s+")
_BRACKETED = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]")
_PUNCTUATION = re.compile(r"[、，,。.:：;；*＊/\\_\-—“”\"'（）()]")

NONE_WORDS = frozenset(
    {"", "无", "/", "-", "--", "—", "——", "暂无", "没有", "待定", "无标准", "n/a", "na", "none", "\\"}
)
DITTO_WORDS = frozenset({"同上", "〃", "″", '"', "”", "“", "''", "々", "同前", "同上行", "ditto"})
_LONGEST_WORD = 12
ERROR_WORDS = frozenset(
    {"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA", "#SPILL!"}
)


def plain_text(value: Scalar) -> str:
    """The text of a value: numbers without ".0", dates as ISO, invisible characters dropped, one kind of newline."""
    if isinstance(value, str):
        text = value
    elif value is None:
        return ""
    elif isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    elif isinstance(value, int | float):
        return number_text(value)
    else:
        return _moment_text(value)
    if not text.isprintable() or "_x000D_" in text:
        text = _INVISIBLE.sub("", text).translate(_WIDE_SPACES)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


def number_text(value: float) -> str:
    """A number as it would be typed: whole ones without a point or an exponent."""
    if isinstance(value, float) and not value.is_integer():
        return repr(value)
    return str(int(value))


def squeeze(text: str) -> str:
    """Without any white space and in half-width letters and digits: how words are compared."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    return "".join(text.split())


def label_key(text: str) -> str:
    """A column label as it is looked up: no spaces, no hints in brackets, no punctuation."""
    bare = squeeze(text)
    without = _BRACKETED.sub("", bare)
    return _PUNCTUATION.sub("", without or bare).lower()


def shorten(text: str, length: int = 40) -> str:
    """A text that fits into a sentence."""
    line = _SPACES.sub(" ", text).strip()
    return line if len(line) <= length else f"{line[: length - 1]}…"


def is_none_word(text: str) -> bool:
    """Whether a cell says that there is nothing."""
    if len(text) > _LONGEST_WORD:
        return False
    word = squeeze(text).lower().rstrip("。.")
    return word in NONE_WORDS or not word.strip("-—–―_/")


def is_ditto(text: str) -> bool:
    """Whether a cell says "as above"."""
    return 0 < len(text) <= _LONGEST_WORD and squeeze(text).rstrip("。.").lower() in DITTO_KEYS


def _moment_text(value: date | datetime | time | timedelta) -> str:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value)


DITTO_KEYS = frozenset(squeeze(word).lower() for word in DITTO_WORDS)
