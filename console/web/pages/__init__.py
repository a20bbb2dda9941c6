"""The pages: one module for each screen, and the table of them."""

from typing import Final

from fastapi import APIRouter

from console.web.pages import account, case, cases, entry, factor, first, links, overview, provider, rehearsal, view

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
    case.pages,
)
"""Every screen there is; a further one is a further row here, and one in `menu.ROWS` if it stands in the menu."""
