"""The program `lingpao`: a table of its verbs, and the modules that have them."""

from typing import Final

import typer

from console.cli.frame import PURPOSE, Root, Verb, table
from engine.words import tr

VERBS: Final = (
    Verb("init", "console.cli.installing", tr("Make a database ready: tables, organisations, people, campaigns.")),
    Verb("doctor", "console.cli.installing", tr("Say what is wrong with this installation and what to do about it.")),
    Verb("status", "console.cli.installing", tr("Show where the campaign and the worker stand.")),
    Verb("campaign", "console.cli.campaign", tr("Apply or show the terms of a campaign.")),
    Verb("people", "console.cli.peoplegroup", tr("People, their roles and who stands in for them.")),
    Verb("calendar", "console.cli.calendar", tr("Working days and days off.")),
    Verb("import", "console.cli.lists", tr("Take in the list of a district, or only read and check it.")),
    Verb("template", "console.cli.template", tr("Write an empty list to be filled in by a district.")),
    Verb("standards", "console.cli.lists", tr("Read the standard numbers of one cell.")),
    Verb("cases", "console.cli.cases", tr("List cases.")),
    Verb("show", "console.cli.cases", tr("Show everything about a case.")),
    Verb("file", "console.cli.cases", tr("Write a file of a case out again, also an older version.")),
    Verb("explain", "console.cli.cases", tr("Show which steps are possible now, and why others are not.")),
    Verb(
        "enterprise", "console.cli.enterprises", tr("Enterprises across the years: list, show, merge, split, rename.")
    ),
    Verb("record", "console.cli.recording", tr("Record evidence: plans, reports, publications and the like.")),
    Verb("product", "console.cli.products", tr("Add, change or drop a product.")),
    Verb("advance", "console.cli.steps", tr("Take a step for one or many cases.")),
    Verb("propose", "console.cli.steps", tr("Propose a step that the level above confirms.")),
    Verb("confirm", "console.cli.steps", tr("Confirm what was proposed.")),
    Verb("return", "console.cli.steps", tr("Return a proposal with a reason.")),
    Verb("send-back", "console.cli.steps", tr("Send a case back to the state before, with a reason.")),
    Verb("withdraw", "console.cli.leaving", tr("Take an enterprise out of the campaign, with a reason.")),
    Verb("replace", "console.cli.leaving", tr("Let another enterprise take the place of a withdrawn one.")),
    Verb("reinstate", "console.cli.leaving", tr("Bring a withdrawn enterprise back.")),
    Verb("correct", "console.cli.leaving", tr("Undo the last step because it was a mistake.")),
    Verb("claim", "console.cli.leaving", tr("Give an enterprise that two districts named to one of them.")),
    Verb("extend", "console.cli.deadlines", tr("Give deadlines another day, or ask for one.")),
    Verb("extensions", "console.cli.extensions", tr("Extensions that were asked for: list, grant, refuse.")),
    Verb("pause", "console.cli.deadlines", tr("Stop the clock of a deadline.")),
    Verb("resume", "console.cli.deadlines", tr("Let the clock of a deadline run on.")),
    Verb("waive", "console.cli.deadlines", tr("Let a deadline go.")),
    Verb("reply", "console.cli.deadlines", tr("Answer a chase: why it is late, and by when it will be done.")),
    Verb("report", "console.cli.reports", tr("Half-yearly reports: fill in, hand in, accept, print.")),
    Verb("publication", "console.cli.publications", tr("Publication batches: make, confirm, publish, print.")),
    Verb("digest", "console.cli.digest", tr("The weekly digest.")),
    Verb("mail", "console.cli.mail", tr("Mails: what is waiting, what went out, and why.")),
    Verb(
        "rehearse", "console.cli.rehearsing", tr("Live through a campaign in fast-forward, and see every mail of it.")
    ),
    Verb("demo", "console.cli.rehearsing", tr("Live through the whole of Ningbo 2020 on sample lists.")),
    Verb("diagram", "console.cli.diagram", tr("Draw a flow as a Mermaid diagram with the cases in each state.")),
    Verb("worker", "console.cli.worker", tr("Do what is due, again and again: deadlines, letters, digests.")),
    Verb("serve", "console.cli.serve", tr("Serve the web console, with the worker in the same process.")),
    Verb("audit", "console.cli.audit", tr("Check the journal and the promises of the engine.")),
    Verb("data", "console.cli.data", tr("The database: migrate, back up, restore, check, export.")),
)
"""One row for each verb, in the order of the help page. A further verb is a further row: its module has an `app`
made by `frame.verbs`, either a group of that name or a bag with a command of that name."""


class Program(Root):
    verbs = table(VERBS)


app = typer.Typer(
    name="lingpao",
    help=PURPOSE.pattern,
    cls=Program,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)


@app.callback()
def _program() -> None:
    """Nothing happens before a verb; the common options are noted by their own callbacks."""


def run() -> None:
    app()
