"""Arguments and options that several commands share, and how days are read."""

from datetime import date
from pathlib import Path
from typing import Annotated, Final

import typer

from console.cli.frame import argument, option
from engine.words import Sentence, say, tr

_YEARS: Final = range(1990, 2100)


class ValueRefused(typer.BadParameter):
    """A value on the line that cannot be read; its sentence is said in the reader's language."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(say(sentence, "en"))
        self.sentence = sentence


def read_day(text: str) -> date:
    """A day as a person writes it."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ValueRefused(tr("{text} is no day such as 2020-06-05.", text=text)) from None


def read_year(text: str) -> int:
    """A year in which somebody works."""
    if not text.strip().isdecimal() or not _YEARS.start <= int(text) < _YEARS.stop:
        raise ValueRefused(tr("{text} is no year such as 2026.", text=text))
    return int(text)


CaseName = Annotated[str, argument(tr("Number of the case, or the name of the enterprise."), "CASE")]
CaseNames = Annotated[list[str], argument(tr("Numbers of cases, or names of enterprises."), "CASES...")]
Milestone = Annotated[str, argument(tr("Milestone by name or label, as in plan_uploaded."), "MILESTONE")]
Reason = Annotated[str, option("--reason", metavar="TEXT", does=tr("Why; it stands in the journal."))]
ReasonIfAny = Annotated[str | None, option("--reason", metavar="TEXT", does=tr("Why; it stands in the journal."))]
Version = Annotated[
    int | None, option("--version", metavar="N", does=tr("Refuse if the case is not at this version any more."))
]
On = Annotated[
    date | None,
    option(
        "--on", metavar="DATE", parser=read_day, does=tr("The day from which it counts; an earlier one is confirmed.")
    ),
]
DryRun = Annotated[bool, option("--dry-run", does=tr("Only say what would happen."))]
Yes = Annotated[bool, option("--yes", does=tr("Do not ask."))]
CampaignKey = Annotated[
    str | None, option("--campaign", metavar="KEY", does=tr("Campaign; the running one by default."))
]
DistrictName = Annotated[str | None, option("--district", metavar="NAME", does=tr("District, by name or code."))]
ProductName = Annotated[
    str | None, option("--product", metavar="NAME", does=tr("Product; needed where there are several."))
]
ProductNames = Annotated[
    list[str] | None,
    option("--product", metavar="NAME", does=tr("Product; may be said again, all where none is said.")),
]
File = Annotated[Path, argument(tr("File."), "FILE")]


def day(name: str, text: object) -> object:
    """An option that takes a day."""
    return option(name, metavar="DATE", parser=read_day, does=text)  # type: ignore[arg-type]
