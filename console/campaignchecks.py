"""Whether each campaign of config.yaml fits its flows, its ladders and itself."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from console.written import day, number, table, tables, text, texts
from engine.faults import Finding, Path, expected, unknown
from engine.flow import Flow, Milestone
from engine.words import tr
from engine.workdays import Workdays


@dataclass(frozen=True, slots=True)
class Written:
    """A campaign as it is written, where it stands, its flows, and the last rung of each ladder in workdays."""

    body: Mapping[str, Any]
    path: Path
    flows: tuple[Flow, ...]
    last_rungs: Mapping[str, int]

    def milestones(self) -> Iterator[tuple[Flow, Milestone]]:
        yield from ((flow, milestone) for flow in self.flows for milestone in flow.milestones)


def campaign_findings(
    content: object, flows: Mapping[str, tuple[Flow, ...]], last_rungs: Mapping[str, int]
) -> Iterator[Finding]:
    """Everything that is wrong with the campaigns, one after the other, and between them."""
    keys: list[tuple[Path, str]] = []
    for path, body in tables(table(content).get("campaigns"), ("campaigns",)):
        kind = text(body.get("kind"))
        if kind and kind not in flows:
            yield Finding("UNKNOWN_KIND", (*path, "kind"), *unknown(tr("a kind of campaign"), kind, flows))
        keys.append(((*path, "key"), text(body.get("key"))))
        written = Written(body, path, flows.get(kind, ()), last_rungs)
        yield from (finding for rule in RULES for finding in rule(written))
    yield from _once(keys)


def _milestones_are_those_of_the_flows(written: Written) -> Iterator[Finding]:
    if not written.flows:
        return
    given = table(written.body, "milestones")
    named = {
        milestone.name: milestone for _, milestone in written.milestones() if milestone.due.kind in {"day", "none"}
    }
    path = (*written.path, "milestones")
    for name in given:
        if name not in named:
            sentence, hint = unknown(tr("the name of a milestone with a day"), name, named)
            yield Finding("UNKNOWN_MILESTONE", (*path, name), sentence, hint, at_key=True)
    for name, milestone in named.items():
        if milestone.due.kind == "day" and name not in given and "milestones" in written.body:
            what = tr("the key {key} with a day or null", key=name)
            yield Finding("MISSING_KEY", (*path, name), expected(what, None))
        elif milestone.due.kind == "none" and given.get(name) is not None:
            yield Finding("NO_DEADLINE", (*path, name), expected(tr("null, as its flow says"), given[name]))


def _days_lie_in_the_campaign(written: Written) -> Iterator[Finding]:
    opens, closes = day(written.body.get("opens")), day(written.body.get("closes"))
    if opens is None or closes is None:
        return
    if closes < opens:
        what = tr("a day after {opens}", opens=opens)
        yield Finding("CLOSES_EARLY", (*written.path, "closes"), expected(what, closes.isoformat()))
        return
    for name, value in table(written.body, "milestones").items():
        due = day(value)
        if due is not None and not opens <= due <= closes:
            what = tr("a day from {opens} to {closes}", opens=opens, closes=closes)
            yield Finding("OUTSIDE_CAMPAIGN", (*written.path, "milestones", name), expected(what, value))


def _days_follow_the_line(written: Written) -> Iterator[Finding]:
    """A later state cannot be due before an earlier one of the same flow."""
    given = table(written.body, "milestones")
    for flow in written.flows:
        before: tuple[str, date] | None = None
        for milestone in sorted(flow.milestones, key=lambda one: flow.rank[one.reached]):
            due = day(given.get(milestone.name))
            if due and before and due < before[1]:
                what = tr("a day not before {day}, that of {other}", day=before[1], other=before[0])
                path = (*written.path, "milestones", milestone.name)
                yield Finding("DAYS_OUT_OF_ORDER", path, expected(what, due.isoformat()))
            elif due:
                before = (milestone.name, due)


def _ladders_end_in_the_campaign(written: Written) -> Iterator[Finding]:
    """The last rung of a ladder must come before the campaign is over, or it never does."""
    closes = day(written.body.get("closes"))
    for _, milestone in written.milestones():
        due = day(table(written.body, "milestones").get(milestone.name))
        if closes is None or due is None or due > closes or milestone.ladder not in written.last_rungs:
            continue
        last = Workdays().shift(due, written.last_rungs[milestone.ladder])
        if last > closes:
            what = tr("a day whose last rung, on {last}, comes before {closes}", last=last, closes=closes)
            path = (*written.path, "milestones", milestone.name)
            yield Finding("RUNG_AFTER_CLOSE", path, expected(what, due.isoformat()))


def _ladders_exist(written: Written) -> Iterator[Finding]:
    for name in sorted({milestone.ladder for _, milestone in written.milestones()} - set(written.last_rungs)):
        what = tr("the ladder {name}, which a flow names", name=name)
        yield Finding("MISSING_LADDER", ("ladders", name), expected(what, None))


def _districts_are_told_apart(written: Written) -> Iterator[Finding]:
    path = (*written.path, "districts")
    districts = list(tables(written.body.get("districts"), path))
    for key in ("code", "gb2260", "full_name"):
        yield from _once([((*place, key), text(district.get(key))) for place, district in districts])
    names = [((*place, "name"), text(district.get("name"))) for place, district in districts]
    for place, district in districts:
        own = text(district.get("name"))
        names += [
            (where, alias) for where, alias in texts(district.get("aliases"), (*place, "aliases")) if alias != own
        ]
    yield from _once(names)
    for place, district in districts:
        begins, ends = day(district.get("valid_from")), day(district.get("valid_to"))
        if begins and ends and ends < begins:
            what = tr("a day after {opens}", opens=begins)
            yield Finding("CLOSES_EARLY", (*place, "valid_to"), expected(what, ends.isoformat()))


def _quotas_add_up(written: Written) -> Iterator[Finding]:
    total = number(written.body.get("quota_total"))
    quotas = [number(district.get("quota")) for _, district in tables(written.body.get("districts"), ())]
    if total is None or None in quotas:
        return
    found = sum(quota for quota in quotas if quota is not None)
    if found != total:
        what = tr("{n}, the sum of the quotas below", n=found)
        yield Finding("QUOTAS_DIFFER", (*written.path, "quota_total"), expected(what, total))


def _report_days_are_those_of_the_flow(written: Written) -> Iterator[Finding]:
    rules = {milestone.due.days for _, milestone in written.milestones() if milestone.due.kind == "yearly"}
    days = table(written.body, "reports").get("days")
    if len(rules) != 1 or not isinstance(days, list):
        return
    wanted = tuple(f"{month:02}-{day:02}" for month, day in next(iter(rules)))
    if sorted(map(str, days)) != sorted(wanted):
        what = tr("the days of the flow, {days}", days=wanted)
        yield Finding(
            "REPORT_DAYS_DIFFER", (*written.path, "reports", "days"), expected(what, ", ".join(map(str, days)))
        )


def _once(places: Collection[tuple[Path, str]]) -> Iterator[Finding]:
    times = Counter(name for _, name in places if name)
    seen: set[str] = set()
    for path, name in places:
        if times[name] > 1 and name in seen:
            yield Finding("DUPLICATE_NAME", path, tr("expected each name once, got {name} again", name=f"'{name}'"))
        seen.add(name)


Rule = Callable[[Written], Iterator[Finding]]
RULES: Final[tuple[Rule, ...]] = (
    _milestones_are_those_of_the_flows,
    _days_lie_in_the_campaign,
    _days_follow_the_line,
    _ladders_exist,
    _ladders_end_in_the_campaign,
    _districts_are_told_apart,
    _quotas_add_up,
    _report_days_are_those_of_the_flow,
)
