"""The task figure of a unit, held against the distinct enterprises of its list."""

from dataclasses import dataclass
from typing import Literal

QuotaMode = Literal["target", "cap"]
QuotaResult = Literal["met", "exceeded", "not_met"]


@dataclass(frozen=True, slots=True)
class Quota:
    """The task figure and how many distinct enterprises the file brings towards it."""

    quota: int | None
    mode: QuotaMode
    submitted: int
    accepted: int

    @property
    def result(self) -> QuotaResult | None:
        """By what was submitted, whether or not the rows have errors."""
        if self.quota is None:
            return None
        if self.submitted > self.quota:
            return "exceeded"
        return "met" if self.submitted == self.quota else "not_met"

    def as_json(self) -> dict[str, object]:
        """The quota with both counts."""
        return {
            "district_quota": self.quota,
            "mode": self.mode,
            "distinct_enterprises_submitted": self.submitted,
            "distinct_enterprises_accepted": self.accepted,
            "result_on_submitted": self.result,
        }
