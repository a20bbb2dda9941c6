"""Where a sheet is written that a command makes: never over the sender's own file, over another one only when asked."""

from pathlib import Path
from typing import Annotated, Final

from console.cli.frame import option
from engine.errors import Refused
from engine.words import tr

ENDING: Final = ".xlsx"

Force = Annotated[bool, option("--force", does=tr("Write over a file that is there already."))]


def place_for(out: Path, name: str, *, force: bool, sent: Path | None = None) -> Path:
    """The file to write to; `out` may be a folder, in which it gets this name. Refused before anything is done."""
    place = out / name if out.is_dir() else out
    if sent is not None and place.exists() and place.samefile(sent):
        raise Refused(tr("{file} is the list itself, which is never written over; say another name.", file=str(place)))
    if place.suffix.lower() != ENDING:
        raise Refused(tr("{file}: the name must end in {ending}.", file=str(place), ending=ENDING))
    if not place.parent.is_dir():
        raise Refused(tr("There is no folder {folder}.", folder=str(place.parent)))
    if place.exists() and not force:
        raise Refused(tr("{file} is there already; say another name, or --force.", file=str(place)))
    return place


def write_whole(place: Path, content: bytes) -> None:
    """All of it or nothing, also where the disk is full."""
    beside = place.with_name(f"{place.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)
