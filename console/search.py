"""Searching everything one may see: cases with their products, organisations, people, mails; two signs are enough."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from engine.access import Actor, scopes
from engine.grams import terms_of
from engine.store import areas
from engine.store.database import Work
from engine.store.search import Hit, Question, find

__all__ = ["KINDS", "Found", "Hit", "search"]

KINDS: Final = ("case", "organisation", "person", "mail")
FIRST: Final = 20
LONGEST: Final = 120
"""Signs of a question that are looked at."""


@dataclass(frozen=True, slots=True)
class Found:
    """Hits with every word that was asked for, the latest entered first; `more` says that there are others.

    `too_short` says that no word had the two signs (of letters and digits together: two, in long numbers six) that it
    takes to look for it.
    """

    hits: tuple[Hit, ...]
    more: bool
    too_short: bool


def search(
    work: Work,
    actor: Actor,
    text: str,
    *,
    kinds: Collection[str] = (),
    campaign: str | None = None,
    limit: int = FIRST,
) -> Found:
    """What the actor may see and is called so; what they may not see is not even looked at."""
    seen = scopes(actor)
    paths = None if areas.area(work, seen).whole else seen
    known = [kind for kind in KINDS if kind in kinds]
    question = Question(terms=terms_of(text[:LONGEST]), paths=paths, kinds=known, campaign=campaign)
    if not question.answerable:
        return Found((), more=False, too_short=bool(text.strip()))
    hits = find(work, question, limit + 1)
    return Found(tuple(hits[:limit]), more=len(hits) > limit, too_short=False)
