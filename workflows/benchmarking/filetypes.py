"""What a file is by its content alone, and why it is not taken: broken, locked, with macros, or of another kind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import Final
from zipfile import BadZipFile, ZipFile

from engine.words import Sentence, tr

MOST_PARTS: Final = 5_000
"""Entries of a package; an Office document has a few dozen."""

MOST_TYPES: Final = 2_000_000
"""Bytes of the list of contents that an Office document begins with; it has a few thousand."""

TAIL: Final = 2_048
"""Bytes at the end of a PDF in which its last mark stands; some programs write a little behind it."""


@dataclass(frozen=True, slots=True)
class FileType:
    extension: str
    media_type: str


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Why a file proves nothing: a stable code, and a sentence that says what to do instead."""

    code: str
    sentence: Sentence


PDF: Final = FileType("pdf", "application/pdf")
PNG: Final = FileType("png", "image/png")
JPEG: Final = FileType("jpg", "image/jpeg")
DOCX: Final = FileType("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
XLSX: Final = FileType("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")

UNKNOWN: Final = NotTaken(
    "UNSUPPORTED_FORMAT",
    tr(
        "it is none of PDF, Word (.docx), Excel (.xlsx), PNG or JPEG, whatever its name says;"
        " please save it as one of these"
    ),
)
OLD: Final = NotTaken(
    "UNSUPPORTED_FORMAT",
    tr("it is an old Word, Excel or WPS document; please save it as .docx, .xlsx or PDF"),
)
DAMAGED: Final = NotTaken(
    "FILE_DAMAGED", tr("it is damaged or was not sent whole; please open it once, save it anew and send it again")
)
LOCKED: Final = NotTaken("FILE_ENCRYPTED", tr("it is locked with a password; please save it without one"))
LOCKED_PDF: Final = NotTaken(
    "FILE_ENCRYPTED",
    tr("it is a PDF that is encrypted or restricted by a password; please print it anew as PDF without protection"),
)
MACROS: Final = NotTaken(
    "FILE_HAS_MACROS", tr("it contains macros; please save it as .docx or .xlsx without macros, or as PDF")
)


def look_at(content: bytes) -> FileType | NotTaken:
    """The type of a file, or why it is not taken; nothing of it is run, and almost nothing unpacked."""
    for start, look in _LOOKS:
        if content.startswith(start):
            return look(content)
    return UNKNOWN


def _pdf(content: bytes) -> FileType | NotTaken:
    if b"%%EOF" not in content[-TAIL:]:
        return DAMAGED
    return LOCKED_PDF if any(_ENCRYPT.search(one) for one in _trailers(content)) else PDF


_ENCRYPT: Final = re.compile(rb"/Encrypt\s*(?:[0-9]{1,10}\s+[0-9]{1,5}\s+R\b|<<)")
_TRAILER: Final = re.compile(rb"\btrailer\b|/Type\s*/XRef\b")
_END: Final = re.compile(rb"startxref|stream|endobj")
_REACH: Final = 16_384
"""How far the dictionary of a trailer reaches before and behind its mark."""

_MOST_TRAILERS: Final = 500
"""A PDF has one for each time it was added to."""


def _trailers(content: bytes) -> Iterator[bytes]:
    """The dictionaries that say how a PDF is to be opened, old ones and those of cross-reference streams."""
    for mark in islice(_TRAILER.finditer(content), _MOST_TRAILERS):
        first = max(0, mark.start() - _REACH)
        begins = mark.start() if mark[0] == b"trailer" else max(content.rfind(b"obj", first, mark.start()), first)
        yield content[begins : mark.start()] + _END.split(content[mark.start() : mark.end() + _REACH], 1)[0]


def _png(content: bytes) -> FileType | NotTaken:
    """The first chunk tells the size of the picture, the last one that it is whole."""
    wide, high = content[16:20], content[20:24]
    whole = content[12:16] == b"IHDR" and any(wide) and any(high) and b"IEND" in content[-TAIL:]
    return PNG if whole else DAMAGED


_MARK: Final = 0xFF
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_MOST_SEGMENTS: Final = 10_000


def _jpeg(content: bytes) -> FileType | NotTaken:
    """Segment by segment up to the one with the size of the picture; the end must have arrived too."""
    place = 2
    for _ in range(_MOST_SEGMENTS):
        start = content[place : place + 4]
        if len(start) < len(b"mark") or start[0] != _MARK:
            break
        if start[1] in _FRAMES:
            return JPEG if content.find(b"\xff\xd9", place) > 0 else DAMAGED
        if start[1] == _MARK or start[1] in _ALONE:
            place += 1 if start[1] == _MARK else 2
        else:
            place += 2 + int.from_bytes(start[2:])
    return DAMAGED


_PARTS: Final = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_TYPES: Final = "[Content_Types].xml"
_LOCKED_FLAG: Final = 0x1


def _package(content: bytes) -> FileType | NotTaken:
    """The Office document in a zip archive: by the names in it and its list of contents, the only part unpacked."""
    if content.count(b"PK\x01\x02") > MOST_PARTS:
        return DAMAGED
    try:
        with ZipFile(BytesIO(content)) as archive:
            listed = {one.filename: one for one in archive.infolist()}
            if any(one.flag_bits & _LOCKED_FLAG for one in listed.values()):
                return LOCKED
            if _TYPES not in listed:
                return UNKNOWN
            with archive.open(_TYPES) as stream:
                types = stream.read(MOST_TYPES)
    except (BadZipFile, ValueError, EOFError, OSError, NotImplementedError, RuntimeError):
        return DAMAGED
    if any(name.lower().endswith("vbaproject.bin") for name in listed) or b"macroenabled" in types.lower():
        return MACROS
    return next((kind for part, kind in _PARTS.items() if part in listed), UNKNOWN)


def _compound(content: bytes) -> FileType | NotTaken:
    """The old container holds old documents, and new ones that ask for a password."""
    return LOCKED if "EncryptedPackage".encode("utf-16-le") in content else OLD


_LOOKS: Final = (
    (b"%PDF-", _pdf),
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"\xff\xd8\xff", _jpeg),
    (b"PK\x03\x04", _package),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _compound),
)
