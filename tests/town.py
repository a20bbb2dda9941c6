"""The console of Ningbo as a process of its own on a small database, and what people did there before."""

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ningbo import PDF, Ningbo, PlatformRecord, TrainingHeld, lab_report

from console.bootstrap import House, open_house
from console.settings import load_settings
from engine.access import Actor
from engine.judging import Command
from engine.model import Case, Deadline
from engine.proposals import propose
from engine.store import deadlines

CONFIG = Path(__file__).parents[1] / "config.yaml"
LONG = 60
BEGUN = "2020-05-29"
"""A Friday in the week before the lists are due."""


@dataclass(kw_only=True)
class Town(Ningbo):
    """The small Ningbo with the people of the configuration; the first of the bureau's two is meant by `city`."""

    house: House

    def actor(self, login: str) -> Actor:
        return super().actor("city-1" if login == "city" else login)

    def of(self, name: str, district: str) -> Case:
        """An enterprise of a district, nominated."""
        return self.one(name, district=district)

    def with_plan_uploaded(self, name: str, district: str) -> Case:
        case = self.of(name, district)
        self.with_plan(case, login=district)
        self.step("draft_plan", case, login=district)
        today = self.today()
        self.record("record_platform_plan", case, PlatformRecord(today, "FA-2020-0001"), login=district)
        self.record("record_training", [case.id], TrainingHeld("样例宣贯", today), notice=PDF, login=district)
        self.step("upload_plan", case, login=district)
        return self.case(case.id)

    def waiting(self, name: str, district: str) -> Case:
        """One whose verification waits for the bureau."""
        case = self.with_plan_uploaded(name, district)
        self.record("record_test_report", case, lab_report(self.today()), file=PDF, login=district)
        with self.work(district) as work:
            propose(self.engine, work, self.actor(district), Command(case_id=case.id, step="verify"))
        return self.case(case.id)

    def verified(self, name: str, district: str) -> Case:
        case = self.with_plan_uploaded(name, district)
        self.record("record_test_report", case, lab_report(self.today()), file=PDF, login=district)
        self.proposed("verify", case, login=district)
        return self.case(case.id)

    def deadline(self, case: Case, milestone: str) -> Deadline:
        with self.engine.look() as work:
            return next(one for one in deadlines.of_cases(work, [case.id])[case.id] if one.milestone == milestone)


@dataclass(frozen=True)
class Served:
    """A console that answers, and its process."""

    address: str
    process: subprocess.Popen[str]


@contextlib.contextmanager
def town_of(database: Path, config: Path = CONFIG) -> Iterator[Town]:
    """What people do on that database without a browser."""
    house = open_house(load_settings(config), url=f"sqlite:///{database}")
    (kind,) = house.engine.kinds.values()
    yield Town(house.engine, kind, house.engine.clock, house=house)  # type: ignore[arg-type]
    house.close()


@contextlib.contextmanager
def serving(database: Path, *words: str, config: Path = CONFIG, **secrets: str) -> Iterator[Served]:
    """`lingpao serve` on that database, at a free port, until the block is left."""
    line = [sys.executable, "-m", "console.cli", "--config", str(config), "--database", str(database)]
    with (database.parent / "serve.log").open("w+") as log:
        process = subprocess.Popen(
            [*line, "serve", "--port", "0", *words],
            cwd=database.parent,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env={**os.environ, **secrets},
        )
        try:
            assert process.stdout is not None
            told = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
            assert told, log.seek(0) or log.read()
            yield Served(told[0], process)
        finally:
            process.terminate()
            process.communicate(timeout=LONG)
