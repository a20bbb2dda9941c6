"""The address without a path: it leads to where this person's work begins."""

from fastapi import APIRouter
from starlette.responses import Response

from console.web.desk import AtDesk
from console.web.menu import first_page

pages = APIRouter()


@pages.get("/")
def go_to_work(desk: AtDesk) -> Response:
    return desk.back(first_page(desk))
