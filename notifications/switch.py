"""The stop switch of the mail, for everything or for single letters; all workers read it in the database."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from engine.store import posting, settings
from engine.store.database import Work
from notifications import reasons
from notifications.outbox import State, change

SETTING: Final = "mail_stopped"
EVERYTHING: Final = "*"


@dataclass(frozen=True, slots=True)
class Switch:
    """Which letters do not leave the house; `*` is all of them."""

    stopped: frozenset[str]

    def stops(self, letter: str) -> bool:
        return EVERYTHING in self.stopped or letter in self.stopped


def read(work: Work) -> Switch:
    return Switch(frozenset(settings.read(work, SETTING, ())))


def stop(work: Work, letters: Collection[str] = (EVERYTHING,)) -> int:
    """Stop letters; what is ready is held. Answers how many mails that were."""
    _write(work, read(work).stopped | set(letters))
    return hold_stopped(work)


def start(work: Work, letters: Collection[str] = (EVERYTHING,)) -> int:
    """Let letters go again; what was held for the switch is ready. Answers how many mails that were."""
    before = read(work)
    after = frozenset() if EVERYTHING in letters else before.stopped - set(letters)
    _write(work, after)
    switch = Switch(after)
    held = (mail for mail in posting.held(work, reasons.STOPPED) if not switch.stops(mail.letter))
    return sum(change(work, mail, State.READY, reason=None) for mail in held)


def hold_stopped(work: Work) -> int:
    """Hold ready mails of stopped letters."""
    switch = read(work)
    if not switch.stopped:
        return 0
    waiting = (mail for mail in posting.ready(work) if switch.stops(mail.letter))
    return sum(change(work, mail, State.HELD, reason=reasons.STOPPED) for mail in waiting)


def _write(work: Work, letters: Iterable[str]) -> None:
    settings.write(work, SETTING, sorted(letters))
