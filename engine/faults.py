"""Faults in files that people write: what was expected, what stands there, and where, all in one list."""

import difflib
import errno
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from engine.errors import EngineError
from engine.words import DEFAULT_LOCALE, Sentence, say, tr

Path = tuple[str | int, ...]
"""Where a value stands in a document: keys and places in lists, from the outside in."""

_LONGEST_SHOWN: Final = 60
_LONGEST_GUESSED: Final = 80


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at a path, before anybody knows line and column; `at_key` means the key, not its value."""

    code: str
    path: Path
    sentence: Sentence
    hint: Sentence | None = None
    at_key: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a place of a file; line and column count from 1."""

    file: str
    line: int
    column: int
    path: str
    sentence: Sentence
    hint: Sentence | None = None
    code: str = "WRONG_VALUE"

    def __str__(self) -> str:
        return self.say("en")

    def say(self, locale: str = DEFAULT_LOCALE) -> str:
        return say(self.as_sentence(), locale)

    def as_sentence(self) -> Sentence:
        place = f"{self.file}:{self.line}:{self.column}  " + (f"{self.path}: " if self.path else "")
        if self.hint is None:
            return Sentence("{place}{sentence}", {"place": place, "sentence": self.sentence})
        values = {"place": place, "sentence": self.sentence, "hint": self.hint}
        return Sentence("{place}{sentence} ({hint})", values)

    def as_json(self, locale: str = DEFAULT_LOCALE) -> dict[str, object]:
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "path": self.path,
            "code": self.code,
            "sentence": say(self.sentence, locale),
            "hint": say(self.hint, locale) if self.hint else None,
        }


class FaultsFound(EngineError):
    """The configuration or a flow definition has faults."""

    code: ClassVar[str] = "FAULTS_FOUND"

    def __init__(self, faults: Iterable[Fault]) -> None:
        once = {str(fault): fault for fault in faults}
        self.faults = tuple(sorted(once.values(), key=lambda fault: (fault.file, fault.line, fault.column, fault.path)))
        lines = {f"line{number}": fault.as_sentence() for number, fault in enumerate(self.faults)}
        super().__init__(Sentence("\n".join(f"{{{name}}}" for name in lines), lines))

    def as_json(self, locale: str = DEFAULT_LOCALE) -> list[dict[str, object]]:
        return [fault.as_json(locale) for fault in self.faults]


_TROUBLES: Final[Mapping[int, Sentence]] = {
    errno.ENOENT: tr("there is no such file or folder; check the path"),
    errno.EACCES: tr("this user may not open it; ask for the right, or choose another place"),
    errno.EPERM: tr("this user may not open it; ask for the right, or choose another place"),
    errno.EISDIR: tr("it is a folder; name a file"),
    errno.ENOTDIR: tr("a part of its path is no folder; check the path"),
    errno.EEXIST: tr("there is such a file already; choose another name"),
    errno.ENOSPC: tr("the disk is full; make room and try again"),
    errno.EROFS: tr("nothing can be written there; choose another place"),
    errno.ENAMETOOLONG: tr("its name is too long; choose a shorter one"),
}


def trouble_with(error: OSError) -> Sentence:
    """What the system said about a file or a connection, in our words where there are any."""
    known = _TROUBLES.get(error.errno or 0)
    return known or Sentence("{problem}", {"problem": error.strerror or str(error)})


def refuse_if_any(faults: Iterable[Fault]) -> None:
    """Raise the whole list, unless it is empty."""
    found = tuple(faults)
    if found:
        raise FaultsFound(found)


def expected(what: Sentence, got: object) -> Sentence:
    """The one pattern that all sentences about wrong values have."""
    return tr("expected {expected}, got {got}", expected=what, got=shown(got))


def unknown(what: Sentence, got: str, known: Collection[str]) -> tuple[Sentence, Sentence | None]:
    """Sentence and hint for a name that is none of the known ones."""
    return expected(what, got), did_you_mean(got, known)


def did_you_mean(word: object, known: Collection[str]) -> Sentence | None:
    guess = nearest(word, known) if isinstance(word, str) else None
    return tr("did you mean {name}?", name=guess) if guess else None


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word most like this one, if any is like it."""
    if len(word) > _LONGEST_GUESSED:
        return None
    found = difflib.get_close_matches(word.casefold(), {name.casefold() for name in known}, n=1)
    return next((name for name in known if found and name.casefold() == found[0]), None)


def shown(value: object) -> object:
    """What stands in the file, short enough for a sentence."""
    if value is None:
        return tr("nothing")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        one_line = " ".join(value.split())
        return f"'{one_line[:_LONGEST_SHOWN]}…'" if len(one_line) > _LONGEST_SHOWN else f"'{one_line}'"
    if isinstance(value, Mapping):
        return tr("a table of keys")
    if isinstance(value, (list, tuple)):
        return tr("a list")
    return str(value)[:_LONGEST_SHOWN]


def dotted(path: Path) -> str:
    """A path as people write it: campaigns[0].milestones.list_in"""
    parts = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(parts).removeprefix(".")
