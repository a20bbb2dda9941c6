"""Tokens with which programs use the interface: made, listed, taken back."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.cli.desk import desk_of
from console.cli.frame import argument, command, option
from console.cli.paper import Column
from console.cli.people import Login, app
from engine.words import tr

if TYPE_CHECKING:
    from engine.store.tokens import ApiToken


@command(app, "token", tr("Make a token with which a program uses the interface; it is shown once."))
def token(
    ctx: typer.Context,
    login: Login,
    *,
    name: Annotated[str, option("--name", metavar="NAME", does=tr("What the token is for."))],
    days: Annotated[int, option("--days", metavar="N", does=tr("How many days it is good for."))],
    scope: Annotated[
        str, option("--scope", metavar="SCOPE", does=tr("read, write or admin; read by default."))
    ] = "read",
) -> None:
    """Make."""
    from console.accounts.tokens import make_token

    desk = desk_of(ctx)
    with desk.work() as work:
        secret, made = make_token(desk.house.accounts, work, desk.actor, login, name=name, scope=scope, days=days)
    desk.paper.line(secret)
    desk.paper.say(tr("It is good until {until} and is not shown again.", until=desk.paper.spoken(made.expires_at)))
    desk.paper.answer({"token": secret, **_as_json(made)})


@command(app, "tokens", tr("List the tokens of a person."))
def tokens(ctx: typer.Context, login: Login) -> None:
    """List."""
    from console.accounts.tokens import tokens_of

    desk = desk_of(ctx)
    with desk.look() as work:
        found = tokens_of(work, desk.actor, login)
    columns = (
        Column(tr("Number"), number=True),
        Column(tr("Title")),
        Column(tr("Begins with"), whole=True),
        Column(tr("Scope"), whole=True),
        Column(tr("Good until"), whole=True),
        Column(tr("Last used"), whole=True, may=True),
        Column(tr("Taken back"), whole=True, may=True),
    )
    rows = [(one.id, one.name, one.hint, one.scope, one.expires_at, one.used_at, one.revoked_at) for one in found]
    if found:
        desk.paper.table(columns, rows)
    desk.paper.say(tr("{n} tokens.", n=len(found)))
    desk.paper.answer({"tokens": [_as_json(one) for one in found]})


@command(app, "revoke-token", tr("Take a token back."))
def revoke_token(ctx: typer.Context, number: Annotated[int, argument(tr("Number of the token."), "NUMBER")]) -> None:
    """Revoke."""
    from console.accounts.tokens import revoke_token as revoke

    desk = desk_of(ctx)
    with desk.work() as work:
        revoked = revoke(desk.house.accounts, work, desk.actor, number)
    desk.paper.say(tr("Token {number} is no longer good.", number=number))
    desk.paper.answer(_as_json(revoked))


def _as_json(one: "ApiToken") -> dict[str, Any]:
    names = ("id", "name", "hint", "scope", "created_at", "expires_at", "used_at", "used_address", "revoked_at")
    return {name: getattr(one, name) for name in names}
