"""What counts as proof that something stands on the national platform."""

from typing import Final

from engine.errors import Refused
from engine.words import tr
from workflows.benchmarking.evidence import KeptFile, Upload, keep_file
from workflows.benchmarking.model import PlatformRecord
from workflows.benchmarking.recording.changes import Writing, web_address

LONGEST_NUMBER: Final = 64


def checked_record(
    writing: Writing, record: PlatformRecord, before: PlatformRecord | None, screenshot: Upload | None
) -> tuple[PlatformRecord, KeptFile | None]:
    """The record with its screenshot kept; refused when it proves nothing. The number is opaque text."""
    writing.not_in_future(record.uploaded_on, tr("the upload to the platform"))
    number = (record.number or "").strip() or None
    if number and len(number) > LONGEST_NUMBER:
        raise Refused(tr("A number on the platform has at most {n} signs.", n=LONGEST_NUMBER))
    url = web_address(record.url)
    kept = keep_file(writing.work, screenshot) if screenshot else None
    sha = kept.sha256 if kept else before.screenshot_sha if before else None
    if not (number or url or sha):
        raise Refused(tr("A platform record needs a number, an address or a screenshot."))
    return PlatformRecord(record.uploaded_on, number, url, sha), kept
