"""The words of every letter, with invented facts, in both languages."""

from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter
from starlette.responses import Response

from console.letterwords import NAMES
from console.web.desk import AtDesk, Desk
from console.web.menu import BUREAU
from console.web.pages.letters_one import sealed
from engine.errors import NotFound
from notifications.preview import Preview, preview_sample
from notifications.render import LOCALES
from notifications.samples import SAMPLES

pages = APIRouter()

LANGUAGES: Final = {"zh_CN": "中文", "en": "English"}


@dataclass(frozen=True, slots=True)
class TemplatesPage:
    """Every letter by name, with its subject in each language."""

    rows: tuple[tuple[str, object, tuple[tuple[str, str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """One letter in one language."""

    letter: str
    name: object
    language: str
    languages: tuple[tuple[str, str], ...]
    found: Preview


@pages.get("/letters/templates")
def show_templates(desk: AtDesk) -> Response:
    desk.only_for(*BUREAU)
    rows = tuple((one, NAMES.get(one, one), _subjects(desk, one)) for one in desk.house.post.letters.names)
    return desk.page("letters/templates.html", TemplatesPage(tuple(row for row in rows if row[2])))


@pages.get("/letters/templates/{letter}")
def show_template(letter: str, desk: AtDesk, language: str = "zh_CN") -> Response:
    found = _sample(desk, letter, language)
    page = TemplatePage(letter, NAMES.get(letter, letter), language, tuple(LANGUAGES.items()), found)
    return desk.page("letters/template.html", page)


@pages.get("/letters/templates/{letter}/shown")
def show_sample(letter: str, desk: AtDesk, language: str = "zh_CN") -> Response:
    """The sample, for the frame of our page."""
    return sealed(_sample(desk, letter, language).html)


def _subjects(desk: Desk, letter: str) -> tuple[tuple[str, str, str], ...]:
    if letter not in SAMPLES:
        return ()
    return tuple((one, LANGUAGES[one], _sample(desk, letter, one).subject) for one in LOCALES)


def _sample(desk: Desk, letter: str, language: str) -> Preview:
    desk.only_for(*BUREAU)
    if letter not in SAMPLES or language not in LOCALES:
        raise NotFound
    with desk.look() as work:
        return preview_sample(desk.house.post, work, letter, language)
