"""The table of what mail providers say, read from `providers.toml` and checked once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from engine.words import tr
from notifications.errors import ProviderRulesRefused
from notifications.faults import Fault
from notifications.verdicts import Stage


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    fault: Fault
    words: tuple[str, ...]
    codes: tuple[str, ...]
    stages: frozenset[Stage]
    again_after: timedelta | None


@dataclass(frozen=True, slots=True)
class Provider:
    title: str
    hosts: tuple[str, ...]
    rules: tuple[Rule, ...]


@cache
def known_providers() -> Mapping[str, Provider]:
    return read_providers(files("notifications").joinpath("providers.toml").read_text(encoding="utf-8"))


def provider_of(host: str) -> str:
    """The provider whose relay this is, by the end of its name; "any" when it is nobody's we know."""
    lowered = host.lower()
    for name, provider in known_providers().items():
        if any(lowered == end or lowered.endswith(f".{end}") for end in provider.hosts):
            return name
    return "any"


def read_providers(toml: str) -> Mapping[str, Provider]:
    """The table from its text; a rule that could never fit, or always would, is refused."""
    try:
        tables = tomllib.loads(toml)
        return {name: _provider(name, table) for name, table in tables.items()}
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as fault:
        raise ProviderRulesRefused(
            tr("The table of provider replies cannot be read: {fault}", fault=str(fault))
        ) from fault


def _provider(name: str, table: dict[str, Any]) -> Provider:
    rules = tuple(_rule(name, entry) for entry in table["rules"])
    return Provider(str(table["title"]), tuple(table["hosts"]), rules)


def _rule(provider: str, entry: dict[str, Any]) -> Rule:
    unknown = set(entry) - {"name", "fault", "words", "codes", "stages", "again_after_minutes"}
    words = tuple(entry["words"])
    if unknown or not words or any(not text or text != text.lower() for text in words):
        raise ValueError(f"{provider}/{entry['name']}: words in small letters are needed, and no unknown keys")
    minutes = entry.get("again_after_minutes")
    return Rule(
        name=str(entry["name"]),
        fault=Fault(entry["fault"]),
        words=words,
        codes=tuple(entry.get("codes", ())),
        stages=frozenset(Stage(stage) for stage in entry.get("stages", ())),
        again_after=None if minutes is None else timedelta(minutes=minutes),
    )
