"""Views kept by name: the filters of the register, for oneself alone."""

from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter
from pydantic import Field, ValidationError
from starlette.responses import Response

from console.views import keep_view, remove_view
from console.web.attempt import AsTyped, Form
from console.web.desk import AtDesk
from console.web.pages.cases import Filters, register_page

pages = APIRouter()


class Named(Form):
    """A name for the filters that stand in `query`."""

    name: str = Field(min_length=1, max_length=40)
    query: str = Field(default="", max_length=1000)


@pages.post("/views")
def keep(typed: AsTyped, desk: AtDesk) -> Response:
    """Keep the filters of the register under a name."""
    asked = read_filters(typed.one("query"))
    desk.if_refused(typed, lambda attempt: register_page(desk, asked, attempt))
    form = typed.read(Named)
    query = urlencode(list(asked.query.items()))
    with desk.work() as work:
        keep_view(work, desk.actor, "/cases", name=form.name, query=query)
    return desk.back(f"/cases?{query}")


@pages.post("/views/{view_id}/remove")
def remove(view_id: int, desk: AtDesk) -> Response:
    with desk.work() as work:
        page = remove_view(work, desk.actor, view_id)
    return desk.back(page)


def read_filters(query: str) -> Filters:
    """The filters of an address; what is no filter is left out."""
    try:
        return Filters.model_validate(dict(parse_qsl(query[:1000])))
    except ValidationError:
        return Filters()
