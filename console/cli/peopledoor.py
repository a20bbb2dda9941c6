"""How people come to a password: invited, set at the terminal, links taken back, a lost second factor removed."""

import sys
from getpass import getpass

import typer

from console.cli.desk import Desk, desk_of
from console.cli.frame import command
from console.cli.people import Login, app
from console.cli.refusals import UsageRefused
from engine.words import say, tr


@command(app, "invite", tr("Mail somebody a link to set their first password."))
def invite(ctx: typer.Context, login: Login) -> None:
    """Invite."""
    from console.accounts.invitations import invite as mail_link

    desk = desk_of(ctx)
    with desk.work() as work:
        invited = mail_link(desk.house.accounts, work, desk.actor, login)
    desk.paper.say(
        tr(
            "Mail {number} is ready; its link is good until {until}.",
            number=invited.mail_id,
            until=desk.paper.spoken(invited.expires_at),
        )
    )
    desk.paper.answer({"login": login, "mail": invited.mail_id, "expires_at": invited.expires_at})


@command(app, "password", tr("Set a password; it is asked for and never stands on the command line."))
def password(ctx: typer.Context, login: Login) -> None:
    """Set."""
    from console.accounts.invitations import set_password

    desk = desk_of(ctx)
    set_password(desk.house.accounts, desk.actor, login, _asked(desk))
    desk.paper.say(tr("The password of {login} is set; their sessions have ended.", login=login))
    desk.paper.answer({"login": login})


@command(app, "revoke-links", tr("Take back all links of a person that stand in mails and are still good."))
def revoke_links(ctx: typer.Context, login: Login) -> None:
    """Revoke."""
    from console.accounts.links import revoke

    desk = desk_of(ctx)
    with desk.work() as work:
        taken = revoke(desk.house.accounts, work, desk.actor, login)
    desk.paper.say(tr("{n} links were taken back.", n=taken))
    desk.paper.answer({"login": login, "links": taken})


@command(app, "remove-factor", tr("Remove the second factor of somebody who has lost their telephone."))
def remove_factor(ctx: typer.Context, login: Login) -> None:
    """Remove."""
    from console.accounts.factors import remove_for

    desk = desk_of(ctx)
    with desk.work() as work:
        remove_for(desk.house.accounts, work, desk.actor, login)
    desk.paper.say(tr("{login} signs in without a second factor; their sessions have ended.", login=login))
    desk.paper.answer({"login": login})


@command(app, "new-key", tr("Make a key for LINGPAO_SECRET_KEY and print it; it is kept nowhere."))
def new_key(ctx: typer.Context) -> None:
    """Make."""
    from console.accounts.vault import new_key as make_key

    key = make_key()
    paper = desk_of(ctx).paper
    paper.line(key)
    paper.answer({"key": key})


def _asked(desk: Desk) -> str:
    """The password, typed twice unseen at a terminal; the first line where there is none."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed = getpass(f"{say(tr('New password'), desk.locale)}: ")
    if getpass(f"{say(tr('The same once more'), desk.locale)}: ") != typed:
        raise UsageRefused(tr("The two are not the same; nothing was changed."))
    return typed
