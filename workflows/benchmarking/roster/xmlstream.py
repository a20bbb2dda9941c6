"""Walking through an XML part as a stream: local names only, no outside definitions, no bottomless nesting."""

from collections.abc import Iterable, Mapping
from typing import Protocol
from xml.parsers import expat

from workflows.benchmarking.roster.refusals import FileRefused, damaged, too_large

_SEPARATOR = " "
_DIGITS = 9


class Walker(Protocol):
    """What is told about the tags on the way; the names come without their namespace."""

    def opened(self, tag: str, attributes: Mapping[str, str]) -> None: ...

    def closed(self, tag: str) -> None: ...

    def text(self, characters: str) -> None: ...


def walk(chunks: Iterable[bytes], walker: Walker, *, name: str, depth: int) -> None:
    """Tell `walker` about every tag in turn."""
    local: dict[str, str] = {}
    level = 0

    def opened(tag: str, attributes: dict[str, str]) -> None:
        nonlocal level
        level += 1
        if level > depth:
            raise too_large(f"{name} 嵌套超过 {depth} 层")
        walker.opened(local.get(tag) or _shorten(tag, local), _local_keys(attributes) if attributes else attributes)

    def closed(tag: str) -> None:
        nonlocal level
        level -= 1
        walker.closed(local[tag])

    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = walker.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as failure:
        raise damaged(f"{name} 不是完整的 XML") from failure


def number_of(text: str | None) -> int | None:
    """The number that an attribute states; a longer one than any file needs states nothing."""
    return int(text) if text is not None and len(text) <= _DIGITS and text.isdecimal() else None


def _shorten(tag: str, local: dict[str, str]) -> str:
    short = tag.rpartition(_SEPARATOR)[2]
    local[tag] = short
    return short


def _local_keys(attributes: dict[str, str]) -> dict[str, str]:
    for key in attributes:
        if _SEPARATOR in key:
            return {key.rpartition(_SEPARATOR)[2]: value for key, value in attributes.items()}
    return attributes


def _refuse_doctype(*_: object) -> FileRefused:
    raise damaged("文件含有外部定义")
