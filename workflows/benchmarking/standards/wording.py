"""Tells titles from the labels, indices, connecting words and marks around them."""

import re
from typing import Final

_EDGE_LEFT: Final = " ,、:.)]】/&+|>”’`*·-_=~》"
_EDGE_RIGHT: Final = " ,、:.([【/&+|<“‘`*·-_=~《"
_SEPARATORS: Final = frozenset(",、&")

_INDEX_LEFT = re.compile(r" ?(?:\(?[0-9]{1,2}[.、)](?![0-9])|[①-⒛㈠-㈩]|\(?[一二三四五六七八九十]{1,2}[、)])")
_INDEX_RIGHT = re.compile(
    r"(?:(?<![0-9.])\(?[0-9]{1,2}[.、):]?|[①-⒛㈠-㈩]|(?<![一-鿿])\(?[一二三四五六七八九十]{1,2}[、)])$"
)
_TAIL: Final = 12

_LABEL_WORDS: Final = (
    "等同|等效|修改|对应|企业|产品|执行了|执行|国家|行业|地方|团体|国际|国外|国标|行标|企标|团标|地标|比对|对标|现行|现|目前|主要|推荐性|推荐|强制性|强制|"
    "采用|参照|参考|符合|按照|按|依据|根据|满足|引用|相关|有关|先进|技术|检验|标准|规范|编号|代号|名称|号|为|是|的|及|和|与|或|"
    "等|有|如下|以下|同时|其他|其它|要求|规定|已|并|还|其中|包括|以及|代替|替代|取代|替换|废止"
)
_LABELS_ONLY = re.compile(rf"(?:{_LABEL_WORDS}|[ :、,/()]){{1,30}}+")
_LABEL_LEFT = re.compile(rf"(?:{_LABEL_WORDS}){{1,8}}+ ?:")
_LABEL_RIGHT = re.compile(
    r"[,、 (](?:(?:产品|企业|国家|行业|地方|团体|国际|执行|现行|比对|推荐性|强制性){0,2}标准(?:编号|代号|号)?"
    r"|编号|代号|执行|符合)$"
)
_LABEL_WHOLE = re.compile(r"[\u4e00-\u9fff]{0,6}(?:标准|标准号|编号|代号)")
_CONNECTING_RIGHT = re.compile(r"(?:以及|和|及|与|或|并)$")
_STATUS = re.compile(
    r"(?:现行有效|现行|有效|强制性标准|强制性|强制|推荐性标准|推荐性|推荐|最新版本|最新版|最新|即将实施|已废止|废止|作废|年版|版|"
    r"IDT|MOD|EQV|NEQ|等同采用|修改采用|全部|部分|下同|同上|无|报批稿|送审稿|征求意见稿|草案|“?浙江制造”?(?:团体)?标准|"
    r"备注.{0,200}|注 ?:.{0,200}|(?:详见|见附|附件|备案号|电话|联系人).{0,40}|"
    r"[0-9]{4}(?:[-./年][0-9]{1,2}){0,2}[日月年]?起?(?:实施|发布|执行|生效|施行)?)",
    re.DOTALL | re.IGNORECASE,
)
_ADOPTION_LEFT = re.compile(r"(?:IDT|MOD|EQV|NEQ|等同采用|修改采用)(?![A-Za-z])[ ,)]{0,3}", re.IGNORECASE)
_WORTH = re.compile(r"[\u3400-\u9fff]|[A-Za-z]{3}")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_SPACES = re.compile(r"[ \n]{2,}|\n")
_FULL_WIDTH: Final = str.maketrans({":": "：", ";": "；", ",": "，", "(": "（", ")": "）"})


def polish(title: str) -> str | None:
    """Return a title with single spaces and, in Chinese, with full-width punctuation; None if nothing is left."""
    title = _SPACES.sub(" ", title).strip()
    if _CHINESE.search(title):
        title = title.translate(_FULL_WIDTH)
    return title or None


def clean(segment: str, *, before_number: bool) -> tuple[bool, str | None, bool]:
    """Return whether a separator begins the plain text, the title in it if there is one, and whether one ends it."""
    text = segment.lstrip(_EDGE_LEFT)
    begins = not _SEPARATORS.isdisjoint(segment[: len(segment) - len(text)])
    if not text:
        return begins, None, False
    if before_number:
        text = _without_index_behind(text)
    whole, text = text, text.rstrip(_EDGE_RIGHT)
    if before_number and ":" in whole[len(text) :] and _LABEL_WHOLE.fullmatch(text):
        return begins, None, False
    ends = not _SEPARATORS.isdisjoint(whole[len(text) :])
    if before_number:
        connected = _CONNECTING_RIGHT.search(text[-2:])
        if connected:
            ends = True
            text = text[: len(text) - len(connected[0])]
    return begins, _title(text, before_number=before_number), ends


def _without_index_behind(text: str) -> str:
    tail = text[-_TAIL:].rstrip(" ")
    found = _INDEX_RIGHT.search(tail)
    if found is None or (found[0].isdecimal() and len(found[0]) == len(text.strip(" "))):
        return text
    return text[: len(text[:-_TAIL]) + found.start()] if not found[0].isdecimal() else text


def _title(text: str, *, before_number: bool) -> str | None:
    text = _INDEX_LEFT.sub("", text, count=1) if _INDEX_LEFT.match(text) else text
    adoption = _ADOPTION_LEFT.match(text)
    label = _LABEL_LEFT.match(text)
    start = label.end() if label else adoption.end() if adoption else 0
    text = _balanced(text[start:].lstrip(_EDGE_LEFT))
    if before_number:
        behind = _LABEL_RIGHT.search(text[-_LABEL_REACH:])
        if behind:
            text = text[: len(text[:-_LABEL_REACH]) + behind.start()].rstrip(_EDGE_RIGHT)
    if not _WORTH.search(text) or _LABELS_ONLY.fullmatch(text) or _STATUS.fullmatch(text):
        return None
    return polish(_balanced(text))


_LABEL_REACH: Final = 16


def _balanced(text: str) -> str:
    """Take off brackets and quotation marks around the whole, and one without its partner at an end."""
    for _ in range(_NESTING):
        left, right = text[:1], text[-1:]
        partner = _PAIRS.get(left)
        around = partner is not None and right == partner and text.find(partner, 1) == len(text) - 1
        if around or (partner is not None and partner not in text[1:]):
            text = text[1 : len(text) - around].strip()
        elif right in _CLOSING and _CLOSING[right] not in text[:-1]:
            text = text[:-1].rstrip()
        else:
            return text
    return text


_NESTING: Final = 3
_PAIRS: Final = {
    "(": ")",
    "“": "”",
    "‘": "’",
    '"': '"',
    "'": "'",
    "<": ">",
    "「": "」",
    "『": "』",
    "【": "】",
    "[": "]",
    "《": "》",
}
_CLOSING: Final = {closing: opening for opening, closing in _PAIRS.items()}
