"""The register and the results of a deed as sheets that leave the house; who took them along is on record."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Final

from starlette.responses import Response

from console.accounts.audit import disclose
from console.bulk import Run
from console.register import Line, every_line, lines_of
from console.web.desk import Desk
from console.web.downloads import XLSX, attachment
from console.web.pages.cases import Filters, wanted_of
from engine.errors import Refused
from engine.flow import Label
from engine.store import definitions, organisations, sought
from engine.store.database import Work
from engine.words import Sentence, tr
from workflows.benchmarking.annexes.listing import Cell, Column, write_list
from workflows.benchmarking.kind import ENTERPRISE

REGISTER: Final = (
    Column("企业名称", 38),
    Column("区（县）市", 13),
    Column("状态", 15),
    Column("已提请步骤", 15),
    Column("下一里程碑", 20),
    Column("截止日", 12),
    Column("逾期", 14, "工作日"),
    Column("列入名单日期", 14),
)
RESULTS: Final = (
    Column("企业名称", 38),
    Column("区（县）市", 13),
    Column("状态", 15),
    Column("结果", 12),
    Column("说明", 60),
)

OUTCOMES: Final[Mapping[str, tuple[str, Sentence]]] = {
    "possible": ("green", tr("possible")),
    "done": ("green", tr("done")),
    "done_before": ("green", tr("done before")),
    "denied": ("red", tr("not possible")),
    "conflict": ("yellow", tr("changed meanwhile")),
}
"""The light and the word of what came of it."""


MOST: Final = 200_000
"""Rows of a sheet: a browser waits for so many, and what opens it can bear them."""


def register_sheet(desk: Desk, filters: Filters, ticked: frozenset[int] | None) -> Response:
    """The register in its order as it is filtered, or the ticked lines of it."""
    with desk.look() as work:
        rows = [_row(line) for line in islice(_lines(desk, work, filters, ticked), MOST + 1)]
    if len(rows) > MOST:
        raise Refused(
            tr(
                "More than {n} cases fit these filters; please export them district by district or state by state.",
                n=MOST,
            )
        )
    if not rows:
        raise Refused(tr("There is nothing to export; tick cases, or take all that fit the filters."))
    note = "" if ticked is None and not filters.are_set else "按所选条件导出"
    return _sent(desk, "企业台账", REGISTER, rows, note=note)


def results_sheet(desk: Desk, run: Run) -> Response:
    rows: list[tuple[Cell, ...]] = [
        (one.subject, one.district, one.state, desk.say(OUTCOMES[one.result][1]), "；".join(one.reasons))
        for one in run.results
    ]
    return _sent(desk, "批量办理结果", RESULTS, rows)


def _lines(desk: Desk, work: Work, filters: Filters, ticked: frozenset[int] | None) -> Iterator[Line]:
    if ticked is None:
        flow = definitions.latest(work, ENTERPRISE)[1]
        wanted = replace(wanted_of(desk, filters, flow), after=None)
        yield from every_line(desk.engine, work, desk.actor, wanted)
        return
    held = sought.by_ids(work, sorted(ticked))
    paths = organisations.paths(work, {case.district_id for case in held})
    yield from lines_of(desk.engine, work, [case for case in held if desk.sees(paths[case.district_id])])


def _row(line: Line) -> tuple[Cell, ...]:
    case = line.case
    labels = (_zh(line.state), _zh(line.proposed), _zh(line.milestone))
    return (case.subject_name, line.district, *labels, line.due_on, line.late, case.opened_on)


def _zh(label: Label | None) -> str:
    return label["zh"] if label else ""


def _sent(
    desk: Desk, title: str, columns: tuple[Column, ...], rows: list[tuple[Cell, ...]], *, note: str = ""
) -> Response:
    with desk.look() as work:
        office = organisations.get(work, desk.actor.organisation_id)
    made_at = desk.now.astimezone(desk.engine.zone)
    paper = write_list(title, columns, rows, bureau=office.full_name, made_at=made_at, note=note)
    with desk.work() as work:
        disclose(desk.accounts, work, desk.actor, "export", title, rows=len(rows), caller=desk.caller)
    return attachment(paper.name, paper.content, XLSX)
