"""The frame of the command line: verbs loaded only when called, help and refusals in the reader's language."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from io import TextIOWrapper
from typing import Any, cast

import typer
from typer.core import TyperCommand, TyperGroup

from console.cli.call import Call, common_options
from console.cli.helptext import help_page, spoken
from engine.words import DEFAULT_LOCALE, Sentence, tr

Function = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Verb:
    """A command by name: the module that has it, and what it does in a sentence."""

    name: str
    module: str
    does: Sentence


class Command(TyperCommand):
    """A command with the common options."""

    def __init__(self, name: str | None, *, params: list[Any] | None = None, **settings: Any) -> None:
        super().__init__(name, params=[*(params or ()), *common_options()], **settings)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(help_page(self, ctx, locale_of(ctx)))


class Group(TyperGroup):
    """A command that has commands."""

    def __init__(self, *, params: list[Any] | None = None, **settings: Any) -> None:
        super().__init__(params=[*(params or ()), *common_options()], **settings)

    def summaries(self, locale: str) -> Iterator[tuple[str, str]]:
        """Name and purpose of each command that is not hidden."""
        for name, command in self.commands.items():
            if not command.hidden:
                yield name, spoken(command.help, locale)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        formatter.write(help_page(self, ctx, locale_of(ctx)))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        known = self.list_commands(ctx)
        if args and args[0] not in known and not args[0].startswith("-"):
            from console.cli.refusals import VerbUnknown

            raise VerbUnknown(args[0], known)
        return super().resolve_command(ctx, args)


class Root(Group):
    """The program: its verbs come from a table, and nothing of a verb is imported before it is called."""

    verbs: Mapping[str, Verb] = {}

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        return list(self.verbs)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        verb = self.verbs.get(cmd_name)
        return load(verb) if verb else None

    def summaries(self, locale: str) -> Iterator[tuple[str, str]]:
        yield from ((verb.name, spoken(verb.does.pattern, locale)) for verb in self.verbs.values())

    def main(self, *args: Any, **settings: Any) -> Any:
        """Run a command line to its end; whatever is refused is said, and the exit code tells what kind it was."""
        from console.cli.refusals import guarded

        speak_on(sys.stdout, sys.stderr)
        given: dict[str, Any] = {"line": tuple(settings.get("args") or (args[0] if args else None) or sys.argv[1:])}
        guarded(given, lambda: super(Root, self).main(*args, **(settings | {"standalone_mode": False, "obj": given})))


def speak_on(*streams: Any) -> None:
    """Let nothing break where a sign cannot be shown; it is escaped there, and the reader is told once."""
    for stream in streams:
        if isinstance(stream, TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="backslashreplace")
    try:
        "中".encode(sys.stderr.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        sys.stderr.write(BLIND + "\n")


def load(verb: Verb) -> Any:
    """The command behind a verb: the group of its module when that bears its name, else one of its commands."""
    group = typer.main.get_group(import_module(verb.module).app)
    command = group if group.name == verb.name else group.commands[verb.name]
    command.name = verb.name
    return command


def verbs(name: str | None = None, does: Sentence | None = None, **settings: Any) -> typer.Typer:
    """An application for a module: a group with that name, or a bag of commands of the program itself."""
    return typer.Typer(
        name=name,
        help=does.pattern if does else None,
        cls=Group,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=bool(name) and not settings.get("invoke_without_command"),
        **settings,
    )


def command(app: typer.Typer, name: str, does: Sentence) -> Callable[[Function], Function]:
    """Make a function a command of the application."""
    return cast("Callable[[Function], Function]", app.command(name, cls=Command, help=does.pattern))


def option(*names: str, does: Sentence, metavar: str | None = None, **settings: Any) -> Any:
    return typer.Option(*names, help=does.pattern, metavar=metavar, show_default=False, **settings)


def argument(does: Sentence, metavar: str | None = None, **settings: Any) -> Any:
    return typer.Argument(help=does.pattern, metavar=metavar, show_default=False, **settings)


def locale_of(ctx: Any) -> str:
    """The language asked for on this command line."""
    return Call.of(ctx.obj).locale or DEFAULT_LOCALE if isinstance(ctx.obj, dict) else DEFAULT_LOCALE


def table(rows: Iterable[Verb]) -> dict[str, Verb]:
    return {row.name: row for row in rows}


BLIND = "This terminal shows no Chinese; set PYTHONIOENCODING=utf-8, or say --locale en."
"""In English, for the other language is what cannot be shown there."""

PURPOSE = tr("Run deadline-driven campaigns: lists in, steps, deadlines, letters, the weekly digest.")
