"""Lists that were refused before they were taken, told from the imports: what was wrong, when the right one came."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from engine.core import Engine
from engine.store import organisations
from engine.words import Sentence, tr
from workflows.benchmarking.model import Import
from workflows.benchmarking.records import imports


@dataclass(frozen=True, slots=True)
class Corrected:
    """A list that went back, and the one that came instead; `annotated` is the sheet that went back."""

    district: str
    refused_on: date
    refused_file: str
    codes: tuple[str, ...]
    annotated: str
    taken_on: date
    taken_file: str

    @property
    def sentence(self) -> Sentence:
        return tr(
            "{district}: {refused} was refused first on {on} with {codes}; it went back as {annotated}"
            " and came again corrected on {again} as {taken}.",
            district=self.district,
            refused=self.refused_file,
            on=self.refused_on,
            codes=self.codes,
            annotated=self.annotated,
            again=self.taken_on,
            taken=self.taken_file,
        )

    def as_json(self) -> dict[str, object]:
        return {
            "district": self.district,
            "refused": {"on": self.refused_on.isoformat(), "file": self.refused_file, "codes": list(self.codes)},
            "annotated": self.annotated,
            "taken": {"on": self.taken_on.isoformat(), "file": self.taken_file},
        }


def corrected_lists(engine: Engine, campaign: str) -> tuple[Corrected, ...]:
    """Every refused list for which a right one came later, in the order in which they were refused."""
    with engine.look() as work:
        names = {one.id: one.name for one in organisations.every(work)}
        every = sorted((one for one, _ in imports.of_campaign(work, campaign)), key=lambda one: one.id)
    return tuple(_told(names[first.district_id], first, then) for first, then in _pairs(every))


def _pairs(every: list[Import]) -> Iterator[tuple[Import, Import]]:
    for place, first in enumerate(every):
        if first.status != "refused" or first.form != imports.NOMINATIONS:
            continue
        then = (one for one in every[place + 1 :] if one.district_id == first.district_id and one.form == first.form)
        taken = next((one for one in then if one.status == "taken"), None)
        if taken is not None:
            yield first, taken


def _told(district: str, first: Import, then: Import) -> Corrected:
    codes = dict.fromkeys(str(fault["code"]) for fault in first.did["errors"])
    annotated = str(first.did.get("annotated", {}).get("name", ""))
    return Corrected(
        district=district,
        refused_on=first.received_on,
        refused_file=first.file_name,
        codes=tuple(codes),
        annotated=annotated,
        taken_on=then.received_on,
        taken_file=then.file_name,
    )
