"""How a batch moves on: proposed, confirmed by a second person, returned, withdrawn before its start, published."""

from dataclasses import dataclass
from datetime import date

from engine.access import Actor, capacity
from engine.clock import local_day
from engine.core import Engine
from engine.errors import Refused
from engine.kinds import Reason
from engine.store import organisations, people
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.evidence import Upload, keep_file
from workflows.benchmarking.model import Batch
from workflows.benchmarking.recording.batches import (
    CONFIRMERS,
    Signing,
    chosen_of,
    may_sign,
    member_ids,
    publicity_faults,
    sign,
    still_fit,
)
from workflows.benchmarking.recording.changes import DISTRICT, Writing, need, web_address
from workflows.benchmarking.recording.publications import enter_list
from workflows.benchmarking.recording.refusals import refuse_if_any
from workflows.benchmarking.records import publications


@dataclass(frozen=True, slots=True)
class CameOut:
    """That a list came out: its day, and where it can be looked up."""

    published_on: date
    url: str = ""


def propose_batch(engine: Engine, work: Work, actor: Actor, batch_id: int, *, version: int | None = None) -> Batch:
    """Ask a second person to confirm; the list is closed from now on."""
    signing = sign(engine, work, actor, batch_id, "propose", roles=DISTRICT, version=version)
    refuse_if_any(why_not_ready(engine, work, signing.batch))
    fields = {"state": "proposed", "proposed_by": actor.person_id, "proposed_at": work.now, "reason": None}
    after = publications.change(work, signing.batch, fields)
    return signing.told("proposed", after, member_ids(work, after))


def confirm_batch(engine: Engine, work: Work, actor: Actor, batch_id: int, *, version: int | None = None) -> Batch:
    """Confirm what somebody else proposed; from its first day on the list cannot be withdrawn any more."""
    signing = sign(engine, work, actor, batch_id, "confirm", roles=CONFIRMERS, version=version)
    refuse_if_any([*why_not_second(engine, work, actor, signing.batch), *why_not_ready(engine, work, signing.batch)])
    fields = {"state": "confirmed", "confirmed_by": actor.person_id, "confirmed_at": work.now}
    after = publications.change(work, signing.batch, fields)
    return signing.told("confirmed", after, member_ids(work, after))


def may_confirm(engine: Engine, work: Work, actor: Actor, batch: Batch, *, version: int | None = None) -> None:
    """Refuse whoever could not confirm it anyway, before they are asked whether they want to."""
    may_sign(work, actor, batch, "confirm", roles=CONFIRMERS, version=version)
    refuse_if_any([*why_not_second(engine, work, actor, batch), *why_not_ready(engine, work, batch)])


def return_batch(
    engine: Engine, work: Work, actor: Actor, batch_id: int, *, reason: str, version: int | None = None
) -> Batch:
    """Give a proposed batch back with a reason; it is a draft again."""
    signing = sign(engine, work, actor, batch_id, "return", roles=CONFIRMERS, version=version)
    told = need(reason, tr("the reason"))
    fields = {"state": "draft", "proposed_by": None, "proposed_at": None, "reason": told}
    after = publications.change(work, signing.batch, fields)
    return signing.told("returned", after, member_ids(work, after), reason=told)


def withdraw_batch(
    engine: Engine, work: Work, actor: Actor, batch_id: int, *, reason: str, version: int | None = None
) -> Batch:
    """Take a batch back before its publicity begins; its members are free for another one."""
    signing = sign(engine, work, actor, batch_id, "withdraw", roles=DISTRICT, version=version)
    told = need(reason, tr("the reason"))
    batch = signing.batch
    if batch.state == "confirmed" and batch.starts_on and batch.starts_on <= engine.today(work):
        raise Refused(
            tr(
                "The publicity of “{title}” began on {day}; it cannot be withdrawn any more. Members with an upheld"
                " objection are taken off one by one.",
                title=batch.title,
                day=batch.starts_on,
            )
        )
    after = publications.change(work, batch, {"state": "withdrawn", "reason": told})
    return signing.told("withdrawn", after, member_ids(work, after), reason=told)


def publish_batch(
    engine: Engine,
    work: Work,
    actor: Actor,
    batch_id: int,
    out: CameOut,
    *,
    file: Upload | None = None,
    version: int | None = None,
) -> Batch:
    """Record that a confirmed list came out: from now on it is the public list of all its products."""
    signing = sign(engine, work, actor, batch_id, "publish", roles=DISTRICT, version=version)
    batch = signing.batch
    url = web_address(out.url) or ""
    refuse_if_any([*_unpublishable(signing, out, shown=bool(url or file)), *still_fit(work, batch)])
    kept = keep_file(work, file) if file else None
    fields = {
        "title": batch.title,
        "url": url,
        "published_on": out.published_on,
        "file_sha": kept.sha256 if kept else None,
    }
    after = publications.change(work, batch, {**fields, "state": "published"})
    writing = Writing(engine, work, actor)
    writing.keep_version("publication", batch.id, kept)
    ids = member_ids(work, after)
    by_case: dict[int, list[int]] = {}
    chosen = chosen_of(work, ids)
    for product_id, (case, _) in chosen.items():
        by_case.setdefault(case.id, []).append(product_id)
    for some in by_case.values():
        case = chosen[some[0]][0]
        enter_list(writing, case, batch.id, [chosen[one][1] for one in some], fields)
    return signing.told("published", after, ids)


def why_not_second(engine: Engine, work: Work, actor: Actor, batch: Batch) -> list[Reason]:
    """Nobody in common with those who made and proposed it; within one office only a leader confirms."""
    today = engine.today(work)
    involved = [people.get(work, key) for key in {batch.made_by, batch.proposed_by} if key]
    makers = [people.as_actor(work, one, today) for one in involved]
    if any(actor.identities & one.identities for one in makers):
        told = tr("Who proposed it cannot confirm it, nor can anybody standing in for them.")
        return [Reason("SAME_PERSON", told)]
    path = organisations.paths(work, [batch.organisation_id])[batch.organisation_id]
    above = capacity(actor, path, ("leader",)) is not None
    if not above and any(actor.organisation_id == one.organisation_id for one in makers):
        return [Reason("SAME_OFFICE", tr("It was made in your own office; a leader of the office confirms it."))]
    return []


def why_not_ready(engine: Engine, work: Work, batch: Batch) -> list[Reason]:
    """What keeps a list from being closed."""
    found = still_fit(work, batch)
    if not member_ids(work, batch):
        told = tr("Nobody stands on the batch yet; put verified enterprises on it first.")
        found.append(Reason("NO_MEMBERS", told))
    if batch.starts_on and batch.ends_on:
        found += publicity_faults(batch.starts_on, batch.ends_on, engine.today(work))
    return found


def _unpublishable(signing: Signing, out: CameOut, *, shown: bool) -> list[Reason]:
    batch, engine, day = signing.batch, signing.engine, out.published_on
    found = []
    if not shown:
        told = tr("The public list needs its web address or the list itself as a file.")
        found.append(Reason("LIST_MISSING", told, "url"))
    if day > engine.today(signing.work):
        told = tr("{what}: the day {day} has not come yet.", what=tr("the publication"), day=day)
        found.append(Reason("PUBLISHED_IN_FUTURE", told, "published_on"))
    if batch.ends_on and day < batch.ends_on:
        told = tr("The publicity runs until {day}; the list comes out on that day or later.", day=batch.ends_on)
        found.append(Reason("PUBLICITY_RUNS", told, "published_on"))
    confirmed = local_day(batch.confirmed_at, engine.zone) if batch.confirmed_at else None
    if confirmed and day < confirmed:
        told = tr("The batch was confirmed on {day}; the list cannot have come out before.", day=confirmed)
        found.append(Reason("BEFORE_CONFIRMATION", told, "published_on"))
    return found
