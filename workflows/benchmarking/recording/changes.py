"""How every change of a record is guarded: sight, role, version, a reason where it was evidence, the journal."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date
from typing import Any, Final

from engine import cases
from engine.access import Actor
from engine.acting import check_version, seen
from engine.core import Engine
from engine.errors import NotFound, Refused
from engine.flow import Flow
from engine.model import Case
from engine.store import definitions
from engine.store.database import Work
from engine.words import Sentence, tr
from workflows.benchmarking.evidence import KeptFile
from workflows.benchmarking.model import Product
from workflows.benchmarking.names import name_key
from workflows.benchmarking.records import files, products

DISTRICT: Final = ("district_coordinator", "municipal_coordinator")
PLANNERS: Final = (*DISTRICT, "institute")
TESTERS: Final = (*DISTRICT, "laboratory")

ProductName = str | int | None
"""A product by name or number; None where the enterprise has only one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What changes about a case: `before` is None for what is new; `slot` is the evidence it belongs to."""

    what: str
    before: Any
    after: Any
    slot: str = ""
    product: str = ""
    roles: Collection[str] = DISTRICT


@dataclass(frozen=True, slots=True)
class Writing:
    """Somebody recording something, with the reason they give for it."""

    engine: Engine
    work: Work
    actor: Actor
    reason: str | None = None

    def open(self, case_id: int, version: int | None = None) -> Case:
        """The case, if the actor may see it, it is as they saw it, and it still takes part."""
        case = seen(self.work, self.actor, case_id)
        check_version(self.work, case, version)
        if case.resume_state is not None:
            raise Refused(
                tr("{name} has been withdrawn; reinstate it before recording anything.", name=case.subject_name)
            )
        return case

    def keep(self, case: Case, change: Change) -> Case:
        """Journal a change and answer the case after it; what stays the same leaves no trace: the same case."""
        before, after = plain(change.before), plain(change.after)
        if before == after:
            return case
        if before is not None and not (self.reason or "").strip():
            self._refuse_if_used(case, change.slot)
        told = {"before": before, "after": after} | ({"product": change.product} if change.product else {})
        return cases.record(
            self.engine,
            self.work,
            self.actor,
            case.id,
            what=change.what,
            data=told,
            roles=change.roles,
            reason=self.reason,
        )

    def about(self, case_id: int, product: ProductName, version: int | None = None) -> tuple[Case, Product]:
        """The case as `open` gives it, and one of its products."""
        case = self.open(case_id, version)
        return case, product_of(self.work, case, product)

    def put(self, case: Case, change: Change, write: Callable[[], None]) -> Case:
        """Keep a change and write its rows; where nothing changes, nothing is written."""
        done = self.keep(case, change)
        if done is not case:
            write()
        return done

    def keep_version(self, what: str, about: int, kept: KeptFile | None) -> None:
        """Note a file that came with a record as the newest version of that evidence."""
        if kept is not None:
            files.keep_version(self.work, what, about, kept, person_id=self.actor.person_id)

    def not_in_future(self, day: date, what: Sentence) -> None:
        if day > self.engine.today(self.work):
            raise Refused(tr("{what}: the day {day} has not come yet.", what=what, day=day))

    def _refuse_if_used(self, case: Case, slot: str) -> None:
        if is_used(definitions.flow_of(self.work, case.definition_id), case, slot):
            raise Refused(tr("A step of {name} already rests on this; say why it changes.", name=case.subject_name))


def is_used(flow: Flow, case: Case, slot: str) -> bool:
    """Whether a step that asks for this evidence has been taken and stands, or waits for confirmation."""
    return any(
        case.proposed_step == step.name or flow.rank[case.state] >= flow.rank[step.target]
        for step in flow.steps
        if step.kind == "step" and slot in step.slots
    )


def product_of(work: Work, case: Case, wanted: ProductName) -> Product:
    """An active product of the case by its name or number; none needs to be named where there is only one."""
    active = products.active_of(work, case.id)
    if wanted is None and len(active) == 1:
        return active[0]
    names = tuple(product.name for product in active)
    if wanted is None:
        raise Refused(
            tr("{name} has several products: {products}. Please say which.", name=case.subject_name, products=names)
        )
    key = name_key(wanted) if isinstance(wanted, str) else None
    for product in active:
        if product.id == wanted or product.name_key == key:
            return product
    raise NotFound(
        tr(
            "{name} has no product {product}; it has {products}.",
            name=case.subject_name,
            product=wanted,
            products=names,
        )
    )


def need(text: str, what: Sentence) -> str:
    """The text without spaces around it; refused when there is none."""
    if not text.strip():
        raise Refused(tr("{what} is missing; please fill it in.", what=what))
    return text.strip()


def web_address(url: str | None) -> str | None:
    """An address that a browser opens, or none."""
    if url is None or not url.strip():
        return None
    found = url.strip()
    if not found.startswith(("http://", "https://")) or any(sign.isspace() for sign in found):
        raise Refused(tr("{url} is no web address; it begins with http:// or https://.", url=found))
    return found


def plain(value: Any) -> Any:
    """Plain JSON of what is journaled: days as text, rows as mappings."""
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
