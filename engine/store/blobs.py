"""Bytes by their content: kept once however often they are referred to."""

from hashlib import sha256

from sqlalchemy import select

from engine.errors import NotFound
from engine.store.database import Work, insert_new
from engine.store.schema import blobs
from engine.words import tr


def keep(work: Work, content: bytes, media_type: str) -> str:
    """Store the bytes and answer their SHA-256; the first media type they came with stays."""
    digest = sha256(content).hexdigest()
    row = {"sha256": digest, "media_type": media_type, "size": len(content), "content": content}
    insert_new(work, blobs, [row])
    return digest


def read(work: Work, digest: str) -> tuple[str, bytes]:
    """Media type and bytes."""
    row = work.connection.execute(
        select(blobs.c.media_type, blobs.c.content).where(blobs.c.sha256 == digest)
    ).one_or_none()
    if row is None:
        raise NotFound(tr("There are no bytes with the hash {digest}.", digest=digest))
    return row.media_type, bytes(row.content)
