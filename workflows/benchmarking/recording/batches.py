"""Publication batches: made by one person, confirmed by another above, withdrawn before their start, published."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from engine import cases as steps
from engine.access import Actor, Capacity, capacity, sees
from engine.core import Engine
from engine.errors import CaseChanged, NotAllowed, Refused
from engine.kinds import Reason
from engine.model import Case, Entry
from engine.roles import labels
from engine.store import cases, journal, organisations
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.model import BATCH_STATES, Batch, Product
from workflows.benchmarking.recording.batchmembers import Pick, listed_of, picked, why_not
from workflows.benchmarking.recording.changes import DISTRICT, need
from workflows.benchmarking.recording.refusals import refuse_if_any
from workflows.benchmarking.records import products, publications

CONFIRMERS: Final = ("municipal_coordinator", "leader")
"""Who confirms: the level above the district; what the bureau itself made, its leaders."""

FROM: Final[Mapping[str, tuple[str, ...]]] = {
    "change": ("draft",),
    "add": ("draft",),
    "remove": ("draft", "confirmed"),
    "propose": ("draft",),
    "confirm": ("proposed",),
    "return": ("proposed",),
    "withdraw": ("draft", "proposed", "confirmed"),
    "publish": ("confirmed",),
}
"""From which states each deed starts."""

LONGEST: Final = {"title": 200, "document_no": 60, "prefix": 40}
_CALLED: Final = {
    "title": tr("Title"),
    "document_no": tr("Document number"),
    "prefix": tr("What stands before the number"),
}
"""What people call what is described of a batch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchDraft:
    """A batch as it is described. Without days of publicity it is made public at once when it is published."""

    title: str
    starts_on: date | None = None
    ends_on: date | None = None
    document_no: str | None = None
    prefix: str | None = None


@dataclass(frozen=True, slots=True)
class Signing:
    """Somebody at work on a batch: the batch as it stood, and the role in which they act."""

    engine: Engine
    work: Work
    actor: Actor
    acting: Capacity
    batch: Batch

    def told(self, deed: str, after: Batch, member_ids: Collection[int], *, reason: str | None = None) -> Batch:
        """Journal a deed in every case that it is about and in the chain of the house."""
        chosen = chosen_of(self.work, member_ids)
        by_case: dict[int, list[str]] = {}
        for case, product in chosen.values():
            by_case.setdefault(case.id, []).append(product.name)
        about = {"batch": after.id, "number": after.number, "title": after.title, "state": after.state}
        for case_id, names in sorted(by_case.items()):
            steps.record(
                self.engine,
                self.work,
                self.actor,
                case_id,
                what=f"batch_{deed}",
                data=about | {"products": names},
                roles=(*DISTRICT, *CONFIRMERS),
                reason=reason,
            )
        days = {name: str(getattr(after, name)) for name in ("starts_on", "ends_on", "published_on")}
        told = {"what": f"batch_{deed}", **about, **days, "document_no": after.document_no}
        members = [{"case": case_id, "products": names} for case_id, names in sorted(by_case.items())]
        entry = Entry(
            "house",
            self.actor.person_id,
            self.acting.role,
            self.engine.today(self.work),
            on_behalf_of=self.acting.on_behalf_of,
            campaign=after.campaign,
            district_id=after.organisation_id,
            reason=reason,
            data=told | {"members": members},
        )
        journal.append_house(self.work, entry)
        return after


def make_batch(
    engine: Engine,
    work: Work,
    actor: Actor,
    draft: BatchDraft,
    *,
    campaign: str,
    organisation_id: int,
    picks: Sequence[Pick] = (),
) -> Batch:
    """Begin a batch with the next number of the campaign; refused whole when one of its members may not stand on it."""
    acting = _acting(work, actor, organisation_id, DISTRICT)
    refuse_if_any(_faults(draft, engine.today(work)))
    number = publications.next_number(work, campaign)
    prefix = publications.last_prefix(work, campaign) if draft.prefix is None else draft.prefix.strip()
    fields = {**_columns(draft), "prefix": prefix, "campaign": campaign, "organisation_id": organisation_id}
    state = {"state": "draft", "url": "", "made_by": actor.person_id, "number": number}
    batch = publications.get(work, publications.add(work, fields | state), hold=True)
    signing = Signing(engine, work, actor, acting, batch)
    chosen = _join(signing, picks)
    return signing.told("made", batch, chosen)


def change_batch(
    engine: Engine, work: Work, actor: Actor, batch_id: int, draft: BatchDraft, *, version: int | None = None
) -> Batch:
    """Describe a draft anew."""
    signing = sign(engine, work, actor, batch_id, "change", roles=DISTRICT, version=version)
    refuse_if_any(_faults(draft, engine.today(work)))
    fields = _columns(draft) | ({"prefix": draft.prefix.strip()} if draft.prefix is not None else {})
    if all(getattr(signing.batch, name) == value for name, value in fields.items()):
        return signing.batch
    return signing.told("changed", publications.change(work, signing.batch, fields), ())


def add_members(
    engine: Engine, work: Work, actor: Actor, batch_id: int, picks: Sequence[Pick], *, version: int | None = None
) -> Batch:
    """Put enterprises on a draft, all or none."""
    signing = sign(engine, work, actor, batch_id, "add", roles=DISTRICT, version=version)
    chosen = _join(signing, picks)
    return signing.told("added", publications.change(work, signing.batch, {}), chosen)


def remove_members(
    engine: Engine,
    work: Work,
    actor: Actor,
    batch_id: int,
    picks: Sequence[Pick],
    *,
    reason: str | None = None,
    version: int | None = None,
) -> Batch:
    """Take enterprises off a draft; from a confirmed batch the bureau takes them, with the reason (an objection)."""
    signing = sign(engine, work, actor, batch_id, "remove", roles=DISTRICT, version=version)
    if signing.batch.state == "confirmed":
        _acting(work, actor, signing.batch.organisation_id, CONFIRMERS)
        need(reason or "", tr("the reason"))
    on_it = member_ids(work, signing.batch)
    gone, strangers = listed_of(work, chosen_of(work, on_it), picks)
    refuse_if_any(strangers)
    if signing.batch.state == "confirmed" and len(gone) == len(on_it):
        raise Refused(tr("Nobody would be left on the batch; withdraw it instead."))
    publications.leave(work, signing.batch, gone, (reason or "").strip())
    return signing.told("removed", publications.change(work, signing.batch, {}), gone, reason=reason)


def sign(
    engine: Engine,
    work: Work,
    actor: Actor,
    batch_id: int,
    deed: str,
    *,
    roles: Collection[str],
    version: int | None,
) -> Signing:
    """Hold a batch for a deed: seen, allowed, unchanged since it was looked at, and in a state that it starts from."""
    batch = publications.get(work, batch_id, hold=True)
    acting = may_sign(work, actor, batch, deed, roles=roles, version=version)
    cases.lock(work, sorted({one.case_id for one in publications.members_of(work, batch_id)}))
    return Signing(engine, work, actor, acting, batch)


def may_sign(
    work: Work, actor: Actor, batch: Batch, deed: str, *, roles: Collection[str], version: int | None
) -> Capacity:
    """In which role somebody does this to a batch as it stands; refused where they do not see it or may not."""
    if not sees(actor, organisations.paths(work, [batch.organisation_id])[batch.organisation_id]):
        raise publications.unknown(batch.id)
    acting = _acting(work, actor, batch.organisation_id, roles)
    if version is not None and version != batch.version:
        told = tr(
            "Batch “{title}” was changed meanwhile; it is now in “{state}”. Please look again.",
            title=batch.title,
            state=BATCH_STATES[batch.state],
        )
        raise CaseChanged(told, state=batch.state, version=batch.version, changed_by="")
    if batch.state not in FROM[deed]:
        wanted = tuple(BATCH_STATES[one] for one in FROM[deed])
        raise Refused(
            tr(
                "Batch “{title}” is in “{state}”; this is possible only in {wanted}.",
                title=batch.title,
                state=BATCH_STATES[batch.state],
                wanted=wanted,
            )
        )
    return acting


def chosen_of(work: Work, product_ids: Collection[int]) -> dict[int, tuple[Case, Product]]:
    """Products with their cases as they stand now."""
    found = products.by_ids(work, list(product_ids))
    held = cases.lock(work, sorted({one.case_id for one in found.values()}))
    return {key: (held[one.case_id], one) for key, one in found.items()}


def member_ids(work: Work, batch: Batch) -> list[int]:
    return [one.product_id for one in publications.members_of(work, batch.id)]


def still_fit(work: Work, batch: Batch) -> list[Reason]:
    """What has changed about the members since they were put on the list."""
    return list(why_not(work, batch, chosen_of(work, member_ids(work, batch))))


def _acting(work: Work, actor: Actor, organisation_id: int, roles: Collection[str]) -> Capacity:
    acting = capacity(actor, organisations.paths(work, [organisation_id])[organisation_id], roles)
    if acting is None:
        raise NotAllowed(tr("This takes one of the roles {roles} for this district.", roles=labels(roles)))
    return acting


def _join(signing: Signing, picks: Sequence[Pick]) -> list[int]:
    work, batch = signing.work, signing.batch
    chosen, refused = picked(work, signing.actor, batch, picks)
    refuse_if_any(refused)
    members = {key: case.id for key, (case, _) in chosen.items()}
    publications.join(work, batch.id, members, person_id=signing.actor.person_id)
    return list(members)


def _columns(draft: BatchDraft) -> dict[str, Any]:
    told = {name: value for name, value in asdict(draft).items() if name != "prefix"}
    return told | {"title": draft.title.strip(), "document_no": (draft.document_no or "").strip() or None}


def _faults(draft: BatchDraft, today: date) -> list[Reason]:
    """Everything that is wrong with a description."""
    found = []
    if not draft.title.strip():
        sentence = tr("{what} is missing; please fill it in.", what=tr("the title of the public list"))
        found.append(Reason("TITLE_MISSING", sentence, "title"))
    for place, most in LONGEST.items():
        if len(getattr(draft, place) or "") > most:
            sentence = tr("{place}: at most {n} signs; please shorten it.", place=_CALLED[place], n=most)
            found.append(Reason("TOO_LONG", sentence, place))
    if (draft.starts_on is None) != (draft.ends_on is None):
        sentence = tr("The publicity needs both its first and its last day, or neither.")
        found.append(Reason("DAY_MISSING", sentence, "starts_on" if draft.starts_on is None else "ends_on"))
    elif draft.starts_on and draft.ends_on:
        found += publicity_faults(draft.starts_on, draft.ends_on, today)
    return found


def publicity_faults(starts_on: date, ends_on: date, today: date) -> list[Reason]:
    """What is wrong with the days of a publicity that is still to begin."""
    found = []
    if starts_on < today:
        sentence = tr("The publicity would begin on {day}, which is over; choose a later day.", day=starts_on)
        found.append(Reason("STARTS_IN_PAST", sentence, "starts_on"))
    if ends_on < starts_on:
        sentence = tr("The publicity would end on {end}, before it begins on {start}.", end=ends_on, start=starts_on)
        found.append(Reason("ENDS_BEFORE_START", sentence, "ends_on"))
    return found
