"""What no single key can tell: whether the parts of config.yaml fit each other, the flows, the letters and the roles.

All rules look at the content as it is written, so that a fault in one place hides none in another; what has the
wrong shape is passed over here, because its own section has reported it.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from console.campaignchecks import campaign_findings
from console.peoplechecks import people_findings, role_findings
from console.written import number, table, tables, text
from engine.faults import Finding, Path, expected
from engine.flow import Flow
from engine.ladder import Level, Rung, ladder_faults
from engine.words import tr

LEVELS: Final = frozenset(Level)
Ladders = Mapping[str, Mapping[str, object]]
Flows = Mapping[str, tuple[Flow, ...]]


def cross_findings(content: object, flows: Flows) -> Iterator[Finding]:
    """Everything that is wrong between the parts; `flows` are those of each campaign kind."""
    ladders = {name: table(body) for name, body in table(content, "ladders").items()}
    last_rungs = {name: _last(body) for name, body in ladders.items()}
    yield from campaign_findings(content, flows, last_rungs)
    yield from _ladders(ladders)
    yield from _letters(content, ladders, flows)
    yield from _mail(content)
    yield from people_findings(content)
    yield from role_findings(table(content, "accounts").get("second_factor_for"), ("accounts", "second_factor_for"))


def _last(ladder: Mapping[str, object]) -> int:
    return max((number(rung.get("at")) or 0 for _, rung in tables(ladder.get("rungs"), ())), default=0)


def _ladders(ladders: Ladders) -> Iterator[Finding]:
    for name, body in ladders.items():
        written = [rung for _, rung in tables(body.get("rungs"), ())]
        rungs = [rung for one in written if (rung := _rung(one))]
        if len(rungs) == len(written):
            for finding in ladder_faults(rungs):
                yield Finding(finding.code, ("ladders", name, *finding.path), finding.sentence, finding.hint)


def _rung(body: Mapping[str, object]) -> Rung | None:
    """The rung, if enough of it can be read to compare it with others."""
    name, level, at = body.get("name"), text(body.get("level")), number(body.get("at"))
    after = body.get("after")
    pair = (str(after[0]), number(after[1]) or 0) if isinstance(after, list) and len(after) == 2 else None  # noqa: PLR2004
    if not isinstance(name, str) or level not in LEVELS or at is None:
        return None
    until = body.get("until")
    return Rung(name, Level(level), at, number(body.get("every")), until if isinstance(until, str) else None, pair)


def _letters(content: object, ladders: Ladders, flows: Flows) -> Iterator[Finding]:
    """Every level of a ladder and every letter of a step has receivers, and they are roles."""
    letters = table(content, "letters")
    wanted = {*_letters_of_steps(content, flows), *_letters_of_rungs(ladders)}
    for letter in sorted(wanted - set(letters)) if letters else ():
        what = tr("the receivers of the letter {letter}", letter=letter)
        yield Finding("MISSING_LETTER", ("letters", letter), expected(what, None))
    for letter, body in letters.items():
        yield from role_findings(table(body).get("to"), ("letters", letter, "to"))
        yield from role_findings(table(body).get("cc"), ("letters", letter, "cc"))
    yield from role_findings(table(content, "digest").get("to"), ("digest", "to"))


def _letters_of_steps(content: object, flows: Flows) -> Iterator[str]:
    kinds = {text(body.get("kind")) for _, body in tables(table(content).get("campaigns"), ())}
    for flow in (flow for kind in kinds for flow in flows.get(kind, ())):
        yield from (letter for step in flow.steps for letter in step.letters)


def _letters_of_rungs(ladders: Ladders) -> Iterator[str]:
    """The letter of a rung has the name of its level."""
    for body in ladders.values():
        levels = (text(rung.get("level")) for _, rung in tables(body.get("rungs"), ()))
        yield from (level for level in levels if level in LEVELS)


def _mail(content: object) -> Iterator[Finding]:
    mail, relay = table(content, "mail"), table(content, "mail", "relay")
    if relay.get("security") != "none":
        return
    path: Path = ("mail", "relay", "security")
    if mail.get("allow_plaintext") is not True:
        hint = tr("or allow_plaintext: true, where the relay is inside the house")
        yield Finding("MAIL_UNPROTECTED", path, expected(tr("tls or starttls"), "none"), hint)
    if relay.get("username") is not None:
        what = tr("tls or starttls, because a password is never sent unprotected")
        yield Finding("PASSWORD_UNPROTECTED", path, expected(what, "none"))
