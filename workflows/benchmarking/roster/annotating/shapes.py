"""The boxes in which comments are shown, in the drawing that goes with a worksheet's comments."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from workflows.benchmarking.roster.annotating.splice import Edit, NotCarried, attributes_of, spliced
from workflows.benchmarking.roster.sheets import Spot

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NAMESPACES: Final = (
    'xmlns:v="urn:schemas-microsoft-com:vml"',
    'xmlns:o="urn:schemas-microsoft-com:office:office"',
    'xmlns:x="urn:schemas-microsoft-com:office:excel"',
)
EMPTY: Final = (
    f'<xml {" ".join(_NAMESPACES)}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
).encode()
_TYPE: Final = "lingpao_note"
_SHAPE_TYPE: Final = (
    f'<v:shapetype{{declared}} id="{_TYPE}" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE_TAG = re.compile(rb"<(/?)(?:[\w.-]+:)?shape[\s>]")
_NOTE = re.compile(rb"ObjectType\s*=\s*[\"']Note[\"']")
_ROW = re.compile(rb"<((?:[\w.-]+:)?)Row>\s*(\d+)\s*</")
_COLUMN = re.compile(rb"<(?:[\w.-]+:)?Column>\s*(\d+)\s*</")
_ANCHOR = re.compile(rb"<(?:[\w.-]+:)?Anchor>[^<]*</(?:[\w.-]+:)?Anchor>")
_NUMBER = re.compile(rb"_x0000_s(\d{1,9})")
_FIRST_NUMBER: Final = 1025
_END: Final = b"</xml>"

_WIDTH, _LINE, _MARGIN = 300, 17, 14
_LINE_CHARACTERS: Final = 23
"""Pixels of a box, of a line in it and around its text, and Chinese characters in a line."""
_TALLEST: Final = 600
_COL, _ROW_HEIGHT = 64, 20


@dataclass(frozen=True, slots=True)
class Geometry:
    """How wide the columns and how high the rows of a sheet are, in pixels, where they are not as usual."""

    widths: Mapping[int, int] = field(default_factory=dict)
    heights: Mapping[int, int] = field(default_factory=dict)
    width: int = _COL
    height: int = _ROW_HEIGHT

    def anchor(self, spot: Spot, text: str) -> str:
        """Where the box of a comment begins and ends: right of its cell, as large as its text needs."""
        lines = sum(1 + _measure(line) // _LINE_CHARACTERS for line in text.split("\n"))
        row, column = spot
        left, top = (column + 1, 15), (max(row - 1, 0), 10 if row else 2)
        right = _walk(left, _WIDTH, self.widths, self.width)
        bottom = _walk(top, min(lines * _LINE + _MARGIN, _TALLEST), self.heights, self.height)
        return ", ".join(map(str, (*left, *top, *right, *bottom)))


def geometry_of(head: bytes, heights: Mapping[int, float]) -> Geometry:
    """From what a worksheet says before its cells, and from the heights of its rows in points."""
    widths: dict[int, int] = {}
    for tag in re.findall(rb"<(?:[\w.-]+:)?col\s[^<>]*>", head):
        row = attributes_of(tag)
        hidden = row.get("hidden") in ("1", "true")
        wide = 0 if hidden else round(float(row.get("width", "8.43")) * 7 + 5)
        for column in range(int(row["min"]) - 1, min(int(row["max"]), 256)):
            widths[column] = wide
    usual = re.search(rb"<(?:[\w.-]+:)?sheetFormatPr\s[^<>]*>", head)
    given = attributes_of(usual[0]) if usual else {}
    width = round(float(given["defaultColWidth"]) * 7 + 5) if "defaultColWidth" in given else _COL
    height = _pixels(float(given.get("defaultRowHeight", "15")))
    return Geometry(widths, {row: _pixels(points) for row, points in heights.items()}, width, height)


def renewed(content: bytes, gone: Collection[Spot], texts: Mapping[Spot, str], geometry: Geometry) -> bytes:
    """The drawing without the boxes of comments that are gone, and with large enough ones for these texts."""
    if _END not in content:
        raise NotCarried
    root = content[: content.find(b">", content.find(b"<xml"))].decode("utf-8", "replace")
    declared = "" if all(name in root for name in _NAMESPACES) else f" {' '.join(_NAMESPACES)}"
    seen: set[Spot] = set()
    edits = []
    for begins, ends in _shapes(content):
        spot = _spot_of(content[begins:ends])
        if spot is None:
            continue
        if spot in texts:
            seen.add(spot)
            edits.append(Edit(begins, ends, _anchored(content[begins:ends], geometry.anchor(spot, texts[spot]))))
        elif spot in gone:
            edits.append(Edit(begins, ends, b""))
    content = spliced(content, edits)
    missing = {spot: text for spot, text in sorted(texts.items()) if spot not in seen}
    if not missing:
        return content
    first = max([_FIRST_NUMBER - 1, *map(int, _NUMBER.findall(content))]) + 1
    new = "".join(_boxes(missing, geometry, first, declared))
    if f'id="{_TYPE}"'.encode() not in content:
        new = _SHAPE_TYPE.format(declared=declared) + new
    at = content.rindex(_END)
    return content[:at] + new.encode() + content[at:]


def _shapes(content: bytes) -> Iterator[tuple[int, int]]:
    """Where every shape begins and ends."""
    begins = None
    for tag in _SHAPE_TAG.finditer(content):
        if not tag[1]:
            begins = tag.start()
        elif begins is not None:
            yield begins, tag.end()
            begins = None


def _anchored(shape: bytes, anchor: str) -> bytes:
    """The box at its place, whether or not it said before where that is."""
    found = _ROW.search(shape)
    prefix = found[1].decode() if found else ""
    written = f"<{prefix}Anchor>{anchor}</{prefix}Anchor>".encode()
    if _ANCHOR.search(shape) or found is None:
        return _ANCHOR.sub(written, shape, count=1)
    return shape[: found.start()] + written + shape[found.start() :]


def _boxes(texts: Mapping[Spot, str], geometry: Geometry, first: int, declared: str) -> Iterator[str]:
    for number, (spot, text) in enumerate(texts.items(), start=first):
        row, column = spot
        yield (
            f'<v:shape{declared} id="_x0000_s{number}" type="#{_TYPE}" style="position:absolute;visibility:hidden" '
            'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
            '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
            '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
            '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
            f"<x:Anchor>{geometry.anchor(spot, text)}</x:Anchor><x:AutoFill>False</x:AutoFill>"
            f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
        )


def _spot_of(shape: bytes) -> Spot | None:
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    if row is None or column is None or not _NOTE.search(shape):
        return None
    return int(row[2]), int(column[1])


def _walk(begins: tuple[int, int], length: int, sizes: Mapping[int, int], usual: int) -> tuple[int, int]:
    """The place so many pixels further on, as column or row and pixels into it."""
    number, inside = begins
    length += min(inside, sizes.get(number, usual))
    while length > (size := sizes.get(number, usual)) and size + usual > 0:
        length -= size
        number += 1
    return number, length


def _pixels(points: float) -> int:
    return round(points * 4 / 3)


def _measure(line: str) -> int:
    """Chinese characters that a line takes; two Latin letters take one."""
    narrow = sum(sign.isascii() for sign in line)
    return len(line) - narrow + narrow // 2
