"""What is wrong with an installation and what to do about it: interpreter, packages, configuration, letters, relay."""

import asyncio
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, packages_distributions
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Final

from console.accounts.checkup import inspect_accounts
from console.bootstrap import campaign_kind, mail_relay
from console.checkup import look_over
from console.findings import Finding, fine, note, wrong
from console.settings import Settings, inspect_settings
from engine.errors import EngineError
from engine.faults import FaultsFound
from engine.words import tr
from notifications.render import LOCALES, LetterFailed, Letters
from notifications.samples import sample
from notifications.smtp import Relay
from notifications.smtp.wire import Wire
from notifications.verdicts import Reply, Stage

OURS: Final = ("engine", "workflows", "notifications", "console")
DISTRIBUTION: Final = "lingpao"
OLDEST, NEWEST = (3, 11), (3, 13)


def examine(config: Path, url_of: Callable[[Settings], str], *, relay: bool = False) -> tuple[Finding, ...]:
    """Everything at once; what rests on something broken is left out."""
    found = [*_interpreter(), *_packages(packages_distributions()), *_letters(Letters())]
    settings, faults = inspect_settings(config)
    found += [
        wrong(f"CONFIG_{fault.code}", fault.as_sentence(), tr("Correct the configuration at that place."))
        for fault in faults
    ]
    if settings is None:
        return tuple(found)
    found.append(fine("CONFIG", tr("The configuration {file} is whole.", file=str(config))))
    found += [
        *_flows(settings),
        *_relay(settings, connect=relay),
        *inspect_accounts(settings),
        *look_over(settings, url_of(settings)),
    ]
    return tuple(found)


def _interpreter() -> Iterator[Finding]:
    yield fine("PROGRAM", tr("Lingpao {version}.", version=program_version()))
    version = sys.version_info[:2]
    told = ".".join(str(part) for part in sys.version_info[:3])
    if version < OLDEST:
        yield wrong("PYTHON", tr("Python {version} is too old.", version=told), tr("Install Python 3.11 to 3.13."))
    elif version > NEWEST:
        yield note("PYTHON", tr("Lingpao has not been tried with Python {version}.", version=told))
    else:
        yield fine("PYTHON", tr("Python {version}.", version=told))


def program_version() -> str:
    """The version of the installed distribution."""
    try:
        return version_of(DISTRIBUTION)
    except PackageNotFoundError:
        return "?"


def _packages(owners: Mapping[str, list[str]]) -> Iterator[Finding]:
    """Another distribution with one of our names overwrites our files without a word from the installer."""
    strangers = {name: sorted(set(owners.get(name, ())) - {DISTRIBUTION}) for name in OURS}
    for name, found in strangers.items():
        if found:
            yield wrong(
                "PACKAGE_FOREIGN",
                tr("The package name {name} is also owned by {strangers}.", name=name, strangers=tuple(found)),
                tr("Give Lingpao an environment of its own and install it anew there."),
            )
    if not any(strangers.values()):
        yield fine("PACKAGES", tr("Nobody else owns the names {names}.", names=OURS))


def _letters(letters: Letters) -> Iterator[Finding]:
    broken = [*letters.missing(), *_unrendered(letters)]
    for problem in broken:
        yield wrong(
            "LETTER_BROKEN",
            tr("Letter: {problem}.", problem=problem),
            tr("Restore the file from the distribution, or correct the template."),
        )
    if not broken:
        yield fine("LETTERS", tr("{n} letters can be written in {locales}.", n=len(letters.names), locales=LOCALES))


def _unrendered(letters: Letters) -> Iterator[object]:
    for name in letters.names:
        for locale in LOCALES:
            try:
                letters.render(name, locale, sample(name))
            except LetterFailed as failed:
                yield failed.sentence


def _flows(settings: Settings) -> Iterator[Finding]:
    try:
        kind = campaign_kind(settings)
    except FaultsFound as refusal:
        for fault in refusal.faults:
            yield wrong(f"FLOW_{fault.code}", fault.as_sentence(), tr("Correct the flow at that place."))
        return
    names = tuple(f"{flow.name} {flow.version}" for flow in kind.flows.values())
    yield fine("FLOWS", tr("The flows {names} are whole.", names=names))


def _relay(settings: Settings, *, connect: bool) -> Iterator[Finding]:
    host = f"{settings.mail.relay.host}:{settings.mail.relay.port}"
    try:
        relay = mail_relay(settings)
    except EngineError as refusal:
        yield wrong("RELAY", refusal.sentence, tr("Set LINGPAO_SMTP_PASSWORD, or correct `mail.relay`."))
        return
    if not connect:
        yield fine("RELAY", tr("The settings of the relay {host} fit together; --relay tries it.", host=host))
        return
    yield _tried(relay, host)


def _tried(relay: Relay, host: str) -> Finding:
    """Connect, secure and log in, as the worker does; then leave."""
    fault = asyncio.run(_knock(relay))
    if fault is None:
        return fine("RELAY", tr("The relay {host} lets us in.", host=host))
    stage, reply = fault
    told = tr("The relay {host} does not let us in ({stage}): {answer}", host=host, stage=str(stage), answer=reply.text)
    return wrong(
        "RELAY_CLOSED", told, tr("Check host, port, security, login and password, and the way through firewalls.")
    )


async def _knock(relay: Relay) -> tuple[Stage, Reply] | None:
    wire = Wire(relay)
    fault = await wire.open()
    await wire.quit()
    return fault
