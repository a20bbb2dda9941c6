"""What came of a deed for many cases, case by case; it stays at its address, and can be taken along."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from console.bulk import GOOD, Result, Run, run_of
from console.web.desk import AtDesk
from console.web.pages.bulk_sheets import OUTCOMES, results_sheet
from console.web.pages.cases import DEEDS
from engine.words import Sentence

pages = APIRouter()


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Those that were refused first, each with its reason."""

    run: Run
    label: Sentence
    refused: tuple[Result, ...]
    done: tuple[Result, ...]

    def light(self, one: Result) -> tuple[str, Sentence]:
        return OUTCOMES[one.result]


@pages.get("/bulk/{name}")
def show_results(name: str, desk: AtDesk) -> Response:
    """What came of a deed of one's own; of others there is none."""
    with desk.look() as work:
        run = run_of(work, desk.actor, name)
    refused = tuple(one for one in run.results if one.result not in GOOD)
    done = tuple(one for one in run.results if one.result in GOOD)
    return desk.page("bulk/results.html", ResultsPage(run, DEEDS[run.deed][0], refused, done))


@pages.get("/bulk/{name}/sheet")
def take_results(name: str, desk: AtDesk) -> Response:
    with desk.look() as work:
        run = run_of(work, desk.actor, name)
    return results_sheet(desk, run)
