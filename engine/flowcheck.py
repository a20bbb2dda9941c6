"""What a flow definition may not contain: every check is a row of the table, every finding has a path."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.faults import Finding, Path, expected, unknown
from engine.flow import Flow, Milestone, Step
from engine.flowgraph import graph_findings
from engine.words import Sentence, tr

NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_NO_LEAP_YEAR: Final = 2021


@dataclass(frozen=True, slots=True)
class Known:
    """What there is outside the flow; None: not known here, so not checked.

    `letters` gives the locales of each letter, `campaign_workdays` the length of the campaign, `stored` the digests
    of definitions by flow and version, `occupied` the states of each flow in which cases stand.
    """

    guards: Collection[str] | None = None
    roles: Collection[str] | None = None
    slots: Collection[str] | None = None
    ladders: Collection[str] | None = None
    letters: Mapping[str, Collection[str]] | None = None
    locales: tuple[str, ...] = ("zh_CN", "en")
    campaign_workdays: int | None = None
    stored: Mapping[tuple[str, int], str] = field(default_factory=dict)
    occupied: Mapping[str, Collection[str]] = field(default_factory=dict)


def check(flow: Flow, known: Known) -> tuple[Finding, ...]:
    """Everything that is wrong with the definition, in the order of the table."""
    return tuple(finding for rule in RULES for finding in rule(flow, known))


def _names(flow: Flow, _: Known) -> Iterator[Finding]:
    tables = {
        "states": [state.name for state in flow.states],
        "steps": [step.name for step in flow.steps],
        "milestones": [milestone.name for milestone in flow.milestones],
        "slots": [slot.name for slot in flow.slots],
    }
    for table, names in tables.items():
        for name, times in Counter(names).items():
            if not NAME.fullmatch(name):
                yield Finding("WRONG_NAME", (table, name), expected(tr("a bare name"), name), at_key=True)
            if times > 1:
                sentence = tr("expected each name once, got {name} {n} times", name=f"'{name}'", n=times)
                yield Finding("DUPLICATE_NAME", (table, name), sentence, at_key=True)


def _states_exist(flow: Flow, _: Known) -> Iterator[Finding]:
    places: list[tuple[Path, str]] = [(("initial",), flow.initial)]
    for step in flow.steps:
        places += [(("steps", step.name, "sources", index), state) for index, state in enumerate(step.sources)]
        places.append((("steps", step.name, "target"), step.target))
    for milestone in flow.milestones:
        places.append((("milestones", milestone.name, "reached"), milestone.reached))
        if milestone.due.kind == "workdays":
            places.append((("milestones", milestone.name, "due", "after"), milestone.due.after))
    yield from _all_known("UNKNOWN_STATE", tr("the name of a state"), places, flow.state_by_name)


def _begins_on_the_line(flow: Flow, _: Known) -> Iterator[Finding]:
    if not flow.line:
        yield Finding("NO_LINE", ("states",), tr("expected at least one state of the line, got side states only"))
    elif flow.initial in flow.state_by_name and flow.initial not in flow.line:
        yield Finding("INITIAL_BESIDE", ("initial",), expected(tr("a state of the line"), flow.initial))


def _one_way_for_one_step(flow: Flow, _: Known) -> Iterator[Finding]:
    ways = Counter((step.name, source) for step in flow.steps for source in step.sources)
    for (step, source), times in ways.items():
        if times > 1:
            sentence = tr("expected one way for {step} from {state}, got {n}", step=step, state=source, n=times)
            yield Finding("TWO_WAYS", ("steps", step, "sources"), sentence)
    for step in (step.name for step in flow.steps if not step.sources):
        yield Finding("NO_SOURCE", ("steps", step, "sources"), expected(tr("at least one state"), None))


def _who_may(flow: Flow, known: Known) -> Iterator[Finding]:
    places: list[tuple[Path, str]] = []
    for step in flow.steps:
        if not step.roles:
            what = tr("at least one role, because a step nobody may take is never taken")
            yield Finding("NO_ROLE", ("steps", step.name, "roles"), expected(what, None))
        for key, roles in (("roles", step.roles), ("confirm", step.confirm), ("beyond", step.beyond)):
            places += [(("steps", step.name, key, index), role) for index, role in enumerate(roles)]
    places += [(("slots", slot.name, "brought_by"), slot.brought_by) for slot in flow.slots if slot.brought_by]
    yield from _all_known("UNKNOWN_ROLE", tr("the name of a role"), places, known.roles)


def _four_eyes(flow: Flow, _: Known) -> Iterator[Finding]:
    for step in flow.steps:
        if step.confirm and len(set(step.roles)) == 1 and set(step.confirm) <= set(step.roles):
            sentence = tr("expected a role of the level above that confirms, got only {role}", role=step.roles[0])
            yield Finding("FOUR_EYES_OF_ONE", ("steps", step.name, "confirm"), sentence)


def _guards(flow: Flow, known: Known) -> Iterator[Finding]:
    """A guard is a bare name. Nothing written here is ever evaluated."""
    places = [
        (("steps", step.name, "guards", index), guard) for step in flow.steps for index, guard in enumerate(step.guards)
    ]
    for path, guard in places:
        if not NAME.fullmatch(guard):
            yield Finding("GUARD_NOT_A_NAME", path, expected(tr("the bare name of a registered guard"), guard))
    bare = [(path, guard) for path, guard in places if NAME.fullmatch(guard)]
    yield from _all_known("UNKNOWN_GUARD", tr("the name of a registered guard"), bare, known.guards)


def _slots(flow: Flow, known: Known) -> Iterator[Finding]:
    asked: list[tuple[Path, str]] = [
        (("steps", step.name, "slots", index), slot) for step in flow.steps for index, slot in enumerate(step.slots)
    ]
    declared: list[tuple[Path, str]] = [(("slots", slot.name), slot.name) for slot in flow.slots]
    yield from _all_known("UNKNOWN_SLOT", tr("the name of a slot"), asked, flow.slot_by_name)
    yield from _all_known("UNKNOWN_SLOT", tr("evidence that this campaign kind records"), declared, known.slots)


def _letters(flow: Flow, known: Known) -> Iterator[Finding]:
    places = [
        (("steps", step.name, "letters", index), letter)
        for step in flow.steps
        for index, letter in enumerate(step.letters)
    ]
    yield from _all_known("UNKNOWN_LETTER", tr("the name of a letter"), places, known.letters)
    for path, letter in places:
        for locale in known.locales if known.letters and letter in known.letters else ():
            if known.letters and locale not in known.letters[letter]:
                sentence = tr("expected the letter {letter} in {locale}, got none", letter=letter, locale=locale)
                yield Finding("LETTER_WITHOUT_LOCALE", path, sentence)


def _edges_out_of_ends(flow: Flow, _: Known) -> Iterator[Finding]:
    if len(flow.line) < 2:  # noqa: PLR2004 - a line of one state is its own end
        return
    gone = {step.target for step in flow.steps if step.kind == "withdraw"}
    for step in flow.steps:
        for index, source in enumerate(step.sources):
            if (step.kind == "step" and source == flow.line[-1]) or source in gone:
                sentence = tr("expected no way on from {state}, which is an end", state=source)
                yield Finding("EDGE_OUT_OF_END", ("steps", step.name, "sources", index), sentence)


def _ways_back(flow: Flow, _: Known) -> Iterator[Finding]:
    for step in flow.steps:
        if step.kind == "send_back":
            yield from _send_back(step)
        ranks = [flow.rank[state] for state in step.sources if state in flow.rank]
        target = flow.rank.get(step.target, -1)
        path = ("steps", step.name, "target")
        if step.target not in flow.rank or not ranks:
            continue
        if step.kind == "send_back" and not 0 <= target < min(ranks):
            yield Finding("NOT_BACK", path, expected(tr("a state earlier on the line"), step.target))
        elif step.kind == "step" and any(0 <= target <= rank for rank in ranks):
            hint = tr("a way back has kind: send_back")
            yield Finding("NOT_FORWARD", path, expected(tr("a state later on the line"), step.target), hint)


def _send_back(step: Step) -> Iterator[Finding]:
    if not step.reason:
        yield Finding("NO_REASON", ("steps", step.name, "reason"), expected(tr("reason: true for a way back"), None))
    if step.limit is None:
        what = tr("a limit, so that nothing is sent back for ever")
        yield Finding("NO_LIMIT", ("steps", step.name, "limit"), expected(what, None))


def _withdrawals(flow: Flow, _: Known) -> Iterator[Finding]:
    steps = [step for step in flow.steps if step.kind == "withdraw"]
    for step in steps:
        if not step.reason:
            what = tr("reason: true for a withdrawal")
            yield Finding("NO_REASON", ("steps", step.name, "reason"), expected(what, None))
        if flow.rank.get(step.target, -1) >= 0:
            path = ("steps", step.name, "target")
            yield Finding("WITHDRAWN_ON_THE_LINE", path, expected(tr("a side state"), step.target))
        if step.target != steps[0].target:
            sentence = tr(
                "expected all withdrawals to lead to {state}, got {other}", state=steps[0].target, other=step.target
            )
            yield Finding("TWO_WITHDRAWN", ("steps", step.name, "target"), sentence)


def _durations(flow: Flow, _: Known) -> Iterator[Finding]:
    what = tr("at least one")
    for step in flow.steps:
        for key, number in (("rework", step.rework), ("limit", step.limit)):
            if number is not None and number < 1:
                yield Finding("WRONG_DURATION", ("steps", step.name, key), expected(what, number))
    for milestone in flow.milestones:
        if milestone.due.kind == "workdays" and milestone.due.workdays < 1:
            path = ("milestones", milestone.name, "due", "workdays")
            yield Finding("WRONG_DURATION", path, expected(what, milestone.due.workdays))


def _milestones(flow: Flow, known: Known) -> Iterator[Finding]:
    for milestone in flow.milestones:
        path = ("milestones", milestone.name)
        if milestone.reached in flow.rank and flow.rank[milestone.reached] < 0:
            yield Finding(
                "MILESTONE_BESIDE", (*path, "reached"), expected(tr("a state of the line"), milestone.reached)
            )
        yield from _due_findings(milestone, known.campaign_workdays)
    places = [(("milestones", milestone.name, "ladder"), milestone.ladder) for milestone in flow.milestones]
    yield from _all_known("UNKNOWN_LADDER", tr("the name of a ladder"), places, known.ladders)


def _due_findings(milestone: Milestone, campaign_workdays: int | None) -> Iterator[Finding]:
    due, path = milestone.due, ("milestones", milestone.name, "due")
    if campaign_workdays is not None and due.workdays > campaign_workdays:
        what = tr("at most the {n} workdays of the campaign", n=campaign_workdays)
        yield Finding("LONGER_THAN_CAMPAIGN", (*path, "workdays"), expected(what, due.workdays))
    if due.kind == "yearly" and not due.days:
        yield Finding("NO_DAY", (*path, "yearly"), expected(tr("at least one day"), None))
    for index, (month, day) in enumerate(due.days):
        if not 1 <= month <= 12 or not 1 <= day <= monthrange(_NO_LEAP_YEAR, month)[1]:  # noqa: PLR2004
            what = tr("a month and a day that every year has")
            yield Finding("NO_SUCH_DAY", (*path, "yearly", index), expected(what, f"{month}-{day}"))


def _against_stored(flow: Flow, known: Known) -> Iterator[Finding]:
    """A definition is immutable: another text needs another, higher version."""
    digest = known.stored.get((flow.name, flow.version))
    highest = max((version for name, version in known.stored if name == flow.name), default=0)
    if digest is not None and digest != flow.digest:
        what = tr("a version above {n}, because {n} is stored with another text", n=highest)
        yield Finding("CHANGED_UNDER_VERSION", ("version",), expected(what, flow.version))
    elif digest is None and flow.version < highest:
        yield Finding("VERSION_BEHIND", ("version",), expected(tr("a version above {n}", n=highest), flow.version))


def _occupied(flow: Flow, known: Known) -> Iterator[Finding]:
    for state in sorted(set(known.occupied.get(flow.name, ())) - set(flow.state_by_name)):
        sentence = tr("expected the state {state}, because cases stand in it; got a definition without it", state=state)
        yield Finding("OCCUPIED_STATE_REMOVED", ("states",), sentence, at_key=True)


def _all_known(
    code: str, what: Sentence, places: Iterable[tuple[Path, str]], known: Collection[str] | None
) -> Iterator[Finding]:
    for path, name in places:
        if known is not None and name not in known:
            yield Finding(code, path, *unknown(what, name, known))


def _graph(flow: Flow, _: Known) -> Iterator[Finding]:
    yield from graph_findings(flow)


Rule = Callable[[Flow, Known], Iterator[Finding]]
RULES: Final[tuple[Rule, ...]] = (
    _names,
    _states_exist,
    _begins_on_the_line,
    _graph,
    _edges_out_of_ends,
    _one_way_for_one_step,
    _ways_back,
    _withdrawals,
    _who_may,
    _four_eyes,
    _guards,
    _slots,
    _letters,
    _durations,
    _milestones,
    _against_stored,
    _occupied,
)
