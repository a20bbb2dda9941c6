"""Why somebody got a letter about a case, or did not: rung by rung."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import typer

from console.cli.desk import desk_of
from console.cli.frame import command
from console.cli.mailbox import app
from console.cli.options import CaseName
from console.cli.paper import Column
from engine.clock import local_day
from engine.words import tr

if TYPE_CHECKING:
    from notifications.why import RungStory, Said


@command(
    app,
    "why",
    tr("Tell for each rung of a case's deadlines: planned when, fired or not, to whom, which mail, what became of it."),
)
def why(ctx: typer.Context, case: CaseName) -> None:
    """Explain."""
    from notifications.why import why as explain

    desk = desk_of(ctx)
    with desk.look() as work:
        found = explain(desk.house.post, work, desk.actor, desk.case(work, case).id)
    columns = [
        Column(tr("Milestone")),
        Column(tr("Planned"), whole=True),
        Column(tr("Rung"), whole=True),
        Column(tr("Outcome"), whole=True),
        Column(tr("To"), may=True),
        Column(tr("Mail"), may=True),
    ]
    if found.rungs:
        desk.paper.table(columns, [_row(one) for one in found.rungs], title=tr("{name}", name=found.case.subject_name))
    else:
        desk.paper.say(tr("{name} has no deadline with a ladder.", name=found.case.subject_name))
    for one in found.letters:
        desk.paper.say(
            tr(
                "{letter} of {when}: {fate}",
                letter=one.notice.letter,
                when=_when(one),
                fate=_fate(one) or tr("waiting"),
            )
        )
    desk.paper.answer(
        {
            "case": found.case.id,
            "subject": found.case.subject_name,
            "rungs": [_rung(one) for one in found.rungs],
            "letters": [_said(one) for one in found.letters],
        }
    )


def _row(one: "RungStory") -> tuple[object, ...]:
    from notifications.why import OUTCOMES

    rung = f"{one.rung} {one.ordinal}" if one.ordinal > 1 else one.rung
    milestone = tr("{label}, due {day}", label=one.label, day=one.due_on) if one.due_on else one.label
    whom = tuple(who.name or who.address for who in one.said.receivers) if one.said else None
    return milestone, one.planned_on, rung, OUTCOMES[one.outcome], whom, _fate(one.said) if one.said else None


def _fate(said: "Said") -> object:
    """The mail and what became of it; a notice that was not sent says why."""
    from notifications.outbox import LABELS, State

    if said.mail is None:
        return said.reason
    label = LABELS[State(said.mail.state)]
    if said.mail.sent_at:
        return tr(
            "{number}, {state} on {when}",
            number=said.mail.id,
            state=label,
            when=local_day(said.mail.sent_at).isoformat(),
        )
    return tr("{number}, {state}", number=said.mail.id, state=label)


def _when(said: "Said") -> str:
    return said.notice.morning_on.isoformat()


def _rung(one: "RungStory") -> Mapping[str, Any]:
    return {
        "milestone": one.milestone,
        "due_on": one.due_on,
        "generation": one.generation,
        "rung": one.rung,
        "ordinal": one.ordinal,
        "planned_on": one.planned_on,
        "outcome": one.outcome,
        "fired_at": one.fired_at,
        "said": _said(one.said) if one.said else None,
    }


def _said(one: "Said") -> Mapping[str, Any]:
    mail = one.mail
    return {
        "letter": one.notice.letter,
        "notice": one.notice.id,
        "state": one.notice.state,
        "reason": one.reason,
        "mail": mail.id if mail else None,
        "mail_state": mail.state if mail else None,
        "sent_at": mail.sent_at if mail else None,
        "recipients": [
            {"address": who.address, "name": who.name, "field": who.field, "state": who.state} for who in one.receivers
        ],
        "resends": [again.id for again in one.resends],
    }
