"""What bringing in a list answers."""

from dataclasses import dataclass, field
from typing import Any

from workflows.benchmarking.bringing.deeds import Difference
from workflows.benchmarking.enrolment.terms import Status, Taken
from workflows.benchmarking.roster.report import Report

_NOTHING = Difference()


@dataclass(frozen=True, slots=True)
class Brought:
    """What a list did. `report` also has what the records said against its rows; `earlier` took this very file."""

    import_id: int
    status: Status
    report: Report
    difference: Difference = field(default_factory=lambda: _NOTHING)
    earlier: Taken | None = None

    def as_json(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"import": self.import_id, "status": self.status}
        if self.earlier is not None:
            return {**answer, "earlier": self.earlier.as_json()}
        if self.status == "refused":
            return {**answer, "left": [dict(one) for one in self.difference.left]}
        return {**answer, **self.difference.as_json()}
