"""Half-yearly reports: the paper that counts, and the form as it was filled in, version by version."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, select, update

from engine.store.database import Work, insert_id, upsert
from workflows.benchmarking.model import ReportForm, ReportSheet, ReportVersion
from workflows.benchmarking.records.schema import report_forms, report_sheets, report_versions
from workflows.benchmarking.records.sets import WANTED, rows_for


def papers_of(work: Work, case_ids: Collection[int]) -> dict[int, ReportForm]:
    """The paper that counts for each report that has one."""
    statement = select(report_forms).where(report_forms.c.case_id.in_(bindparam(WANTED, expanding=True)))
    names = ReportForm.__slots__
    return {
        row.case_id: ReportForm(**{name: row._mapping[name] for name in names})  # noqa: SLF001
        for row in rows_for(work, statement, case_ids)
    }


def keep_paper(work: Work, case_id: int, form: ReportForm) -> None:
    upsert(work, report_forms, {"case_id": case_id, **asdict(form), "recorded_at": work.now})


def versions_of(work: Work, case_id: int) -> tuple[ReportVersion, ...]:
    """Every version of a report's form, the oldest first, without its sheets."""
    wanted = select(report_versions).where(report_versions.c.case_id == case_id).order_by(report_versions.c.number)
    return tuple(_version(row, ()) for row in work.connection.execute(wanted))


def version(work: Work, case_id: int, number: int | None = None) -> ReportVersion | None:
    """A version with its sheets; the newest where no number is said."""
    wanted = select(report_versions).where(report_versions.c.case_id == case_id)
    if number is not None:
        wanted = wanted.where(report_versions.c.number == number)
    return _first(work, wanted)


def submitted(work: Work, case_id: int) -> ReportVersion | None:
    """The newest version that was handed in."""
    where = (report_versions.c.case_id == case_id, report_versions.c.state == "submitted")
    return _first(work, select(report_versions).where(*where))


def begin(work: Work, case_id: int, number: int, sheets: Sequence[ReportSheet], *, person_id: int) -> ReportVersion:
    """A new version as a draft."""
    fields: dict[str, Any] = {
        "case_id": case_id,
        "number": number,
        "state": "draft",
        "revision": 1,
        "reported_on": None,
        "note": None,
        "person_id": person_id,
        "saved_at": work.now,
    }
    key = insert_id(work, report_versions, fields)
    write_sheets(work, key, sheets)
    return ReportVersion(id=key, sheets=tuple(sheets), **fields)


def write(work: Work, found: ReportVersion, sheets: Sequence[ReportSheet], fields: Mapping[str, Any]) -> None:
    """Write a draft over: its sheets and whatever else changes; its revision rises."""
    values = {"saved_at": work.now, **fields, "revision": found.revision + 1}
    work.connection.execute(update(report_versions).where(report_versions.c.id == found.id).values(**values))
    write_sheets(work, found.id, sheets)


def write_sheets(work: Work, version_id: int, sheets: Sequence[ReportSheet]) -> None:
    work.connection.execute(delete(report_sheets).where(report_sheets.c.version_id == version_id))
    rows = [{"version_id": version_id, "seq": seq, **_plain(one)} for seq, one in enumerate(sheets, start=1)]
    if rows:
        work.connection.execute(report_sheets.insert(), rows)


def freeze(
    work: Work, version_id: int, state: str, *, note: str | None, reported_on: date | None, person_id: int
) -> None:
    """The draft becomes a version that is never written over."""
    values: dict[str, Any] = {"state": state, "note": note, "reported_on": reported_on, "saved_at": work.now}
    values["person_id"] = person_id
    work.connection.execute(update(report_versions).where(report_versions.c.id == version_id).values(**values))


def _first(work: Work, wanted: Select[Any]) -> ReportVersion | None:
    row = work.connection.execute(wanted.order_by(report_versions.c.number.desc()).limit(1)).one_or_none()
    if row is None:
        return None
    sheets = select(report_sheets).where(report_sheets.c.version_id == row.id).order_by(report_sheets.c.seq)
    return _version(row, tuple(_sheet(one) for one in work.connection.execute(sheets)))


def _version(row: Row[Any], sheets: tuple[ReportSheet, ...]) -> ReportVersion:
    names = (name for name in ReportVersion.__slots__ if name != "sheets")
    return ReportVersion(**{name: row._mapping[name] for name in names}, sheets=sheets)  # noqa: SLF001


def _sheet(row: Row[Any]) -> ReportSheet:
    return ReportSheet(**{name: row._mapping[name] for name in ReportSheet.__slots__})  # noqa: SLF001


def _plain(sheet: ReportSheet) -> dict[str, Any]:
    return {"industry": sheet.industry, **{name: dict(getattr(sheet, name)) for name in _MAPPINGS}}


_MAPPINGS = ("typed", "computed", "differences")
