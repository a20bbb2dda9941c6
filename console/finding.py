"""Finding what a person means: a case by number or name, a campaign, a district, within what they may see."""

from collections.abc import Sequence

from engine.access import Actor, scopes, sees
from engine.acting import seen
from engine.core import Engine
from engine.errors import Hidden, NotFound, Refused
from engine.model import Campaign, Case, Deadline, Organisation
from engine.store import campaigns, cases, deadlines, organisations
from engine.store.database import Work
from engine.terms import terms_of
from engine.words import tr
from workflows.benchmarking.names import name_key

LONGEST_NUMBER = 18
SHOWN = 8
"""Candidates named in a refusal; with more of them the name was too short."""


def find_case(work: Work, actor: Actor, wanted: str, *, campaign: str | None = None) -> Case:
    """The case with that number, or the only one whose subject has that name or a name with these words in it."""
    text = wanted.strip()
    if text.isascii() and text.isdigit():
        if len(text) > LONGEST_NUMBER:
            raise Hidden(f"case {text}")
        return seen(work, actor, int(text))
    keys = [campaign] if campaign else [one.key for one in campaigns.every(work)]
    visible = [case for key in keys for case in cases.of_campaign(work, key, scopes=scopes(actor) or ["-"])]
    return _only(_named(visible, text), text)


def find_campaign(engine: Engine, work: Work, wanted: str | None) -> Campaign:
    """The campaign of that key; where none is named the only one, or the only one that is running."""
    if wanted:
        return campaigns.get(work, wanted)
    known = campaigns.every(work)
    today = engine.today(work)
    running = [one for one in known if terms_of(one).opens <= today <= terms_of(one).closes]
    for chosen in (known, running):
        if len(chosen) == 1:
            return chosen[0]
    if not known:
        raise NotFound(tr("There is no campaign yet; `lingpao campaign apply` brings it in."))
    raise Refused(
        tr("There are several campaigns: {keys}. Say which with --campaign.", keys=tuple(one.key for one in known))
    )


def find_district(work: Work, actor: Actor, wanted: str) -> Organisation:
    """The district of that code or name, if it exists for this actor."""
    found = organisations.named(work, wanted)
    if not sees(actor, found.path):
        raise NotFound(tr("There is no organisation {code!r}.", code=wanted))
    return found


def find_deadline(work: Work, case: Case, milestone: str) -> Deadline:
    """The open deadline of a milestone, the newest where it was opened again; a closed one where none is open."""
    every = deadlines.of_cases(work, [case.id])[case.id]
    found = [one for one in every if one.milestone == milestone]
    standing = [one for one in found if one.state == "open"]
    if not found:
        names = tuple(dict.fromkeys(one.milestone for one in every))
        raise NotFound(
            tr(
                "{name} has no milestone {milestone}; it has {names}.",
                name=case.subject_name,
                milestone=milestone,
                names=names,
            )
        )
    return (standing or found)[-1]


def _named(visible: Sequence[Case], text: str) -> list[Case]:
    key = name_key(text)
    exact = [case for case in visible if name_key(case.subject_name) == key]
    return exact or [case for case in visible if key and key in name_key(case.subject_name)]


def _only(found: Sequence[Case], text: str) -> Case:
    taking_part = [case for case in found if case.resume_state is None]
    for chosen in (found, taking_part):
        if len(chosen) == 1:
            return chosen[0]
    if not found:
        raise NotFound(tr("Nothing that you may see is called {name}; `lingpao cases` lists what there is.", name=text))
    told = tuple(f"{case.id} {case.subject_name}" for case in found[:SHOWN])
    raise Refused(tr("{n} cases are called like that: {cases}. Say the number.", n=len(found), cases=told))
