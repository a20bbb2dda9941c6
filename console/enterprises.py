"""Enterprises across the years, within what a person may see: found, listed, and shown with all their cases."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.access import Actor, sees
from engine.errors import NotFound, Refused
from engine.model import Case
from engine.store import definitions, organisations
from engine.store.database import Work
from engine.subjects import over_everybody
from engine.words import tr
from workflows.benchmarking import creditcode, industries
from workflows.benchmarking.details import masked
from workflows.benchmarking.identity.duplicates import Candidate, candidates
from workflows.benchmarking.model import CONCLUSIONS, Enterprise
from workflows.benchmarking.names import name_key
from workflows.benchmarking.records import enterprises, products, results
from workflows.benchmarking.records.nominations import of_everywhere

SHOWN = 8
"""Candidates named in a refusal; with more of them the name was too short."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What one person sees of the enterprises: those with a case of theirs; who decides for all sees all.

    `cases` are those of an enterprise and of everybody merged into it, as far as they are seen.
    """

    known: Mapping[int, Enterprise]
    cases: Mapping[int, tuple[Case, ...]]
    former: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


def sight(work: Work, actor: Actor) -> Sight:
    """Everything at once; a campaign has hundreds of enterprises, not millions."""
    rows = {one.id: one for one in enterprises.every(work)}
    stand_for = {number: one.id for number, one in enterprises.by_ids(work, rows).items()}
    cases = _seen_cases(work, actor, stand_for)
    former = {key: [one.name for one in names] for key, names in enterprises.names_before(work, [*cases]).items()}
    for one in rows.values():
        if one.merged_into is not None:
            former.setdefault(stand_for[one.id], []).append(one.name)
    return Sight(
        {key: rows[key] for key in cases},
        {key: tuple(sorted(held, key=lambda case: case.id)) for key, held in cases.items()},
        {key: tuple(names) for key, names in former.items()},
    )


def _seen_cases(work: Work, actor: Actor, stand_for: Mapping[int, int]) -> dict[int, list[Case]]:
    """Cases by the enterprise that stands for theirs; who decides for all has also those without any."""
    places = {one.id for one in organisations.every(work) if sees(actor, one.path)}
    whole = _decides(work, actor)
    cases: dict[int, list[Case]] = {}
    for number, held in of_everywhere(work, stand_for).items():
        visible = [case for case in held if case.district_id in places]
        if visible or whole:
            cases.setdefault(stand_for[number], []).extend(visible)
    return cases


def find_enterprise(work: Work, actor: Actor, wanted: str) -> Enterprise:
    """By number, credit code, or a name it has or had; the only one with these words where no name is the whole."""
    seen, text = sight(work, actor), wanted.strip()
    if text.isascii() and text.isdigit() and len(text) < creditcode.LENGTH:
        return _numbered(work, seen, int(text))
    coded = [one for one in seen.known.values() if one.credit_code == creditcode.clean(text)]
    found = coded or named(seen, text)
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(tr("There is no enterprise {name} that you may see.", name=text))
    told = tuple(f"{one.id} {one.name}" for one in found[:SHOWN])
    raise Refused(tr("{n} enterprises are called like that: {names}. Say the number.", n=len(found), names=told))


def named(seen: Sight, text: str) -> list[Enterprise]:
    """Present names before former ones, whole names before parts."""
    key = name_key(text)
    had = {number: {name_key(name) for name in names} for number, names in seen.former.items()}
    for fits in (
        lambda one: one.name_key == key,
        lambda one: key in had.get(one.id, ()),
        lambda one: bool(key) and (key in one.name_key or any(key in name for name in had.get(one.id, ()))),
    ):
        found = [one for one in seen.known.values() if fits(one)]
        if found:
            return found
    return []


def line(work: Work, seen: Sight, one: Enterprise) -> dict[str, Any]:
    """An enterprise in a list; whom to ask only so far that one knows whether somebody is on record."""
    held = seen.cases[one.id]
    return {
        "enterprise": one.id,
        "name": one.name,
        "former_names": list(seen.former.get(one.id, ())),
        "credit_code": one.credit_code,
        "industry_code": one.industry_code,
        "industry": industries.label(one.industry_code),
        "cluster": one.cluster,
        "honours": list(one.honours),
        "contact": masked(one.contact),
        "campaigns": sorted({case.campaign for case in held}),
        "districts": _places(work, {case.district_id for case in held}),
        "cases": len(held),
        "version": one.version,
    }


def enterprise_file(work: Work, actor: Actor, number: int) -> dict[str, Any]:
    """Everything about an enterprise, with its cases of all campaigns and what came of them."""
    seen = sight(work, actor)
    one = _numbered(work, seen, number)
    found = industries.find(one.industry_code or "")
    return {
        **line(work, seen, one),
        "industry_above": [above.label for above in industries.parents(found)] if found else [],
        "above_designated_size": one.above_designated_size,
        "contact": dict(one.contact),
        "cases": [_outcome(work, case) for case in seen.cases[one.id]],
    }


def doubles(work: Work, actor: Actor, *, at_least: int = 0) -> tuple[Candidate, ...]:
    """Pairs that may be one enterprise; for who decides for all districts only."""
    over_everybody(work, actor)
    known = enterprises.every(work)
    found = candidates(known, enterprises.names_before(work, [one.id for one in known]))
    return tuple(one for one in found if one.score >= at_least)


def _outcome(work: Work, case: Case) -> dict[str, Any]:
    """Where a case stands, and each product's conclusion and way to Top Runner."""
    flow = definitions.flow_of(work, case.definition_id)
    active = products.active_of(work, case.id)
    runner = results.runner_steps_of(work, [one.id for one in active])
    told = []
    for one in active:
        report = results.lab_report(work, one.id)
        told.append(
            {
                "product": one.name,
                "conclusion": report.conclusion if report else None,
                "conclusion_label": CONCLUSIONS[report.conclusion] if report else None,
                "runner": [
                    {"level": step.level, "year": step.year, "step": step.step} for step in runner.get(one.id, ())
                ],
            }
        )
    return {
        "case": case.id,
        "campaign": case.campaign,
        "district": organisations.get(work, case.district_id).name,
        "subject": case.subject_name,
        "state": case.state,
        "label": flow.state_by_name[case.state].label,
        "opened_on": case.opened_on,
        "entered_on": case.entered_on,
        "claimed": case.claimed,
        "products": told,
    }


def _numbered(work: Work, seen: Sight, number: int) -> Enterprise:
    found = seen.known.get(number)
    if found is None and (row := enterprises.rows(work, [number]).get(number)) and row.merged_into is not None:
        found = seen.known.get(enterprises.get(work, number).id)
    if found is None:
        raise NotFound(tr("There is no enterprise with the number {number}.", number=number))
    return found


def _decides(work: Work, actor: Actor) -> bool:
    top = next(one for one in organisations.every(work) if one.parent_id is None)
    return sees(actor, top.path)


def _places(work: Work, ids: Collection[int]) -> list[str]:
    return [one.name for one in organisations.every(work) if one.id in ids]
