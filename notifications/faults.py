"""The table by which stage, code and enhanced code of an answer tell the fault, when no provider's words do."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.words import Sentence, tr
from notifications.verdicts import NOT_OFFERED, OUT_OF_STEP, UNTRUSTED, Stage


class Fault(StrEnum):
    """The letter is what is stored; the word is what is meant."""

    NETWORK = "N"
    LIMIT = "L"
    GREY = "G"
    TEMPORARY = "T"
    ADDRESS = "A"
    FULL = "F"
    SIZE = "S"
    POLICY = "P"
    CONFIG = "C"
    BUG = "B"
    DOUBT = "D"


def table_fault(stage: Stage, code: int, enhanced: str, *, is_first: bool = False) -> Fault:
    """The fault of the first row that fits."""
    if code <= 0:
        return _fault_without_answer(stage, code)
    for row in _ROWS:
        if row.fits(stage, code, enhanced, is_first=is_first):
            return row.fault
    return Fault.BUG


def matches(code: int, codes: Collection[str], stage: Stage, stages: Collection[Stage]) -> bool:
    """Whether the code begins with one of the codes and the stage is among the stages; empty collections take all."""
    return (not codes or str(code).startswith(tuple(codes))) and (not stages or stage in stages)


def _fault_without_answer(stage: Stage, code: int) -> Fault:
    if stage is Stage.DOT:
        return Fault.DOUBT
    if stage in _OPENING:
        return Fault.CONFIG if code in {NOT_OFFERED, UNTRUSTED} else Fault.NETWORK
    return Fault.BUG if code == OUT_OF_STEP else Fault.TEMPORARY


@dataclass(frozen=True, slots=True)
class _Row:
    fault: Fault
    stages: frozenset[Stage] = frozenset()
    codes: tuple[str, ...] = ()
    enhanced: tuple[str, ...] = ()
    only_first: bool = False

    def fits(self, stage: Stage, code: int, enhanced: str, *, is_first: bool) -> bool:
        return (
            matches(code, self.codes, stage, self.stages)
            and (not self.enhanced or enhanced.startswith(self.enhanced))
            and (is_first or not self.only_first)
        )


MEANINGS: Mapping[Fault, Sentence] = {
    Fault.NETWORK: tr("The relay could not be reached or closed the connection."),
    Fault.LIMIT: tr("The relay takes no more mails from us for now."),
    Fault.GREY: tr("The receiving server puts off first attempts and expects a second one."),
    Fault.TEMPORARY: tr("The relay could not take the mail for now."),
    Fault.ADDRESS: tr("There is no such mailbox; another contact is needed."),
    Fault.FULL: tr("The mailbox is full."),
    Fault.SIZE: tr("The mail is too large for the relay."),
    Fault.POLICY: tr("The relay refused the mail for its content or for the sender's reputation."),
    Fault.CONFIG: tr("The relay refused us; the settings of the mail account need a correction."),
    Fault.BUG: tr("The relay did not understand us, or we did not understand it."),
    Fault.DOUBT: tr("The connection was lost while the relay was taking the mail; it may have arrived."),
}

_OPENING = frozenset({Stage.CONNECT, Stage.TLS, Stage.AUTH})
_CONNECT = frozenset({Stage.CONNECT})
_MAIL = frozenset({Stage.MAIL})
_RCPT = frozenset({Stage.RCPT})

_ROWS = (
    # Before any mail is offered: a fault of the way or of our settings, never of a mail.
    _Row(Fault.LIMIT, codes=("421",), enhanced=("4.7.0",)),
    _Row(Fault.NETWORK, stages=_CONNECT),
    _Row(Fault.NETWORK, stages=_OPENING, codes=("4",)),
    _Row(Fault.CONFIG, stages=_OPENING),
    # Stage and enhanced code.
    _Row(Fault.LIMIT, codes=("4",), enhanced=("4.5.3",)),
    _Row(Fault.FULL, enhanced=("4.2.2", "5.2.2")),
    _Row(Fault.SIZE, enhanced=("5.3.4",)),
    _Row(Fault.NETWORK, codes=("421",)),
    _Row(Fault.GREY, stages=_RCPT, codes=("450", "451"), enhanced=("4.7.1", "4.2.0")),
    _Row(Fault.CONFIG, stages=_RCPT, codes=("5",), enhanced=("5.1.7", "5.1.8")),
    _Row(Fault.ADDRESS, stages=_RCPT, codes=("5",), enhanced=("5.1.", "5.2.1")),
    _Row(Fault.TEMPORARY, enhanced=("5.4.4",)),
    # Stage and code.
    _Row(Fault.SIZE, codes=("523",)),
    _Row(Fault.FULL, stages=_RCPT, codes=("552",)),
    _Row(Fault.SIZE, codes=("552",)),
    _Row(Fault.ADDRESS, stages=_RCPT, codes=("521", "556")),
    _Row(Fault.GREY, stages=_RCPT, codes=("45",), only_first=True),
    _Row(Fault.CONFIG, stages=_MAIL, codes=("501",)),
    _Row(Fault.BUG, codes=("500", "501", "502", "503", "504")),
    _Row(Fault.CONFIG, codes=("530", "534", "535")),
    _Row(Fault.CONFIG, stages=_MAIL, codes=("5",)),
    # First digit.
    _Row(Fault.TEMPORARY, codes=("4",)),
    _Row(Fault.POLICY, codes=("5",)),
)
