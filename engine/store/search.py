"""Searching: what can be found is entered with its words, and found by all who may see the place it belongs to."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    and_,
    bindparam,
    cast,
    column,
    insert,
    literal_column,
    or_,
    select,
    table,
    update,
)
from sqlalchemy.types import Text

from engine.grams import asked, grams, plain
from engine.store.database import Work
from engine.store.schema import search_entries
from engine.store.schema.search import INDEX

CHUNK: Final = 500
MARK: Final = "§"
"""No text has it among its pieces, so that what stands for a place or a kind is never part of a name."""
_INDEX: Final = table(INDEX, column(INDEX), column("rowid"), column("grams"))
_PIECES: Final = literal_column("string_to_array(search_entries.grams, ' ')", ARRAY(Text))
"""As the index on a server has it."""
_LEARN: Final = insert(_INDEX).values(rowid=bindparam("b_id"), grams=bindparam("b_grams"))
_FORGET: Final = insert(_INDEX).values({INDEX: "delete", "rowid": bindparam("b_id"), "grams": bindparam("b_grams")})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something to be found. `path` is its place in the tree of organisations, `words` are what people may ask for."""

    kind: str
    ref_id: int
    path: str
    title: str
    detail: str = ""
    words: tuple[str, ...] = ()
    campaign: str | None = None
    flow: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found."""

    kind: str
    ref_id: int
    campaign: str | None
    title: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """All words must occur; a place is seen below one of the paths, None sees all."""

    terms: tuple[str, ...]
    paths: Collection[str] | None
    kinds: Collection[str] = ()
    campaign: str | None = None
    flow: str | None = None

    @property
    def answerable(self) -> bool:
        """Whether a word is long enough to look for."""
        return any(asked(term) for term in self.terms)


def enter(work: Work, entries: Iterable[Entry]) -> None:
    """Enter what is new and change what is called otherwise now."""
    rows = [row_of(entry) for entry in entries]
    for start in range(0, len(rows), CHUNK):
        _enter(work, rows[start : start + CHUNK])


def find(work: Work, question: Question, limit: int) -> list[Hit]:
    """The latest entries first."""
    columns = [search_entries.c[name] for name in ("kind", "ref_id", "campaign", "title", "detail")]
    rows = work.connection.execute(_found(work, question, columns).limit(limit))
    return [Hit(*row) for row in rows]


def numbers(work: Work, question: Question, limit: int) -> list[int]:
    """What the hits refer to."""
    statement = _found(work, question, [search_entries.c.ref_id]).limit(limit)
    return list(work.connection.execute(statement).scalars())


def _found(work: Work, question: Question, columns: Sequence[ColumnElement[Any]]) -> Select[Any]:
    """Found by the index of pieces, and then looked at: the pieces of a word may occur without the word."""
    certain = [search_entries.c.words.contains(term, autoescape=True) for term in question.terms]
    if not work.on_sqlite:
        return select(*columns).where(_holds_all(question), *certain).order_by(search_entries.c.id.desc())
    return (
        select(*columns)
        .select_from(_INDEX.join(search_entries, search_entries.c.id == _INDEX.c.rowid))
        .where(_INDEX.c[INDEX].op("MATCH")(_match(question)), *certain)
        .order_by(_INDEX.c.rowid.desc())
    )


def _pieces(question: Question) -> list[str]:
    found = sorted({piece for term in question.terms for piece in asked(term)})
    if question.campaign is not None:
        found.append(_sign("c", question.campaign))
    if question.flow is not None:
        found.append(_sign("f", question.flow))
    return found


def _alternatives(question: Question) -> list[list[str]]:
    """Of each of these lists one piece must be there."""
    kinds = [_sign("k", kind) for kind in sorted(question.kinds)]
    places = None if question.paths is None else [_place(path) for path in sorted(question.paths)] or [MARK]
    return [some for some in (kinds, places) if some]


def _match(question: Question) -> str:
    every = [f'"{piece}"' for piece in _pieces(question)]
    every += [f"({' OR '.join(f'{chr(34)}{piece}{chr(34)}' for piece in some)})" for some in _alternatives(question)]
    return " AND ".join(every)


def _holds_all(question: Question) -> ColumnElement[bool]:
    every = _has(_pieces(question))
    return and_(every, *(or_(*(_has([piece]) for piece in some)) for some in _alternatives(question)))


def _has(pieces: Sequence[str]) -> ColumnElement[bool]:
    return _PIECES.op("@>", is_comparison=True)(cast(list(pieces), ARRAY(Text)))


def row_of(entry: Entry) -> dict[str, Any]:
    """What is stored of an entry."""
    words = [plain(word) for word in (entry.title, *entry.words)]
    pieces = {piece for word in words for piece in grams(word)} | {_sign("k", entry.kind)}
    pieces |= {_place(f"/{part}/") for part in entry.path.strip("/").split("/") if part}
    pieces |= {_sign(letter, name) for letter, name in (("c", entry.campaign), ("f", entry.flow)) if name}
    return {
        "kind": entry.kind,
        "ref_id": entry.ref_id,
        "campaign": entry.campaign,
        "title": entry.title,
        "detail": entry.detail,
        "words": " ".join(dict.fromkeys(words)),
        "grams": " ".join(sorted(pieces)),
    }


def _enter(work: Work, rows: Sequence[Mapping[str, Any]]) -> None:
    known = _known(work, rows)
    fresh = [row for row in rows if (row["kind"], row["ref_id"]) not in known]
    if fresh:
        statement = search_entries.insert().returning(search_entries.c.id, sort_by_parameter_order=True)
        ids = work.connection.execute(statement, fresh).scalars().all()
        _learn(work, [{"b_id": key, "b_grams": row["grams"]} for key, row in zip(ids, fresh, strict=True)])
    for row in rows:
        before = known.get((row["kind"], row["ref_id"]))
        if before is not None and any(row[name] != before[name] for name in row):
            _change(work, before, row)


def _known(work: Work, rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str, int], Mapping[str, Any]]:
    found: dict[tuple[str, int], Mapping[str, Any]] = {}
    for kind in {row["kind"] for row in rows}:
        ids = [row["ref_id"] for row in rows if row["kind"] == kind]
        where = (search_entries.c.kind == kind, search_entries.c.ref_id.in_(ids))
        for row in work.connection.execute(select(search_entries).where(*where)).mappings():
            found[kind, row["ref_id"]] = dict(row)
    return found


def _change(work: Work, before: Mapping[str, Any], row: Mapping[str, Any]) -> None:
    if work.on_sqlite:
        work.connection.execute(_FORGET, {"b_id": before["id"], "b_grams": before["grams"]})
    work.connection.execute(update(search_entries).where(search_entries.c.id == before["id"]).values(**row))
    _learn(work, [{"b_id": before["id"], "b_grams": row["grams"]}])


def _learn(work: Work, rows: Sequence[Mapping[str, Any]]) -> None:
    """The index of a server follows its table by itself."""
    if work.on_sqlite:
        work.connection.execute(_LEARN, list(rows))


def _place(path: str) -> str:
    """The sign of the last organisation of a path."""
    return f"{MARK}o{path.strip('/').rpartition('/')[2]}"


def _sign(letter: str, name: str) -> str:
    return f"{MARK}{letter}{name.encode().hex()}"
