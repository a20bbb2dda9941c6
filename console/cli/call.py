"""What a call of the command says besides its verb: options that may stand before or behind it."""

from dataclasses import dataclass
from typing import Annotated, Any

import typer

from engine.words import tr

PANEL = "everywhere"
"""Name of the group of options that every command has."""

PREFIX = "call_"
"""Begins the names of their parameters, so that a command can have a `login` of its own."""


@dataclass(frozen=True, slots=True)
class Call:
    """The common options as they were given; None where nothing was said."""

    config: str | None = None
    database: str | None = None
    login: str | None = None
    as_json: bool = False
    at: str | None = None
    locale: str | None = None
    key: str | None = None

    @classmethod
    def of(cls, given: dict[str, Any]) -> "Call":
        return cls(**{name: value for name, value in given.items() if name in cls.__slots__})


def _keep(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> Any:
    """Note a common option; one that stands behind the verb wins over one before it."""
    if value and isinstance(ctx.obj, dict):
        ctx.obj[str(param.name).removeprefix(PREFIX)] = value
    return value


def _everywhere(*names: str, metavar: str | None = None, envvar: str | None = None) -> Any:
    return typer.Option(
        *names,
        help=_HELP[names[-1]].pattern,
        callback=_keep,
        expose_value=False,
        is_eager=True,
        metavar=metavar,
        envvar=envvar,
        rich_help_panel=PANEL,
    )


_HELP = {
    "--config": tr("Configuration file; ./config.yaml where nothing is said."),
    "--database": tr("File or address of the database, instead of the configured one."),
    "--as": tr("Login of the person who acts; else the one this system user is mapped to."),
    "--json": tr("Answer in JSON."),
    "--at": tr("Set the clock of a rehearsal first: 2020-06-05 or 2020-06-05T08:30."),
    "--locale": tr("Language of the answer: zh_CN or en."),
    "--key": tr("Name of the request: asking again under it has no second effect."),
}

_carrier = typer.Typer(add_completion=False)


@_carrier.command()
def _common(
    *,
    call_config: Annotated[str | None, _everywhere("--config", metavar="FILE", envvar="LINGPAO_CONFIG")] = None,
    call_database: Annotated[str | None, _everywhere("--database", metavar="FILE|URL")] = None,
    call_login: Annotated[str | None, _everywhere("--as", metavar="LOGIN")] = None,
    call_as_json: Annotated[bool, _everywhere("--json")] = False,
    call_at: Annotated[str | None, _everywhere("--at", metavar="TIME")] = None,
    call_locale: Annotated[str | None, _everywhere("--locale", metavar="LOCALE", envvar="LINGPAO_LOCALE")] = None,
    call_key: Annotated[str | None, _everywhere("--key", metavar="KEY")] = None,
) -> None:
    """Carry the options; never called."""


def common_options() -> list[Any]:
    """Fresh parameters for one more command."""
    return list(typer.main.get_command(_carrier).params)
