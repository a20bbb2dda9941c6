"""What a running console has at hand besides its house: how it was opened, its counters."""

from dataclasses import dataclass, field
from pathlib import Path

from console.bootstrap import House
from console.web.rates import Rates


@dataclass(frozen=True)
class Serving:
    """`demo` lets a visitor choose whom to be; only a rehearsal is ever opened so. `config` is its file."""

    house: House
    demo: bool = False
    config: Path | None = None
    rates: Rates = field(default_factory=Rates)
