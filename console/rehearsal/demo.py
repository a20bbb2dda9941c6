"""The demonstration: the whole campaign of a script, a second database from its middle, and what to look at."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from console.bootstrap import House
from console.rehearsal.arrivals import Corrected, corrected_lists
from console.rehearsal.papers import keep_papers
from console.rehearsal.run import DATABASE, MAILS, Plan, Rehearsed, rehearse
from console.rehearsal.stepping import Stepper
from console.rehearsal.timeline import Outcome, ladder_lines, outcomes
from console.settings import Settings
from engine import audit
from engine.errors import Refused
from engine.store import backup
from engine.words import Sentence, tr

MIDDLE: Final = date(2020, 10, 26)
"""A Monday with much to do: the second database stands on this evening."""
HALFWAY, PAPERS, MARK = "october.db", "papers", ".lingpao-demo"
STATES_SHOWN: Final = (
    "nominated",
    "plan_drafted",
    "plan_uploaded",
    "verified",
    "published",
    "leader_candidate",
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the demonstration ends with."""

    rehearsed: Rehearsed
    labels: Mapping[str, Mapping[str, str]]
    outcomes: tuple[Outcome, ...]
    ladder: tuple[str, ...]
    corrected: tuple[Corrected, ...]

    @property
    def rows(self) -> list[Sequence[object]]:
        """The table by district, with the sum as its last row."""
        found = [(one.district, one.quota, *one.reached, one.late, one.reports_late) for one in self.outcomes]
        sums = [sum(column) for column in zip(*(row[1:] for row in found), strict=True)]
        return [*found, (tr("The whole city"), *sums)]

    @property
    def places(self) -> list[tuple[Sentence, object]]:
        folder = self.rehearsed.folder
        return [
            (tr("Mails"), f"{folder / MAILS}（{len(self.rehearsed.mails)}）"),
            (tr("Papers"), folder / PAPERS),
            (tr("Database"), folder / DATABASE),
            (tr("As it stood in late October"), folder / HALFWAY),
            (tr("Look at it in a browser"), f"lingpao serve --demo --database {folder / HALFWAY}"),
        ]

    def as_json(self) -> dict[str, Any]:
        return {
            "mails": len(self.rehearsed.mails),
            "districts": [
                {"district": one.district, "quota": one.quota, "late": one.late}
                | dict(zip(STATES_SHOWN, one.reached, strict=True))
                for one in self.outcomes
            ],
            "ladder": list(self.ladder),
            "refused_first": [one.as_json() for one in self.corrected],
            "folder": str(self.rehearsed.folder),
        }


def run_demo(settings: Settings, *, into: Path, script: Path, progress: Callable[[int], None]) -> Shown:
    """Play the script, keep the database of late October, write the papers and check every promise."""
    _clear(into)
    lived = 0

    def each_day(house: House, day: date) -> None:
        nonlocal lived
        lived += 1
        progress(lived)
        if day == MIDDLE:
            Stepper(house).look_ahead()
            backup.back_up(house.database, into / HALFWAY)

    rehearsed = rehearse(settings, Plan(folder=into, script=script), each_day=each_day)
    return _shown(settings, rehearsed)


def _shown(settings: Settings, rehearsed: Rehearsed) -> Shown:
    from console.bootstrap import open_house

    house = open_house(settings, url=f"sqlite:///{rehearsed.folder / DATABASE}")
    try:
        broken = audit.verify(house.engine)
        if broken:
            raise Refused(tr("The audit found: {found}", found=tuple(one.sentence for one in broken)))
        keep_papers(rehearsed.folder / MAILS, rehearsed.folder / PAPERS)
        flow, rows = outcomes(house.engine, rehearsed.campaign)
        labels = {state.name: state.label for state in flow.states}
        corrected = corrected_lists(house.engine, rehearsed.campaign)
        return Shown(rehearsed, labels, tuple(rows), tuple(ladder_lines(rehearsed.mails)), corrected)
    finally:
        house.close()


def _clear(folder: Path) -> None:
    """Make room: what an earlier demonstration left goes, anything else is left alone and refused."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).is_file():
            raise Refused(tr("{folder} is not empty and not of an earlier demonstration.", folder=str(folder)))
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text("lingpao demo\n", encoding="utf-8")
