"""A list while it is being checked: rows that collect their values and faults."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from workflows.benchmarking.roster.faults import Fault, Severity, Spotted
from workflows.benchmarking.roster.quotas import Quota, QuotaMode
from workflows.benchmarking.roster.sentences import WORDINGS, Wording
from workflows.benchmarking.roster.sheets import Place

Elsewhere = Callable[[Collection[str]], Collection[str]]


def nowhere_else(_: Collection[str]) -> Collection[str]:
    """No enterprise is known to be in another district's list."""
    return ()


@dataclass(frozen=True, slots=True)
class DistrictName:
    """A reporting unit with the names under which it appears and the days on which they hold."""

    code: str
    name: str
    aliases: Sequence[str] = ()
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the campaign expects of a list; all of it comes from outside, none from a database or a person."""

    campaign_year: int
    today: date
    districts: Sequence[DistrictName] = ()
    # The sender's own unit, where the login tells it.
    district: str | None = None
    due_on: date | None = None
    quota: int | None = None
    quota_mode: QuotaMode = "target"
    # The quotas of all units by code, for a list whose sender only its own heading tells.
    quotas: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    city: str = "宁波"
    # Told the keys of all enterprise names of the list, says which of them stand in another district's list.
    elsewhere: Elsewhere = nowhere_else


@dataclass(slots=True)
class Draft:
    """A row while it is being read."""

    place: Place
    row: int
    columns: Mapping[str, int]
    labels: Mapping[str, str]
    year: int
    values: dict[str, object] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    # Fields that are empty or say that there is nothing.
    empty: dict[str, bool] = field(default_factory=dict)
    # Fields whose value came from above, and fields whose cell could not be read at all.
    carried: frozenset[str] = frozenset()
    unread: set[str] = field(default_factory=set)
    extras: Mapping[str, str] = field(default_factory=dict)
    errors: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    key: str | None = None

    def error(self, name: str | None, code: str, detail: str = "", **more: object) -> None:
        """Refuse the row for what stands in this field."""
        self.errors.append(self._fault("error", name, code, detail, more))

    def warn(self, name: str | None, code: str, detail: str = "", **more: object) -> None:
        """Say something about this field without refusing the row."""
        self.warnings.append(self._fault("warning", name, code, detail, more))

    def _fault(self, severity: Severity, name: str | None, code: str, detail: str, more: dict[str, object]) -> Fault:
        wording = more.pop("wording", None)
        at = Spotted(self.place, self.row + 1)
        if name is not None:
            at = Spotted(self.place, self.row + 1, self.columns.get(name), self.labels.get(name))
        said = wording if isinstance(wording, Wording) else None
        return Fault(severity, code, name, detail, at, MappingProxyType(more), said)


@dataclass(slots=True)
class RosterDraft:
    """The whole list while it is being checked."""

    expectation: Expectation
    subject: str
    part: str | None
    district: str | None = None
    quota: Quota | None = None
    # What the rows of totals state, by place and row.
    totals: list[tuple[Place, int, list[int]]] = field(default_factory=list)
    rows: list[Draft] = field(default_factory=list)
    errors: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def error(
        self, name: str | None, code: str, detail: str = "", at: Spotted | None = None, *, remedy: str = ""
    ) -> None:
        """Refuse the whole file; `remedy` is what to do where it is not what the code says."""
        wording = Wording(WORDINGS[code].sentence, remedy) if remedy else None
        self.errors.append(Fault("error", code, name, detail, at or Spotted(), wording=wording))

    def warn(self, name: str | None, code: str, detail: str = "", at: Spotted | None = None) -> None:
        """Say something about the whole file without refusing it."""
        self.warnings.append(Fault("warning", code, name, detail, at or Spotted()))

    def subjects(self) -> dict[str, list[Draft]]:
        """The rows of every enterprise, in the order of their first rows."""
        found: dict[str, list[Draft]] = {}
        for row in self.rows:
            if row.key is not None:
                found.setdefault(row.key, []).append(row)
        return found
