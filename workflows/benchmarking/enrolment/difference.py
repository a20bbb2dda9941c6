"""What a list would change: new enterprises and products, changed ones, and those it no longer names. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from engine.flow import Flow
from engine.model import Case
from workflows.benchmarking.model import Product, Standard
from workflows.benchmarking.names import name_key
from workflows.benchmarking.recording.products import ProductDraft, takes_products
from workflows.benchmarking.roster.report import Report, RosterRow

T = TypeVar("T")

TOO_LATE = "方案已上传，不能再加产品；确需增加的，请市局先退回。"
RESTS_ON_IT = "已有步骤以原内容为依据；确需更改的，请逐个更改并写明理由。"
WITHDRAWN = "该企业已退出；确需恢复的，请市局办理恢复。"
TWICE = "与前面的行是同一企业的同一产品（企业用了曾用名），只取前面一行。"


@dataclass(frozen=True, slots=True)
class Known:
    """An enterprise on record that a name of the list means; `name` is what it is called now."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class KnownAs:
    """A row that calls an enterprise by a name that it had, or by that of one that was merged into it."""

    row: int
    said: str
    name: str

    def as_json(self) -> dict[str, object]:
        return {"row": self.row, "said": self.said, "enterprise": self.name}


@dataclass(frozen=True, slots=True)
class Nominated:
    """An enterprise as the good rows of a list name it: known by its subject key, else by its name key."""

    name: str
    key: str
    products: tuple[ProductDraft, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Participant:
    """An enterprise that is in the campaign for this district already; `key` is its subject key."""

    case: Case
    key: str
    products: tuple[Product, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """What a list names but was not taken, and why; `row` is that of the file, 0 where no single row is meant."""

    row: int
    enterprise: str
    product: str
    why: str

    def as_json(self) -> dict[str, object]:
        return {"row": self.row, "enterprise": self.enterprise, "product": self.product, "why": self.why}


@dataclass(frozen=True, slots=True)
class Added:
    case: Case
    draft: ProductDraft


@dataclass(frozen=True, slots=True)
class Altered:
    case: Case
    product: Product
    draft: ProductDraft


@dataclass(frozen=True, slots=True)
class Difference:
    """`missing` are enterprises that the list no longer names, `missing_products` likewise of those it names."""

    new: tuple[Nominated, ...] = ()
    added: tuple[Added, ...] = ()
    altered: tuple[Altered, ...] = ()
    left: tuple[Left, ...] = ()
    missing: tuple[Case, ...] = ()
    missing_products: tuple[tuple[Case, Product], ...] = ()
    known_as: tuple[KnownAs, ...] = ()
    unchanged: int = 0
    claimed: frozenset[str] = field(default_factory=frozenset)
    """Keys of the new ones that take part for another district."""

    def as_json(self) -> dict[str, object]:
        return {
            "new": [one.name for one in self.new if one.key not in self.claimed],
            "claimed": [one.name for one in self.new if one.key in self.claimed],
            "added_products": [{"enterprise": one.case.subject_name, "product": one.draft.name} for one in self.added],
            "changed_products": [
                {"enterprise": one.case.subject_name, "product": one.product.name} for one in self.altered
            ],
            "left": [one.as_json() for one in self.left],
            "proposed_withdrawals": [{"case": case.id, "enterprise": case.subject_name} for case in self.missing],
            "proposed_drops": [
                {"case": case.id, "enterprise": case.subject_name, "product": product.name}
                for case, product in self.missing_products
            ],
            "known_as": [one.as_json() for one in self.known_as],
            "unchanged": self.unchanged,
        }


def difference(
    report: Report,
    participants: Sequence[Participant],
    flows: Mapping[int, Flow],
    *,
    known: Mapping[str, Known] | None = None,
    claimed: Collection[str] = (),
    supplementary: bool = False,
) -> Difference:
    """Compare a list with those who take part; a supplementary list says nothing about those it does not name.

    `flows` go by definition, `known` are the enterprises on record by the name keys of the list, `claimed` are keys of
    enterprises that take part for another district.
    """
    here = _Names(known or {})
    grouped = _grouped(report, here)
    named = tuple(_nominated(rows, key, here) for key, rows in grouped.items())
    present = _present(participants)
    new = tuple(one for one in named if one.key not in present)
    again = [(one, present[one.key]) for one in named if one.key in present]
    told = [list(_changes(one, participant, flows)) for one, participant in again]
    changes = [change for each in told for change in each]
    asked = () if supplementary else participants
    return Difference(
        new=new,
        added=tuple(_only(Added, changes)),
        altered=tuple(_only(Altered, changes)),
        left=(*_faulty(report), *_twice(grouped), *_only(Left, changes)),
        missing=tuple(_missing(report, asked, here)),
        missing_products=tuple(_missing_products(report, again if asked else (), here)),
        known_as=tuple(_known_as(report, here)),
        unchanged=told.count([]),
        claimed=frozenset(one.key for one in new) & frozenset(claimed),
    )


def _present(participants: Iterable[Participant]) -> dict[str, Participant]:
    """By subject key; one that has left stands behind one of the same enterprise that takes part."""
    return {one.key: one for one in sorted(participants, key=lambda one: one.case.resume_state is None)}


@dataclass(frozen=True, slots=True)
class _Names:
    """What the names of a list mean."""

    known: Mapping[str, Known]

    def key(self, row: RosterRow) -> str:
        said = name_key(_text(row, "enterprise_name"))
        found = self.known.get(said)
        return found.key if found else said

    def name(self, row: RosterRow) -> str:
        """As the list spells it; by another name, as the enterprise is called now."""
        said = _text(row, "enterprise_name")
        found = self.known.get(name_key(said))
        return found.name if found and name_key(found.name) != name_key(said) else said


def _grouped(report: Report, here: _Names) -> dict[str, list[RosterRow]]:
    """The good rows of each enterprise, in the order of their first rows."""
    grouped: dict[str, list[RosterRow]] = {}
    for row in report.rows:
        if not row.errors:
            grouped.setdefault(here.key(row), []).append(row)
    return grouped


def _nominated(rows: Sequence[RosterRow], key: str, here: _Names) -> Nominated:
    first = _first_of_each(rows)
    return Nominated(
        name=here.name(rows[0]),
        key=key,
        products=tuple(_draft(row) for row in first),
        rows=tuple(row.row for row in first),
    )


def _first_of_each(rows: Sequence[RosterRow]) -> list[RosterRow]:
    """One row for each product; under an old name and the new one a product may stand twice."""
    return list({name_key(_text(row, "product_name")): row for row in reversed(rows)}.values())[::-1]


def _twice(grouped: Mapping[str, Sequence[RosterRow]]) -> Iterator[Left]:
    for rows in grouped.values():
        first = _first_of_each(rows)
        for row in rows:
            if row not in first:
                yield Left(row.row, _text(row, "enterprise_name"), _text(row, "product_name"), TWICE)


def _known_as(report: Report, here: _Names) -> Iterator[KnownAs]:
    seen: set[str] = set()
    for row in report.rows:
        said, name = _text(row, "enterprise_name"), here.name(row)
        if name != said and said not in seen:
            seen.add(said)
            yield KnownAs(row.row, said, name)


def _changes(one: Nominated, participant: Participant, flows: Mapping[int, Flow]) -> Iterator[Added | Altered | Left]:
    """What the list says differently of an enterprise that is in the campaign already."""
    if participant.case.resume_state is not None:
        yield Left(one.rows[0], one.name, "", WITHDRAWN)
        return
    flow = flows[participant.case.definition_id]
    by_key = {product.name_key: product for product in participant.products if product.active}
    for draft, row in zip(one.products, one.rows, strict=True):
        product = by_key.get(name_key(draft.name))
        if product is None:
            yield _addition(participant.case, draft, flow) or Left(row, one.name, draft.name, TOO_LATE)
        elif _differs(product, draft):
            yield _alteration(participant.case, product, draft, flow) or Left(row, one.name, draft.name, RESTS_ON_IT)


def _only(kind: type[T], changes: Iterable[object]) -> Iterator[T]:
    return (change for change in changes if isinstance(change, kind))


def _addition(case: Case, draft: ProductDraft, flow: Flow) -> Added | None:
    return Added(case, draft) if takes_products(flow, case) else None


def _alteration(case: Case, product: Product, draft: ProductDraft, flow: Flow) -> Altered | None:
    free = case.state == flow.initial and case.proposed_step is None
    return Altered(case, product, draft) if free else None


def _missing(report: Report, participants: Iterable[Participant], here: _Names) -> Iterator[Case]:
    """Enterprises that take part and that no row names, not even one with faults."""
    present = {here.key(row) for row in report.rows}
    for one in participants:
        if one.case.resume_state is None and one.key not in present:
            yield one.case


def _missing_products(
    report: Report, again: Iterable[tuple[Nominated, Participant]], here: _Names
) -> Iterator[tuple[Case, Product]]:
    """Active products of named enterprises that no row names, not even one with faults."""
    rows = {(here.key(row), name_key(_text(row, "product_name"))) for row in report.rows}
    for one, participant in again:
        for product in participant.products:
            if participant.case.resume_state is None and product.active and (one.key, product.name_key) not in rows:
                yield participant.case, product


def _differs(product: Product, draft: ProductDraft) -> bool:
    columns = draft.columns()
    return any(getattr(product, name) != value for name, value in columns.items() if name != "name")


def _faulty(report: Report) -> Iterator[Left]:
    for row in report.rows:
        if row.errors:
            why = " ".join(fault.sentence for fault in row.errors)
            yield Left(row.row, _text(row, "enterprise_name"), _text(row, "product_name"), why)


def _draft(row: RosterRow) -> ProductDraft:
    number = row.values.get("existing_plan_no")
    return ProductDraft(
        name=_text(row, "product_name"),
        implemented_standards=_standards(row, "implemented_standards"),
        benchmark_standards=_standards(row, "benchmark_standards"),
        existing_plan_no=str(number) if number else None,
        support_needed=bool(row.values.get("plan_support_needed")),
    )


def _standards(row: RosterRow, name: str) -> tuple[Standard, ...]:
    found = row.values.get(name)
    references = found if isinstance(found, tuple) else ()
    return tuple(Standard(one.number, one.title or "", tuple(one.also)) for one in references if one.number)


def _text(row: RosterRow, name: str) -> str:
    value = row.values.get(name)
    return value if isinstance(value, str) else ""
