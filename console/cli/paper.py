"""Where answers are written: sentences and tables for people, JSON for machines, progress at a terminal."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from shutil import get_terminal_size
from typing import Any, Final
from zoneinfo import ZoneInfo

from console.plain import plain
from engine.clock import ZONE
from engine.words import Sentence, say

WIDTH_OF_FILES: Final = 110
"""Columns of a table that is not written to a terminal."""

Cell = object
Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: numbers stand on the right, a `whole` one is not broken into lines, and one that `may`
    be empty is left out where it is.
    """

    title: Sentence
    number: bool = False
    whole: bool = False
    may: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """One answer in one language."""

    locale: str
    as_json: bool
    zone: ZoneInfo = field(default=ZONE)

    def say(self, sentence: Sentence) -> None:
        """A line for people; machines read the answer alone."""
        if not self.as_json:
            self.line(say(sentence, self.locale))

    def line(self, text: str = "") -> None:
        if not self.as_json:
            sys.stdout.write(text + "\n")

    def warn(self, sentence: Sentence) -> None:
        """A line beside the answer, also when that goes into a file."""
        sys.stderr.write(say(sentence, self.locale) + "\n")

    def answer(self, document: Mapping[str, Any] | Sequence[Any]) -> None:
        """The answer for machines; people have read it in other words."""
        if self.as_json:
            print_json(plain(document, self.locale))

    def table(
        self, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, title: Sentence | None = None
    ) -> None:
        """A table for people; long texts go on in the next line, nothing is cut off."""
        if self.as_json:
            return
        told = [[self.spoken(cell) for cell in row] for row in rows]
        drawn = _empty_table(self.spoken(title) if title else None)
        kept = []
        for place, column in enumerate(columns):
            cells = [row[place] for row in told]
            if column.may and not any(cells):
                continue
            kept.append([_literal(cell) for cell in cells])
            _add_column(drawn, self.spoken(column.title), column, cells)
        for row in zip(*kept, strict=True):
            drawn.add_row(*row)
        self._print(drawn)

    def facts(self, rows: Iterable[tuple[Sentence, Cell]]) -> None:
        """Names and values below each other; what is empty is left out."""
        if self.as_json:
            return
        from rich.table import Table

        drawn = Table.grid(padding=(0, 2))
        drawn.add_column(no_wrap=True, style="bold")
        drawn.add_column(overflow="fold")
        for name, value in rows:
            if value not in (None, "", ()):
                drawn.add_row(_literal(self.spoken(name)), _literal(self.spoken(value)))
        self._print(drawn)

    @contextmanager
    def progress(self, sentence: Sentence, total: int | None = None) -> Iterator[Advance]:
        """A bar while something long goes on, if somebody is watching; call what is yielded with how much is done."""
        if self.as_json or not sys.stderr.isatty():
            yield lambda _: None
            return
        from rich.progress import Progress

        with Progress(console=self._console(sys.stderr), transient=True) as bar:
            task = bar.add_task(self.spoken(sentence), total=total)
            yield lambda done: bar.update(task, completed=done)

    def spoken(self, value: Cell) -> str:
        """Any value in the language of this paper: sentences, labels, lists, days, instants in local time."""
        if value is None:
            return ""
        if isinstance(value, datetime):
            return f"{value.astimezone(self.zone):%Y-%m-%d %H:%M}"
        if isinstance(value, date):
            return value.isoformat()
        return say(Sentence("{value}", {"value": value}), self.locale)

    def _print(self, drawn: Any) -> None:
        console = self._console(sys.stdout)
        with console.capture() as captured:
            console.print(drawn)
        lines = (line.rstrip() for line in captured.get().rstrip("\n").split("\n"))
        sys.stdout.write("".join(f"{line}\n" for line in lines))

    def _console(self, stream: Any) -> Any:
        from rich.console import Console

        wide = None if stream.isatty() else get_terminal_size((WIDTH_OF_FILES, 24)).columns
        return Console(file=stream, width=wide, highlight=False, emoji=False)


def print_json(document: Any) -> None:
    """JSON for machines; signs that the other side cannot take are escaped, so it is JSON all the same."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(document, indent=2)
    sys.stdout.write(text + "\n")


def _empty_table(title: str | None) -> Any:
    from rich import box
    from rich.table import Table

    return Table(
        box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, title=title, title_justify="left", title_style="bold"
    )


def _add_column(drawn: Any, title: str, column: Column, cells: Sequence[str]) -> None:
    widest = max(map(len, cells), default=1)
    drawn.add_column(
        title,
        justify="right" if column.number else "left",
        no_wrap=column.whole,
        overflow="fold",
        min_width=widest if column.number else None,
    )


def _literal(text: str) -> Any:
    """A text in which brackets are brackets."""
    from rich.text import Text

    return Text(text)
