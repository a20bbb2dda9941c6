"""Files as evidence: known by their content, bounded in size, safely named, kept by their hash."""

import re
import unicodedata
from dataclasses import dataclass
from typing import ClassVar, Final

from engine.access import Actor
from engine.acting import seen
from engine.errors import Hidden, Refused
from engine.store import blobs
from engine.store.database import Work
from engine.words import Sentence, tr
from workflows.benchmarking.filetypes import FileType, NotTaken, look_at
from workflows.benchmarking.records import files
from workflows.benchmarking.records.files import CaseFile

MOST_BYTES: Final = 50_000_000
LONGEST_NAME: Final = 100
LONGEST_IN_BYTES: Final = 200
"""A file system takes 255 bytes, of which a Chinese sign needs three; room is left for what a browser adds."""

_UNSAFE: Final = re.compile(r'[<>:"/\\|?*]+')
_SPACES: Final = re.compile(r"\s+")
_RESERVED: Final = re.compile(r"(?:CON|PRN|AUX|NUL|CLOCK\$|(?:COM|LPT)[0-9¹²³])(?=\.|\s|$)", re.IGNORECASE)
"""Names that mean a device under Windows, with any ending."""


class FileNotTaken(Refused):
    """The file proves nothing as it is."""

    code: ClassVar[str] = "FILE_NOT_TAKEN"

    def __init__(self, why: str, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.why = why


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody sends it; its name is only what they call it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that was taken: its hash, a name that is safe and ends in its true extension, its type and size."""

    sha256: str
    name: str
    media_type: str = ""
    size: int = 0


def keep_file(work: Work, upload: Upload) -> KeptFile:
    """Store a file of one of the allowed types; everything else is refused with what to do instead."""
    found = check_file(upload)
    digest = blobs.keep(work, upload.content, found.media_type)
    return KeptFile(digest, safe_name(upload.name, found.extension), found.media_type, len(upload.content))


def read_file(work: Work, actor: Actor, case_id: int, sha256: str) -> tuple[CaseFile, str, bytes]:
    """A file of a case with its media type and bytes, also an older version; there is none for who may not see it."""
    case = seen(work, actor, case_id)
    kept = [one for one in files.versions_of_case(work, case) if one.sha256 == sha256]
    if not kept:
        raise Hidden(f"file {sha256} of case {case_id}")
    return kept[-1], *blobs.read(work, sha256)


def check_file(upload: Upload, most: int = MOST_BYTES) -> FileType:
    """What the file is by its content; refused when it is empty, too large or of no type that proves anything."""
    name = shown_name(upload.name)
    if not upload.content:
        raise FileNotTaken("FILE_EMPTY", tr("The file {name} is empty; please choose it again.", name=name))
    if len(upload.content) > most:
        sentence = tr(
            "The file {name} has {size} MB; at most {most} MB are taken. Please scan it smaller or split it.",
            name=name,
            size=_megabytes(len(upload.content), up=True),
            most=_megabytes(most),
        )
        raise FileNotTaken("FILE_TOO_LARGE", sentence)
    found = look_at(upload.content)
    if isinstance(found, NotTaken):
        raise FileNotTaken(found.code, tr("The file {name} is not taken: {why}.", name=name, why=found.sentence))
    return found


def type_of(content: bytes) -> FileType | None:
    """The type by content alone; None for everything that is not taken as evidence."""
    found = look_at(content)
    return None if isinstance(found, NotTaken) else found


def safe_name(name: str, extension: str) -> str:
    """The name without paths, control and layout signs, no name of a device, not too long, with the true extension."""
    text = shown_name(name)
    stem, dot, ending = text.rpartition(".")
    if not dot or len(ending) > len("xlsx") or not ending.isascii():
        stem = text
    room = LONGEST_NAME - len(extension) - 1
    stem = _in_bytes(stem[:room], LONGEST_IN_BYTES - len(extension) - 1).strip(" .")
    if _RESERVED.match(stem):
        stem = f"_{stem}"[:room]
    return f"{stem or 'file'}.{extension}"


def shown_name(name: str) -> str:
    """The name as it can be shown anywhere: one line, the last part of a path, nothing that turns its direction."""
    text = unicodedata.normalize("NFC", name[-4 * LONGEST_NAME :]).replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    text = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in text)
    return _SPACES.sub(" ", _UNSAFE.sub("_", text)).strip(" .").lstrip("-~ .")


def _in_bytes(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")


def _megabytes(size: int, *, up: bool = False) -> str:
    """In tenths; what is too much is never rounded down to what is just allowed."""
    tenths = -(-size // 100_000) if up else size // 100_000
    return f"{tenths / 10:g}"
