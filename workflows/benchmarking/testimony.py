"""What the journal said of each record last, to be held against what is on record."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from engine.model import Recorded
from workflows.benchmarking.names import name_key

OF_A_PLAN: Final = ("plan", "indicators", "platform_plan")
OF_A_PRODUCT: Final = ("test_report", "result", "indicator_values")
NOTHING: Final = "null"
Named = tuple[int, str]
"""A product by its case and the key of its first name."""
About = tuple[Named, str, tuple[Any, ...]]
"""Product, what is said of it, and what tells several of the kind apart."""


@dataclass(slots=True)
class Testimony:
    """The last word of the journal, entry by entry in the order of recording."""

    names: dict[tuple[int, str], Named] = field(default_factory=dict)
    """Under which name key a product goes now."""
    products: dict[Named, dict[str, Any]] = field(default_factory=dict)
    records: dict[About, Any] = field(default_factory=dict)
    links: dict[int, dict[Named, int]] = field(default_factory=lambda: defaultdict(dict))
    """By case, the plan of each product."""
    plans: dict[int, dict[str, set[str]]] = field(default_factory=dict)
    """By plan, what each of its three parts may be: one answer, except where an entry fits two plans of a case."""
    trainings: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    _new_plans: dict[int, Any] = field(default_factory=dict)

    def read(self, entries: Iterable[Recorded]) -> None:
        for entry in entries:
            if entry.kind == "open":
                self._open(entry)
            elif reader := _READERS.get(str(entry.data.get("what"))):
                reader(self, entry)

    def _open(self, entry: Recorded) -> None:
        for product in entry.data.get("products", ()):
            self._put_product(entry, product["name"], {**product, "active": True})

    def read_product(self, entry: Recorded) -> None:
        after = dict(entry.data["after"])
        if after == {"active": False}:
            after["dropped_reason"] = (entry.reason or "").strip()
        self._put_product(entry, entry.data["product"], after)

    def _put_product(self, entry: Recorded, name: str, fields: Mapping[str, Any]) -> None:
        key = name_key(name)
        token = self.names.pop((entry.case_id, key), (entry.case_id, key))
        known = self.products.get(token, {}) | dict(fields)
        self.products[token] = known
        self.names[entry.case_id, name_key(known.get("name", name))] = token

    def _product(self, entry: Recorded) -> Named:
        key = name_key(entry.data.get("product", ""))
        return self.names.get((entry.case_id, key), (entry.case_id, key))

    def read_record(self, entry: Recorded) -> None:
        self.records[self._product(entry), entry.data["what"], ()] = entry.data["after"]

    def read_declaration(self, entry: Recorded) -> None:
        after = entry.data["after"]
        self.records[self._product(entry), "declaration", (after["standard_no"],)] = after

    def read_runner_step(self, entry: Recorded) -> None:
        product, before, after = self._product(entry), entry.data["before"], entry.data["after"]
        if before:
            self.records.pop((product, "runner_step", _step(before)), None)
        self.records[product, "runner_step", _step(after)] = after

    def read_training(self, entry: Recorded) -> None:
        self.trainings[entry.case_id].append(entry.data["after"])

    def read_link(self, entry: Recorded) -> None:
        """A product has another plan; with it goes what its own standard set for the plan before."""
        product, plan_id = self._product(entry), entry.data["after"]
        if entry.case_id in self._new_plans and plan_id not in self.plans:
            parts = {part: {NOTHING} for part in OF_A_PLAN}
            self.plans[plan_id] = parts | {"plan": {canonical(self._new_plans.pop(entry.case_id))}}
        self.links[entry.case_id][product] = plan_id
        self.records.pop((product, "indicator_values", ()), None)

    def read_plan(self, entry: Recorded) -> None:
        what, before = entry.data["what"], canonical(entry.data["before"])
        if what == "plan" and before == NOTHING:
            self._new_plans[entry.case_id] = entry.data["after"]
            return
        fitting = [one for one in self._plans_of(entry.case_id) if before in self.plans[one][what]]
        for plan_id in fitting:
            may_be = self.plans[plan_id][what]
            if len(fitting) == 1 and len(may_be) == 1:
                may_be.clear()
            may_be.add(canonical(entry.data["after"]))

    def _plans_of(self, case_id: int) -> list[int]:
        return sorted(set(self.links[case_id].values()) & self.plans.keys())


def canonical(value: Any) -> str:
    """A value as text that is equal where the value is."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _step(told: Mapping[str, Any]) -> tuple[Any, ...]:
    return told["level"], told["year"], told["step"]


_READERS: Final[Mapping[str, Callable[[Testimony, Recorded], None]]] = {
    "product": Testimony.read_product,
    "declaration": Testimony.read_declaration,
    "runner_step": Testimony.read_runner_step,
    "training": Testimony.read_training,
    "plan_link": Testimony.read_link,
    **dict.fromkeys(OF_A_PLAN, Testimony.read_plan),
    **dict.fromkeys(OF_A_PRODUCT, Testimony.read_record),
}
