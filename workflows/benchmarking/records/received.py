"""Files that were received with a form that had faults: kept for who sent them, so that nobody sends a file twice."""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, select

from engine.store.database import Work, upsert
from workflows.benchmarking.records.schema import received_files


def keep(work: Work, person_id: int, name: str, content: bytes) -> str:
    """Keep the bytes for this person and answer their hash."""
    digest = sha256(content).hexdigest()
    row = {"person_id": person_id, "sha256": digest, "name": name, "content": content, "received_at": work.now}
    upsert(work, received_files, row)
    return digest


def get(work: Work, person_id: int, digest: str) -> tuple[str, bytes] | None:
    """Name and bytes of what this very person sent; what others sent is not there."""
    row = work.connection.execute(
        select(received_files.c.name, received_files.c.content).where(
            received_files.c.person_id == person_id, received_files.c.sha256 == digest
        )
    ).one_or_none()
    return (row.name, bytes(row.content)) if row else None


def forget(work: Work, person_id: int, digests: Collection[str]) -> None:
    where = (received_files.c.person_id == person_id, received_files.c.sha256.in_(list(digests)))
    work.connection.execute(delete(received_files).where(*where))


def forget_older(work: Work, moment: datetime) -> int:
    """Drop what nobody came back for; answers how many."""
    return work.connection.execute(delete(received_files).where(received_files.c.received_at < moment)).rowcount
