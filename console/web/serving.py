"""What a running console has at hand besides its house: how it was opened, its counters."""

from asyncio import Semaphore
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from console.bootstrap import House
from console.web.rates import Rates
from console.web.streams import Streams
from engine.store.database import CONNECTIONS

SNAPSHOTS: Final = CONNECTIONS - 8
"""Requests that read at the same time. Each keeps its connection until its answer is made and needs a thread for that;
were there as many as connections, threads that wait for one would leave none to those who could give it back.
"""


@dataclass(frozen=True)
class Serving:
    """`demo` lets a visitor choose whom to be; only a rehearsal is ever opened so. `config` is its file."""

    house: House
    demo: bool = False
    config: Path | None = None
    rates: Rates = field(default_factory=Rates)
    streams: Streams = field(default_factory=Streams)
    snapshots: Semaphore = field(default_factory=lambda: Semaphore(SNAPSHOTS))
