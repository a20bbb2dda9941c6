"""The files of a case with all their versions: listed, kept, or read in a frame of our own page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from console.casepapers import files_told
from console.web.desk import AtDesk
from console.web.downloads import SHOWN, attachment, shown
from console.web.pages.case_head import FILES, CaseHead, head_of, seen_at
from engine.flow import Label
from engine.words import Sentence, tr
from workflows.benchmarking.evidence import read_file
from workflows.benchmarking.model import FILES as NAMES

pages = APIRouter()

KB = 1000
MB = 1000 * KB


@dataclass(frozen=True, slots=True)
class FileRow:
    """A version of a file; `counts` says that a record rests on it."""

    sha256: str
    name: str
    version: int
    size: Sentence
    by: str
    at: datetime | None
    counts: bool
    is_shown: bool


@dataclass(frozen=True, slots=True)
class FileGroup:
    """The versions of one piece of evidence, the newest first."""

    label: Label
    product: str
    rows: tuple[FileRow, ...]


@dataclass(frozen=True, slots=True)
class FilesPage:
    """Every file of the case."""

    head: CaseHead
    groups: tuple[FileGroup, ...]


@dataclass(frozen=True, slots=True)
class FilePage:
    """One file in its frame; what a browser cannot show is only offered to be kept."""

    head: CaseHead
    label: Label
    product: str
    row: FileRow


@pages.get("/cases/{case_id}/files")
def show_files(case_id: int, desk: AtDesk) -> Response:
    with desk.look() as work:
        view = seen_at(desk, work, case_id)
        page = FilesPage(head_of(view, FILES), tuple(_groups(files_told(work, view.case))))
    return desk.page("cases/files.html", page)


@pages.get("/cases/{case_id}/files/{sha256}")
def keep_file(case_id: int, sha256: str, desk: AtDesk) -> Response:
    """The file, to be kept."""
    with desk.look() as work:
        found, kind, content = read_file(work, desk.actor, case_id, sha256)
    return attachment(found.name, content, kind, digest=sha256)


@pages.get("/cases/{case_id}/files/{sha256}/shown")
def show_file(case_id: int, sha256: str, desk: AtDesk) -> Response:
    """The file, as the frame of our page shows it."""
    with desk.look() as work:
        found, kind, content = read_file(work, desk.actor, case_id, sha256)
    return shown(found.name, content, kind, digest=sha256)


@pages.get("/cases/{case_id}/files/{sha256}/view")
def frame_file(case_id: int, sha256: str, desk: AtDesk) -> Response:
    """A page with the file in a frame."""
    with desk.look() as work:
        found, _, _ = read_file(work, desk.actor, case_id, sha256)
        view = seen_at(desk, work, case_id)
        told = [one for one in files_told(work, view.case) if one["sha256"] == sha256][-1]
        page = FilePage(head_of(view, FILES), NAMES[found.what], found.product, file_row(told))
    return desk.page("cases/file.html", page)


def file_row(told: dict[str, Any]) -> FileRow:
    return FileRow(
        told["sha256"],
        told["name"],
        told["version"],
        size_of(told["size"]),
        told["by"],
        told["at"],
        told["counts"],
        told["media_type"] in SHOWN,
    )


def size_of(size: int) -> Sentence:
    """As people say it."""
    return tr("{n} MB", n=f"{size / MB:.1f}") if size >= MB else tr("{n} KB", n=max(1, round(size / KB)))


def _groups(told: list[dict[str, Any]]) -> Iterator[FileGroup]:
    """By what they are and which product they are about, in the order of the campaign."""
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for one in told:
        grouped.setdefault((one["what"], one["product"]), []).append(one)
    for (_, product), found in grouped.items():
        yield FileGroup(found[0]["label"], product, tuple(file_row(one) for one in reversed(found)))
