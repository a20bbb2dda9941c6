"""The folder in which a sink keeps what it took: one .eml file a mail, and a line a mail on whom it was for."""

import json
import re
from collections.abc import Sequence
from datetime import timedelta, timezone
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path

CHINA = timezone(timedelta(hours=8))
ENVELOPES = "envelopes.jsonl"


class MailFolder:
    """Names begin with the mail's own date, so that they sort by it; nothing in them depends on the machine's clock."""

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._record = (path / ENVELOPES).open("ab", buffering=0)
        self._names = {file.name for file in path.glob("*.eml")}

    def keep(self, content: bytes, *, sender: str, recipients: Sequence[str]) -> str:
        """Write the mail and close its file; returns the name. A second mail with the same id gets a number."""
        name = self._free_name(mail_name(content))
        unfinished = self._path / f"{name}.part"
        unfinished.write_bytes(content)
        line = json.dumps({"file": name, "from": sender, "to": list(recipients)}, ensure_ascii=False) + "\n"
        self._record.write(line.encode())
        unfinished.replace(self._path / name)
        self._names.add(name)
        return name

    def close(self) -> None:
        self._record.close()

    def _free_name(self, stem: str) -> str:
        name, number = f"{stem}.eml", 1
        while name in self._names:
            number += 1
            name = f"{stem}-{number}.eml"
        return name


def mail_name(content: bytes) -> str:
    """Date and message id, as in 2020-06-15T083000_digest.2020-W24.0@example.org; the hash stands in for an id."""
    head = content.partition(b"\r\n\r\n")[0]
    dated, identified = _DATE.search(head), _MESSAGE_ID.search(head)
    name = identified.group(1).decode("ascii", "replace") if identified else sha256(content).hexdigest()[:16]
    return f"{_moment(dated.group(1)) if dated else UNDATED}_{_UNSAFE.sub('-', name)[:LONGEST_ID]}"


def _moment(header: bytes) -> str:
    try:
        instant = parsedate_to_datetime(header.decode("ascii", "replace"))
    except ValueError:
        return UNDATED
    if instant.tzinfo is None:
        return UNDATED
    return instant.astimezone(CHINA).strftime("%Y-%m-%dT%H%M%S")


UNDATED = "undated"
LONGEST_ID = 150
_DATE = re.compile(rb"(?im)^Date:[ \t]*([^\r\n]+)")
_MESSAGE_ID = re.compile(rb"(?im)^Message-ID:\s*<([^>\r\n]+)>")
_UNSAFE = re.compile(r"[^A-Za-z0-9._@+-]")
