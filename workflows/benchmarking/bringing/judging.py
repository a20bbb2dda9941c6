"""Holding a list against what is on record: every row new, changed, the same, or refused with its reason."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from engine.model import Organisation
from engine.store import cases
from engine.words import say, tr
from workflows.benchmarking.bringing.deeds import Deed, Difference, Recorder, Situation
from workflows.benchmarking.bringing.matching import Denial, Matcher, Participant, Place
from workflows.benchmarking.names import name_key
from workflows.benchmarking.recording.changes import is_used
from workflows.benchmarking.records import enterprises, nominations, products
from workflows.benchmarking.roster.faults import Fault, Spotted
from workflows.benchmarking.roster.headers import Header
from workflows.benchmarking.roster.report import Report, RosterRow
from workflows.benchmarking.roster.sentences import Wording


def judge(
    situation: Situation, recorder: Recorder, report: Report, *, campaign: str, district: Organisation
) -> tuple[Report, Difference]:
    """The report with everything that the records say against its rows, and what the other rows change."""
    # rows with faults of their own are looked up too, so that everything is said at once
    named = [(number, row) for number, row in enumerate(report.rows) if _is_named(row)]
    matcher = _matcher(situation, campaign, district, [row for _, row in named])
    matched = list(matcher.match(named, of_products=recorder.of_products))
    places = [one for one in matched if isinstance(one, Place) and not one.row.errors]
    judged = _each_once(_guarded(situation, recorder.judge(situation, places)))
    told = marked(report, [one for one in (*matched, *judged) if isinstance(one, Denial)])
    return told, _difference(told, [one for one in judged if isinstance(one, Deed)])


def _difference(told: Report, deeds: Sequence[Deed]) -> Difference:
    changing = [one for one in deeds if one.changes]
    return Difference(
        new=tuple(one for one in changing if one.fresh),
        changed=tuple(one for one in changing if not one.fresh),
        same=len(deeds) - len(changing),
        left=tuple(left_out(row) for row in told.rows if row.errors),
    )


def _is_named(row: RosterRow) -> bool:
    return any(row.values.get(name) for name in SUBJECT) and not any(fault.name in SUBJECT for fault in row.errors)


def _matcher(situation: Situation, campaign: str, district: Organisation, rows: Sequence[RosterRow]) -> Matcher:
    """Everybody of the district, held until the transaction ends; others do not exist for it."""
    work = situation.work
    every = cases.of_campaign(work, campaign, nominations.FLOW, district_id=district.id)
    held = cases.lock(work, [case.id for case in every])
    known = enterprises.by_ids(work, [nominations.enterprise_id_of(case) for case in held.values()])
    brought = products.of_cases(work, list(held))
    participants = [
        Participant(case, known[nominations.enterprise_id_of(case)], brought[case.id]) for case in held.values()
    ]
    present = {one.enterprise.name_key for one in participants}
    asked = {name_key(str(row.values["enterprise_name"])) for row in rows if row.values.get("enterprise_name")}
    former = {key: one.id for key, one in enterprises.by_names(work, asked - present).items()}
    return Matcher(participants, former)


def _guarded(situation: Situation, judged: Iterator[Deed | Denial]) -> Iterator[Deed | Denial]:
    """What a step rests on changes with a reason only."""
    silent = not (situation.reason or "").strip()
    for one in judged:
        if silent and isinstance(one, Deed) and one.changes and not one.fresh and _rests_on(situation, one):
            sentence = tr("A step of {name} already rests on this; say why it changes.", name=one.place.enterprise.name)
            yield Denial(one.place.number, None, "RESTS_ON_IT", _WITH_REASON, say(sentence))
        else:
            yield one


def _rests_on(situation: Situation, deed: Deed) -> bool:
    return any(is_used(situation.flows[case.definition_id], case, deed.change.slot) for case in deed.cases)


def _each_once(judged: Iterator[Deed | Denial]) -> list[Deed | Denial]:
    """Two rows about one record say the same; then it is recorded once."""
    first: dict[int, Deed] = {}
    kept: list[Deed | Denial] = []
    for one in judged:
        if isinstance(one, Denial):
            kept.append(one)
            continue
        before = first.setdefault(one.key, one)
        if before is one:
            kept.append(one)
        elif one.record == before.record:
            kept.append(replace(one, changes=False))
        else:
            kept.append(Denial(one.place.number, None, "DUPLICATE_ENTRY", _TWICE, f"第{before.place.row.row}行"))
    return kept


def marked(report: Report, denials: Sequence[Denial]) -> Report:
    """The report with these reasons among the errors of its rows."""
    by_row: dict[int, list[Denial]] = {}
    for one in denials:
        by_row.setdefault(one.number, []).append(one)
    tables = {header.sheet.place: header for header in report.tables}
    rows = list(report.rows)
    for number, found in by_row.items():
        row = rows[number]
        rows[number] = replace(row, errors=(*row.errors, *(_fault(row, one, tables.get(row.place)) for one in found)))
    return replace(report, rows=rows)


def _fault(row: RosterRow, denial: Denial, header: Header | None) -> Fault:
    name = denial.name if header and denial.name in header.columns else None
    column = header.columns[name] if header and name else None
    label = header.labels.get(name) if header and name else None
    at = Spotted(row.place, row.row, column, label)
    return Fault("error", denial.code, name, denial.detail, at, _NOTHING_MORE, denial.wording)


def left_out(row: RosterRow) -> Mapping[str, object]:
    """A row that is not taken, with the reasons in one sentence."""
    told = {name: row.values.get(name) or "" for name in ("enterprise_name", "product_name")}
    why = " ".join(f"{fault.said}{fault.remedy}" for fault in row.errors)
    return {"row": row.row, "enterprise": told["enterprise_name"], "product": told["product_name"], "why": why}


SUBJECT: Final = ("enterprise_name", "credit_code")
_NOTHING_MORE: Final[Mapping[str, object]] = MappingProxyType({})
_WITH_REASON: Final = Wording("{detail}", "请在导入时写明理由（--reason），或删去这一行。")
_TWICE: Final = Wording("与{detail}说的是同一条记录，内容却不同。", "请核对后只留一种。")
