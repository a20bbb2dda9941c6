"""YAML as plain values with the place of each; duplicate keys, tags and bombs are faults with line and column."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path as FilePath
from typing import Any, Final, NoReturn

from engine.faults import (
    Fault,
    FaultsFound,
    Finding,
    Path,
    dotted,
    expected,
    nearest,
    refuse_if_any,
    trouble_with,
)
from engine.words import Sentence, tr

__all__ = ["Document", "Fault", "FaultsFound", "Place", "nearest", "parse_document", "read_document"]

Place = tuple[int, int]
"""Line and column, counted from 1."""

MAX_BYTES: Final = 1_000_000
MAX_NODES: Final = 50_000
MAX_DEPTH: Final = 40
_START: Final[Place] = (1, 1)
_TAG: Final = "tag:yaml.org,2002:"
_UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""What an escape can bring into a text, and no database or mail takes."""

# Fewer plain words are special than in YAML 1.1: "no", "on" and 12:30 are text, and so is a day, which the
# model that expects it reads itself.
_SCALARS: Final[Mapping[str, tuple[str, str, Callable[[str], object]]]] = {
    "bool": (r"true|True|TRUE|false|False|FALSE", "tTfF", lambda text: text.lower() == "true"),
    "int": (r"[-+]?(?:0|[1-9][0-9]{0,17})", "-+0123456789", int),
    "float": (r"[-+]?[0-9]{1,17}\.[0-9]{1,17}(?:[eE][-+]?[0-9]{1,2})?", "-+0123456789", float),
    "null": (r"~|null|Null|NULL|", "~nN", lambda _: None),
}


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says, where each value and key stands in it, and what is wrong with its YAML."""

    file: str
    content: Any
    places: Mapping[Path, Place]
    keys: Mapping[Path, Place]
    faults: tuple[Fault, ...] = ()

    def locate(self, finding: Finding) -> Fault:
        """The fault with its line and column; what is missing is reported where it should stand."""
        line, column = self._place(finding)
        return Fault(self.file, line, column, dotted(finding.path), finding.sentence, finding.hint, code=finding.code)

    def _place(self, finding: Finding) -> Place:
        path = finding.path
        if path in self.places:
            return self.keys.get(path, self.places[path]) if finding.at_key else self.places[path]
        while path and path not in self.places:
            path = path[:-1]
        return self.keys.get(path) or self.places.get(path, _START)


def read_document(path: FilePath, *, name: str = "") -> Document:
    """Read a YAML file; what cannot be read at all is refused, faults of the text are handed back with it."""
    file = name or str(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        sentence = tr("expected a file that can be read, got: {problem}", problem=trouble_with(error))
        raise FaultsFound([Fault(file, *_START, "", sentence, code="FILE_UNREADABLE")]) from error
    if len(raw) > MAX_BYTES:
        _Reading(file).too_large()
    try:
        return parse_document(raw.decode("utf-8-sig"), file)
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", errors="replace")
        hint = tr("save the file as UTF-8")
        raise FaultsFound(
            [Fault(file, *_end_of(before), "", expected(tr("text in UTF-8"), raw[error.start]), hint, "NOT_UTF8")]
        ) from error


def parse_document(text: str, file: str) -> Document:
    """Compose the text into plain values; raises when there is nothing to go on with."""
    from yaml import MarkedYAMLError, YAMLError, compose

    reading = _Reading(file)
    try:
        reading.measure(text)
        root = compose(text, Loader=_loader())
        content = None if root is None else reading.value(root, ())
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line + 1, mark.column + 1) if mark else _START
        reading.stop(
            place, tr("expected readable YAML, got: {problem}", problem=_in_our_words(error.problem or "")), "NOT_YAML"
        )
    except (YAMLError, UnicodeEncodeError) as error:
        position = getattr(error, "position", getattr(error, "start", 0))
        reading.stop(_end_of(text[:position]), expected(tr("printable text"), _character(text, position)), "NOT_YAML")
    found = tuple(reading.faults)
    if root is None:
        refuse_if_any([*found, Fault(file, *_START, "", expected(tr("a table of keys"), None), code="EMPTY_FILE")])
    return Document(file, content, reading.places, reading.keys, found)


_PROBLEMS: Final[Mapping[str, Sentence]] = {
    "mapping values are not allowed": tr("a second colon on the line; put the text in quotes"),
    "could not find expected ':'": tr("a line without a colon behind its key"),
    "did not find expected key": tr("a line that is indented otherwise than those beside it"),
    "did not find expected '-'": tr("a line of a list without its dash"),
    "cannot start any token": tr("a tab or a sign that cannot begin a value; put the text in quotes"),
    "unexpected end of stream": tr("a quotation mark that is not closed"),
    "undefined alias": tr("a reference to something that was not named before"),
    "duplicate anchor": tr("one name given twice"),
    "',' or '}'": tr("a brace that is not closed"),
    "',' or ']'": tr("a bracket that is not closed"),
    "expected <block end>": tr("a line that is indented otherwise than those beside it"),
}
"""What the reader of YAML calls a fault, and what we do."""


def _in_our_words(problem: str) -> Sentence:
    return next((told for sign, told in _PROBLEMS.items() if sign in problem), tr("a line that cannot be read"))


class _Reading:
    """One pass over a document, with limits."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.places: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.faults: list[Fault] = []
        self._count = 0

    def measure(self, text: str) -> None:
        """Refuse by size, depth and number before anything recursive touches the text."""
        from yaml import parse
        from yaml.events import CollectionEndEvent, CollectionStartEvent, DocumentStartEvent

        if len(text) > MAX_BYTES:
            self.too_large()
        depth = documents = 0
        for number, event in enumerate(parse(text, Loader=_loader())):
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            documents += isinstance(event, DocumentStartEvent)
            place = _place_of(event)
            if depth > MAX_DEPTH or number > 2 * MAX_NODES:
                self._too_much(place)
            if documents > 1:
                self.stop(place, tr("expected one document, got a second one after ---"), "SEVERAL_DOCUMENTS")

    def too_large(self) -> NoReturn:
        self.stop(_START, tr("expected a file of at most {n} bytes", n=MAX_BYTES), "TOO_LARGE")

    def value(self, node: Any, path: Path) -> object:
        self._count += 1
        # an alias is visited as often as it is used, so a bomb of aliases ends here too
        if self._count > MAX_NODES or len(path) > MAX_DEPTH:
            self._too_much(_place_of(node))
        self.places[path] = _place_of(node)
        if node.id == "mapping" and node.tag == _TAG + "map":
            return self._mapping(node, path)
        if node.id == "sequence" and node.tag == _TAG + "seq":
            return [self.value(child, (*path, index)) for index, child in enumerate(node.value)]
        if node.id == "scalar":
            return self._scalar(node, path)
        self._tagged(node, path)
        return None

    def _mapping(self, node: Any, path: Path) -> dict[str, object]:
        content: dict[str, object] = {}
        for key_node, value_node in node.value:
            if key_node.id != "scalar" or key_node.tag != _TAG + "str":
                got = key_node.value if key_node.id == "scalar" else None
                self._add(_place_of(key_node), path, expected(tr("a word as key"), got), code="KEY_NOT_TEXT")
                continue
            inner = (*path, key_node.value)
            if key_node.value in content:
                sentence = tr("expected each key once, got {key} again", key=f"'{key_node.value}'")
                hint = tr("it stands in line {line} already", line=self.keys[inner][0])
                self._add(_place_of(key_node), inner, sentence, hint=hint, code="DUPLICATE_KEY")
                continue
            self.keys[inner] = _place_of(key_node)
            content[key_node.value] = self.value(value_node, inner)
        return content

    def _scalar(self, node: Any, path: Path) -> object:
        kind = node.tag.removeprefix(_TAG)
        if kind == "str":
            return self._text(node, path)
        pattern, _, convert = _SCALARS.get(kind, ("(?!)", "", str))
        if re.fullmatch(pattern, node.value):
            return convert(node.value)
        self._tagged(node, path)
        return None

    def _text(self, node: Any, path: Path) -> str:
        bad = _UNPRINTABLE.search(node.value)
        if bad:
            sentence = expected(tr("printable text"), f"U+{ord(bad[0]):04X}")
            self._add(_place_of(node), path, sentence, code="NOT_PRINTABLE")
        return str(node.value)

    def _tagged(self, node: Any, path: Path) -> None:
        sentence = tr("expected a plain value, got the tag {tag}", tag=node.tag.replace(_TAG, "!!"))
        self._add(_place_of(node), path, sentence, code="TAG_REFUSED")

    def _too_much(self, place: Place) -> NoReturn:
        sentence = tr("expected at most {n} values in at most {depth} levels", n=MAX_NODES, depth=MAX_DEPTH)
        self.stop(place, sentence, "TOO_LARGE")

    def stop(self, place: Place, sentence: Sentence, code: str) -> NoReturn:
        """Give up: what was found so far and this."""
        raise FaultsFound([*self.faults, Fault(self.file, *place, "", sentence, code=code)])

    def _add(self, place: Place, path: Path, sentence: Sentence, *, code: str, hint: Sentence | None = None) -> None:
        self.faults.append(Fault(self.file, *place, dotted(path), sentence, hint, code))


@cache
def _loader() -> Any:
    """libyaml where it is there: the same answers, six times faster."""
    import yaml

    class Plain(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012

    for kind, (pattern, first, _) in _SCALARS.items():
        letters = [*first, ""] if kind == "null" else list(first)
        Plain.add_implicit_resolver(_TAG + kind, re.compile(f"(?:{pattern})$"), letters)
    return Plain


def _place_of(node: Any) -> Place:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _end_of(text: str) -> Place:
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _character(text: str, position: int) -> str:
    return f"U+{ord(text[position]):04X}" if 0 <= position < len(text) else ""
