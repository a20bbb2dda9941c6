"""The papers that went out with mails, taken out of the mails again, as a receiver would save them."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

from notifications.mime import tidy_file_name


def keep_papers(mails: Path, folder: Path) -> int:
    """Save every attachment under the day of its mail; equal names of one day get a number."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = 0
    for path in sorted(mails.glob("*.eml")):
        message = message_from_bytes(path.read_bytes(), policy=default)
        for part in message.iter_attachments():
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                _free(folder / f"{path.name[:10]} {tidy_file_name(part.get_filename() or 'paper')}").write_bytes(
                    content
                )
                kept += 1
    return kept


def _free(path: Path) -> Path:
    number, free = 2, path
    while free.exists():
        free = path.with_stem(f"{path.stem}-{number}")
        number += 1
    return free
