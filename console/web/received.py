"""Files of a form: read once, kept when the form is refused for something else, and taken up when it comes again."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from starlette.responses import Response

from console.web.attempt import Attempt, FormRefused, Typed
from console.web.desk import Desk
from engine.store.database import Work
from engine.words import Sentence, tr
from workflows.benchmarking.evidence import FileNotTaken, Upload
from workflows.benchmarking.received import let_go, receive, take_up

KEPT, NAME = "_kept", "_name"
"""Behind the name of a file's field: the hash under which it is kept, and what it is called."""


def if_refused(desk: Desk, typed: Typed, names: Collection[str], show: Callable[[Attempt], Response]) -> None:
    """Like `desk.if_refused`, for a form with files: what has arrived of them need not be sent again."""
    desk.if_refused(typed, lambda attempt: show(_with_files(desk, typed, names, attempt)))


def files_of(desk: Desk, work: Work, typed: Typed, names: Collection[str]) -> dict[str, Upload]:
    """The files of a form by their field: those sent now, else those kept from the last time."""
    found, lost = {}, {}
    for name in names:
        sent, kept = typed.file(name), typed.one(name + KEPT)
        upload = Upload(*sent) if sent else take_up(work, desk.actor, kept) if kept else None
        if upload is not None:
            found[name] = upload
        elif kept:
            lost[name] = tr("The file received before is no longer kept; please choose it again.")
    if lost:
        raise FormRefused(lost)
    return found


def needed(files: Mapping[str, Upload], name: str) -> Upload:
    """A file without which the form says nothing."""
    if name not in files:
        raise FormRefused({name: tr("Please choose the file.")})
    return files[name]


def drop(desk: Desk, work: Work, typed: Typed, names: Collection[str]) -> None:
    """What was kept and has been recorded now."""
    let_go(work, desk.actor, [typed.one(name + KEPT) for name in names if typed.one(name + KEPT)])


def _with_files(desk: Desk, typed: Typed, names: Collection[str], attempt: Attempt) -> Attempt:
    values, faults = dict(attempt.typed), dict[str, Sentence]()
    with desk.work() as work:
        for name in names:
            values.pop(name + KEPT, None)
            try:
                kept = _keep(desk, work, typed, name)
            except FileNotTaken as refusal:
                faults[name] = refusal.sentence
                continue
            if kept:
                values |= {name + KEPT: (kept[0],), name + NAME: (kept[1],)}
    return replace(attempt, typed=values, faults={**faults, **attempt.faults})


def _keep(desk: Desk, work: Work, typed: Typed, name: str) -> tuple[str, str] | None:
    """Hash and name of a file that has arrived, now or before."""
    sent, before = typed.file(name), typed.one(name + KEPT)
    digest = receive(work, desk.actor, Upload(*sent)) if sent else before
    known = take_up(work, desk.actor, digest) if digest else None
    return (digest, known.name) if known else None
