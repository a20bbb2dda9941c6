"""The page that lists every key of config.yaml, made from the models so that it cannot fall behind."""

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from console.settings import Settings

_HEAD = """\
# Configuration

Every key of `config.yaml`, made from the models by `console.reference`; a test keeps this page current.
Keys without a default must be given. Passwords never stand in the file: `LINGPAO_SMTP_PASSWORD` is that of the
mail relay, `LINGPAO_DATABASE_URL` is used instead of `database` where the address has to carry one,
`LINGPAO_SECRET_KEY` seals second factors (`lingpao people new-key` makes one; several with commas, the newest first,
while a key is being changed), and `LINGPAO_OIDC_CLIENT_SECRET` is that of the identity provider.

| key | meaning | default |
|---|---|---|
"""


def page() -> str:
    """The page as Markdown."""
    return _HEAD + "".join(f"| `{key}` | {meaning} | {default} |\n" for key, meaning, default in rows())


def rows() -> Iterator[tuple[str, str, str]]:
    """Key, meaning and default of each field, from the outside in; a section that stands twice is told once."""
    yield from _rows(Settings, "", {})


def _rows(model: type[BaseModel], prefix: str, told: dict[type[BaseModel], str]) -> Iterator[tuple[str, str, str]]:
    for name, field in model.model_fields.items():
        key = f"{prefix}{name}"
        yield key, _meaning(field), _default(field)
        for suffix, inner in _inside(field.annotation):
            if inner in told:
                yield f"{key}{suffix}", f"The same keys as `{told[inner]}`.", ""
            else:
                told[inner] = f"{key}{suffix}"
                yield from _rows(inner, f"{key}{suffix}.", told)


def _meaning(field: FieldInfo) -> str:
    choices = [
        str(choice) for kind in _kinds(field.annotation) if get_origin(kind) is Literal for choice in get_args(kind)
    ]
    meaning = field.description or ""
    return f"{meaning} One of {', '.join(f'`{choice}`' for choice in choices)}." if choices else meaning


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return ""
    match field.default:
        case None:
            return "none"
        case bool(value):
            return f"`{str(value).lower()}`"
        case BaseModel():
            return "as below"
        case () | {}:
            return "empty"
        case value:
            return ", ".join(f"`{one}`" for one in (value if isinstance(value, tuple) else (value,)))


def _inside(annotation: Any) -> Iterator[tuple[str, type[BaseModel]]]:
    """The sections below a field, and how their keys are written after its own."""
    for kind in _kinds(annotation):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield "", kind
        elif get_origin(kind) is tuple:
            yield from ((f"[]{suffix}", inner) for one in get_args(kind) for suffix, inner in _inside(one))
        elif len(get_args(kind)) == 2 and get_origin(kind) is not Literal:  # noqa: PLR2004 - key and value
            yield from ((f".NAME{suffix}", inner) for suffix, inner in _inside(get_args(kind)[1]))


def _kinds(annotation: Any) -> Iterator[Any]:
    """The annotation without what is around it."""
    if get_origin(annotation) is Annotated:
        yield from _kinds(get_args(annotation)[0])
    elif get_origin(annotation) in {Union, UnionType}:
        for inner in get_args(annotation):
            yield from _kinds(inner)
    else:
        yield annotation
