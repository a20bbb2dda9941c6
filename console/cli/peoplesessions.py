"""Who is signed in, who signed in or failed to, what was taken out of the house; sessions ended."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from console.cli.desk import desk_of
from console.cli.frame import argument, command, option
from console.cli.paper import Cell, Column
from console.cli.people import Login, app
from console.cli.refusals import UsageRefused
from console.doorwords import DETAILS, KINDS, METHODS, OUTCOMES
from engine.words import tr

if TYPE_CHECKING:
    from engine.store.database import Work
    from engine.store.signins import SignIn

SIGN_INS: Final = (
    Column(tr("Number"), number=True),
    Column(tr("When"), whole=True),
    Column(tr("Login"), whole=True),
    Column(tr("What")),
    Column(tr("How")),
    Column(tr("From"), whole=True),
    Column(tr("Remark"), may=True),
)

WhoIfAny = Annotated[str | None, argument(tr("Login of the person; everybody where nobody is named."), "LOGIN")]
Before = Annotated[int | None, option("--before", metavar="N", does=tr("Only numbers below, to go on."))]
Limit = Annotated[int, option("--limit", metavar="N", does=tr("At most so many; 100 by default."))]


@command(app, "sessions", tr("List the open sessions of a person."))
def sessions(ctx: typer.Context, login: Login) -> None:
    """List."""
    from console.accounts.sessions import sessions_of

    desk = desk_of(ctx)
    with desk.look() as work:
        found = sessions_of(desk.house.accounts, work, desk.actor, login)
    columns = (
        Column(tr("Number"), number=True),
        Column(tr("Since"), whole=True),
        Column(tr("Last seen"), whole=True),
        Column(tr("How")),
        Column(tr("From"), whole=True),
        Column(tr("Program"), may=True),
    )
    rows = [
        (one.id, one.created_at, one.seen_at, METHODS.get(one.method, one.method), one.address, one.agent)
        for one in found
    ]
    if found:
        desk.paper.table(columns, rows)
    desk.paper.say(tr("{n} sessions.", n=len(found)))
    names = ("id", "method", "stage", "only", "address", "agent", "created_at", "seen_at", "expires_at")
    desk.paper.answer({"sessions": [{name: getattr(one, name) for name in names} for one in found]})


@command(app, "end-sessions", tr("End the sessions of a person, or a single one."))
def end_sessions(
    ctx: typer.Context,
    login: Login,
    *,
    number: Annotated[
        int | None, option("--session", metavar="N", does=tr("Only this one; see `lingpao people sessions`."))
    ] = None,
) -> None:
    """End."""
    from console.accounts.sessions import end_sessions as end

    desk = desk_of(ctx)
    with desk.work() as work:
        ended = end(desk.house.accounts, work, desk.actor, login, session_id=number)
    desk.paper.say(tr("{n} sessions have ended.", n=ended))
    desk.paper.answer({"login": login, "ended": ended})


@command(app, "sign-ins", tr("List who signed in, failed to, had to wait or left, the newest first."))
def sign_ins(
    ctx: typer.Context,
    login: WhoIfAny = None,
    *,
    outcome: Annotated[
        list[str] | None,
        option(
            "--outcome", metavar="NAME", does=tr("signed_in, wrong, factor_wrong, waiting, ended, provider_refused.")
        ),
    ] = None,
    before: Before = None,
    limit: Limit = 100,
) -> None:
    """List."""
    from console.accounts.audit import sign_ins as found_by
    from engine.store import people

    desk = desk_of(ctx)
    wanted = _known(outcome or [])
    with desk.look() as work:
        whose = people.by_login(work, login).id if login else None
        found = found_by(work, desk.actor, person_id=whose, outcomes=wanted, before=before, limit=limit)
        logins = _logins(work)
    if found:
        desk.paper.table(SIGN_INS, [_row(one, logins) for one in found])
    desk.paper.say(tr("{n} entries.", n=len(found)))
    names = ("id", "at", "outcome", "method", "detail", "session_id", "address", "agent")
    told = [{"login": logins.get(one.person_id or 0), **{name: getattr(one, name) for name in names}} for one in found]
    desk.paper.answer({"sign_ins": told})


@command(app, "disclosures", tr("List exports and values made visible, the newest first."))
def disclosures(ctx: typer.Context, login: WhoIfAny = None, *, before: Before = None, limit: Limit = 100) -> None:
    """List."""
    from console.accounts.audit import disclosures as found_by
    from engine.store import people

    desk = desk_of(ctx)
    with desk.look() as work:
        person_id = people.by_login(work, login).id if login else None
        found = found_by(work, desk.actor, person_id=person_id, before=before, limit=limit)
        logins = _logins(work)
    columns = (
        Column(tr("Number"), number=True),
        Column(tr("When"), whole=True),
        Column(tr("Login"), whole=True),
        Column(tr("What")),
        Column(tr("About")),
        Column(tr("Rows"), number=True),
        Column(tr("From"), whole=True),
    )
    rows = [
        (one.id, one.at, logins.get(one.person_id), KINDS.get(one.kind, one.kind), one.about, one.rows, one.address)
        for one in found
    ]
    if found:
        desk.paper.table(columns, rows)
    desk.paper.say(tr("{n} entries.", n=len(found)))
    names = ("id", "at", "kind", "about", "rows", "address")
    told = [{"login": logins.get(one.person_id), **{name: getattr(one, name) for name in names}} for one in found]
    desk.paper.answer({"disclosures": told})


def _known(outcomes: list[str]) -> list[str]:
    for one in outcomes:
        if one not in OUTCOMES:
            raise UsageRefused(tr("There is no outcome {name}; there are {known}.", name=one, known=tuple(OUTCOMES)))
    return outcomes


def _row(one: "SignIn", logins: dict[int, str]) -> tuple[Cell, ...]:
    return (
        one.id,
        one.at,
        logins.get(one.person_id or 0, "—"),
        OUTCOMES.get(one.outcome, one.outcome),
        METHODS.get(one.method, one.method),
        one.address,
        DETAILS.get(one.detail or "", one.detail),
    )


def _logins(work: "Work") -> dict[int, str]:
    from engine.store import people

    return {person.id: person.login for person in people.every(work)}
