"""Brings a cell into the one spelling that the grammar of standard numbers reads."""

import re
from typing import Final

_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\u2500\u2501\u30fc"
_INVISIBLE: Final = (
    "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\ufeff"
)
_SPACES: Final = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_BREAKS: Final = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"

_SPELLING: Final[dict[int, str | None]] = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, _DASHES), "-"),
    **dict.fromkeys(map(ord, _INVISIBLE), None),
    **dict.fromkeys(map(ord, _SPACES), " "),
    **dict.fromkeys(map(ord, _BREAKS), "\n"),
    **dict.fromkeys(map(ord, "\u2215\u2044\\\uff3c"), "/"),
    **dict.fromkeys(map(ord, "\u2236\ufe55\ufe30"), ":"),
    **dict.fromkeys(map(ord, "\u301c\u223c\u02dc"), "~"),
    **dict.fromkeys(map(ord, "\u00ab\u27ea\ufe3d"), "《"),
    **dict.fromkeys(map(ord, "\u00bb\u27eb\ufe3e"), "》"),
    ord("\uff61"): "。",
    ord("\uff64"): "、",
    ord("\ufe51"): "、",
    ord("\ufe50"): ",",
    ord("\ufe54"): ";",
    ord("\ufe59"): "(",
    ord("\ufe5a"): ")",
}

_ESCAPED = re.compile(r"_x000[aAdD9bBcC]_")
_SPACE_RUN = re.compile(r" {2,}")
_DASH_RUN = re.compile(r"-{2,}")
_BREAK_RUN = re.compile(r" ?\n[ \n]*")
# A narrow column breaks a number behind its code or at the dash of its year.
_BROKEN_NUMBER = re.compile(
    r"(?:(?<=/[TZtz])|(?<=\bGB))\n(?=[0-9])|(?<=[0-9])(?:\n-|-\n)(?=(?:19|20)[0-9]{2}(?![0-9]))"
)
_FULL_STOP = re.compile(r"(?<=[0-9])[。·](?=[0-9])")
# Typed or read by a machine: GB/T 19001一2016.
_CHINESE_ONE = re.compile(r"(?<=[0-9]) ?一 ?(?=(?:19|20)[0-9]{2}(?![0-9]))")


def normalise(cell: str) -> str:
    """Return the cell in half width with single spaces, plain dashes and 《》, ready to be scanned."""
    text = _ESCAPED.sub("\n", cell) if "_x000" in cell else cell
    text = text.translate(_SPELLING)
    if "  " in text:
        text = _SPACE_RUN.sub(" ", text)
    if "--" in text:
        text = _DASH_RUN.sub("-", text)
    if "\n" in text:
        text = _BROKEN_NUMBER.sub(_mend_break, _BREAK_RUN.sub("\n", text))
    if "<<" in text or ">>" in text:
        text = text.replace("<<", "《").replace(">>", "》")
    return _mend_digits(text).strip()


def _mend_break(match: re.Match[str]) -> str:
    return match[0].replace("\n", " " if match[0] == "\n" else "")


def _mend_digits(text: str) -> str:
    if "。" in text or "·" in text:
        text = _FULL_STOP.sub(".", text)
    if "一" in text:
        text = _CHINESE_ONE.sub("-", text)
    if "ГОСТ" in text:
        text = text.replace("ГОСТ Р", "GOST R").replace("ГОСТ", "GOST")
    return text


def fold(text: str) -> str:
    """Return the text in upper case, character for character, so that positions stay true."""
    upper = text.upper()
    return upper if len(upper) == len(text) else text.translate(_ASCII_UPPER)


_ASCII_UPPER: Final = {code: chr(code - 32) for code in range(ord("a"), ord("z") + 1)}
