"""Interleaved rounds of two ways to do the same; the median ratio is what is quoted."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """Medians over the rounds, in microseconds for one of `per`, and the ratio ours ÷ limit of each round."""

    name: str
    per: str
    ours: float
    limit: float
    ratio: float
    cpu_ratio: float

    def __str__(self) -> str:
        return (
            f"{self.name:<34} {self.ours:>10.1f} µs  limit {self.limit:>9.1f} µs a {self.per:<8}"
            f"  × {self.ratio:5.2f} wall  × {self.cpu_ratio:5.2f} processor"
        )


def compare(
    name: str, per: str, n: int, *, ours: Callable[[int], None], limit: Callable[[int], None], rounds: int = 5
) -> Line:
    """Run both in turn, even rounds backwards; each call gets the number of its round and does `n` of them."""
    walls: dict[str, list[float]] = {"ours": [], "limit": []}
    cpus: dict[str, list[float]] = {"ours": [], "limit": []}
    ways = [("ours", ours), ("limit", limit)]
    for number in range(rounds + 1):
        for key, run in ways if number % 2 else ways[::-1]:
            gc.collect()
            wall, cpu = time.perf_counter(), time.process_time()
            run(number)
            if number:  # the first round only warms up
                walls[key].append((time.perf_counter() - wall) / n * 1e6)
                cpus[key].append((time.process_time() - cpu) / n * 1e6)
    return Line(
        name,
        per,
        statistics.median(walls["ours"]),
        statistics.median(walls["limit"]),
        statistics.median(a / b for a, b in zip(walls["ours"], walls["limit"], strict=True)),
        statistics.median(a / b for a, b in zip(cpus["ours"], cpus["limit"], strict=True)),
    )
