"""Views of lists that people keep under a name, each for themselves."""

from typing import Final

from engine.access import Actor
from engine.errors import Refused
from engine.store import views
from engine.store.database import Work
from engine.store.views import View
from engine.words import tr

MOST: Final = 20
PAGES: Final = frozenset({"/cases"})
"""Lists whose filters can be kept."""


def keep_view(work: Work, actor: Actor, page: str, *, name: str, query: str) -> None:
    """Keep the filters of a list; under a name that is there already they take the place of the old ones."""
    if page not in PAGES:
        raise Refused(tr("The filters of this page cannot be kept."))
    known = views.of_person(work, actor.person_id, page)
    if len(known) >= MOST and name not in {one.name for one in known}:
        raise Refused(tr("You have kept {n} views; please remove one that you need no more.", n=len(known)))
    views.keep(work, actor.person_id, page, name=name, query=query)


def views_of(work: Work, actor: Actor, page: str) -> tuple[View, ...]:
    return views.of_person(work, actor.person_id, page)


def remove_view(work: Work, actor: Actor, view_id: int) -> str:
    """Answers the page it was kept for."""
    return views.remove(work, actor.person_id, view_id)
