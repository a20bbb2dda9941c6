"""The answer to a sent list: what is wrong with the file, its rows, what was passed over, and the quota."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from workflows.benchmarking.roster.faults import Fault
from workflows.benchmarking.roster.forms import Form
from workflows.benchmarking.roster.headers import Header
from workflows.benchmarking.roster.quotas import Quota
from workflows.benchmarking.roster.rows import Ignored
from workflows.benchmarking.roster.sheets import Place
from workflows.benchmarking.standards import Reference

Status = Literal["ok", "warning", "error"]


@dataclass(frozen=True, slots=True)
class RosterRow:
    """An entry with its values by field; `key` tells enterprises apart and `row` counts from 1."""

    place: Place
    row: int
    values: Mapping[str, object]
    errors: Sequence[Fault]
    warnings: Sequence[Fault]
    key: str | None = None
    extras: Mapping[str, str] = field(default_factory=dict)

    @property
    def status(self) -> Status:
        """Errors refuse the row, warnings do not."""
        if self.errors:
            return "error"
        return "warning" if self.warnings else "ok"

    def as_json(self) -> dict[str, object]:
        """One row of the answer."""
        answer: dict[str, object] = {"source": {**self.place.as_json(), "row": self.row}}
        answer |= {name: _plain(value) for name, value in self.values.items()}
        answer |= {
            "status": self.status,
            "errors": [fault.as_json() for fault in self.errors],
            "warnings": [fault.as_json() for fault in self.warnings],
        }
        return answer | ({"extras": dict(self.extras)} if self.extras else {})


@dataclass(frozen=True, slots=True)
class Heading:
    """What the file says of itself above the list; `district` is the code, `district_name` the unit's name."""

    title: str | None = None
    campaign_year: int | None = None
    unit: str | None = None
    district: str | None = None
    district_name: str | None = None
    reporting_date: date | None = None
    table: Header | None = None

    def as_json(self) -> dict[str, object]:
        """The key `district` holds the name, as on every page of the campaign."""
        answer: dict[str, object] = {
            "title": self.title,
            "campaign_year": self.campaign_year,
            "reporting_unit_raw": self.unit,
            "district": self.district_name,
            "district_code": self.district,
            "reporting_date": self.reporting_date.isoformat() if self.reporting_date else None,
            "header_rows": [row + 1 for row in self.table.rows] if self.table else [],
        }
        if self.table:
            place = self.table.sheet.place
            answer |= place.as_json()
            answer["columns"] = {name: place.column(column) for name, column in self.table.columns.items()}
        return answer


NO_HEADING = Heading()


@dataclass(frozen=True, slots=True)
class Report:
    """Everything about one sent list at once."""

    file: str
    form: Form
    campaign_year: int
    heading: Heading
    file_errors: Sequence[Fault] = ()
    file_warnings: Sequence[Fault] = ()
    rows: Sequence[RosterRow] = ()
    ignored: Sequence[Ignored] = ()
    quota: Quota | None = None
    # Where every part of the list stands, for whoever gives the sheet back with its faults marked.
    tables: Sequence[Header] = ()

    @property
    def clean(self) -> bool:
        """Whether the list can be taken as it is."""
        return not self.file_errors and not any(row.errors for row in self.rows)

    def good_rows(self) -> list[RosterRow]:
        """The rows without errors."""
        return [row for row in self.rows if not row.errors]

    def takes(self, *, good_rows: bool) -> bool:
        """Whether anything of it may be taken in: all of it, or, where that is asked for, the rows without errors."""
        return self.clean or (good_rows and not self.file_errors and bool(self.good_rows()))

    def faults(self) -> list[Fault]:
        """All errors and warnings, the file's first."""
        found = [*self.file_errors, *self.file_warnings]
        for row in self.rows:
            found += [*row.errors, *row.warnings]
        return found

    def as_json(self) -> dict[str, object]:
        """The answer for machines."""
        rejected = sum(1 for row in self.rows if row.errors)
        return {
            "file": self.file,
            "form": self.form.key,
            "annex": self.form.annex,
            "campaign_year": self.campaign_year,
            "accepted": self.clean,
            "header": self.heading.as_json(),
            "quota": self.quota.as_json() if self.quota else None,
            "counts": {
                "data_rows": len(self.rows),
                "accepted": len(self.rows) - rejected,
                "rejected": rejected,
                "with_warnings": sum(1 for row in self.rows if row.warnings),
            },
            "file_errors": [fault.as_json() for fault in self.file_errors],
            "file_warnings": [fault.as_json() for fault in self.file_warnings],
            "ignored_rows": [row.as_json() for row in self.ignored],
            "rows": [row.as_json() for row in self.rows],
        }


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Reference):
        answer: dict[str, object] = {"number": value.number, "title": value.title}
        return answer | ({"also": list(value.also)} if value.also else {})
    return value.isoformat() if isinstance(value, date) else value
