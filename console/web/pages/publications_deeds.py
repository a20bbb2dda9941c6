"""What may be done with a batch now: each deed with its fields, what follows from it, or why it may not be done."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.publishing import candidates_of, whats_agreed
from console.web.desk import Desk
from console.web.fields import Field
from console.web.frames import Choice
from engine.access import capacity
from engine.kinds import Reason
from engine.store import organisations
from engine.store.database import Work
from engine.words import Sentence, tr
from workflows.benchmarking.model import Batch
from workflows.benchmarking.recording.batches import CONFIRMERS, FROM
from workflows.benchmarking.recording.batchsteps import why_not_ready, why_not_second
from workflows.benchmarking.recording.changes import DISTRICT
from workflows.benchmarking.records import publications

Fields = tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A deed as the page offers it; with `reasons` it may not be done now."""

    name: str
    label: Sentence
    consequence: Sentence | None = None
    reasons: tuple[Sentence, ...] = ()
    fields: Fields = ()
    main: bool = False
    takes_file: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """Who looks at which batch, and what they may do in which role."""

    desk: Desk
    work: Work
    batch: Batch
    about: Mapping[str, Any]

    def may(self, deed: str, roles: Iterable[str] = DISTRICT) -> bool:
        if self.batch.state not in FROM[deed]:
            return False
        path = organisations.paths(self.work, [self.batch.organisation_id])[self.batch.organisation_id]
        return capacity(self.desk.actor, path, tuple(roles)) is not None

    @property
    def members(self) -> tuple[Choice, ...]:
        """Who stands on the batch, to be ticked."""
        return tuple(
            Choice(f"{one.member.case_id}:{one.member.product_id}", f"{one.subject} · {one.product}")
            for one in publications.listed(self.work, self.batch.id)
        )


def deeds_of(desk: Desk, work: Work, batch: Batch, about: Mapping[str, Any]) -> tuple[Deed, ...]:
    """In the order in which they come up."""
    situation = Situation(desk, work, batch, about)
    return (*_drafting(situation), *_deciding(situation), *_coming_out(situation), *_withdrawing(situation))


def _drafting(at: Situation) -> Iterator[Deed]:
    batch = at.batch
    if at.may("propose"):
        yield Deed(
            name="propose",
            label=tr("Propose the batch"),
            consequence=tr("It is closed then; a second person confirms it or returns it with a reason."),
            reasons=_sentences(why_not_ready(at.desk.engine, at.work, batch)),
            main=True,
        )
    if at.may("change"):
        yield Deed(name="change", label=tr("Change title and days"), fields=described(batch))
    if at.may("add") and (choices := _candidates(at)):
        yield Deed(name="add", label=tr("Add products"), fields=(_ticks(tr("Verified and on no list yet"), choices),))
    if at.may("remove") and batch.state == "draft" and at.members:
        yield Deed(
            name="remove", label=tr("Take products off"), fields=(_ticks(tr("Products to be taken off"), at.members),)
        )


def _deciding(at: Situation) -> Iterator[Deed]:
    if not at.may("confirm", CONFIRMERS):
        return
    engine, batch = at.desk.engine, at.batch
    against = [*why_not_second(engine, at.work, at.desk.actor, batch), *why_not_ready(engine, at.work, batch)]
    yield Deed(
        name="confirm",
        label=tr("Confirm the batch"),
        consequence=whats_agreed(engine, at.work, batch),
        reasons=_sentences(against),
        fields=(_name(at),),
        main=True,
    )
    yield Deed(
        name="return",
        label=tr("Return the batch"),
        consequence=tr("It is a draft again and can be changed."),
        fields=(_reason(),),
    )


def _coming_out(at: Situation) -> Iterator[Deed]:
    batch = at.batch
    if at.may("publish"):
        day = max(at.desk.today, batch.ends_on or at.desk.today)
        waits = tr("The publicity runs until {day}; the list comes out on that day or later.", day=batch.ends_on)
        yield Deed(
            name="publish",
            label=tr("Record that the list came out"),
            consequence=tr("From then on it is the public list of all its products, and nobody takes it back."),
            reasons=(waits,) if day > at.desk.today else (),
            fields=(
                Field(name="published_on", label=tr("Day of the publication"), kind="day", before=day, required=True),
                Field(name="url", label=tr("Web address of the list"), hint=tr("Or the list itself as a file.")),
                Field(name="file", label=tr("The list as a file"), kind="file"),
            ),
            main=True,
            takes_file=True,
        )
    if at.may("remove", CONFIRMERS) and batch.state == "confirmed":
        yield Deed(
            name="remove",
            label=tr("Take products off after an objection"),
            consequence=tr("The others stay on the list; why these left stays on record."),
            fields=(_ticks(tr("Products to be taken off"), at.members), _reason()),
        )


def _withdrawing(at: Situation) -> Iterator[Deed]:
    if not at.may("withdraw"):
        return
    batch, about = at.batch, at.about
    begun = batch.state == "confirmed" and batch.starts_on is not None and batch.starts_on <= at.desk.today
    why = tr("The publicity began on {day}; products with an upheld objection are taken off.", day=batch.starts_on)
    yield Deed(
        name="withdraw",
        label=tr("Withdraw the batch"),
        consequence=tr(
            "{label} “{title}” with {enterprises} enterprises and {products} products ({days}) is given up for good;"
            " its number is not used again, its products are free for another batch.",
            label=about["label"],
            title=batch.title,
            enterprises=about["enterprises"],
            products=about["products"],
            days=_days(batch),
        ),
        reasons=(why,) if begun else (),
        fields=(_name(at), _reason()),
    )


def described(batch: Batch) -> Fields:
    """The fields that describe a batch."""
    return (
        Field(name="title", label=tr("Title of the public list"), before=batch.title, required=True),
        Field(name="prefix", label=tr("What stands before the number"), before=batch.prefix, hint=tr("As in 甬对标.")),
        Field(name="document_no", label=tr("Document number"), before=batch.document_no or ""),
        Field(name="starts_on", label=tr("First day of the publicity"), kind="day", before=batch.starts_on or ""),
        Field(name="ends_on", label=tr("Last day of the publicity"), kind="day", before=batch.ends_on or ""),
    )


def _candidates(at: Situation) -> tuple[Choice, ...]:
    place = organisations.get(at.work, at.batch.organisation_id)
    found = candidates_of(at.desk.engine, at.work, at.desk.actor, at.batch.campaign, place)
    return tuple(
        Choice(f"{ready.case.id}:{product.id}", f"{ready.case.subject_name} · {product.name}")
        for ready in found.ready
        for product in ready.products
    )


def _ticks(label: Sentence, choices: tuple[Choice, ...]) -> Field:
    return Field(name="product", label=label, kind="ticks", choices=choices)


def _reason() -> Field:
    return Field(name="reason", label=tr("Reason"), kind="area", required=True)


def _name(at: Situation) -> Field:
    hint = tr("Please type {label}, so that it is certain which batch is meant.", label=at.about["label"])
    return Field(name="name", label=tr("Name of the batch"), hint=hint, required=True)


def _days(batch: Batch) -> Sentence:
    if batch.starts_on is None:
        return tr("without days of publicity")
    return tr("{first} to {last}", first=batch.starts_on, last=batch.ends_on)


def _sentences(reasons: Sequence[Reason]) -> tuple[Sentence, ...]:
    return tuple(one.sentence for one in reasons)
