"""The budgets of this house: short files, short functions, few parameters, three broad handlers."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("engine", "workflows", "notifications", "console")
LONGEST_FILE, LONGEST_MODEL = 350, 400
LONGEST_PAGE = {".html": 200, ".css": 350, ".js": 80}
"""Templates, style sheets and scripts of ours; what lies under `vendor` is not."""
LONGEST_FUNCTION, MOST_POSITIONAL, MOST_BRANCHES = 40, 5, 10
BROAD = {("engine/heartbeat.py", "_beat")}
"""Places that may catch everything: the heartbeat, so that one failing job does not end the others."""
BRANCHES = (ast.If, ast.For, ast.While, ast.ExceptHandler, ast.BoolOp, ast.IfExp, ast.comprehension, ast.match_case)


def sources() -> Iterator[Path]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def page_parts() -> Iterator[Path]:
    for path in sorted((ROOT / "console" / "web").rglob("*")):
        if path.suffix in LONGEST_PAGE and "vendor" not in path.parts:
            yield path


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines(node: ast.FunctionDef | ast.AsyncFunctionDef, path: Path) -> int:
    """Lines without the docstring; of a command also without its signature, which is the table of its options."""
    first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
    if path.parent.name == "cli" and node.decorator_list:
        first = node.body[0].lineno
    doc = node.body[0] if ast.get_docstring(node) else None
    whole = (node.end_lineno or node.lineno) - first + 1
    return whole - ((doc.end_lineno or doc.lineno) - doc.lineno + 1 if doc else 0)


@pytest.mark.parametrize("path", list(sources()), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_keeps_the_budgets(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    limit = LONGEST_MODEL if "config" in path.name or "schema" in path.parts else LONGEST_FILE
    assert text.count("\n") <= limit
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), "a module says in a sentence what it is about"
    for node in functions(path):
        assert lines(node, path) <= LONGEST_FUNCTION, f"{node.name} has {lines(node, path)} lines"
        positional = len(node.args.posonlyargs) + len(node.args.args)
        in_class = bool(node.args.args) and node.args.args[0].arg in {"self", "cls"}
        assert positional - in_class <= MOST_POSITIONAL, f"{node.name} takes {positional} positional arguments"
        branches = sum(isinstance(one, BRANCHES) for one in ast.walk(node))
        assert branches <= MOST_BRANCHES, f"{node.name} branches {branches} times"


@pytest.mark.parametrize("path", list(page_parts()), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_part_of_the_pages_keeps_its_budget(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= LONGEST_PAGE[path.suffix]


def test_only_the_named_places_catch_everything() -> None:
    found = set()
    for path in sources():
        for node in functions(path):
            for handler in ast.walk(node):
                if isinstance(handler, ast.ExceptHandler) and _is_broad(handler):
                    found.add((str(path.relative_to(ROOT)), node.name))
    assert found <= BROAD


def test_the_clock_is_read_in_one_place_only() -> None:
    forbidden = ("datetime.now(", "datetime.utcnow(", "date.today(", "time.time(", "time.sleep(", "time.monotonic(")
    for path in sources():
        if path.name != "clock.py":
            text = path.read_text(encoding="utf-8")
            assert not [word for word in forbidden if word in text], path


def _is_broad(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    names = [node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)]
    return bool({"Exception", "BaseException"} & set(names))
