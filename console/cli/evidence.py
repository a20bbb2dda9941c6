"""What commands that record evidence share: files read, the change told."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

from console.cli.desk import Desk
from console.cli.frame import option, verbs
from console.cli.refusals import UsageRefused
from engine.errors import NotFound, Refused
from engine.words import Sentence, tr

if TYPE_CHECKING:
    from engine.model import Case
    from workflows.benchmarking.evidence import Upload
    from workflows.benchmarking.model import Indicator

app = verbs("record", tr("Record evidence: plans, reports, publications and the like."))

FileIfAny = Annotated[
    Path | None, option("--file", metavar="FILE", does=tr("The paper itself: PDF, Word, Excel, picture."))
]

INDICATOR_PARTS: Final = 5


def recorded(desk: Desk, name: str, record: "Callable[..., Case]", *about: Any, **more: Any) -> None:
    """Record something about one case by a use case of the campaign, and tell whether that changed anything."""
    with desk.work() as work:
        before = desk.case(work, name)
        after = record(desk.engine, work, desk.actor, before.id, *about, **more)
    tell(desk, [(before, after)])


def recorded_many(
    desk: Desk, names: Sequence[str], record: "Callable[..., tuple[Case, ...]]", *about: Any, **more: Any
) -> None:
    """Record one thing about several cases, in one transaction."""
    with desk.work() as work:
        before = [desk.case(work, name) for name in names]
        after = record(desk.engine, work, desk.actor, [case.id for case in before], *about, **more)
    tell(desk, list(zip(before, after, strict=True)))


def tell(desk: Desk, pairs: "Sequence[tuple[Case, Case]]") -> None:
    """What changed, case by case."""
    told = []
    for before, after in pairs:
        changed = after.version != before.version
        desk.paper.say(_sentence(after, changed=changed))
        told.append({"case": after.id, "subject": after.subject_name, "changed": changed, "version": after.version})
    desk.paper.answer({"recorded": told})


def upload(path: Path | None) -> "Upload | None":
    """A file as it lies there, or none."""
    from workflows.benchmarking.evidence import Upload

    if path is None:
        return None
    if not path.is_file():
        raise NotFound(tr("There is no file {file}.", file=str(path)))
    return Upload(path.name, path.read_bytes())


def named(out: Path, *endings: str) -> Path:
    """A folder, or a file whose name says what will be in it; refused before anything is done."""
    if not out.is_dir() and out.suffix.lower() not in endings:
        raise Refused(tr("{file}: the name must end in {ending}.", file=str(out), ending=endings))
    return out


def write_out(desk: Desk, out: Path, content: bytes, *, name: str, **told: Any) -> None:
    """Write a file where the person wants it, into a folder under its own name; nothing is written over."""
    target = out / name if out.is_dir() else out
    try:
        with target.open("xb") as stream:
            stream.write(content)
    except FileExistsError:
        raise Refused(tr("There is a file {file} already; choose another name.", file=str(target))) from None
    desk.paper.say(tr("Written: {file} ({size} bytes).", file=str(target), size=len(content)))
    desk.paper.answer({"file": str(target), "size": len(content), **told})


def read_indicators(texts: Sequence[str], core: Collection[str]) -> "list[Indicator]":
    """Indicators as they are typed: NAME|UNIT|DIRECTION|NATIONAL|BENCHMARK."""
    from workflows.benchmarking.model import Indicator

    found = []
    for text in texts:
        parts = [part.strip() for part in text.split("|")]
        if len(parts) != INDICATOR_PARTS:
            raise UsageRefused(tr("{text}: an indicator is NAME|UNIT|DIRECTION|NATIONAL|BENCHMARK.", text=text))
        name, unit, direction, national, benchmark = parts
        shape: dict[str, Any] = {"direction": direction}
        found.append(
            Indicator(name, unit, national_value=national, benchmark_value=benchmark, core=name in core, **shape)
        )
    if unknown := sorted(set(core) - {one.name for one in found}):
        raise UsageRefused(tr("There is no indicator {names} in this plan.", names=tuple(unknown)))
    return found


def read_values(texts: Sequence[str]) -> dict[str, str]:
    """Values as they are typed: NAME=VALUE."""
    found = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign:
            raise UsageRefused(tr("{text}: a value is NAME=VALUE.", text=text))
        found[name.strip()] = value.strip()
    return found


def _sentence(case: "Case", *, changed: bool) -> Sentence:
    if changed:
        return tr(
            "{case} {subject}: recorded (version {version}).",
            case=case.id,
            subject=case.subject_name,
            version=case.version,
        )
    return tr("{case} {subject}: nothing new.", case=case.id, subject=case.subject_name)
