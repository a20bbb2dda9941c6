"""Files as evidence: known by their content, bounded in size, safely named, kept by their hash."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType
from typing import Final
from zipfile import BadZipFile, ZipFile

from engine.access import Actor
from engine.acting import seen
from engine.errors import Hidden, Refused
from engine.store import blobs
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.records import files

MOST_BYTES: Final = 50_000_000
LONGEST_NAME: Final = 100

MOST_PARTS: Final = 5_000
"""Entries of a package; an Office document has a few dozen."""

_UNSAFE: Final = re.compile(r'[<>:"/\\|?*]+')
_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody sends it; its name is only what they call it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that was taken: its hash, and a name that is safe and ends in its true extension."""

    sha256: str
    name: str


@dataclass(frozen=True, slots=True)
class FileType:
    extension: str
    media_type: str


PDF: Final = FileType("pdf", "application/pdf")
PNG: Final = FileType("png", "image/png")
JPEG: Final = FileType("jpg", "image/jpeg")
DOCX: Final = FileType("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
XLSX: Final = FileType("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def keep_file(work: Work, upload: Upload) -> KeptFile:
    """Store a file of one of the allowed types; everything else is refused with what to do instead."""
    found = check_file(upload)
    return KeptFile(blobs.keep(work, upload.content, found.media_type), safe_name(upload.name, found.extension))


def read_file(work: Work, actor: Actor, case_id: int, sha256: str) -> tuple[KeptFile, str, bytes]:
    """A file with its media type and bytes, if it belongs to a case that the actor may see; else it does not exist."""
    case = seen(work, actor, case_id)
    kept = next((one for one in files.of_case(work, case) if one.sha256 == sha256), None)
    if kept is None:
        raise Hidden(f"file {sha256} of case {case_id}")
    return KeptFile(kept.sha256, kept.name), *blobs.read(work, sha256)


def check_file(upload: Upload, most: int = MOST_BYTES) -> FileType:
    """What the file is by its content; refused when it is empty, too large or of no type that proves anything."""
    if not upload.content:
        raise Refused(tr("The file {name} is empty; please choose it again.", name=upload.name))
    if len(upload.content) > most:
        raise Refused(
            tr(
                "The file {name} has {size} MB; at most {most} MB are taken. Please scan it smaller or split it.",
                name=upload.name,
                size=round(len(upload.content) / 1_000_000, 1),
                most=most // 1_000_000,
            )
        )
    found = type_of(upload.content)
    if found is None:
        raise Refused(
            tr(
                "The file {name} is none of PDF, Word (.docx), Excel (.xlsx), PNG or JPEG, whatever its name says;"
                " please save it as one of these without password and macros.",
                name=upload.name,
            )
        )
    return found


def type_of(content: bytes) -> FileType | None:
    """The type by content alone; None for everything that is not taken as evidence."""
    return next((kind for start, kind in _STARTS.items() if content.startswith(start)), None) or _package(content)


def safe_name(name: str, extension: str) -> str:
    """The name without paths, control and layout signs, not too long, with the true extension."""
    text = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    text = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in text)
    text = _SPACES.sub(" ", _UNSAFE.sub("_", text)).strip(" .")
    stem, dot, ending = text.rpartition(".")
    if not dot or len(ending) > len("xlsx") or not ending.isascii():
        stem = text
    room = LONGEST_NAME - len(extension) - 1
    return f"{stem[:room].strip(' .') or 'file'}.{extension}"


_STARTS: Final[Mapping[bytes, FileType]] = MappingProxyType(
    {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
)

_PACKAGES: Final[Mapping[str, FileType]] = MappingProxyType({"word/document.xml": DOCX, "xl/workbook.xml": XLSX})


def _package(content: bytes) -> FileType | None:
    """The Office document in a zip archive, by the names in it; nothing is unpacked. One with macros is none."""
    if not content.startswith(b"PK\x03\x04") or content.count(b"PK\x01\x02") > MOST_PARTS:
        return None
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = frozenset(archive.namelist())
    except (BadZipFile, ValueError, UnicodeDecodeError, NotImplementedError):
        return None
    if "[Content_Types].xml" not in names or any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    return next((kind for part, kind in _PACKAGES.items() if part in names), None)
