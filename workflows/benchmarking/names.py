"""Texts as people type them into cells: cleaned, and the names of enterprises as their licences print them."""

import re
import unicodedata
from typing import Final

_CHINESE: Final = "\u3400-\u9fff\uf900-\ufaff々〇"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BLANKS = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Alignment spaces: 样 例 公 司. Between Latin words a space is part of the name.
_BETWEEN_CHINESE = re.compile(rf"(?<=[{_CHINESE}（）“”《》、，；：。]) (?=[{_CHINESE}（）“”《》、，；：。])")
_BESIDE_CHINESE = re.compile(rf"(?<=[{_CHINESE}（）]) | (?=[{_CHINESE}（）])")

_FULL_WIDTH_KEPT: Final = frozenset("（），；：！？")
_HALF_WIDTH: Final[dict[int, str]] = {
    code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in _FULL_WIDTH_KEPT
}
# Copied from a PDF, 工 and 有 may be radicals or compatibility signs that only look the same.
_LOOKALIKES: Final[dict[int, str]] = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFAFF))
}
_USUAL_SIGNS: Final = _HALF_WIDTH | _LOOKALIKES
_ANY_CHINESE = re.compile(rf"[{_CHINESE}]")
_LATIN_SIGNS: Final = str.maketrans("（），；：！？", "(),;:!?")
_LICENCE_BRACKETS: Final = str.maketrans("()﹙﹚", "（）（）")
_KEY_BRACKETS: Final = str.maketrans("〔〕【】[]〈〉{}（）", "()()()()()()")
_EDGES: Final = " 。,，;；:：、/\\"


def clean_text(text: str) -> str:
    """Return the text without invisible signs, tabs and alignment spaces; its line breaks stay."""
    text = _BREAKS.sub("\n", _ESCAPE.sub(_unescape, text))
    if not text.isprintable():
        text = "".join(sign for sign in _BLANKS.sub(" ", text) if sign == "\n" or not _invisible(sign))
    text = _BLANKS.sub(" ", text.translate(_USUAL_SIGNS))
    lines = (_BETWEEN_CHINESE.sub("", line.strip()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _unescape(match: re.Match[str]) -> str:
    """_x000D_ is how a workbook writes a control sign that XML has no room for; other escapes are text."""
    code = int(match[1], 16)
    if code in _LINE_SIGNS:
        return "\n"
    return " " if code == ord("\t") else "" if code < ord(" ") else match[0]


_LINE_SIGNS: Final = frozenset(map(ord, "\n\x0b\x0c\r"))


def _invisible(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cf", "Cs"}


def normalise_enterprise(text: str) -> str:
    """Return the name in one line as on the licence: full-width brackets, half-width letters, no stray spaces."""
    name = _BETWEEN_CHINESE.sub("", clean_text(text).replace("\n", " "))
    if not _ANY_CHINESE.search(name):
        return name.translate(_LATIN_SIGNS).strip(_EDGES)
    return _BESIDE_CHINESE.sub("", name.translate(_LICENCE_BRACKETS)).strip(_EDGES + ".")


def name_key(text: str) -> str:
    """Return what two spellings of one name share: widths, brackets, spaces, invisible signs and case do not count."""
    key = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", clean_text(text)).casefold())
    signs = "".join(sign for sign in key.translate(_KEY_BRACKETS) if not sign.isspace() and not _invisible(sign))
    # Without the blank that stood between them, a letter and its accent become one.
    return unicodedata.normalize("NFKC", signs).strip(_EDGES + ".")


# What the name of a legal person, a partnership or a shop ends with.
_LEGAL_ENDINGS: Final = (
    *("公司", "厂", "合作社", "联合社", "中心", "院", "所", "行", "社", "店", "部", "场", "站", "馆", "集团", "企业"),
    *(
        "工作室",
        "坊",
        "铺",
        "超市",
        "学校",
        "协会",
        "学会",
        "研究会",
        "基金会",
        "基地",
        "经营户",
        "个体工商户",
        "个体户",
    ),
)
_FOREIGN_ENDING = re.compile(
    r"(?:Co(?:mpany)?\.?,? ?Ltd|Ltd|Limited|Inc|Incorporated|Corp|Corporation|LLC|LLP|GmbH|AG|S\.?A|Pty|PLC|B\.?V)\.?$",
    re.IGNORECASE,
)
_LAST_BRACKET = re.compile(r"（([^（）]*)）$")


def has_legal_form(text: str) -> bool:
    """Tell whether a name ends like that of an enterprise, also with 普通合伙 or the like in brackets behind it."""
    name = normalise_enterprise(text)
    bracket = _LAST_BRACKET.search(name)
    if bracket:
        return "合伙" in bracket[1] or bracket[1].endswith(_LEGAL_ENDINGS) or has_legal_form(name[: bracket.start()])
    return name.endswith(_LEGAL_ENDINGS) or _FOREIGN_ENDING.search(name) is not None
