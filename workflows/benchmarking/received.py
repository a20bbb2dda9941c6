"""Files received with a form that is refused for something else: looked at, kept for a while, taken up again."""

from collections.abc import Collection
from datetime import timedelta
from typing import Final

from engine.access import Actor
from engine.store.database import Work
from workflows.benchmarking.evidence import LONGEST_NAME, Upload, check_file, safe_name
from workflows.benchmarking.records import received

KEPT_FOR: Final = timedelta(days=2)


def receive(work: Work, actor: Actor, upload: Upload) -> str:
    """Keep a file for who sent it, if it is one that proves anything; answers the hash under which it is taken up."""
    found = check_file(upload)
    received.forget_older(work, work.now - KEPT_FOR)
    return received.keep(work, actor.person_id, safe_name(upload.name, found.extension)[:LONGEST_NAME], upload.content)


def take_up(work: Work, actor: Actor, digest: str) -> Upload | None:
    """A file this person sent before; None when it is nobody's, somebody else's, or has been dropped meanwhile."""
    found = received.get(work, actor.person_id, digest)
    return Upload(*found) if found else None


def let_go(work: Work, actor: Actor, digests: Collection[str]) -> None:
    """What has been recorded need not be kept beside it."""
    if digests:
        received.forget(work, actor.person_id, digests)
