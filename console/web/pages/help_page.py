"""Help: how the console is used, what the words mean; there for everybody, also before signing in."""

from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter
from starlette.responses import Response

from console.web.desk import AtDoor, find_desk
from engine.words import Sentence, tr

pages = APIRouter()

GLOSSARY: Final = (
    (tr("campaign"), tr("A plan with dates and quotas that many districts carry out together.")),
    (tr("case"), tr("One enterprise, list or report on its way from its first state to its last.")),
    (tr("step"), tr("What moves a case from one state to the next; it rests on evidence.")),
    (tr("evidence"), tr("A paper or record that a step asks for, such as a plan or a test report.")),
    (tr("milestone"), tr("What is to be reached by a day.")),
    (tr("deadline"), tr("The day of a milestone for one case.")),
    (tr("quota"), tr("How many enterprises a district is to bring.")),
    (tr("claim"), tr("Two districts name one enterprise; the bureau decides whose it is.")),
    (tr("workday"), tr("By the notice of the State Council, with days worked in exchange.")),
    (tr("extension"), tr("Another day, asked for by the district and granted by the bureau.")),
    (tr("ladder"), tr("The order in which a deadline is reminded of, chased, supervised and reported.")),
    (tr("confirm"), tr("What a second person of the level above does with a step that needs it.")),
    (tr("send back"), tr("To the state before, with a reason and some workdays to put it right.")),
    (tr("withdraw"), tr("Leave the campaign; nothing is deleted, and a bureau can bring the enterprise back.")),
    (tr("batch"), tr("A public list on its way: drafted, confirmed by a second person, published.")),
    (tr("stand in"), tr("Act for somebody from a day to a day.")),
    (tr("journal"), tr("What was done, row by row; rows are only added, so nothing is lost.")),
    (tr("rehearsal"), tr("The same with a clock that can be set; no mail leaves the house.")),
)
"""Words that stand on many pages, and what they mean."""


@dataclass(frozen=True, slots=True)
class HelpPage:
    glossary: tuple[tuple[Sentence, Sentence], ...]


@pages.get("/help")
def show_help(visitor: AtDoor) -> Response:
    """With the menu around it for whoever is signed in."""
    reader = find_desk(visitor.request) or visitor
    return reader.page("help/index.html", HelpPage(GLOSSARY))
