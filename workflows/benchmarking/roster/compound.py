"""The old container of .xls, .doc, .et and locked files: its streams by name, without following a chain in circles."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from workflows.benchmarking.roster.refusals import damaged

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = struct.Struct("<30xH2x10xLL4xLL4xL")
_HEADER_SIZE = 512
_IN_HEADER = 109
_ENTRY = struct.Struct("<64sHB49xLL")
_ENTRY_SIZE = 128
_END = 0xFFFFFFFA
_SECTOR_SHIFTS, _MINI_SHIFT = (9, 12), 6
_STREAM, _ROOT = 2, 5


@dataclass(frozen=True, slots=True)
class Stream:
    """Where a stream begins and how long it is."""

    kind: int
    begins: int
    size: int


@dataclass(frozen=True, slots=True)
class Container:
    """An opened container."""

    content: bytes
    shift: int
    cutoff: int
    sectors: tuple[int, ...]
    small_sectors: tuple[int, ...]
    streams: dict[str, Stream]

    def read(self, name: str) -> bytes:
        """The bytes of a stream; short ones lie together in the stream of the root."""
        stream = self.streams[name]
        if stream.size >= self.cutoff:
            return self._chained(stream.begins)[: stream.size]
        root = next((one for one in self.streams.values() if one.kind == _ROOT), None)
        if root is None:
            raise damaged("旧式文档没有根目录")
        small = self._chained(root.begins)
        size = 1 << _MINI_SHIFT
        chain = _follow(self.small_sectors, stream.begins, len(small) // size + 1)
        return b"".join(small[number * size : (number + 1) * size] for number in chain)[: stream.size]

    def _chained(self, begins: int) -> bytes:
        return _gather(self.content, self.shift, _follow(self.sectors, begins, _most(self.content, self.shift)))


def open_container(content: bytes) -> Container:
    """Read the tables and the directory."""
    if len(content) < _HEADER_SIZE:
        raise damaged("旧式文档的结构不完整")
    shift, count, directory, cutoff, small, more = _HEADER.unpack_from(content)
    if shift not in _SECTOR_SHIFTS:
        raise damaged("旧式文档的结构不完整")
    most = _most(content, shift)
    sectors = _table(content, shift, min(count, most), more)
    small_sectors = _numbers(_gather(content, shift, _follow(sectors, small, most)))
    entries = _gather(content, shift, _follow(sectors, directory, most))
    return Container(content, shift, cutoff, sectors, small_sectors, _streams(entries))


def _table(content: bytes, shift: int, count: int, more: int) -> tuple[int, ...]:
    """Which sector follows which: named in the header and in further sectors behind it."""
    named = list(struct.unpack_from(f"<{_IN_HEADER}L", content, 76))
    seen: set[int] = set()
    while more < _END and more not in seen:
        seen.add(more)
        part = _gather(content, shift, [more])
        if len(part) < 1 << shift:
            raise damaged("旧式文档的结构不完整")
        *numbers, more = _numbers(part)
        named += numbers
    return _numbers(_gather(content, shift, [one for one in named if one < _END][:count]))


def _most(content: bytes, shift: int) -> int:
    """No chain is longer than the file has sectors."""
    return (len(content) >> shift) + 1


def _follow(table: Sequence[int], begins: int, most: int) -> list[int]:
    chain: list[int] = []
    number = begins
    while number < _END:
        if number >= len(table) or len(chain) >= most:
            raise damaged("旧式文档的结构不完整")
        chain.append(number)
        number = table[number]
    return chain


def _gather(content: bytes, shift: int, chain: Sequence[int]) -> bytes:
    return b"".join(content[(number + 1) << shift : (number + 2) << shift] for number in chain)


def _numbers(content: bytes) -> tuple[int, ...]:
    count = len(content) // 4
    return struct.unpack(f"<{count}L", content[: count * 4])


def _streams(entries: bytes) -> dict[str, Stream]:
    found: dict[str, Stream] = {}
    for place in range(0, len(entries) - _ENTRY_SIZE + 1, _ENTRY_SIZE):
        name, length, kind, begins, size = _ENTRY.unpack_from(entries, place)
        if kind in (_STREAM, _ROOT):
            said = name[: max(length - 2, 0)].decode("utf-16-le", "replace")
            found.setdefault(said, Stream(kind, begins, size))
    return found
