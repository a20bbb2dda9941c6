"""What a worksheet says around its cells: its head, the drawing of its comments, and where a new one is named."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from workflows.benchmarking.roster.annotating.package import KINDS
from workflows.benchmarking.roster.annotating.splice import Edit, NotCarried, end_of_tag, spliced, walk_places

_BODY_END = re.compile(rb"</(?:[\w.-]+:)?sheetData\s*>|<(?:[\w.-]+:)?sheetData\s*/>")
_BODY = re.compile(rb"<(?:[\w.-]+:)?sheetData[\s/>]")
_ROOT = re.compile(rb"<((?:[\w.-]+:)?)worksheet[\s>]")
# What stands behind the drawing of the comments; the order is fixed.
_BEHIND: Final = frozenset(
    {
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
        "AlternateContent",
    }
)
_BEHIND_RULES: Final = _BEHIND | {
    *("conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup"),
    *("headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags"),
    *("drawing", "legacyDrawing"),
}


@dataclass(frozen=True, slots=True)
class Tail:
    """What follows the cells: the id of the drawing of the comments, if there is one, and where one is to stand."""

    drawing: str | None
    protected: bool
    place: int
    # Whether the sheet colours cells by rules, and where further rules are to stand.
    ruled: bool
    rules_place: int
    prefix: str


def head_of(content: bytes) -> bytes:
    """Everything before the cells."""
    found = _BODY.search(content)
    return content[: found.start()] if found else content


def tail_of(content: bytes) -> Tail:
    """Look through the elements behind the cells, without looking into them."""
    root, bodies = _ROOT.search(content), list(_BODY_END.finditer(content))
    if root is None or not bodies:
        raise NotCarried
    start = content[root.start() : end_of_tag(content, root.start())]
    begins = bodies[-1].end()
    found = _Children()
    walk_places(start + content[begins:], found)
    moved = begins - len(start)
    ruled = b"conditionalFormatting" in content[begins:]
    rules_place = (found.place if found.rules_place < 0 else found.rules_place) + moved
    return Tail(found.drawing, found.protected, found.place + moved, ruled, rules_place, root[1].decode())


def with_drawing(content: bytes, tail: Tail, relation: str) -> bytes:
    """The worksheet naming the drawing of its comments."""
    written = f'<{tail.prefix}legacyDrawing xmlns:rel="{KINDS}" rel:id="{relation}"/>'
    return spliced(content, [Edit(tail.place, tail.place, written.encode())])


@dataclass(slots=True)
class _Children:
    """The elements directly below the root."""

    drawing: str | None = None
    protected: bool = False
    place: int = -1
    rules_place: int = -1

    def opened(self, path: Sequence[str], attributes: Mapping[str, str], begins: int) -> None:
        if len(path) != 2:  # noqa: PLR2004 - the root, and what stands directly below it
            return
        if path[1] == "legacyDrawing":
            names = (value for name, value in attributes.items() if name.rpartition(":")[2] == "id")
            self.drawing = next(names, None)
        elif path[1] == "sheetProtection":
            self.protected = attributes.get("sheet", "0") in ("1", "true")
        elif path[1] in _BEHIND and self.place < 0:
            self.place = begins
        if path[1] in _BEHIND_RULES and self.rules_place < 0:
            self.rules_place = begins

    def closed(self, path: Sequence[str], inside_ends: int | None, ends: int) -> None:
        if len(path) == 1 and self.place < 0:
            self.place = ends if inside_ends is None else inside_ends

    def text(self, path: Sequence[str], characters: str) -> None:
        """The words of a worksheet stand in its cells."""
