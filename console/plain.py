"""Answers as plain JSON: days and instants as text, sentences and labels as they are said."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from engine.words import Sentence, say


def plain(value: Any, locale: str) -> Any:
    """Plain JSON of an answer in a language."""
    if isinstance(value, Sentence):
        return say(value, locale)
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name), locale) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one, locale) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one, locale) for one in value]
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
