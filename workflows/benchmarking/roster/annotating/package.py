"""A workbook's package being changed: parts replaced, added and dropped, everything else carried over as it is."""

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from workflows.benchmarking.roster.annotating.splice import NotCarried, attributes_of, escape
from workflows.benchmarking.roster.archive import Archive
from workflows.benchmarking.roster.bytescan import MARKUP
from workflows.benchmarking.roster.limits import Limits
from workflows.benchmarking.roster.xlsxparts import relations

KINDS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES: Final = "[Content_Types].xml"
_Keep = Callable[[Mapping[str, str]], bool]
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_RELATION = re.compile(rb"<(?:[\w.-]+:)?Relationship\s[^<>]*?/?>(?:\s*</(?:[\w.-]+:)?Relationship>)?")
_DECLARED = re.compile(rb"<(?:[\w.-]+:)?(?:Override|Default)\s[^<>]*?/?>(?:\s*</(?:[\w.-]+:)?(?:Override|Default)>)?")
_EMPTY_ROOT = re.compile(rb"<((?:[\w.-]+:)?Relationships)(\s[^<>]*?)/>\s*$")
_LAST_TAG = re.compile(rb"</([\w.-]+:)?(?:Types|Relationships)\s*>\s*$")


@dataclass(slots=True)
class Package:
    """The parts of a sent workbook with the changes made to them."""

    archive: Archive
    _changed: dict[str, bytes | None] = field(default_factory=dict)

    @property
    def limits(self) -> Limits:
        return self.archive.limits

    def __contains__(self, name: str) -> bool:
        return self._changed[name] is not None if name in self._changed else name in self.archive

    def __iter__(self) -> Iterator[str]:
        names = dict.fromkeys([*self.archive.entries, *self._changed])
        return (name for name in names if name in self)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part as they now are."""
        changed = self._changed.get(name)
        if changed is not None:
            yield changed
        else:
            yield from self.archive.chunks(name)

    def read(self, name: str) -> bytes:
        """The whole part, without the mark that some programs put before it."""
        if name not in self:
            raise NotCarried
        return b"".join(self.chunks(name)).removeprefix(b"\xef\xbb\xbf")

    def write(self, name: str, content: bytes) -> None:
        self._changed[name] = content

    def drop(self, name: str) -> None:
        """Leave a part out, with what it refers to by itself and what is declared of it."""
        self._changed[name] = None
        own = relations_name(name)
        if own in self:
            self._changed[own] = None
        self._keep_declared(lambda row: row.get("PartName", "").lstrip("/") != name)

    def related(self, owner: str) -> Mapping[str, tuple[str, str]]:
        """Kind and part by relation id."""
        return relations(self, owner)

    def relate(self, owner: str, kind: str, part: str) -> str:
        """Let `owner` refer to another part, and answer the id of that."""
        name = relations_name(owner)
        if name not in self:
            head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            self.write(name, head + f'<Relationships xmlns="{_RELATIONS}"></Relationships>'.encode())
        content = self.read(name)
        taken = {attributes_of(row).get("Id", "").lower() for row in _RELATION.findall(content)}
        key = next(f"rIdMarks{n}" for n in range(1, len(taken) + 2) if f"rIdMarks{n}".lower() not in taken)
        target = escape(posixpath.relpath(part, posixpath.dirname(owner) or "."))
        self.write(name, _appended(content, "Relationship", f'Id="{key}" Type="{KINDS}/{kind}" Target="{target}"'))
        return key

    def unrelate(self, owner: str, kinds: Collection[str]) -> tuple[str, ...]:
        """End what `owner` says of parts of these kinds, and answer which parts those were."""
        name = relations_name(owner)
        ended = tuple(part for kind, part in self.related(owner).values() if kind in kinds)
        if ended:
            is_kept: _Keep = lambda row: row.get("Type", "").rpartition("/")[2] not in kinds  # noqa: E731
            self.write(name, _only(self.read(name), _RELATION, is_kept))
        return ended

    def declare(self, part: str, media_type: str) -> None:
        """Say what a new part is."""
        row = f'PartName="/{escape(part)}" ContentType="{media_type}"'
        self.write(_TYPES, _appended(self.read(_TYPES), "Override", row))

    def declare_ending(self, ending: str, media_type: str) -> None:
        """Say what every part with this ending is, unless that is said already."""
        rows = map(attributes_of, _DECLARED.findall(self.read(_TYPES)))
        if not any(row.get("Extension", "").lower() == ending for row in rows):
            row = f'Extension="{ending}" ContentType="{media_type}"'
            self.write(_TYPES, _appended(self.read(_TYPES), "Default", row))

    def redeclare(self, part: str, media_type: str) -> None:
        """Say that a part is of another type than before."""
        self._keep_declared(lambda row: row.get("PartName", "").lstrip("/") != part)
        self.declare(part, media_type)

    def type_of(self, part: str) -> str:
        """What is said of a part."""
        rows = map(attributes_of, _DECLARED.findall(self.read(_TYPES)))
        return next((row["ContentType"] for row in rows if row.get("PartName", "").lstrip("/") == part), "")

    def free_name(self, pattern: str) -> str:
        """A name for a new part; `pattern` has a gap for its number."""
        taken = {name.lower() for name in self}
        return next(name for n in range(1, len(taken) + 2) if (name := pattern.format(n)).lower() not in taken)

    def content(self) -> bytes:
        """The finished file; the same parts are the same bytes."""
        stream = BytesIO()
        with ZipFile(stream, "w", ZIP_DEFLATED) as target:
            for name in self:
                entry = ZipInfo(name, _EPOCH)
                entry.compress_type = ZIP_DEFLATED
                entry.external_attr = 0o600 << 16
                target.writestr(entry, b"".join(self.chunks(name)))
        return stream.getvalue()

    def changed_markup(self) -> Iterator[bytes]:
        """Every part that was changed and has to be whole XML."""
        for name, content in self._changed.items():
            if content is not None and name.endswith(MARKUP):
                yield content

    def _keep_declared(self, is_kept: _Keep) -> None:
        self.write(_TYPES, _only(self.read(_TYPES), _DECLARED, is_kept))


def relations_name(owner: str) -> str:
    """The part in which it is said what `owner` refers to."""
    folder, base = posixpath.split(owner)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def _only(content: bytes, rows: re.Pattern[bytes], is_kept: _Keep) -> bytes:
    return rows.sub(lambda row: row[0] if is_kept(attributes_of(row[0])) else b"", content)


def _appended(content: bytes, tag: str, row: str) -> bytes:
    content = _EMPTY_ROOT.sub(rb"<\1\2></\1>", content)
    found = _LAST_TAG.search(content)
    if found is None:
        raise NotCarried
    prefix = (found[1] or b"").decode()
    return content[: found.start()] + f"<{prefix}{tag} {row}/>".encode() + content[found.start() :]
