"""How a section of the configuration is validated: whole, strictly, every fault with its path and nearest key."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Final, TypeVar, Union, cast, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError

from engine.clock import time_of_day
from engine.faults import Finding, Path, did_you_mean, expected, unknown
from engine.words import Sentence, tr


class Section(BaseModel):
    """A part of config.yaml: frozen, nothing unknown in it, no value guessed from another type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


Model = TypeVar("Model", bound=BaseModel)


def validated(model: type[Model], content: object) -> tuple[Model | None, tuple[Finding, ...]]:
    """The section, or everything that is wrong with its content."""
    try:
        # as JSON, strictly: lists become tuples and texts become days, but nothing else changes its type
        return model.model_validate_json(json.dumps(content)), ()
    except ValidationError as error:
        errors = cast("list[Mapping[str, Any]]", error.errors(include_url=False, include_input=True))
        return None, tuple(_finding(model, one) for one in errors if not _counted_wrong(one))


def wrong(what: Sentence) -> PydanticCustomError:
    """What a validator raises: the sentence of what was expected; the rest of the pattern is added here."""
    return PydanticCustomError("expected", "{what}", {"what": what})


def matching(pattern: str, what: Sentence) -> AfterValidator:
    """A validator for texts of a pattern."""
    compiled = re.compile(pattern)

    def check(text: str) -> str:
        if not compiled.fullmatch(text):
            raise wrong(what)
        return text

    return AfterValidator(check)


def _read_day(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise wrong(tr("a day such as 2020-06-05"))


def _read_time(value: str) -> str:
    try:
        time_of_day(value)
    except ValueError:
        raise wrong(tr("a time of day such as '08:30'")) from None
    return value


Name = Annotated[
    str, matching(r"[a-z][a-z0-9_-]{0,39}", tr("a name of small letters, digits, - and _ such as ningbo-2020"))
]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Day = Annotated[date, BeforeValidator(_read_day)]
TimeOfDay = Annotated[str, AfterValidator(_read_time)]
MonthDay = Annotated[
    str,
    matching(
        r"(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8])",
        tr("a day of every year such as '07-05'"),
    ),
]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Positive = Annotated[int, Field(ge=1, le=1_000_000)]

_KINDS: Final[Mapping[str, Sentence]] = {
    "string_type": tr("a text"),
    "string_too_short": tr("a text that is not empty"),
    "string_too_long": tr("a shorter text"),
    "int_type": tr("a whole number"),
    "int_from_float": tr("a whole number"),
    "int_parsing": tr("a whole number"),
    "float_type": tr("a number"),
    "float_parsing": tr("a number"),
    "finite_number": tr("a number"),
    "bool_type": tr("true or false"),
    "bool_parsing": tr("true or false"),
    "date_type": tr("a day such as 2020-06-05"),
    "date_from_datetime_parsing": tr("a day such as 2020-06-05"),
    "none_required": tr("nothing"),
    "set_type": tr("a list"),
    "frozen_set_type": tr("a list"),
    "list_type": tr("a list"),
    "tuple_type": tr("a list"),
    "dict_type": tr("a table of keys"),
    "mapping_type": tr("a table of keys"),
    "model_type": tr("a table of keys"),
    "model_attributes_type": tr("a table of keys"),
}
_BOUNDS: Final[Mapping[str, tuple[str, Sentence]]] = {
    "greater_than_equal": ("ge", tr("at least {bound}")),
    "less_than_equal": ("le", tr("at most {bound}")),
    "too_short": ("min_length", tr("at least {bound} in the list")),
    "too_long": ("max_length", tr("at most {bound} in the list")),
}


def _counted_wrong(error: Mapping[str, Any]) -> bool:
    """A list is called too short when some of its entries are faulty; only those are news."""
    return bool(error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"])


def _finding(model: type[BaseModel], error: Mapping[str, Any]) -> Finding:
    kind, got = error["type"], error["input"]
    path: Path = tuple(step for step in error["loc"] if step != "[key]")
    if kind == "missing":
        return Finding("MISSING_KEY", path, expected(tr("the key {key}", key=path[-1]), None))
    if kind == "extra_forbidden":
        known = _keys_at(model, path[:-1])
        sentence, hint = unknown(tr("one of the keys {known}", known=known), str(path[-1]), known)
        return Finding("UNKNOWN_KEY", path, sentence, hint, at_key=True)
    if kind in {"too_short", "too_long"}:
        got = len(got)
    what, hint = _wanted(error)
    return Finding("WRONG_VALUE", path, expected(what, got), hint, at_key="[key]" in error["loc"])


def _wanted(error: Mapping[str, Any]) -> tuple[Sentence, Sentence | None]:
    kind, ctx = error["type"], error.get("ctx", {})
    if kind == "expected":
        return ctx["what"], None
    if kind in {"literal_error", "enum"}:
        names = tuple(re.findall(r"'([^']*)'", ctx["expected"]))
        return tr("one of {known}", known=names), did_you_mean(error["input"], names)
    if kind in _BOUNDS:
        key, pattern = _BOUNDS[kind]
        return Sentence(pattern.pattern, {"bound": ctx[key]}), None
    if kind == "string_type" and isinstance(error["input"], int | float):
        return _KINDS[kind], tr("put it in quotes")
    return _KINDS.get(kind, tr("another value")), None


def _keys_at(model: type[BaseModel], path: Path) -> tuple[str, ...]:
    """The keys that a table at this path may have."""
    kinds: list[Any] = [model]
    for step in path:
        kinds = [inner for kind in kinds for inner in _below(kind, step)]
    return tuple(key for kind in kinds if _is_model(kind) for key in kind.model_fields)


def _below(kind: Any, step: str | int) -> Iterator[Any]:
    if _is_model(kind):
        field = kind.model_fields.get(step)
        yield from _plain(field.annotation) if field else ()
    else:
        for inner in get_args(kind):
            yield from _plain(inner)


def _plain(kind: Any) -> Iterator[Any]:
    """An annotation without what is around it."""
    if get_origin(kind) is Annotated:
        yield from _plain(get_args(kind)[0])
    elif get_origin(kind) in {Union, type(int | None)}:
        for inner in get_args(kind):
            yield from _plain(inner)
    else:
        yield kind


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
