"""What stands where in a spreadsheet package: its sheets with their parts, and which formats strike through."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from workflows.benchmarking.roster.limits import Limits
from workflows.benchmarking.roster.refusals import damaged
from workflows.benchmarking.roster.xmlstream import Walker, number_of, walk

_FALSE = ("0", "false", "none")


class Parts(Protocol):
    """A package as far as its parts are read: as it was sent, or as it has been changed since."""

    @property
    def limits(self) -> Limits: ...

    def __contains__(self, name: str) -> bool: ...

    def chunks(self, name: str) -> Iterator[bytes]: ...


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet of the workbook."""

    name: str
    part: str
    very_hidden: bool


def sheet_parts(archive: Parts) -> list[SheetPart]:
    """The worksheets in the order of their tabs."""
    book = part_of_kind(archive, "", "officeDocument")
    listing = _Sheets()
    _walk(archive, book, listing)
    targets = relations(archive, book)
    found = []
    for name, relation, state in listing.found:
        kind, part = targets.get(relation, ("", ""))
        if kind == "worksheet":
            if part not in archive:
                raise damaged(f"缺少 {part}")
            found.append(SheetPart(name, part, state == "veryHidden"))
    return found


def part_of_kind(archive: Parts, owner: str, kind: str) -> str:
    """The part that another part (or the package, "") names as its one of this kind."""
    for found, part in relations(archive, owner).values():
        if found == kind:
            return part
    raise damaged("缺少主要部件")


def relations(archive: Parts, owner: str) -> dict[str, tuple[str, str]]:
    """Which parts a part refers to: kind and name by relation id."""
    folder, base = posixpath.split(owner)
    name = posixpath.join(folder, "_rels", f"{base}.rels")
    walker = _Relations(folder)
    if name in archive:
        _walk(archive, name, walker)
    return walker.found


def struck_formats(archive: Parts) -> frozenset[int]:
    """The numbers of the cell formats whose font is struck through."""
    for kind, part in relations(archive, part_of_kind(archive, "", "officeDocument")).values():
        if kind == "styles" and part in archive:
            styles = _Styles()
            _walk(archive, part, styles)
            return frozenset(number for number, font in enumerate(styles.formats) if font in styles.struck)
    return frozenset()


def struck_strings(archive: Parts) -> frozenset[int]:
    """The numbers of the shared strings of which a part is struck through."""
    for kind, part in relations(archive, part_of_kind(archive, "", "officeDocument")).values():
        if kind == "sharedStrings" and part in archive:
            strings = _Strings()
            _walk(archive, part, strings)
            return frozenset(strings.struck)
    return frozenset()


def is_set(attributes: Mapping[str, str]) -> bool:
    """Whether a switch tag such as <strike/> is on: it is unless its value says no."""
    return attributes.get("val", "1").lower() not in _FALSE


def _walk(archive: Parts, name: str, walker: Walker) -> None:
    walk(archive.chunks(name), walker, name=name, depth=archive.limits.depth)


class _Quiet:
    """Hears only the beginnings of tags."""

    __slots__ = ()

    def closed(self, tag: str) -> None:
        """Ends of tags say nothing here."""

    def text(self, characters: str) -> None:
        """Texts say nothing here."""


@dataclass(slots=True)
class _Sheets(_Quiet):
    found: list[tuple[str, str, str]] = field(default_factory=list)

    def opened(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "sheet":
            self.found.append((attributes.get("name", ""), attributes.get("id", ""), attributes.get("state", "")))


@dataclass(slots=True)
class _Relations(_Quiet):
    folder: str
    found: dict[str, tuple[str, str]] = field(default_factory=dict)

    def opened(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "")
        part = posixpath.normpath(posixpath.join(self.folder, target)).lstrip("/")
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.found[attributes.get("Id", "")] = (kind, part)


@dataclass(slots=True)
class _Styles(_Quiet):
    formats: list[int] = field(default_factory=list)
    struck: set[int] = field(default_factory=set)
    _fonts: int = 0
    _inside: str = ""

    def opened(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in ("fonts", "cellXfs", "cellStyleXfs", "dxfs"):
            self._inside = tag
        elif tag == "font" and self._inside == "fonts":
            self._fonts += 1
        elif tag == "strike" and self._inside == "fonts" and is_set(attributes):
            self.struck.add(self._fonts - 1)
        elif tag == "xf" and self._inside == "cellXfs":
            self.formats.append(number_of(attributes.get("fontId")) or 0)


@dataclass(slots=True)
class _Strings(_Quiet):
    struck: set[int] = field(default_factory=set)
    _count: int = 0

    def opened(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "si":
            self._count += 1
        elif tag == "strike" and is_set(attributes):
            self.struck.add(self._count - 1)
