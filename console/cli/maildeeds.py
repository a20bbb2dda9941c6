"""What people do with mails: send what is ready, release, send anew, settle a doubt, stop and start, test."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from console.cli.desk import Desk, desk_of
from console.cli.frame import argument, command, option
from console.cli.mailbox import MailNumber, app, brief
from console.cli.options import Reason
from console.cli.paper import Column
from console.cli.refusals import REFUSED, UsageRefused
from engine.words import tr

if TYPE_CHECKING:
    from console.bootstrap import House
    from engine.store.database import Work
    from engine.store.mails import Mail

Letters = Annotated[list[str] | None, argument(tr("Names of letters; all of them where none is named."), "LETTERS...")]
Numbers = Annotated[list[int], argument(tr("Numbers of mails."), "NUMBERS...")]


@command(
    app,
    "send",
    tr("Compose what may be said by now and hand what is ready to the relay, once, as the worker does."),
)
def send(ctx: typer.Context) -> None:
    """Compose and dispatch."""
    from engine.store import mails
    from notifications import lane
    from notifications.guarding import manager

    desk = desk_of(ctx)
    with desk.look() as work:
        manager(work, desk.actor)
    with _at_relay(desk) as house:
        jobs = {job.name: job for job in house.jobs}
        for name in ("compose", "digest"):
            while jobs[name].run_once():
                pass
        with house.engine.work() as work:
            house.post.check_relay(work)
        sent = house.dispatcher.run_once()
        with house.engine.look() as work:
            counts = mails.counts(work)
            closed = lane.read(work) if lane.is_closed(work) else None
    desk.paper.say(
        tr("{n} mails were offered to the relay; {left} are still ready.", n=sent, left=counts.get("ready", 0))
    )
    if closed:
        until = closed.until.astimezone(desk.engine.zone)
        desk.paper.warn(tr("The relay is left alone until {moment}: {words}", moment=until, words=closed.words))
    desk.paper.answer({"offered": sent, "states": counts, "relay_closed_until": closed.until if closed else None})
    if closed:
        raise typer.Exit(REFUSED)


@command(app, "release", tr("Let drafts or held mails go."))
def release(ctx: typer.Context, numbers: Numbers) -> None:
    """Release each."""
    from notifications.desk import release as let_go

    desk = desk_of(ctx)
    _each(desk, numbers, lambda work, number: let_go(desk.house.post, work, desk.actor, number))


@command(app, "resend", tr("Send a mail anew to those who have not got it, at corrected addresses if need be."))
def resend(
    ctx: typer.Context,
    number: MailNumber,
    *,
    address: Annotated[
        list[str] | None, option("--address", metavar="OLD=NEW", does=tr("Corrected address; may be said again."))
    ] = None,
) -> None:
    """Send anew."""
    from notifications.resending import resend as anew

    desk = desk_of(ctx)
    corrected = {}
    for text in address or ():
        old, sign, new = text.partition("=")
        if not sign:
            raise UsageRefused(tr("{text}: a corrected address is OLD=NEW.", text=text))
        corrected[old.strip()] = new.strip()
    _each(desk, [number], lambda work, one: anew(desk.house.post, work, desk.actor, one, addresses=corrected))


@command(app, "arrived", tr("Settle a doubt: somebody has the mail in hand."))
def arrived(ctx: typer.Context, number: MailNumber, *, reason: Reason) -> None:
    """Settle."""
    from notifications.desk import mark_arrived

    desk = desk_of(ctx)
    _each(desk, [number], lambda work, one: mark_arrived(desk.house.post, work, desk.actor, one, reason=reason))


@command(app, "stop", tr("Stop sending: everything, or the letters named; what is ready is held."))
def stop(ctx: typer.Context, letters: Letters = None) -> None:
    """Stop."""
    from notifications.desk import stop as hold

    desk = desk_of(ctx)
    with desk.work() as work:
        held = hold(desk.house.post, work, desk.actor, letters) if letters else hold(desk.house.post, work, desk.actor)
    _switched(desk)
    desk.paper.say(tr("Stopped; {n} mails are held.", n=held))


@command(app, "start", tr("Let letters go again, and try the relay anew."))
def start(ctx: typer.Context, letters: Letters = None) -> None:
    """Start."""
    from notifications.desk import start as let_go

    desk = desk_of(ctx)
    with desk.work() as work:
        freed = (
            let_go(desk.house.post, work, desk.actor, letters) if letters else let_go(desk.house.post, work, desk.actor)
        )
    _switched(desk)
    desk.paper.say(tr("Started; {n} mails are ready.", n=freed))


@command(app, "test", tr("Compose a test mail to an address; it leaves with the worker, or with `lingpao mail send`."))
def test(ctx: typer.Context, address: Annotated[str, argument(tr("Mail address."), "ADDRESS")]) -> None:
    """Test."""
    from notifications.desk import send_test

    desk = desk_of(ctx)
    with desk.work() as work:
        mail = send_test(desk.house.post, work, desk.actor, address)
    desk.paper.say(tr("Mail {number} is composed.", number=mail.id))
    desk.paper.answer({"mail": mail.id, "state": mail.state})


@command(app, "suppressed", tr("List addresses that bounced for good and are not written to."))
def suppressed(ctx: typer.Context) -> None:
    """List."""
    from notifications.suppression import standing

    desk = desk_of(ctx)
    with desk.look() as work:
        found = standing(work, desk.actor)
    columns = [
        Column(tr("Address")),
        Column(tr("Since"), whole=True),
        Column(tr("Mail"), number=True),
        Column(tr("Code"), whole=True),
        Column(tr("What the relay said")),
    ]
    rows = [(one.address, one.since_at, one.mail_id, f"{one.code} {one.enhanced or ''}", one.text) for one in found]
    desk.paper.table(columns, rows)
    desk.paper.say(tr("{n} addresses are not written to; `lingpao mail lift` lifts this.", n=len(found)))
    desk.paper.answer({"suppressed": found})


@command(app, "lift", tr("Let an address that bounced be written to again."))
def lift(
    ctx: typer.Context, address: Annotated[str, argument(tr("Mail address."), "ADDRESS")], *, reason: Reason
) -> None:
    """Lift."""
    from notifications.suppression import lift as let_in

    desk = desk_of(ctx)
    with desk.work() as work:
        let_in(desk.house.post, work, desk.actor, address, reason=reason)
    desk.paper.say(tr("{address} is written to again.", address=address))
    desk.paper.answer({"lifted": address})


@contextmanager
def _at_relay(desk: Desk) -> "Iterator[House]":
    """The house with its relay; a rehearsal gets a sink on this machine for as long as it is needed."""
    from console.bootstrap import at_sink

    if not desk.house.rehearsal:
        yield desk.house
        return
    from notifications.sink import SinkProcess

    section = desk.settings.rehearsal
    folder = Path(section.folder)
    place = folder if folder.is_absolute() else desk.config.parent / folder
    with SinkProcess(place, port=section.sink_port) as sink:
        yield at_sink(desk.house, sink.port)
    desk.paper.say(tr("The mails of this rehearsal lie in {folder}.", folder=str(place)))


def _each(desk: Desk, numbers: list[int], do: "Callable[[Work, int], Mail]") -> None:
    from engine.store import mails
    from notifications.outbox import LABELS, State

    told = []
    with desk.work() as work:
        for number in numbers:
            mail = do(work, number)
            label = LABELS[State(mail.state)]
            desk.paper.say(tr("Mail {number}, {subject}: {state}.", number=mail.id, subject=mail.subject, state=label))
            if mail.state == State.ENDED and mail.reason:
                _tell_end(desk, mail)
            told.append(brief(mail, mails.receivers(work, [mail.id]).get(mail.id, ())))
    desk.paper.answer({"mails": told})


def _tell_end(desk: Desk, mail: "Mail") -> None:
    """Why a mail did not go, and what becomes of what it said."""
    from notifications import reasons

    why = reasons.sentence(mail.reason or "")
    desk.paper.say(tr("It was not sent: {why}. What still holds is written anew by itself.", why=why))


def _switched(desk: Desk) -> None:
    from notifications import switch

    with desk.look() as work:
        stopped = sorted(switch.read(work).stopped)
    desk.paper.answer({"stopped": stopped})
