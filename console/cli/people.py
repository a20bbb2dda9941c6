"""People: who there is, what they may do, who stands in for whom."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from console.cli.desk import desk_of
from console.cli.frame import argument, command, option, verbs
from console.cli.options import Reason, read_day
from console.cli.paper import Column
from engine.words import Sentence, tr

if TYPE_CHECKING:
    from console.cli.desk import Desk
    from engine.model import Organisation, Person

app = verbs("people", tr("People, their roles and who stands in for them."))

COLUMNS: Final = (
    Column(tr("Login"), whole=True),
    Column(tr("Name")),
    Column(tr("Organisation")),
    Column(tr("Roles")),
    Column(tr("Address"), may=True),
)

Login = Annotated[str, argument(tr("Login of the person."), "LOGIN")]
Role = Annotated[str, argument(tr("Role, as in district_coordinator."), "ROLE")]
Over = Annotated[
    str | None,
    option("--over", metavar="ORGANISATION", does=tr("What the role covers; the own organisation by default.")),
]
Email = Annotated[str | None, option("--email", metavar="ADDRESS", does=tr("Mail address."))]
Phone = Annotated[str | None, option("--phone", metavar="NUMBER", does=tr("Telephone."))]
Language = Annotated[str | None, option("--language", metavar="LOCALE", does=tr("Language of mails: zh_CN or en."))]


@command(app, "list", tr("List people with their roles of today."))
def listed(
    ctx: typer.Context,
    *,
    everybody: Annotated[bool, option("--all", does=tr("Closed accounts too."))] = False,
) -> None:
    """List."""
    from console.administration import list_people
    from engine.roles import labels
    from engine.store import organisations, people

    desk = desk_of(ctx)
    with desk.look() as work:
        today = desk.engine.today(work)
        codes = {one.id: one.code for one in organisations.every(work)}
        found = [
            (person, place, people.roles_of(work, person.id, today))
            for person, place in list_people(work, desk.actor)
            if person.active or everybody
        ]
    rows = [
        (person.login, person.name, place.name, labels([role for role, _ in roles]), person.email)
        for person, place, roles in found
    ]
    desk.paper.table(COLUMNS, rows)
    desk.paper.answer({"people": [_as_json(person, place, roles, codes) for person, place, roles in found]})


def _as_json(
    person: "Person", place: "Organisation", roles: Sequence[tuple[str, int]], codes: Mapping[int, str]
) -> dict[str, Any]:
    return {
        "login": person.login,
        "name": person.name,
        "organisation": place.code,
        "roles": [{"role": role, "over": codes[scope]} for role, scope in roles],
        "email": person.email,
        "phone": person.phone,
        "locale": person.locale,
        "active": person.active,
    }


@command(app, "add", tr("Add a person."))
def add(
    ctx: typer.Context,
    login: Login,
    *,
    name: Annotated[str, option("--name", metavar="NAME", does=tr("What papers and pages call the person."))],
    organisation: Annotated[str, option("--organisation", metavar="NAME", does=tr("Where the person works."))],
    role: Annotated[list[str] | None, option("--role", metavar="ROLE", does=tr("Role; may be said again."))] = None,
    over: Over = None,
    email: Email = None,
    phone: Phone = None,
    language: Language = None,
) -> None:
    """Add."""
    from console.administration import Newcomer, add_person

    desk = desk_of(ctx)
    newcomer = Newcomer(
        login=login,
        name=name,
        organisation=organisation,
        roles=role or (),
        over=over,
        email=email,
        phone=phone,
        locale=language or desk.settings.locale,
    )
    with desk.work() as work:
        added = add_person(desk.engine, work, desk.actor, newcomer)
    _told(desk, login, tr("{login} was added.", login=added.login))


@command(app, "change", tr("Change name, address, telephone or language of a person."))
def change(
    ctx: typer.Context,
    login: Login,
    *,
    name: Annotated[
        str | None, option("--name", metavar="NAME", does=tr("What papers and pages call the person."))
    ] = None,
    email: Email = None,
    phone: Phone = None,
    language: Language = None,
) -> None:
    """Change."""
    from console.administration import change_person

    desk = desk_of(ctx)
    with desk.work() as work:
        change_person(desk.engine, work, desk.actor, login, name=name, email=email, phone=phone, locale=language)
    _told(desk, login, tr("{login} was changed.", login=login))


@command(app, "role", tr("Give a role."))
def role(
    ctx: typer.Context,
    login: Login,
    role: Role,
    *,
    over: Over = None,
    since: Annotated[
        date | None, option("--from", metavar="DATE", parser=read_day, does=tr("First day; today by default."))
    ] = None,
) -> None:
    """Grant."""
    from console.administration import give_role

    desk = desk_of(ctx)
    with desk.work() as work:
        give_role(desk.engine, work, desk.actor, login, role, over=over, from_on=since)
    _told(desk, login, tr("{login} has the role {role}.", login=login, role=role))


@command(app, "end-role", tr("End a role with a day."))
def end_role(
    ctx: typer.Context,
    login: Login,
    role: Role,
    *,
    until: Annotated[
        date | None, option("--to", metavar="DATE", parser=read_day, does=tr("Last day; today by default."))
    ] = None,
) -> None:
    """End."""
    from console.administration import end_role as end

    desk = desk_of(ctx)
    with desk.work() as work:
        day = end(desk.engine, work, desk.actor, login, role, to_on=until)
    _told(desk, login, tr("{login} has the role {role} until {day}.", login=login, role=role, day=day))


@command(app, "deputy", tr("Let somebody stand in for a person from a day to a day."))
def deputy(
    ctx: typer.Context,
    login: Login,
    other: Annotated[str, argument(tr("Login of who stands in."), "DEPUTY")],
    *,
    since: Annotated[date, option("--from", metavar="DATE", parser=read_day, does=tr("First day."))],
    until: Annotated[date, option("--to", metavar="DATE", parser=read_day, does=tr("Last day."))],
    reason: Reason,
) -> None:
    """Appoint."""
    from console.administration import appoint_deputy

    desk = desk_of(ctx)
    with desk.work() as work:
        appoint_deputy(desk.engine, work, desk.actor, login, other, days=(since, until), reason=reason)
    _told(desk, login, tr("{deputy} stands in for {login}.", deputy=other, login=login))


@command(app, "deputies", tr("Who stands in for whom, from which day to which."))
def deputies(
    ctx: typer.Context,
    *,
    past: Annotated[bool, option("--past", does=tr("Also those that are over."))] = False,
) -> None:
    """List."""
    from console.administration import list_deputies

    desk = desk_of(ctx)
    with desk.look() as work:
        rows = list_deputies(desk.engine, work, desk.actor, past=past)
    if rows:
        columns = [
            Column(tr("Login"), whole=True),
            Column(tr("Stands in"), whole=True),
            Column(tr("First day"), whole=True),
            Column(tr("Last day"), whole=True),
            Column(tr("Reason")),
        ]
        names = ("login", "deputy", "from", "to", "reason")
        desk.paper.table(columns, [[row[name] for name in names] for row in rows])
    else:
        desk.paper.say(tr("Nobody stands in for anybody."))
    desk.paper.answer({"deputies": list(rows)})


@command(app, "end-deputy", tr("End a deputyship before its last day."))
def end_deputy(
    ctx: typer.Context,
    login: Login,
    other: Annotated[str, argument(tr("Login of who stands in."), "DEPUTY")],
    *,
    until: Annotated[
        date | None, option("--to", metavar="DATE", parser=read_day, does=tr("Last day; yesterday by default."))
    ] = None,
    reason: Reason,
) -> None:
    """End."""
    from console.administration import end_deputy as end

    desk = desk_of(ctx)
    with desk.work() as work:
        day = end(desk.engine, work, desk.actor, login, other, to_on=until, reason=reason)
    _told(desk, login, tr("{deputy} stands in for {login} until {day}.", deputy=other, login=login, day=day))


@command(app, "deactivate", tr("Close an account."))
def deactivate(ctx: typer.Context, login: Login, *, reason: Reason) -> None:
    """Close."""
    from console.administration import deactivate as close

    desk = desk_of(ctx)
    with desk.work() as work:
        close(desk.engine, work, desk.actor, login, reason=reason)
    _told(desk, login, tr("The account {login} is closed.", login=login))


def _told(desk: "Desk", login: str, sentence: Sentence) -> None:
    from engine.store import people

    desk.paper.say(sentence)
    with desk.look() as work:
        person = people.by_login(work, login)
        roles = people.roles_of(work, person.id, desk.engine.today(work))
    desk.paper.answer({"login": login, "active": person.active, "roles": [one for one, _ in roles]})
