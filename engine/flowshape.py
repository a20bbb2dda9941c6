"""The shape of a flow file against the published JSON Schema: every fault with its path and what was expected."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from engine.faults import Finding, Path, did_you_mean, expected, unknown
from engine.words import Sentence, tr

_EXPECTED: Final[Mapping[str, Sentence]] = {
    "name": tr("a name of small letters, digits and underscores such as plan_drafted"),
    "guard": tr("the bare name of a registered guard such as quota_is_reached"),
    "guards": tr("a list of different names of guards"),
    "names": tr("a list of different names"),
    "count": tr("a whole number from 1 to 9999"),
    "table": tr("a table with at least one name"),
    "label": tr("a text, or a table of texts with the keys zh and en"),
    "text": tr("a text of at most 80 characters"),
    "duration": tr("a number of workdays such as 3 or '3 workdays'"),
    "state": tr("a label, or a table with the keys label and side"),
    "slot": tr("a label, or a table with the keys label, each and brought_by"),
    "sources": tr("the name of a state, a list of different ones, or any_open"),
    "flag": tr("true or false"),
    "due": tr("day, none, yearly days, or workdays after a state"),
    "yearly": tr("a list of different days such as [[1, 5], [7, 5]]"),
    "month_day": tr("a month and a day such as [7, 5]"),
    "month": tr("a month from 1 to 12"),
    "day": tr("a day from 1 to 31"),
}
_TABLE: Final = tr("a table of keys")


def shape_findings(content: object) -> tuple[Finding, ...]:
    """What the schema says against the content of a flow file."""
    return tuple(finding for error in _validator().iter_errors(content) for finding in _findings(error))


@cache
def flow_schema() -> Mapping[str, Any]:
    """The published JSON Schema of flow files."""
    schema: dict[str, Any] = json.loads(files("engine").joinpath("flow.schema.json").read_text("utf-8"))
    return schema


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(flow_schema())


def _findings(error: Any) -> Iterator[Finding]:
    path: Path = tuple(error.absolute_path)
    if error.validator == "additionalProperties":
        yield from _unknown_keys(error, path)
    elif error.validator in {"required", "dependentRequired"}:
        yield from _missing_keys(error, path)
    elif "propertyNames" in error.schema_path:
        yield Finding("WRONG_NAME", (*path, error.instance), expected(_what(error), error.instance), at_key=True)
    else:
        yield Finding("WRONG_VALUE", path, expected(_what(error), error.instance), _hint(error))


def _unknown_keys(error: Any, path: Path) -> Iterator[Finding]:
    known = tuple(error.schema["properties"])
    for key in error.instance:
        if key not in known:
            sentence, hint = unknown(tr("one of the keys {known}", known=known), key, known)
            yield Finding("UNKNOWN_KEY", (*path, key), sentence, hint, at_key=True)


def _missing_keys(error: Any, path: Path) -> Iterator[Finding]:
    wanted = error.validator_value
    if isinstance(wanted, Mapping):
        wanted = [key for given, keys in wanted.items() if given in error.instance for key in keys]
    for key in wanted:
        # the library reports each missing key by an error of its own, whose message begins with the key
        if key not in error.instance and error.message.startswith(repr(key)):
            yield Finding("MISSING_KEY", (*path, key), expected(tr("the key {key}", key=key), None))


def _what(error: Any) -> Sentence:
    if error.validator == "enum":
        return tr("one of {known}", known=tuple(error.validator_value))
    return _EXPECTED.get(error.schema.get("title"), _TABLE)


def _hint(error: Any) -> Sentence | None:
    if error.validator == "enum":
        return did_you_mean(error.instance, error.validator_value)
    if error.schema.get("title") == "guard":
        return tr("expressions are never evaluated: register the rule as a guard and name it here")
    return None
