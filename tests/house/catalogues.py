"""The catalogue of translations: collected from the source, kept complete, compiled. `--check` says what is stale."""

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
PACKAGES = ("engine", "workflows", "notifications", "console")
PO = ROOT / "engine/locale/zh_CN/LC_MESSAGES/lingpao.po"
MO = PO.with_suffix(".mo")


def main(arguments: list[str]) -> int:
    """Update the catalogue and compile it; with `--check` only say whether that would change anything."""
    wanted = updated()
    texts = {PO: as_po(wanted), MO: as_mo(wanted)}
    stale = [path for path, text in texts.items() if not path.is_file() or path.read_bytes() != text]
    missing = untranslated(wanted)
    if "--check" not in arguments:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text)
    for message in missing:
        print(f"not translated: {message}")
    if "--check" in arguments:
        for path in stale:
            print(f"stale: {path.relative_to(ROOT)}; run python tests/house/catalogues.py")
        return 1 if stale or missing else 0
    return 0


def updated() -> Catalog:
    """The catalogue as it is kept, with exactly the messages of the source."""
    kept = read_po(io.BytesIO(PO.read_bytes()), locale="zh_CN") if PO.is_file() else Catalog(locale="zh_CN")
    fresh = Catalog(locale="zh_CN", project="Lingpao", charset="utf-8", fuzzy=False, header_comment="# Lingpao 领跑")
    for message in sorted(set(messages())):
        known = kept.get(message)
        fresh.add(message, known.string if known else "")
    return fresh


def untranslated(catalogue: Catalog) -> list[str]:
    return [str(message.id) for message in catalogue if message.id and not message.string]


def messages() -> Iterator[str]:
    """First arguments of tr(...), and the docstrings that refusals are said with."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and _is_tr(node) and isinstance(node.args[0], ast.Constant):
                    yield str(node.args[0].value)
                if isinstance(node, ast.ClassDef) and path.name == "errors.py" and ast.get_docstring(node):
                    yield " ".join((ast.get_docstring(node) or "").split())


def as_po(catalogue: Catalog) -> bytes:
    stream = io.BytesIO()
    write_po(stream, catalogue, width=0, sort_output=True, omit_header=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return head.encode() + stream.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    stream = io.BytesIO()
    plain = Catalog(locale="zh_CN", charset="utf-8", fuzzy=False)
    for message in catalogue:
        if message.id:
            plain.add(message.id, message.string)
    plain.mime_headers = [("Content-Type", "text/plain; charset=utf-8")]
    write_mo(stream, plain)
    return stream.getvalue()


def _is_tr(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id in {"tr", "Sentence"} and bool(node.args)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
