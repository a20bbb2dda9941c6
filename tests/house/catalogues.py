"""The catalogue of translations: collected from the source, kept complete, compiled. `--check` says what is stale."""

import ast
import io
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[2]
PACKAGES = ("engine", "workflows", "notifications", "console")
PO = ROOT / "engine/locale/zh_CN/LC_MESSAGES/lingpao.po"
MO = PO.with_suffix(".mo")
MARKS = frozenset({"tr", "Sentence"})
PASSED_ON = frozenset(
    {
        "engine/words.py",
        "engine/errors.py",
        "engine/faults.py",
        "console/accounts/refusals.py",
        "console/cli/helptext.py",
        "console/web/templates.py",
    }
)
"""Files that make sentences of patterns which others have marked, or that have no words of their own."""


def main(arguments: list[str]) -> int:
    """Update the catalogue and compile it; with `--check` only say whether that would change anything."""
    wanted = updated()
    texts = {PO: as_po(wanted), MO: as_mo(wanted)}
    stale = [path for path, text in texts.items() if not path.is_file() or path.read_bytes() != text]
    faults = [f"not translated: {message}" for message in untranslated(wanted)]
    faults += [f"cannot be collected: {place}" for place in uncollected()]
    if "--check" in arguments:
        faults += [f"stale: {path.relative_to(ROOT)}; run python tests/house/catalogues.py" for path in stale]
    else:
        for path in stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(texts[path])
    for fault in faults:
        print(fault)
    return 1 if faults and "--check" in arguments else 0


def updated() -> Catalog:
    """The catalogue as it is kept, with exactly the messages of the source."""
    kept = read_po(io.BytesIO(PO.read_bytes()), locale="zh_CN") if PO.is_file() else Catalog(locale="zh_CN")
    fresh = Catalog(locale="zh_CN", charset="utf-8", fuzzy=False)
    for pattern in sorted(set(messages())):
        known = kept.get(pattern)
        fresh.add(pattern, known.string if known else "")
    return fresh


def untranslated(catalogue: Catalog) -> list[str]:
    return [str(message.id) for message in catalogue if message.id and not message.string]


def messages() -> Iterator[str]:
    """Every pattern the source says: marked with tr(...), with _(...) on pages, and the docstrings of refusals."""
    for path, tree in sources().items():
        for call in _marked(tree):
            yield from _texts(call.args[0], _constants(path))
    for tree in pages().values():
        for call in _said(tree):
            if isinstance(call.args[0], nodes.Const):
                yield call.args[0].value
    refusals = _refusals()
    for tree in sources().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node.name in refusals:
                yield " ".join((ast.get_docstring(node) or "").split())


def uncollected() -> list[str]:
    """Places whose pattern is made while the program runs, so that no catalogue can have it."""
    return [
        f"{path}:{call.lineno}"
        for path, tree in sources().items()
        if path not in PASSED_ON
        for call in _marked(tree)
        if not list(_texts(call.args[0], _constants(path))) and not _is_pattern(call.args[0])
    ] + [
        f"{path}:{call.lineno}"
        for path, tree in pages().items()
        for call in _said(tree)
        if not isinstance(call.args[0], nodes.Const)
    ]


@cache
def sources() -> Mapping[str, ast.Module]:
    """Every module of the product by its path."""
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


@cache
def pages() -> Mapping[str, nodes.Template]:
    """Every template of the console's pages by its path."""
    parser, home = Environment(autoescape=True), ROOT / "console/web/templates"
    return {
        path.relative_to(ROOT).as_posix(): parser.parse(path.read_text(encoding="utf-8"))
        for path in sorted(home.rglob("*.html"))
    }


def as_po(catalogue: Catalog) -> bytes:
    stream = io.BytesIO()
    write_po(stream, catalogue, width=0, sort_output=True, omit_header=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return head.encode() + stream.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """The compiled catalogue: the same bytes on every machine, day and version of Babel."""
    stream = io.BytesIO()
    undated = _Undated(locale="zh_CN", charset="utf-8", fuzzy=False)
    for message in catalogue:
        if message.id and message.string:
            undated.add(message.id, message.string)
    write_mo(stream, undated)
    return stream.getvalue()


class _Undated(Catalog):
    """A catalogue whose head has no moment of writing and no name of a tool."""

    mime_headers = [("Content-Type", "text/plain; charset=utf-8\n")]  # noqa: RUF012


def _said(tree: nodes.Template) -> Iterator[nodes.Call]:
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "_" and call.args:
            yield call


def _marked(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and _name(node.func) in MARKS:
            yield node


def _texts(node: ast.expr, constants: Mapping[str, ast.expr]) -> Iterator[str]:
    """The patterns an expression can be: a text, one of two, a sum of texts, or a constant of the module."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if node.value:
            yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body, constants)
        yield from _texts(node.orelse, constants)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        heads, tails = list(_texts(node.left, constants)), list(_texts(node.right, constants))
        yield from (head + tail for head in heads for tail in tails)
    elif isinstance(node, ast.Name) and node.id in constants:
        yield from _texts(constants[node.id], {})


def _constants(path: str) -> Mapping[str, ast.expr]:
    """What the names of a module stand for, where they are given a value at its top."""
    known: dict[str, ast.expr] = {}
    for node in sources()[path].body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            known[node.targets[0].id] = node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            known[node.target.id] = node.value
    return known


def _refusals() -> frozenset[str]:
    """Names of the classes whose bases lead to EngineError, in whatever file they stand."""
    classes = [node for tree in sources().values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    found = {"EngineError"}
    while more := {one.name for one in classes if found & {_name(base) for base in one.bases}} - found:
        found |= more
    return frozenset(found)


def _is_pattern(node: ast.expr) -> bool:
    """The pattern of a sentence that is marked where it was made."""
    return isinstance(node, ast.Attribute) and node.attr == "pattern"


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
