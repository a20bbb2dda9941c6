"""Telling the rows of a list apart: entries, fillers, totals, notes and signatures."""

import re
from collections.abc import Sequence
from typing import Final

from workflows.benchmarking.roster.texts import squeeze

BLANK: Final = "blank"
TOTAL: Final = "total"
NOTES: Final = "notes"
SIGNATURE: Final = "signature"
HEADING: Final = "heading"
REPEATED_HEADER: Final = "repeated_header"

_HINT = r"(?:\([^)]{0,12}\))?"
_TOTAL = re.compile(
    rf"(?:(?:全市|全区|全县|本页|企业)?(?:合计|小计|总计|共计|汇总|总数)){_HINT}[:]?\D{{0,6}}\d*\D{{0,4}}"
)
_NOTES = re.compile(r"(?:附注|注意事项|[填报写表]*说明|备注|注)(?:[:;\d、.(]|$).*", re.DOTALL)
_SIGNERS = (
    r"填表人|填报人|制表人|制表|经办人|联系人|联系电话|电话|手机|审核人|审核|复核人|单位负责人|负责人|分管领导|主管领导"
    r"|领导签字|签字|签名|盖章|公章|单位盖章|加盖公章|填报日期|填表日期|填报单位|日期"
)
_SIGNATURE = re.compile(rf"\(?(?:{_SIGNERS})\)?{_HINT}(?:[:_].*|$)", re.DOTALL)
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_BUREAU = re.compile(r".{0,20}(?:管理局|监管局|市监局|分局)(?:\(.{0,6}\))?")
_NUMBER = re.compile(r"\d{1,6}")
_ORDINAL = re.compile(r"\(?(?:\d{1,6}|[〇零一二三四五六七八九十百千]{1,6})(?:\.0)?[)、.]?")


def kind_by_words(texts: Sequence[str]) -> str | None:
    """A total, notes or a signature by what the first filled cell says; `texts` are the filled cells of the row."""
    first = squeeze(texts[0])
    if _TOTAL.fullmatch(first):
        return TOTAL
    if _NOTES.fullmatch(first):
        return NOTES
    if _SIGNATURE.fullmatch(first):
        return SIGNATURE
    if len(texts) == 1 and (_DATE.fullmatch(first) or _BUREAU.fullmatch(first)):
        return SIGNATURE
    return None


def totals_of(texts: Sequence[str]) -> list[int]:
    """The numbers that a total row states."""
    return [int(number) for text in texts for number in _NUMBER.findall(squeeze(text))]


def is_ordinal(text: str) -> bool:
    """Whether a text only counts: 1, 1.0, １, 一, ①, (3)."""
    return _ORDINAL.fullmatch(squeeze(text)) is not None
