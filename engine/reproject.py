"""When the calendar or the terms change: open deadlines are worked out anew, in chunks, with the cause on record."""

from collections.abc import Callable, Sequence
from typing import Final

from engine.core import Engine
from engine.model import Deadline
from engine.moves import tell_moved
from engine.redating import redate
from engine.store import cases, deadlines, settings
from engine.store.database import Work

CHUNK = 500
JOBS: Final = "reproject"
"""The setting under which jobs wait, each with its cause and how far it has come."""


def ask(work: Work, campaign: str, cause: str) -> None:
    """Note that a campaign's deadlines are to be worked out anew; `run` does it, also after a restart."""
    jobs = dict(settings.hold(work, JOBS, {}))
    jobs[campaign] = {"cause": cause, "after": 0, "moved": 0}
    settings.write(work, JOBS, jobs)


def run(engine: Engine, *, progress: Callable[[int], None] | None = None) -> int:
    """Finish every noted job; answers how many deadlines got another day."""
    moved = 0
    while (step := _chunk(engine)) is not None:
        moved += step
        if progress:
            progress(moved)
    return moved


def _chunk(engine: Engine) -> int | None:
    """One chunk in one transaction, the cursor kept with it; None when no job is left."""
    with engine.work() as work:
        # held, so that no two workers take one chunk and none writes over a job that is asked for meanwhile
        jobs = dict(settings.hold(work, JOBS, {}))
        if not jobs:
            return None
        campaign, job = next(iter(sorted(jobs.items())))
        found = deadlines.open_of(work, campaign, after=job["after"], limit=CHUNK)
        moved = recalculate(engine, work, found, reason=job["cause"], cause="terms") if found else 0
        if len(found) < CHUNK:
            jobs.pop(campaign)
        else:
            jobs[campaign] = {**job, "after": found[-1].id, "moved": job["moved"] + moved}
        settings.write(work, JOBS, jobs)
        return moved


def recalculate(engine: Engine, work: Work, found: Sequence[Deadline], *, reason: str, cause: str) -> int:
    """Give open deadlines of one campaign the days that follow from its terms and calendar; how many moved."""
    held = cases.lock(work, sorted({one.case_id for one in found}))
    # read again now that their cases are held: somebody may have met or moved them in the meantime
    standing = [one for one in deadlines.by_ids(work, [one.id for one in found]) if one.state == "open"]
    moved = redate(engine, work, standing, held, reason=reason, cause=cause)
    tell_moved(engine, work, held, moved, reason)
    return len(moved)
