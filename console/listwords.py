"""What a list changes or leaves alone, row by row, as it is told: in a terminal, on a page, of an import long ago."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine.words import Sentence, tr
from workflows.benchmarking.roster.forms import Form


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a part: the row of the file (0 where none is meant), whom it is about, and what of it."""

    row: int
    whom: str
    what: str = ""
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Rows to which the same happens; `hint` says what that means, `grave` whether somebody should look twice."""

    name: str
    title: Sentence
    rows: tuple[Row, ...]
    hint: Sentence | None = None
    grave: bool = False


_ENTERPRISES: Final[Mapping[str, tuple[Sentence, Sentence | None, bool]]] = {
    "new": (tr("New enterprises"), None, False),
    "claimed": (
        tr("Named by another district too"),
        tr("They take part for another district already; the bureau decides to which one they belong."),
        True,
    ),
    "added_products": (tr("New products"), None, False),
    "changed_products": (tr("Changed products"), None, False),
    "known_as": (tr("Known by another name"), tr("They are recorded under the name of today."), False),
    "left": (tr("Left out"), tr("These rows change nothing; the reason stands beside each."), True),
    "proposed_withdrawals": (
        tr("No longer named"),
        tr("These enterprises take part and are not on this list. Nothing happens to them: whoever is to leave is"
           " withdrawn on its own page, with a reason."),
        True,
    ),
    "proposed_drops": (
        tr("Products no longer named"),
        tr("These products stay as they are; whoever gives one up does so on the page of the enterprise."),
        True,
    ),
}  # fmt: skip


def parts_of(form: Form, told: Mapping[str, Any]) -> tuple[Part, ...]:
    """What a list changes or would change, and what it leaves for people to decide; nothing empty."""
    found = _of_enterprises(told) if form.nominating else _of_records(form, told)
    return tuple(one for one in found if one.rows)


def _of_enterprises(told: Mapping[str, Any]) -> Iterator[Part]:
    for name, (title, hint, grave) in _ENTERPRISES.items():
        yield Part(name, title, tuple(_row(one) for one in told.get(name, ())), hint, grave)


def _of_records(form: Form, told: Mapping[str, Any]) -> Iterator[Part]:
    labels = {column.field: column.label for column in form.columns}
    for name, title in (("new", tr("New")), ("changed", tr("Changed"))):
        yield Part(name, title, tuple(_deed(one, labels) for one in told.get(name, ())))
    title, hint, grave = _ENTERPRISES["left"]
    yield Part("left", title, tuple(_row(one) for one in told.get("left", ())), hint, grave)


def _deed(one: Mapping[str, Any], labels: Mapping[str, str]) -> Row:
    return Row(one["row"], whom(one), what(one, labels), one.get("case"))


def _row(one: str | Mapping[str, Any]) -> Row:
    """An enterprise by its name alone, or a row of the file with what is said of it."""
    if isinstance(one, str):
        return Row(0, one)
    why = one.get("why") or (f"{one['said']} → {one['enterprise']}" if "said" in one else one.get("product", ""))
    about = whom(one) if "why" in one else str(one.get("enterprise", ""))
    return Row(int(one.get("row", 0)), about, str(why), one.get("case"))


def whom(deed: Mapping[str, Any]) -> str:
    names = (deed.get("enterprise"), deed.get("product"), deed.get("organisation"), deed.get("login"))
    return " ".join(str(name) for name in names if name)


def what(deed: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Every field with its value, of a change with the value before."""
    was, parts = deed.get("was", {}), [str(labels.get(name, name)) for name in deed.get("fields", ())]
    for name, value in deed.get("now", {}).items():
        if value in (None, "", []):
            continue
        before = f"{said(was[name])} → " if name in was else ""
        parts.append(f"{labels.get(name, name)} {before}{said(value)}")
    if deed.get("role"):
        parts.append(str(labels.get("role", "role")))
    return "；".join([*parts, *([deed["note"]] if deed.get("note") else [])])


def said(value: object) -> str:
    """A value of a list as it is written for people."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None or value in ("", [], ()):
        return "—"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "、".join(map(str, value))
    return str(value)
