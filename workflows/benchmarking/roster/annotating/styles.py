"""The formats of a workbook: a cell takes another fill and keeps everything else of its format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from workflows.benchmarking.roster.annotating.colours import rgb_of
from workflows.benchmarking.roster.annotating.splice import (
    Edit,
    NotCarried,
    attributes_of,
    end_of_tag,
    prefix_of,
    spliced,
    walk_places,
    with_attribute,
)
from workflows.benchmarking.roster.faults import Severity

FILLS: Final[Mapping[Severity, str]] = {"error": "FFF6B8B8", "warning": "FFFFE08A"}
"""The colours of a faulty cell; so seldom chosen by people that they are known again."""

_CONTAINERS: Final = ("fonts", "fills", "borders", "cellXfs")
_OVERLAYS: Final = "dxfs"
_GROUP: Final = 2
"""How deep a group stands: below the root."""


@dataclass(slots=True)
class _Container:
    """A group of formats: where its start tag and its end stand, and where each of its members does."""

    begins: int
    # Where its end tag begins; in a single tag, where that ends.
    ends: int = -1
    single: bool = False
    members: list[tuple[int, int]] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.members)


@dataclass(slots=True)
class Styles:
    """The part with the formats, and what is to be added to it."""

    content: bytes
    theme: bytes = b""
    prefix: str = field(init=False)
    containers: dict[str, _Container] = field(default_factory=dict)
    fills: list[Mapping[str, str]] = field(default_factory=list)
    _added: dict[str, list[bytes]] = field(default_factory=lambda: {name: [] for name in (*_CONTAINERS, _OVERLAYS)})
    _fill_numbers: dict[str, int] = field(default_factory=dict)
    _numbers: dict[tuple[str, bytes], int] = field(default_factory=dict)
    _known: dict[tuple[int, str | None], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.prefix = prefix_of(self.content, "styleSheet")
        walk_places(self.content, _Survey(self))
        if any(name not in self.containers for name in _CONTAINERS):
            raise NotCarried
        for name, group in self.containers.items():
            for number, (begins, ends) in enumerate(group.members):
                self._numbers.setdefault((name, self.content[begins:ends]), number)

    def filled(self, style: int, colour: str | None) -> int:
        """The number of a format that differs in its fill only; None takes the fill away."""
        known = self._known.get((style, colour))
        if known is None:
            tag, rest = self._format(style)
            tag = with_attribute(tag, "fillId", 0 if colour is None else self.fill(colour))
            tag = with_attribute(tag, "applyFill", int(colour is not None))
            known = self._known[style, colour] = self.add("cellXfs", tag + rest)
        return known

    def add(self, container: str, written: bytes) -> int:
        """The number of this font, fill, border or format, which is added if there is none like it."""
        key = (container, written)
        if key not in self._numbers:
            added = self._added[container]
            added.append(written)
            self._numbers[key] = self.containers[container].count + len(added) - 1
        return self._numbers[key]

    def fill(self, colour: str) -> int:
        """The number of a plain fill of this colour."""
        if colour not in self._fill_numbers:
            p = self.prefix
            inside = f'<{p}fgColor rgb="{colour}"/><{p}bgColor indexed="64"/>'
            written = f'<{p}fill><{p}patternFill patternType="solid">{inside}</{p}patternFill></{p}fill>'
            self._fill_numbers[colour] = self.add("fills", written.encode())
        return self._fill_numbers[colour]

    @property
    def overlaid(self) -> bool:
        """Whether the workbook has formats for rules at all."""
        return _OVERLAYS in self.containers

    def overlay(self, colour: str) -> int:
        """The number of the format with which a rule fills a cell."""
        p = self.prefix
        inside = f'<{p}patternFill patternType="solid"><{p}fgColor rgb="{colour}"/><{p}bgColor rgb="{colour}"/>'
        return self.add(_OVERLAYS, f"<{p}dxf><{p}fill>{inside}</{p}patternFill></{p}fill></{p}dxf>".encode())

    def colour_of(self, style: int) -> str | None:
        """The colour with which the cells of a format are filled, as RRGGBB."""
        tag, _ = self._format(style)
        number = int(attributes_of(tag).get("fillId", "0"))
        return rgb_of(self.fills[number], self.theme) if number < len(self.fills) else None

    def own(self) -> frozenset[int]:
        """The formats whose fill is one of ours."""
        ours = {colour[2:] for colour in FILLS.values()}
        formats = range(self.containers["cellXfs"].count)
        return frozenset(number for number in formats if self.colour_of(number) in ours)

    def finished(self) -> bytes:
        """The part with everything added."""
        edits = []
        for name, added in self._added.items():
            if added:
                group = self.containers[name]
                tag = self.content[group.begins : end_of_tag(self.content, group.begins)]
                counted = with_attribute(tag, "count", group.count + len(added))
                closing = f"</{self.prefix}{name}>".encode() if group.single else b""
                if group.single:
                    counted = counted.removesuffix(b"/>") + b">"
                edits.append(Edit(group.begins, group.begins + len(tag), counted))
                edits.append(Edit(group.ends, group.ends, b"".join(added) + closing))
        return spliced(self.content, edits)

    def _format(self, style: int) -> tuple[bytes, bytes]:
        """The start tag of a format, and what follows it up to its end."""
        formats = self.containers["cellXfs"].members
        begins, ends = formats[style if style < len(formats) else 0]
        whole = self.content[begins:ends]
        cut = end_of_tag(whole, 0)
        return whole[:cut], whole[cut:]


@dataclass(frozen=True, slots=True)
class _Survey:
    """One walk through the part that notes where its groups and formats stand."""

    styles: Styles

    def opened(self, path: Sequence[str], attributes: Mapping[str, str], begins: int) -> None:
        styles = self.styles
        if len(path) == _GROUP + 1 and path[1] in styles.containers:
            styles.containers[path[1]].members.append((begins, -1))
        match path[1:]:
            case [container] if container in (*_CONTAINERS, _OVERLAYS):
                styles.containers[container] = _Container(begins)
            case ["fills", "fill"]:
                styles.fills.append({})
            case ["fills", "fill", "patternFill"]:
                styles.fills[-1] = {"patternType": attributes.get("patternType", "")}
            case ["fills", "fill", "patternFill", "fgColor"]:
                styles.fills[-1] = {**styles.fills[-1], **attributes}

    def closed(self, path: Sequence[str], inside_ends: int | None, ends: int) -> None:
        group = self.styles.containers.get(path[1]) if len(path) > 1 else None
        if group is not None and len(path) == _GROUP + 1:
            group.members[-1] = (group.members[-1][0], ends)
        elif group is not None and len(path) == _GROUP:
            group.ends, group.single = (ends, True) if inside_ends is None else (inside_ends, False)

    def text(self, path: Sequence[str], characters: str) -> None:
        """Formats say nothing in words."""
