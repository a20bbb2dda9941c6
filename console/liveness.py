"""Whether what pages show is kept up by the worker: since when nobody has looked for what is due."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from console.bootstrap import House
from engine.store import leases
from engine.store.database import Work

PATIENCE: Final = timedelta(minutes=30)
"""So long after a sweep its figures are taken for those of the moment."""


@dataclass(frozen=True, slots=True)
class Silence:
    """No sweep for too long; `since` is the last one, None where there was none yet."""

    since: datetime | None


def silence(house: House, work: Work) -> Silence | None:
    """None while all is in time; in a rehearsal sweeps are done as its days pass."""
    if house.rehearsal:
        return None
    at = leases.last_beat(work, "sweep")
    return None if at is not None and work.now - at <= PATIENCE else Silence(at)
