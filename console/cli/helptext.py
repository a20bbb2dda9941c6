"""Help pages in the reader's language, aligned also where signs are two cells wide."""

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from shutil import get_terminal_size
from typing import Any, Final

from console.cli.call import PANEL
from engine.words import Sentence, say, tr

WIDEST: Final = 100
NAMES_AT_MOST: Final = 30
WIDE: Final = frozenset("WF")

TITLES: Final = {
    "usage": tr("Usage"),
    "arguments": tr("Arguments"),
    "options": tr("Options"),
    PANEL: tr("Options of every command"),
    "commands": tr("Commands"),
    "required": tr("required"),
    "--help": tr("Show this page."),
}

Pair = tuple[str, str]


def help_page(command: Any, ctx: Any, locale: str) -> str:
    """The whole page of a command or a group of commands."""
    usage = " ".join([ctx.command_path, *_pattern(command, ctx)])
    blocks = [f"{say(TITLES['usage'], locale)}: {usage}", spoken(command.help, locale)]
    blocks += [_section(title, pairs, locale) for title, pairs in _parts(command, ctx, locale) if pairs]
    return "\n\n".join(block for block in blocks if block)


def _pattern(command: Any, ctx: Any) -> Iterator[str]:
    """What may stand behind the name of the command."""
    yield "[OPTIONS]"
    for param in command.get_params(ctx):
        if param.param_type_name == "argument":
            yield _metavar(param) if param.required else f"[{_metavar(param)}]"
    if hasattr(command, "summaries"):
        yield "COMMAND ..."


def _metavar(param: Any) -> str:
    return param.metavar or str(param.name).upper()


def spoken(text: str | None, locale: str) -> str:
    """A help text in the language of `locale`; paragraphs are translated each by itself."""
    return say(Sentence(" ".join((text or "").split())), locale)


def width(text: str) -> int:
    """Cells of a terminal that a text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in WIDE else 1 for sign in text)


def wrapped(text: str, room: int) -> list[str]:
    """Lines no wider than `room` cells; Chinese breaks anywhere, other words stay whole."""
    lines = [""]
    for piece in _pieces(text):
        if width(lines[-1]) + width(piece.rstrip()) > room and lines[-1].strip():
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> Iterator[str]:
    """Words with the space behind them; wide signs each for itself, closing punctuation with the sign before it."""
    word = ""
    for sign in text:
        wide = unicodedata.east_asian_width(sign) in WIDE
        if wide and word and not unicodedata.category(sign).startswith(("Pe", "Po", "Pf")):
            yield word
            word = ""
        word += sign
        if sign == " ":
            yield word
            word = ""
    if word:
        yield word


def _parts(command: Any, ctx: Any, locale: str) -> Iterator[tuple[str, Sequence[Pair]]]:
    yield "commands", [(name, short) for name, short in getattr(command, "summaries", lambda _: ())(locale)]
    params = command.get_params(ctx)
    yield "arguments", list(_pairs((one for one in params if one.param_type_name == "argument"), ctx, locale))
    for title, panel in (("options", None), (PANEL, PANEL)):
        chosen = (one for one in params if one.param_type_name == "option" and one.rich_help_panel == panel)
        yield title, list(_pairs(chosen, ctx, locale))


def _pairs(params: Iterable[Any], ctx: Any, locale: str) -> Iterator[Pair]:
    for param in params:
        record = param.get_help_record(ctx)
        if record is None:
            continue
        names = record[0] if param.param_type_name == "option" else _metavar(param)
        text = say(TITLES["--help"], locale) if "--help" in param.opts else spoken(param.help, locale)
        needed = param.required and param.param_type_name == "option"
        yield names, f"{text} [{say(TITLES['required'], locale)}]" if needed else text


def _section(title: str, pairs: Sequence[Pair], locale: str) -> str:
    across = min(get_terminal_size((WIDEST, 24)).columns, WIDEST)
    indent = min(max(width(names) for names, _ in pairs), NAMES_AT_MOST) + 4
    lines = [f"{say(TITLES[title], locale)}:"]
    for names, text in pairs:
        told = wrapped(text, max(across - indent, 20))
        head = f"  {names}"
        if width(head) > indent - 2:
            lines.append(head)
            head = ""
        lines.append(head + " " * (indent - width(head)) + told[0])
        lines += [textwrap.indent(line, " " * indent) for line in told[1:]]
    return "\n".join(lines)
