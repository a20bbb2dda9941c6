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


@dataclass(frozen=True, slots=True)
class Nominated:
    """An enterprise as the good rows of a list name it."""

    name: str
    key: str
    products: tuple[ProductDraft, ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Participant:
    """An enterprise that is in the campaign for this district already; `key` is its name key."""

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
    unchanged: int = 0
    claimed: frozenset[str] = field(default_factory=frozenset)
    """Name keys of the new ones that take part for another district."""

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
            "unchanged": self.unchanged,
        }


def difference(
    report: Report,
    participants: Sequence[Participant],
    flows: Mapping[int, Flow],
    *,
    claimed: Collection[str] = (),
    supplementary: bool = False,
) -> Difference:
    """Compare a list with those who take part; a supplementary list says nothing about those it does not name.

    `flows` go by definition, `claimed` are name keys of enterprises that take part for another district.
    """
    named = nominated(report)
    known = {one.key: one for one in participants}
    new = tuple(one for one in named if one.key not in known)
    again = [(one, known[one.key]) for one in named if one.key in known]
    told = [list(_changes(one, participant, flows)) for one, participant in again]
    changes = [change for each in told for change in each]
    return Difference(
        new=new,
        added=tuple(_only(Added, changes)),
        altered=tuple(_only(Altered, changes)),
        left=(*_faulty(report), *_only(Left, changes)),
        missing=() if supplementary else tuple(_missing(report, participants)),
        missing_products=() if supplementary else tuple(_missing_products(report, again)),
        unchanged=told.count([]),
        claimed=frozenset(one.key for one in new) & frozenset(claimed),
    )


def nominated(report: Report) -> tuple[Nominated, ...]:
    """The enterprises of the good rows, in the order of their first rows."""
    grouped: dict[str, list[RosterRow]] = {}
    for row in report.rows:
        if not row.errors:
            grouped.setdefault(name_key(_text(row, "enterprise_name")), []).append(row)
    return tuple(
        Nominated(
            name=_text(rows[0], "enterprise_name"),
            key=key,
            products=tuple(_draft(row) for row in rows),
            rows=tuple(row.row for row in rows),
        )
        for key, rows in grouped.items()
    )


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


def _missing(report: Report, participants: Iterable[Participant]) -> Iterator[Case]:
    """Enterprises that take part and that no row names, not even one with faults."""
    present = {name_key(_text(row, "enterprise_name")) for row in report.rows}
    for one in participants:
        if one.case.resume_state is None and one.key not in present:
            yield one.case


def _missing_products(report: Report, again: Iterable[tuple[Nominated, Participant]]) -> Iterator[tuple[Case, Product]]:
    """Active products of named enterprises that no row names, not even one with faults."""
    rows = {(name_key(_text(row, "enterprise_name")), name_key(_text(row, "product_name"))) for row in report.rows}
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
