"""Readers of a console: one after the other to see what a page costs, and many at once to see how long they wait."""

import http.client
import os
import random
import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROUNDS = 20


@dataclass(frozen=True)
class Look:
    """A page as somebody asks for it: its name in the table, who asks, where."""

    name: str
    login: str
    address: str


@dataclass(frozen=True)
class Price:
    """Milliseconds until the answer and of the server's processor, and kilobytes as they are sent."""

    wall: float
    processor: float
    size: float


@dataclass
class Waits:
    """Milliseconds that readers waited, by page; how many pages a second, and the server's processors in use."""

    by_name: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    a_second: float = 0.0
    processors: float = 0.0

    @property
    def every(self) -> list[float]:
        return [one for some in self.by_name.values() for one in some]


class Reader:
    """A browser that keeps its connection."""

    def __init__(self, port: int, cookie: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"cookie": cookie, "accept-encoding": "gzip", "accept-language": "zh-CN"}

    def read(self, address: str) -> tuple[float, int]:
        """Milliseconds and bytes of a page; anything but a page is an error."""
        began = time.perf_counter()
        self._connection.request("GET", address, headers=self._headers)
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise AssertionError(f"{address}: {answer.status}")
        return (time.perf_counter() - began) * 1e3, len(body)


def price(port: int, pid: int, cookie: str, address: str) -> Price:
    """What a page costs nobody else waits for."""
    reader = Reader(port, cookie)
    _, size = reader.read(address)
    reader.read(address)
    before = processor_of(pid)
    walls = [reader.read(address)[0] for _ in range(ROUNDS)]
    return Price(statistics.median(walls), (processor_of(pid) - before) / ROUNDS * 1e3, size / 1e3)


def browse(
    port: int, pid: int, readers: Sequence[tuple[str, Sequence[Look]]], *, seconds: float, think: float
) -> Waits:
    """All readers at once: each reads a page, thinks, and reads another one."""
    waits, lock = Waits(), threading.Lock()
    began, before = time.monotonic(), processor_of(pid)

    def sit(number: int, cookie: str, looks: Sequence[Look]) -> None:
        chance, reader = random.Random(number), Reader(port, cookie)
        time.sleep(chance.random() * think)
        while time.monotonic() < began + seconds:
            look = chance.choice(looks)
            wall, _ = reader.read(look.address)
            with lock:
                waits.by_name[look.name].append(wall)
            time.sleep(chance.uniform(0.5, 1.5) * think)

    threads = [threading.Thread(target=sit, args=(place, *one)) for place, one in enumerate(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lasted = time.monotonic() - began
    waits.a_second, waits.processors = len(waits.every) / lasted, (processor_of(pid) - before) / lasted
    return waits


def processor_of(pid: int) -> float:
    """Seconds of processor that a process has used, with the threads it has had."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def spread(walls: Sequence[float]) -> Mapping[str, float]:
    """The median and the 95th percentile."""
    ordered = sorted(walls)
    return {"p50": statistics.median(ordered), "p95": ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]}
