"""The deeds that the page of a case offers: steps, confirmation, leaving and coming back; each with its consequence."""

from collections.abc import Iterator
from typing import Final

from console.casesteps import Steps, Waiting
from console.caseview import CaseView
from console.web.acts import Act, Verdict
from console.web.frames import Choice
from engine.flow import Step
from engine.judging import Option
from engine.roles import labels
from engine.words import Sentence, tr

REASON_HINT: Final = tr("It stands in the history and in the letter.")
EARLIER: Final = tr("Leave it empty for today; an earlier day needs to be confirmed by the level above.")


def step_acts(view: CaseView, steps: Steps) -> tuple[Act, ...]:
    """Steps of one's own roles, in the order of the flow; the first that can be taken is the main one."""
    forward = next((one.step.name for one in steps.own if one.step.kind == "step" and not one.reasons), None)
    return tuple(_step_act(view, one, main=one.step.name == forward) for one in steps.own)


def other_acts(view: CaseView, steps: Steps) -> tuple[Act, ...]:
    """Steps that other roles take, with everything that is still against them."""
    return tuple(_step_act(view, one, main=False) for one in steps.others if one.step.kind == "step")


def waiting_acts(view: CaseView, waiting: Waiting) -> Iterator[Act]:
    """Confirm what was proposed, or return it."""
    if not waiting.is_confirmer:
        return
    base = f"/cases/{view.case.id}"
    target = view.flow.state_by_name[view.flow.step_by_name[waiting.step].target].label
    yield Act(
        name="confirm",
        action=f"{base}/confirm",
        label=tr("Confirm “{step}”", step=waiting.label),
        consequence=tr(
            "{name} goes on to “{target}”; that counts from {day}.",
            name=view.case.subject_name,
            target=target,
            day=waiting.on,
        ),
        reasons=tuple(one.sentence for one in waiting.reasons),
        hidden=(("step", waiting.step),),
        main=True,
    )
    yield Act(
        name="return",
        action=f"{base}/return",
        label=tr("Return the proposal"),
        consequence=tr("The district is told why by letter, and its deadlines run on."),
        say="must",
        say_hint=REASON_HINT,
        hidden=(("step", waiting.step),),
    )


def bureau_acts(view: CaseView, steps: Steps) -> Iterator[Act]:
    """What only the level above does: reinstate, correct, decide a claim; and the place of one that left."""
    base, name = f"/cases/{view.case.id}", view.case.subject_name
    if steps.decides_claim:
        yield _claim_act(base, name)
    if steps.replaces is not None:
        yield _replacing_act(base, name, steps)
    if steps.reinstates:
        yield Act(
            name="reinstate",
            action=f"{base}/reinstate",
            label=tr("Reinstate"),
            consequence=tr(
                "{name} takes part again where it left off; its deadlines stand with their days.", name=name
            ),
            say="must",
            say_hint=REASON_HINT,
        )
    if steps.corrects is not None:
        yield Act(
            name="correct",
            action=f"{base}/correct",
            label=tr("Undo the last step"),
            consequence=tr(
                "“{step}” is undone as a mistake: the state before and its days stand again, letters not yet sent are"
                " withdrawn, for those sent a correction goes out. Nothing is deleted.",
                step=steps.corrects,
            ),
            say="must",
            say_hint=REASON_HINT,
        )


def _step_act(view: CaseView, option: Option, *, main: bool) -> Act:
    step = option.step
    is_forward = step.kind == "step"
    return Act(
        name=f"step-{step.name}",
        action=f"/cases/{view.case.id}/steps/{step.name}",
        label=tr("Propose “{step}”", step=step.label) if step.confirm else step.label,
        consequence=_consequence(view, step),
        reasons=tuple(one.sentence for one in option.reasons),
        say="must" if step.reason else "may" if step.confirm else "",
        say_hint=REASON_HINT if step.reason else tr("What the level above should know; may be left empty."),
        day="may" if is_forward else "",
        day_label=tr("Day from which it counts"),
        day_hint=tr("Leave it empty for today.") if step.confirm else EARLIER,
        main=main,
    )


def _consequence(view: CaseView, step: Step) -> Sentence:
    name, target = view.case.subject_name, view.flow.state_by_name[step.target].label
    if step.kind == "send_back":
        told = tr("{name} goes back to “{target}”, and the district is told why by letter.", name=name, target=target)
        again = tr("It then has at least {n} workdays.", n=step.rework or 0)
        return tr("{first} {second}", first=told, second=again)
    if step.kind == "withdraw":
        return tr(
            "{name} leaves the campaign: its open deadlines end, and it counts for the quota no more. Nothing is"
            " deleted; another enterprise of the district can take its place afterwards.",
            name=name,
        )
    if step.confirm:
        return tr(
            "“{target}” is proposed for {name}; {roles} confirms or returns it. Until then nobody is chased for it.",
            name=name,
            target=target,
            roles=labels(step.confirm),
        )
    return tr("{name} goes on to “{target}”.", name=name, target=target)


def _claim_act(base: str, name: str) -> Act:
    return Act(
        name="claim",
        action=f"{base}/claim",
        label=tr("Decide to which district it belongs"),
        consequence=tr(
            "Granted, {name} belongs to this district and leaves the other one; refused, this case ends and the other"
            " one stays as it is.",
            name=name,
        ),
        say="must",
        say_hint=REASON_HINT,
        verdicts=(Verdict("yes", tr("Grant to this district"), main=True), Verdict("no", tr("Refuse"))),
        main=True,
    )


def _replacing_act(base: str, name: str, steps: Steps) -> Act:
    choices = tuple(Choice(str(one.id), one.subject_name) for one in steps.replaces or ())
    lacking = (
        ()
        if choices
        else (tr("No enterprise of the district stands at the beginning of the line; nominate one first."),)
    )
    return Act(
        name="replace",
        action=f"{base}/replace",
        label=tr("Name the enterprise that takes its place"),
        consequence=tr(
            "The enterprise you choose takes the place of {name} and has a newcomer's time for its deadlines; both"
            " histories tell it.",
            name=name,
        ),
        reasons=lacking,
        say="must",
        choices=choices,
        choice_label=tr("Enterprise that takes its place"),
        main=bool(choices),
    )
