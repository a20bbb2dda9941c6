"""Finding what a person means: a case by number or name, a campaign, a district, within what they may see."""

from collections.abc import Mapping, Sequence

from engine.access import Actor, scopes, sees
from engine.acting import sighted
from engine.agenda import milestone_label
from engine.core import Engine
from engine.errors import Hidden, NotFound, Refused
from engine.flow import Flow, Label
from engine.grams import plain
from engine.model import Campaign, Case, Deadline, Organisation
from engine.store import areas, campaigns, deadlines, definitions, organisations, search, sought
from engine.store.database import Work
from engine.store.search import Question
from engine.terms import terms_of
from engine.words import Sentence, tr
from workflows.benchmarking.names import name_key
from workflows.benchmarking.records import enterprises
from workflows.benchmarking.records.nominations import of_everywhere

LONGEST_NUMBER = 18
MANY = 2_000
"""Cases whose words have the text in them that are looked at."""
SHOWN = 8
"""Candidates named in a refusal; with more of them the name was too short."""


def find_case(work: Work, actor: Actor, wanted: str, *, campaign: str | None = None) -> Case:
    """The case with that number, or the only one whose subject has that name or a name with these words in it.

    An enterprise that has another name by now is found by the one that it had.
    """
    text = wanted.strip()
    if text.isascii() and text.isdigit():
        if len(text) > LONGEST_NUMBER:
            raise Hidden(f"case {text}")
        return sighted(work, actor, int(text))
    found = _named(_called(work, actor, text, campaign), text)
    return _only(found or _called_before(work, actor, text, campaign), text)


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
        # that the unit exists is in the plan that everybody has; what it does is not said
        own = tuple(one.name for one in organisations.every(work) if sees(actor, one.path))
        raise NotFound(tr("{name} lies outside what you may see: {own}.", name=found.name, own=own))
    return found


def find_deadline(work: Work, case: Case, milestone: str) -> Deadline:
    """The open deadline of a milestone, the newest where it was opened again; a closed one where none is open."""
    every = deadlines.of_cases(work, [case.id])[case.id]
    flow = definitions.flow_of(work, case.definition_id)
    wanted = milestone_named(flow, milestone)
    found = [one for one in every if one.milestone == wanted]
    standing = [one for one in found if one.state == "open"]
    if not found:
        names = tuple(_told(milestone_label(flow, one), one) for one in dict.fromkeys(one.milestone for one in every))
        raise NotFound(
            tr(
                "{name} has no milestone {milestone}; it has {names}.",
                name=case.subject_name,
                milestone=milestone,
                names=names,
            )
        )
    return (standing or found)[-1]


def milestone_named(flow: Flow, text: str) -> str:
    """The milestone of that name or label, or of the state it is reached with; the text itself where there is none."""
    words = {
        one.name: (one.name, one.reached, *one.label.values(), *flow.state_by_name[one.reached].label.values())
        for one in flow.milestones
    }
    return _named_so(words, text)


def step_named(flow: Flow, text: str) -> str:
    """The step of that name or label, or the one that leads to a state of that name; the text itself where none is."""
    words = {one.name: (one.name, *one.label.values()) for one in flow.steps}
    found = _named_so(words, text)
    if found in flow.step_by_name:
        return found
    ahead = [one for one in flow.steps if one.kind == "step"]
    return _named_so({one.name: (one.target, *flow.state_by_name[one.target].label.values()) for one in ahead}, text)


def _named_so(words: Mapping[str, Sequence[str]], text: str) -> str:
    """Where several things go by one label, none is meant."""
    key = name_key(text)
    found = [name for name, known in words.items() if key in {name_key(word) for word in known}]
    return text if text in words or len(found) != 1 else found[0]


def _told(label: Label, name: str) -> Sentence:
    return tr("{label} ({name})", label=label, name=name)


def _called(work: Work, actor: Actor, text: str, campaign: str | None) -> Sequence[Case]:
    """Cases the actor may see whose words have the text in them; of very many the latest."""
    paths = None if areas.area(work, scopes(actor)).whole else scopes(actor)
    question = Question(terms=(plain(text),), paths=paths, kinds=("case",), campaign=campaign)
    return sought.by_ids(work, search.numbers(work, question, MANY)) if question.answerable else ()


def _called_before(work: Work, actor: Actor, text: str, campaign: str | None) -> list[Case]:
    known = enterprises.by_names(work, [name_key(text)]).get(name_key(text))
    if known is None:
        return []
    held = [case for case in of_everywhere(work, [known.id])[known.id] if campaign in (None, case.campaign)]
    paths = organisations.paths(work, {case.district_id for case in held})
    return [case for case in held if sees(actor, paths[case.district_id])]


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
