"""Mails to read: listed, shown with what became of them, previewed."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.cli.desk import Desk, desk_of
from console.cli.frame import argument, command, option, verbs
from console.cli.options import CampaignKey
from console.cli.paper import Column
from console.cli.refusals import UsageRefused
from console.letterwords import FATES
from engine.words import Sentence, tr

if TYPE_CHECKING:
    from engine.store.mails import Mail, Recipient
    from notifications.desk import Shown
    from notifications.preview import Preview

app = verbs("mail", tr("Mails: what is waiting, what went out, and why."))

MailNumber = Annotated[int, argument(tr("Number of the mail."), "NUMBER")]


@command(app, "list", tr("List mails you may read, the newest first."))
def listed(
    ctx: typer.Context,
    *,
    state: Annotated[
        list[str] | None,
        option(
            "--state",
            metavar="STATE",
            does=tr("draft, ready, leased, sent, partial, doubt, dead, held, expired, ended."),
        ),
    ] = None,
    letter: Annotated[
        str | None, option("--letter", metavar="NAME", does=tr("Only this letter, as in reminder."))
    ] = None,
    campaign: CampaignKey = None,
    before: Annotated[int | None, option("--before", metavar="N", does=tr("Only numbers below, to go on."))] = None,
    limit: Annotated[int, option("--limit", metavar="N", does=tr("At most so many; 100 by default."))] = 100,
) -> None:
    """List."""
    from engine.store import mails
    from notifications.config import letters_found
    from notifications.desk import listed as readable
    from notifications.outbox import LABELS, State

    desk = desk_of(ctx)
    unknown = [one for one in state or () if one not in set(State)]
    if unknown:
        raise UsageRefused(tr("There is no state {name}; there are {known}.", name=unknown[0], known=tuple(State)))
    letters = tuple(letters_found())
    if letter not in (None, *letters):
        raise UsageRefused(tr("There is no letter {name}; there are {known}.", name=letter, known=letters))
    with desk.look() as work:
        found = readable(
            work, desk.actor, states=state or (), letter=letter, campaign=campaign, before=before, limit=limit
        )
        receivers = mails.receivers(work, [mail.id for mail in found])
    columns = [
        Column(tr("Number"), number=True),
        Column(tr("State"), whole=True),
        Column(tr("When"), whole=True),
        Column(tr("To")),
        Column(tr("Subject")),
    ]
    rows = [
        (
            one.id,
            LABELS[State(one.state)],
            one.sent_at or one.not_before,
            _names(receivers.get(one.id, ())),
            one.subject,
        )
        for one in found
    ]
    if found:
        desk.paper.table(columns, rows)
    desk.paper.say(tr("{n} mails.", n=len(found)))
    desk.paper.answer({"mails": [brief(one, receivers.get(one.id, ())) for one in found]})


@command(app, "show", tr("Show a mail: for whom, what became of it, each try, and what it is about."))
def show(ctx: typer.Context, number: MailNumber) -> None:
    """Show."""
    from notifications.desk import shown

    desk = desk_of(ctx)
    with desk.look() as work:
        found = shown(work, desk.actor, number)
    _print(desk, found)
    desk.paper.answer(
        brief(found.mail, found.receivers)
        | {
            "reason": found.mail.reason,
            "message_id": found.mail.message_id,
            "created_at": found.mail.created_at,
            "size": found.mail.size,
            "sha256": found.mail.sha256,
            "relay_ref": found.mail.relay_ref,
            "attempts": [
                {
                    "started_at": one.started_at,
                    "ended_at": one.ended_at,
                    "stage": one.stage,
                    "code": one.code,
                    "text": one.text,
                    "action": one.action,
                }
                for one in found.attempts
            ],
            "notices": [
                {"number": one.id, "letter": one.letter, "case": one.case_id, "milestone": one.milestone}
                for one in found.notices
            ],
            "resends": [one.id for one in found.resends],
        }
    )


@command(app, "preview", tr("Look at a letter with sample facts, or at a mail as it was frozen; nothing is sent."))
def preview(
    ctx: typer.Context,
    what: Annotated[str, argument(tr("Name of a letter, or number of a mail."), "LETTER|NUMBER")],
    *,
    into: Annotated[
        Path | None,
        option("--into", metavar="FILE", does=tr("Write it: .html to look at, .eml for a mail program, .txt.")),
    ] = None,
    language: Annotated[str | None, option("--language", metavar="LOCALE", does=tr("Language of the letter."))] = None,
) -> None:
    """Preview."""
    from notifications.preview import preview_mail, preview_sample

    desk = desk_of(ctx)
    with desk.look() as work:
        if what.isdigit():
            found = preview_mail(work, desk.actor, int(what))
        else:
            found = preview_sample(desk.house.post, work, what, language or desk.settings.locale)
    if into is not None:
        write_preview(found, into)
        desk.paper.say(tr("{subject}: written to {file}.", subject=found.subject, file=str(into)))
    else:
        desk.paper.line(found.subject)
        desk.paper.line()
        desk.paper.line(found.text)
    desk.paper.answer({"subject": found.subject, "text": found.text, "file": str(into) if into else None})


def write_preview(found: "Preview", file: Path) -> None:
    """The form that the ending of the file's name asks for."""
    ending = file.suffix.lower()
    if ending == ".eml":
        file.write_bytes(found.content)
    elif ending == ".txt":
        file.write_text(found.text, encoding="utf-8")
    elif ending in {".html", ".htm"}:
        file.write_text(found.page, encoding="utf-8")
    else:
        raise UsageRefused(tr("{file}: name a file that ends in .html, .eml or .txt.", file=str(file)))


def brief(mail: "Mail", receivers: "Sequence[Recipient]") -> dict[str, Any]:
    """A mail as lists show it."""
    return {
        "mail": mail.id,
        "letter": mail.letter,
        "state": mail.state,
        "campaign": mail.campaign,
        "subject": mail.subject,
        "not_before": mail.not_before,
        "sent_at": mail.sent_at,
        "resend_of": mail.resend_of,
        "recipients": [
            {"address": one.address, "field": one.field, "name": one.name, "state": one.state, "text": one.text}
            for one in receivers
        ],
    }


def _names(receivers: "Sequence[Recipient]") -> tuple[str, ...]:
    return tuple(one.name or one.address for one in receivers if one.field != "cc")


def _print(desk: Desk, found: "Shown") -> None:
    from notifications import reasons
    from notifications.outbox import LABELS, State

    mail = found.mail
    about = tuple(str(one.facts.get("subject", "")) for one in found.notices)
    rows: list[tuple[Sentence, object]] = [
        (tr("Mail"), f"{mail.id}  {mail.subject}"),
        (tr("Letter"), mail.letter),
        (tr("State"), LABELS[State(mail.state)]),
        (tr("Reason"), reasons.sentence(mail.reason) if mail.reason else None),
        (tr("Composed"), mail.created_at),
        (tr("Sent"), mail.sent_at),
        (tr("Message id"), mail.message_id),
        (tr("About"), tuple(dict.fromkeys(about))),
        (tr("Sent anew as"), tuple(str(one.id) for one in found.resends)),
    ]
    desk.paper.facts(rows)
    desk.paper.line()
    columns = [
        Column(tr("Address")),
        Column(tr("Name")),
        Column(tr("Field"), whole=True),
        Column(tr("What became of it")),
    ]
    told = [(one.address, one.name, one.field, _fate(one)) for one in found.receivers]
    desk.paper.table(columns, told)
    if found.attempts:
        columns = [
            Column(tr("When"), whole=True),
            Column(tr("Stage"), whole=True),
            Column(tr("Answer")),
            Column(tr("Then")),
        ]
        tries = [
            (one.ended_at, one.stage, f"{one.code or ''} {one.text or ''}".strip(), one.action)
            for one in found.attempts
        ]
        desk.paper.table(columns, tries, title=tr("Tries"))


def _fate(one: "Recipient") -> object:
    fate = FATES.get(one.state, one.state)
    return tr("{fate}: {answer}", fate=fate, answer=one.text) if one.text else fate
