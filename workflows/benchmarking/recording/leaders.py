"""Recording the way to Top Runner: declarations of standards, and the steps from key area to the list."""

from dataclasses import replace

from engine.access import Actor
from engine.core import Engine
from engine.errors import Refused
from engine.model import Case
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.model import LEVELS, RUNNER_STEPS, Declaration, RunnerStep
from workflows.benchmarking.recording.changes import Change, ProductName, Writing, need, web_address
from workflows.benchmarking.records import results

OUTCOMES = frozenset({"listed", "not_listed"})


def record_declaration(
    engine: Engine,
    work: Work,
    actor: Actor,
    case_id: int,
    declaration: Declaration,
    *,
    product: ProductName = None,
    version: int | None = None,
    reason: str | None = None,
) -> Case:
    """Record that the standard of a product is disclosed on the public information platform."""
    writing = Writing(engine, work, actor, reason)
    case, found = writing.about(case_id, product, version)
    writing.not_in_future(declaration.disclosed_on, tr("the declaration"))
    number = need(declaration.standard_no, tr("the number of the standard"))
    after = replace(declaration, standard_no=number, url=web_address(declaration.url) or "")
    known = results.declarations_of(work, [found.id]).get(found.id, ())
    before = next((one for one in known if one.standard_no == number), None)
    change = Change(what="declaration", before=before, after=after, slot="declaration", product=found.name)
    return writing.put(case, change, lambda: results.keep_declaration(work, found.id, after))


def record_runner_step(
    engine: Engine,
    work: Work,
    actor: Actor,
    case_id: int,
    step: RunnerStep,
    *,
    product: ProductName = None,
    version: int | None = None,
    reason: str | None = None,
) -> Case:
    """Record how far a product has come on the way to Top Runner at a level in a year."""
    writing = Writing(engine, work, actor, reason)
    case, found = writing.about(case_id, product, version)
    _check(step)
    writing.not_in_future(step.reached_on, tr("the step towards Top Runner"))
    year = [
        one
        for one in results.runner_steps_of(work, [found.id]).get(found.id, ())
        if (one.level, one.year) == (step.level, step.year)
    ]
    contrary = next((one for one in year if {one.step, step.step} == OUTCOMES), None)
    if contrary and not (reason or "").strip():
        raise Refused(
            tr(
                "Another outcome of {year} is on record for {product}; say why it changes.",
                year=step.year,
                product=found.name,
            )
        )
    before = contrary or next((one for one in year if one.step == step.step), None)
    change = Change(what="runner_step", before=before, after=step, product=found.name)

    def write() -> None:
        if contrary:
            results.drop_runner_step(work, found.id, contrary)
        results.keep_runner_step(work, found.id, step)

    return writing.put(case, change, write)


def _check(step: RunnerStep) -> None:
    for given, known in ((step.step, RUNNER_STEPS), (step.level, LEVELS)):
        if given not in known:
            raise Refused(tr("{given} is not one of {known}.", given=given, known=tuple(known)))
