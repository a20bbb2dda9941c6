"""What the notifications refuse: each refusal names the place, the reason and the remedy."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from engine.errors import EngineError
from engine.words import Sentence, tr


@dataclass(frozen=True, slots=True)
class Objection:
    """One reason against one field, as in `cc[1].address`."""

    field: str
    reason: Sentence


class AddressRefused(EngineError):
    """This is not a mail address that can be used."""

    code: ClassVar[str] = "ADDRESS_REFUSED"

    def __init__(self, address: str, reason: Sentence) -> None:
        super().__init__(tr("The address {address}: {reason}", address=printable(address), reason=reason))
        self.address = address
        self.reason = reason


class DraftRefused(EngineError):
    """This letter cannot be written as a mail."""

    code: ClassVar[str] = "DRAFT_REFUSED"

    def __init__(self, objections: Sequence[Objection]) -> None:
        first = objections[0]
        super().__init__(
            tr(
                "The letter cannot be written as a mail ({count} reasons). {field}: {reason}",
                count=len(objections),
                field=first.field,
                reason=first.reason,
            )
        )
        self.objections = tuple(objections)


class EnvelopeRefused(EngineError):
    """This envelope cannot be handed to a relay."""

    code: ClassVar[str] = "ENVELOPE_REFUSED"


class RelayRefused(EngineError):
    """The settings of the mail relay contradict each other."""

    code: ClassVar[str] = "RELAY_REFUSED"


class ProviderRulesRefused(EngineError):
    """The table of provider replies has a fault."""

    code: ClassVar[str] = "PROVIDER_RULES_REFUSED"


class SinkFailed(EngineError):
    """The mail sink did not start."""

    code: ClassVar[str] = "SINK_FAILED"


def printable(text: str) -> str:
    """The text as it can stand in a sentence: cut to 60 characters, control characters and lone surrogates escaped."""
    shown = text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + "…"
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in shown)


SHOWN_CHARACTERS = 60
