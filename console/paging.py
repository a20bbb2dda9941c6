"""Pages of long lists: so many lines, a cursor to go on from, and a count that is exact or says that it is not."""

import base64
import binascii
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Generic, TypeVar

from engine.errors import Refused
from engine.words import tr

PAGE: Final = 50
CAP: Final = 1000
"""Where counting stops when nothing is kept that knows the number."""

LineType = TypeVar("LineType")


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are; a capped one means at least so many."""

    n: int
    capped: bool = False

    def __str__(self) -> str:
        return f"{self.n}+" if self.capped else str(self.n)

    def __add__(self, other: "Count") -> "Count":
        return Count(self.n + other.n, self.capped or other.capped)

    @classmethod
    def up_to_cap(cls, n: int) -> "Count":
        """Of rows that were counted no further than one beyond the cap."""
        return cls(min(n, CAP), n > CAP)


@dataclass(frozen=True, slots=True)
class Page(Generic[LineType]):
    """Some lines of a list; `after` is where the next page begins, None on the last one."""

    lines: tuple[LineType, ...]
    after: str | None
    count: Count

    def __iter__(self) -> Iterator[LineType]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)


def cursor(*place: Any) -> str:
    """A place in a list as text for an address; days are written as days."""
    plain = [one.isoformat() if isinstance(one, date) else one for one in place]
    return base64.urlsafe_b64encode(json.dumps(plain, ensure_ascii=False).encode()).decode().rstrip("=")


def place_of(after: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """The place that a cursor of ours says, each part of its kind or None; another text is refused."""
    if after is None:
        return None
    try:
        plain = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        found = tuple(_part(one, kind) for one, kind in zip(plain, kinds, strict=True))
    except (binascii.Error, UnicodeDecodeError, ValueError, TypeError):
        raise Refused(tr("This is no place in the list: {after}.", after=after[:80])) from None
    return found


def _part(plain: Any, kind: type) -> Any:
    if kind is date:
        # what has no day stands behind the days; everything else of a place is always there
        return None if plain is None else date.fromisoformat(plain)
    if not isinstance(plain, kind) or isinstance(plain, bool):
        raise TypeError(kind)
    return plain


def cut(found: Sequence[LineType], limit: int) -> tuple[Sequence[LineType], bool]:
    """The lines of a page, of one more than it holds, and whether there are others behind them."""
    return found[:limit], len(found) > limit
