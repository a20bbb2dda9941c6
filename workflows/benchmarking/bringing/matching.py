"""Finding for each row of a list the enterprise and the product that it means, among those of the sender. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from engine.model import Case
from workflows.benchmarking.model import Enterprise, Product
from workflows.benchmarking.names import name_key
from workflows.benchmarking.roster.report import RosterRow
from workflows.benchmarking.roster.sentences import Wording
from workflows.benchmarking.roster.texts import shorten

K = TypeVar("K")

SHOWN: Final = 6
"""Products named where none of them is meant."""


@dataclass(frozen=True, slots=True)
class Participant:
    """An enterprise with a case of the sender's district, and the products it brought."""

    case: Case
    enterprise: Enterprise
    products: tuple[Product, ...]

    @property
    def takes_part(self) -> bool:
        return self.case.resume_state is None


@dataclass(frozen=True, slots=True)
class Place:
    """What a row is about: `number` counts the rows of the report from 0."""

    number: int
    row: RosterRow
    case: Case
    enterprise: Enterprise
    product: Product | None = None


def with_products(places: Iterable[Place]) -> list[tuple[Place, Product]]:
    """Places of a list about products, each with its product."""
    return [(place, place.product) for place in places if place.product is not None]


@dataclass(frozen=True, slots=True)
class Denial:
    """Why a row cannot be taken: the field that is pointed at, what is the matter, and what to do."""

    number: int
    name: str | None
    code: str
    wording: Wording
    detail: str = ""


@dataclass(slots=True)
class Matcher:
    """Knows who takes part; `former` are enterprises by name keys that they do not bear any more."""

    participants: Sequence[Participant]
    former: Mapping[str, int] = field(default_factory=dict)
    _by_name: Mapping[str, Sequence[Participant]] = field(init=False)
    _by_code: Mapping[str, Sequence[Participant]] = field(init=False)
    _by_id: Mapping[int, Sequence[Participant]] = field(init=False)

    def __post_init__(self) -> None:
        self._by_name = _grouped((one.enterprise.name_key, one) for one in self.participants)
        self._by_code = _grouped((one.enterprise.credit_code or "", one) for one in self.participants)
        self._by_id = _grouped((one.enterprise.id, one) for one in self.participants)

    def match(self, rows: Iterable[tuple[int, RosterRow]], *, of_products: bool) -> Iterator[Place | Denial]:
        """What each row is about, or why that cannot be said."""
        for number, row in rows:
            found = self._enterprise(number, row)
            if isinstance(found, Denial):
                yield found
            elif not found.takes_part:
                yield Denial(number, "enterprise_name", "ENTERPRISE_WITHDRAWN", _WITHDRAWN, found.enterprise.name)
            elif of_products:
                product = _product(number, row, found)
                yield _place(number, row, found, product) if isinstance(product, Product) else product
            else:
                yield _place(number, row, found)

    def _enterprise(self, number: int, row: RosterRow) -> Participant | Denial:
        """By credit code, else by name; where both are given they mean the same enterprise."""
        code, name = _text(row, "credit_code"), _text(row, "enterprise_name")
        coded, named = self._coded(code), self._named(name_key(name))
        if coded and named and _numbers(coded).isdisjoint(_numbers(named)):
            return Denial(number, "credit_code", "CODE_AND_NAME_DIFFER", _DIFFER, f"{code}、{shorten(name)}")
        found = coded or named
        if not found:
            pointed = "enterprise_name" if name else "credit_code"
            return Denial(number, pointed, "ENTERPRISE_UNKNOWN", _UNKNOWN, shorten(name or code))
        if len(_numbers(found)) > 1:
            return Denial(number, "enterprise_name", "ENTERPRISE_AMBIGUOUS", _AMBIGUOUS, shorten(name))
        return found[0]

    def _coded(self, code: str) -> Sequence[Participant]:
        return _standing(self._by_code.get(code, ())) if code else ()

    def _named(self, key: str) -> Sequence[Participant]:
        if not key:
            return ()
        return _standing(self._by_name.get(key) or self._by_id.get(self.former.get(key, 0), ()))


def _standing(found: Sequence[Participant]) -> Sequence[Participant]:
    """Those that take part; where none does, those that have left."""
    return [one for one in found if one.takes_part] or found


def _numbers(found: Sequence[Participant]) -> set[int]:
    return {one.enterprise.id for one in found}


def _product(number: int, row: RosterRow, of: Participant) -> Product | Denial:
    """A product by its name; none needs to be named where there is only one."""
    active = [one for one in of.products if one.active]
    said = _text(row, "product_name")
    names = "、".join(one.name for one in active[:SHOWN]) + ("……" if len(active) > SHOWN else "")
    if not said:
        return active[0] if len(active) == 1 else Denial(number, "product_name", "PRODUCT_NOT_SAID", _WHICH, names)
    key = name_key(said)
    for one in active:
        if one.name_key == key:
            return one
    if any(one.name_key == key for one in of.products):
        return Denial(number, "product_name", "PRODUCT_DROPPED", _DROPPED, shorten(said))
    return Denial(number, "product_name", "PRODUCT_UNKNOWN", _NO_SUCH, f"“{shorten(said)}”；有：{names}")


def _place(number: int, row: RosterRow, of: Participant, product: Product | None = None) -> Place:
    return Place(number, row, of.case, of.enterprise, product)


def _text(row: RosterRow, name: str) -> str:
    value = row.values.get(name)
    return value if isinstance(value, str) else ""


def _grouped(pairs: Iterable[tuple[K, Participant]]) -> Mapping[K, Sequence[Participant]]:
    found: dict[K, list[Participant]] = defaultdict(list)
    for key, one in pairs:
        found[key].append(one)
    return found


_UNKNOWN: Final = Wording("没有这家企业：{detail}。", "请核对企业名称或信用代码；还没有报送的，先报送企业名单。")
_AMBIGUOUS: Final = Wording("有几家企业叫这个名称：{detail}。", "请填写统一社会信用代码。")
_WITHDRAWN: Final = Wording("该企业已退出：{detail}。", "确需恢复的，请市局办理恢复；否则请删去这一行。")
_DIFFER: Final = Wording("信用代码与企业名称不是同一家企业：{detail}。", "请对照营业执照核对。")
_WHICH: Final = Wording("没有填写产品名称，该企业有几个产品：{detail}。", "请写明是哪一个。")
_DROPPED: Final = Wording("该产品已不再参加：{detail}。", "请删去这一行；确需恢复的，请先重新报送该产品。")
_NO_SUCH: Final = Wording("该企业没有产品{detail}。", "请填写报送名单时的产品名称。")
