"""Changing single places of an XML part in its bytes, so that everything else stays as it was sent."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from xml.parsers import expat

_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What a spreadsheet would take for an escaped character.
_ESCAPED_LOOK = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ATTRIBUTE = re.compile(rb"""([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


class NotCarried(Exception):
    """The workbook is built in a way that cannot be changed in place."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes from `begins` to `ends` give way to `text`."""

    begins: int
    ends: int
    text: bytes


class Places(Protocol):
    """What is told about every element: its path from the root, without prefixes, and where it stands."""

    def opened(self, path: Sequence[str], attributes: Mapping[str, str], begins: int) -> None: ...

    def closed(self, path: Sequence[str], inside_ends: int | None, ends: int) -> None:
        """`inside_ends` is where the end tag begins; None where the element is a single tag."""

    def text(self, path: Sequence[str], characters: str) -> None: ...


def walk_places(content: bytes, places: Places) -> None:
    """Tell `places` about every element in turn."""
    path: list[str] = []
    empty: list[int | None] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def opened(name: str, attributes: dict[str, str]) -> None:
        path.append(name.rpartition(":")[2])
        ends = end_of_tag(content, parser.CurrentByteIndex)
        empty.append(ends if content[ends - 2 : ends] == b"/>" else None)
        places.opened(path, attributes, parser.CurrentByteIndex)

    def closed(_: str) -> None:
        ends, at = empty.pop(), parser.CurrentByteIndex
        places.closed(path, at if ends is None else None, end_of_tag(content, at) if ends is None else ends)
        path.pop()

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = lambda characters: places.text(path, characters)
    try:
        parser.Parse(content, True)
    except expat.ExpatError as failure:
        raise NotCarried from failure


def prefix_of(content: bytes, root: str) -> str:
    """The prefix, with its colon, that a part writes before the names of its elements."""
    found = re.search(rb"<((?:[\w.-]+:)?)%b[\s/>]" % root.encode(), content)
    if found is None:
        raise NotCarried
    return found[1].decode()


def spliced(content: bytes, edits: Iterable[Edit]) -> bytes:
    """The content with all the edits made; they do not overlap."""
    pieces: list[bytes] = []
    at = 0
    for edit in sorted(edits, key=lambda one: (one.begins, one.ends)):
        pieces += (content[at : edit.begins], edit.text)
        at = edit.ends
    return b"".join((*pieces, content[at:]))


def attributes_of(tag: bytes) -> Mapping[str, str]:
    """The attributes of a start tag as they are written."""
    return {found[1].decode(): (found[2] or found[3] or b"").decode() for found in _ATTRIBUTE.finditer(tag)}


def with_attribute(tag: bytes, name: str, value: object) -> bytes:
    """A start tag with one attribute set; `tag` begins with its opening bracket."""
    written = f' {name}="{value}"'.encode()
    pattern = re.compile(rb"""\s%s\s*=\s*(?:"[^"]*"|'[^']*')""" % re.escape(name.encode()))
    if pattern.search(tag):
        return pattern.sub(lambda _: written, tag, count=1)
    # behind the others: the fast reader of lists knows a cell by its reference coming first
    return re.sub(rb"\s*/?>$", lambda found: written + found[0], tag, count=1)


def escape(text: str) -> str:
    """Text for between tags and in attributes, without what no XML can hold."""
    plain = _ESCAPED_LOOK.sub("_x005F_", _UNSPEAKABLE.sub("", text))
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def end_of_tag(content: bytes, begins: int) -> int:
    """The place behind the tag that begins here."""
    return content.index(b">", begins) + 1


def check(content: bytes) -> bytes:
    """The content, if it is whole XML; nothing broken is ever given back."""
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(content, True)
    except expat.ExpatError as failure:
        raise NotCarried from failure
    return content
