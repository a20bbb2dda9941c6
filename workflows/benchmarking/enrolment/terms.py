"""What enrolling a list takes and answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from engine.cases import Answer, Done
from engine.model import Case
from engine.store import people
from engine.store.database import Work
from workflows.benchmarking.enrolment.difference import Difference, Left
from workflows.benchmarking.model import Import

__all__ = ["Enrolment", "KeptSheet", "Left", "ListSource", "Taken"]

Status = Literal["taken", "refused", "repeated"]


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """The list as it goes back with its faults marked: what it is called, and the SHA-256 of the kept bytes."""

    name: str
    sha256: str

    def as_json(self) -> dict[str, str]:
        return {"name": self.name, "sha256": self.sha256}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSource:
    """Where a list comes from: `sha256` is that of the kept file, `district` the code of whose list it is.

    A supplementary list adds to the one before; `replaces` are withdrawn cases whose places its enterprises take, in
    order. `good_rows` takes the rows without errors of a list that has some; `reason` says why it changes what a step
    rests on. `marked` goes back to the district if the list is refused.
    """

    campaign: str
    district: str
    sha256: str
    filename: str
    received_on: date
    supplementary: bool = False
    replaces: tuple[int, ...] = ()
    good_rows: bool = False
    reason: str | None = None
    marked: KeptSheet | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """That this very file was taken before: by which import, by whom and when, and what it was called then."""

    import_id: int
    by: str
    at: datetime
    file: str

    @classmethod
    def of(cls, work: Work, earlier: Import) -> "Taken":
        by = people.names(work, [earlier.person_id])[earlier.person_id]
        return cls(earlier.id, by, earlier.recorded_at, earlier.file_name)

    def as_json(self) -> dict[str, Any]:
        return {"import": self.import_id, "by": self.by, "at": self.at.isoformat(), "file": self.file}


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What a list did. `step` is what the district's task answered, None where it had no step to take; `earlier` took
    this very file.
    """

    import_id: int
    status: Status
    counted: int
    quota: int
    did: Mapping[str, Any]
    opened: tuple[Case, ...] = ()
    difference: Difference | None = None
    step: Answer | None = None
    earlier: Taken | None = None

    def as_json(self) -> dict[str, Any]:
        if self.earlier is not None:
            return {"import": self.import_id, "status": self.status, "earlier": self.earlier.as_json()}
        answer = {"import": self.import_id, "status": self.status, "counted": self.counted, "quota": self.quota}
        step = self.step.as_json() if isinstance(self.step, Done) else None
        if self.step is not None and not isinstance(self.step, Done):
            step = {"result": "refused", "reasons": [reason.as_json() for reason in self.step.reasons]}
        return {**answer, **self.did, "step": step}
