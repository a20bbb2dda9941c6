"""What was brought in: every import with who, when, which file and what it did; and the kept file once more."""

from dataclasses import dataclass
from typing import Any, Final

from console.paging import CAP, PAGE, Count, Page, cursor, cut, place_of
from engine.access import Actor, scopes, sees
from engine.errors import Hidden
from engine.model import Organisation
from engine.store import blobs, organisations, people
from engine.store.database import Work
from workflows.benchmarking.model import Import
from workflows.benchmarking.records import imports
from workflows.benchmarking.roster.kinds import FORMS

BESIDE: Final = ("laboratory", "institute")
"""Roles beside the districts and the level above."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An import as it is shown; `size` is that of the kept file."""

    brought: Import
    place: Organisation
    by: str
    size: int

    @property
    def kind(self) -> str:
        """What such a list is called."""
        form = FORMS.get(self.brought.form)
        return form.name if form and form.name else self.brought.form

    @property
    def word(self) -> str:
        """The same in a word, for a column."""
        form = FORMS.get(self.brought.form)
        return form.title_word if form else self.brought.form

    @property
    def counts(self) -> dict[str, int]:
        """How many of each thing the import did."""
        did = self.brought.did.items()
        return {name: len(value) if isinstance(value, list) else value for name, value in did if _counts(value)}

    def as_json(self) -> dict[str, Any]:
        one = self.brought
        return {
            "import": one.id,
            "form": one.form,
            "status": one.status,
            "district": self.place.name,
            "by": self.by,
            "at": one.recorded_at,
            "received_on": one.received_on,
            "file": one.file_name,
            "sha256": one.file_sha,
            "size": self.size,
            "counts": self.counts,
        }


def list_imports(work: Work, actor: Actor, campaign: str, *, district: Organisation | None = None) -> tuple[Shown, ...]:
    """Everything the actor may see, the newest first."""
    places = {one.id: one for one in organisations.every(work)}
    found = [
        (one, size)
        for one, size in imports.of_campaign(work, campaign)
        if sees(actor, places[one.district_id].path) and (district is None or one.district_id == district.id)
    ]
    names = people.names(work, {one.person_id for one, _ in found})
    return tuple(Shown(one, places[one.district_id], names[one.person_id], size) for one, size in found)


def imports_of(
    work: Work,
    actor: Actor,
    campaign: str,
    *,
    district: Organisation | None = None,
    after: str | None = None,
    limit: int = PAGE,
) -> Page[Shown]:
    """A page of what the actor may see, the newest first."""
    areas = scopes(actor) or ["-"]
    if district is not None:
        areas = [district.path] if sees(actor, district.path) else ["-"]
    wanted = imports.Sought(campaign, tuple(areas), None if _oversees(actor) else actor.person_id)
    place = place_of(after, int)
    found, more = cut(imports.newest(work, wanted, before=place[0] if place else None, limit=limit + 1), limit)
    names = people.names(work, {one.person_id for one, _ in found})
    places = {one.id: one for one in organisations.every(work)}
    lines = tuple(Shown(one, places[one.district_id], names[one.person_id], size) for one, size in found)
    count = Count.up_to_cap(imports.count(work, wanted, most=CAP + 1))
    return Page(lines, cursor(found[-1][0].id) if more else None, count)


def _oversees(actor: Actor) -> bool:
    """Whether somebody works with whole lists; who only brings in reports or plans sees their own imports."""
    return bool({grant.role for grant in actor.grants} - set(BESIDE))


def find_import(work: Work, actor: Actor, number: int) -> Shown:
    """One import, if it exists for this actor."""
    found = imports.find(work, number)
    if found is None:
        raise Hidden(f"import {number}")
    one, size = found
    place = organisations.get(work, one.district_id)
    if not sees(actor, place.path) or not (_oversees(actor) or one.person_id == actor.person_id):
        raise Hidden(f"import {number}")
    return Shown(one, place, people.names(work, {one.person_id})[one.person_id], size)


def kept_file(work: Work, shown: Shown) -> bytes:
    """The file as it came in."""
    return blobs.read(work, shown.brought.file_sha)[1]


def _counts(value: object) -> bool:
    return isinstance(value, list) or (isinstance(value, int) and not isinstance(value, bool))
