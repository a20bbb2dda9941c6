"""The hash chain of a case's journal: each row's hash covers its content, its place and the row before it."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from engine.model import Entry

GENESIS: Final = "0" * 64
"""What the first row of every chain names as the row before it."""


@dataclass(frozen=True, slots=True)
class Link:
    """A place in a chain: which case, the how-manieth row (from 1), after which hash."""

    case_id: int
    seq: int
    prev_hash: str


def link_hash(link: Link, entry: Entry, recorded_at: datetime) -> str:
    """SHA-256 over the canonical JSON of all that the row says; any changed column changes it."""
    content = {
        "case": link.case_id,
        "seq": link.seq,
        "prev": link.prev_hash,
        "at": recorded_at.isoformat(),
        "kind": entry.kind,
        "step": entry.step,
        "source": entry.source,
        "target": entry.target,
        "campaign": entry.campaign,
        "flow": entry.flow,
        "district": entry.district_id,
        "definition": entry.definition_id,
        "person": entry.person_id,
        "role": entry.role,
        "for": entry.on_behalf_of,
        "reason": entry.reason,
        "data": dict(entry.data),
        "batch": entry.batch,
        "on": entry.effective_on.isoformat(),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def root_hash(previous: str, hashes: list[str]) -> str:
    """The root of a day: the root of the day before and every row hash of the day, in order of recording."""
    digest = sha256(previous.encode())
    for one in hashes:
        digest.update(one.encode())
    return digest.hexdigest()
