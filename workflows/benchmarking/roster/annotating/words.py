"""The words of a comment: how ours begin and end, and what of a comment is the sender's own."""

import re
from collections.abc import Sequence
from typing import Final

AUTHOR: Final = "核对结果"
_BEHIND: Final = "〔核对意见〕"
_END: Final = "〔以上由系统核对{colour}〕"
_COLOUR: Final = "，原底色 #"
_TAIL = re.compile(r"〔以上由系统核对(?:，原底色 #([0-9A-Fa-f]{6}))?〕")
_ALONE = re.compile(r"(?:^|\n)(?:错误|提示)：")
_LONGEST: Final = 8_000


def comment_text(sentences: Sequence[str], *, colour: str | None, behind: str) -> str:
    """Our comment; `behind` is what the sender's says, and `colour` the fill that the cell had."""
    end = _END.format(colour=f"{_COLOUR}{colour}" if colour else "")
    said = "\n".join(sentences)[:_LONGEST]
    return f"\n{_BEHIND}\n{said}\n{end}" if behind else f"{said}\n{end}"


def without_ours(text: str) -> tuple[str, str | None, bool]:
    """What of a comment the sender wrote, the fill that the cell had, and whether anything in it was ours."""
    tail = _TAIL.search(text)
    if tail is None:
        return text, None, False
    before, after = text[: tail.start()], text[tail.end() :]
    begins = before.find(_BEHIND)
    if begins < 0:
        found = _ALONE.search(before)
        begins = found.start() if found else 0
    theirs = f"{before[:begins].rstrip()}\n{after.strip()}".strip()
    return theirs, tail[1].upper() if tail[1] else None, True
