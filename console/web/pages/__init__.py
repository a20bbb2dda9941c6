"""The pages: one module for each screen, and the table of them."""

from typing import Final

from fastapi import APIRouter

from console.web.pages import (
    account,
    board,
    case_pages,
    cases,
    entry,
    factor,
    first,
    imports,
    links,
    nominate,
    nominate_check,
    nominate_one,
    overview,
    provider,
    rehearsal,
    tasks,
    tasks_acts,
    view,
)

ROUTERS: Final[tuple[APIRouter, ...]] = (
    first.pages,
    entry.pages,
    links.pages,
    provider.pages,
    account.pages,
    factor.pages,
    view.pages,
    rehearsal.pages,
    overview.pages,
    cases.pages,
    *case_pages.PAGES,
    board.pages,
    tasks.pages,
    tasks_acts.pages,
    nominate.pages,
    nominate_one.pages,
    nominate_check.pages,
    imports.pages,
)
"""Every screen there is; a further one is a further row here, and one in `menu.ROWS` if it stands in the menu."""
