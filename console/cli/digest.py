"""The weekly digest: printed or written as a page for any week, without sending anything."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.cli.desk import LOCALES, Desk, desk_of
from console.cli.frame import command, option, verbs
from console.cli.mailbox import write_preview
from console.cli.options import CampaignKey
from console.cli.refusals import UsageRefused
from engine.words import tr

if TYPE_CHECKING:
    from engine.store.database import Work
    from notifications.weeks import Week

app = verbs()


@command(
    app,
    "digest",
    tr(
        "Print the digest of a week with the figures of its cut-off, that of the last finished one by default; nothing"
        " is sent."
    ),
)
def digest(
    ctx: typer.Context,
    *,
    week: Annotated[str | None, option("--week", metavar="WEEK", does=tr("ISO week, as in 2020-W24."))] = None,
    preview: Annotated[
        Path | None, option("--preview", metavar="FILE", does=tr("Write it instead: .html, .eml or .txt."))
    ] = None,
    sheet: Annotated[
        Path | None, option("--sheet", metavar="FILE", does=tr("Also write the spreadsheet that goes with it (.xlsx)."))
    ] = None,
    campaign: CampaignKey = None,
    language: Annotated[str | None, option("--language", metavar="LOCALE", does=tr("Language of the digest."))] = None,
) -> None:
    """Preview."""
    from console.administration import need_role
    from console.finding import find_campaign
    from notifications.digest import preview_digest
    from notifications.preview import preview_of

    desk = desk_of(ctx)
    if language not in (None, *LOCALES):
        raise UsageRefused(tr("There is no language {locale}; there are {known}.", locale=language, known=LOCALES))
    with desk.look() as work:
        # it tells of all districts, so it is for those who get it
        need_role(work, desk.actor, (*desk.settings.digest.to, "administrator"))
        key = find_campaign(desk.engine, work, campaign).key
        wanted = _week(desk, work, week)
        issue = preview_digest(desk.house.post, work, key, wanted, language)
        found = preview_of(desk.house.post, work, issue.rendered)
        row = _period(work, key, wanted.key)
    if preview:
        write_preview(found, preview)
        desk.paper.say(tr("{subject}: written to {file}.", subject=found.subject, file=str(preview)))
    else:
        desk.paper.line(found.subject)
        desk.paper.line()
        desk.paper.line(found.text)
    if sheet:
        sheet.write_bytes(issue.paper.content)
        desk.paper.say(tr("The spreadsheet lies in {file}.", file=str(sheet)))
    desk.paper.answer(
        {
            "campaign": key,
            "week": wanted.key,
            "subject": found.subject,
            "text": found.text,
            "figures": issue.facts.overview.as_json(),
            "status": row,
        }
    )


def _week(desk: Desk, work: "Work", key: str | None) -> "Week":
    from notifications.weeks import Week

    return Week.parse(key) if key else Week.of(desk.engine.today(work) - timedelta(weeks=1))


def _period(work: "Work", campaign: str, week: str) -> dict[str, Any] | None:
    """What became of the week: sent, skipped or failed; None while it has not been its turn."""
    from engine.store import periods

    row = periods.get(work, schedule="digest", scope=campaign, period=week)
    return None if row is None else {"status": row.status, "reason": row.reason, "mail": row.mail_id}
