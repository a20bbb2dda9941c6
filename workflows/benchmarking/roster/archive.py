"""The zip package around a sheet or a letter: every part is unpacked once under limits before any library sees it."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

from workflows.benchmarking.roster.bytescan import PartScan
from workflows.benchmarking.roster.limits import Limits
from workflows.benchmarking.roster.refusals import damaged, encrypted, too_large

_CHUNK = 1024 * 1024
_LOCAL_HEADER = struct.Struct("<4s2xHH4x4x4x4xHH")
_DIRECTORY_MARK = b"PK\x01\x02"
_ENCRYPTED_FLAG = 0x1
_STORED, _DEFLATED = 0, 8
# Strings are copied into every cell that names them: more than this and the careful reader takes over.
_STRING_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """One part as the central directory describes it."""

    name: str
    begins: int
    packed: int
    unpacked: int
    method: int
    crc: int


@dataclass(frozen=True, slots=True)
class Archive:
    """An opened package: the bytes, its parts by name, and what a look over them found."""

    content: bytes
    entries: dict[str, Entry]
    limits: Limits

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def chunks(self, name: str) -> Iterator[bytes]:
        """The unpacked bytes of a part; what does not agree with the directory is refused."""
        entry = self.entries.get(name)
        if entry is None:
            raise damaged(f"缺少 {name}")
        packed = memoryview(self.content)[entry.begins : entry.begins + entry.packed]
        size = crc = 0
        for chunk in _inflate(packed) if entry.method == _DEFLATED else _slices(packed):
            size += len(chunk)
            crc = zlib.crc32(chunk, crc)
            if size > entry.unpacked:
                raise damaged(f"{name} 的实际大小与目录不符")
            yield chunk
        if size != entry.unpacked or crc != entry.crc:
            raise damaged(f"{name} 校验不符")


@dataclass(frozen=True, slots=True)
class Survey:
    """What the parts carry, and whether all of them are plain enough for the fast reader."""

    plain: bool
    parts: dict[str, frozenset[str]]

    def carries(self, what: str, beginning: str = "") -> bool:
        """Whether any part whose name begins so carries this."""
        return any(what in found for name, found in self.parts.items() if name.startswith(beginning))


def survey(archive: Archive) -> Survey:
    """Unpack every part once: sizes, sums and names agree, nothing outside is referred to, and what is carried."""
    scans = []
    for name in archive.entries:
        scan = PartScan(name)
        for chunk in archive.chunks(name):
            scan.feed(chunk)
        scan.close()
        scans.append(scan)
    longest = max((scan.longest_string for scan in scans), default=0)
    plain = all(scan.plain for scan in scans) and longest * sum(scan.cells for scan in scans) <= _STRING_BYTES
    return Survey(plain, {scan.name: frozenset(scan.carries) for scan in scans})


def open_archive(content: bytes, limits: Limits) -> Archive:
    """Read the directory and hold it against the limits; nothing is unpacked yet."""
    if content.count(_DIRECTORY_MARK) > 10 * limits.entries:
        raise too_large("压缩包中的部件过多")
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            listed = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, struct.error) as failure:
        raise damaged("压缩结构不完整") from failure
    if len(listed) > limits.entries:
        raise too_large(f"压缩包中有 {len(listed)} 个部件，上限 {limits.entries} 个")
    entries = [_entry(content, one) for one in listed if not one.is_dir()]
    _check_sizes(entries, limits)
    _check_places(entries)
    return Archive(content, {entry.name: entry for entry in entries}, limits)


def _entry(content: bytes, listed: zipfile.ZipInfo) -> Entry:
    if listed.flag_bits & _ENCRYPTED_FLAG:
        raise encrypted("压缩包设有密码")
    if listed.compress_type not in (_STORED, _DEFLATED):
        raise damaged(f"{listed.filename} 的压缩方式不明")
    try:
        mark, _, _, name_length, extra_length = _LOCAL_HEADER.unpack_from(content, listed.header_offset)
    except struct.error as failure:
        raise damaged("压缩结构不完整") from failure
    begins = listed.header_offset + _LOCAL_HEADER.size + name_length + extra_length
    if mark != b"PK\x03\x04" or begins + listed.compress_size > len(content):
        raise damaged("压缩结构不完整")
    return Entry(listed.filename, begins, listed.compress_size, listed.file_size, listed.compress_type, listed.CRC)


def _check_sizes(entries: list[Entry], limits: Limits) -> None:
    whole = sum(entry.unpacked for entry in entries)
    if whole > limits.unpacked_bytes:
        raise too_large(f"解压后 {whole // 1_000_000} MB，上限 {limits.unpacked_bytes // 1_000_000} MB")
    for entry in entries:
        if entry.unpacked > limits.ratio_from_bytes and entry.unpacked > limits.ratio * max(entry.packed, 1):
            raise too_large(f"{entry.name} 的压缩比超过 {limits.ratio} 倍")


def _check_places(entries: list[Entry]) -> None:
    """Parts that share bytes are how a small file unpacks to a huge one; two of one name are read differently."""
    if len({entry.name.lower() for entry in entries}) != len(entries):
        raise damaged("压缩包中有重名的部件")
    placed = sorted(entries, key=lambda entry: entry.begins)
    if any(one.begins + one.packed > other.begins for one, other in pairwise(placed) if one.packed):
        raise damaged("压缩包中的部件互相重叠")


def _inflate(packed: memoryview) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    waiting: bytes | memoryview = packed
    try:
        while not inflater.eof:
            chunk = inflater.decompress(waiting, _CHUNK)
            waiting = inflater.unconsumed_tail
            if not chunk and not waiting and not inflater.eof:
                raise damaged("压缩数据不完整")
            yield chunk
    except zlib.error as failure:
        raise damaged("压缩数据不完整") from failure


def _slices(packed: memoryview) -> Iterator[bytes]:
    for begins in range(0, len(packed), _CHUNK):
        yield bytes(packed[begins : begins + _CHUNK])
