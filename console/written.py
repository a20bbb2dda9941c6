"""The content of the configuration as it is written, read without complaint: what has the wrong shape is left out."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from engine.faults import Path


def table(content: object, *keys: str) -> Mapping[str, Any]:
    """The table under these keys; empty when there is none."""
    for key in keys:
        content = content.get(key) if isinstance(content, Mapping) else None
    return content if isinstance(content, Mapping) else {}


def tables(content: object, path: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The tables in a list, each with its path."""
    for index, row in enumerate(content if isinstance(content, list) else ()):
        if isinstance(row, Mapping):
            yield (*path, index), row


def texts(content: object, path: Path) -> Iterator[tuple[Path, str]]:
    """The texts in a list, each with its path."""
    for index, text in enumerate(content if isinstance(content, list) else ()):
        if isinstance(text, str):
            yield (*path, index), text


def text(content: object) -> str:
    return content if isinstance(content, str) else ""


def number(content: object) -> int | None:
    return content if isinstance(content, int) and not isinstance(content, bool) else None


def day(content: object) -> date | None:
    try:
        return date.fromisoformat(content) if isinstance(content, str) else None
    except ValueError:
        return None
