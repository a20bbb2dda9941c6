"""Every refusal of the engine, with a stable code; the docstring is the message where none is given."""

from typing import ClassVar

from engine.words import Sentence, say, tr


class EngineError(Exception):
    """Something was refused."""

    code: ClassVar[str] = "ENGINE_ERROR"

    def __init__(self, sentence: Sentence | None = None) -> None:
        self.sentence = sentence or Sentence(" ".join((self.__doc__ or "").split()))
        super().__init__(say(self.sentence, "en"))


class NotFound(EngineError):
    """There is nothing under that number or name that you may see."""

    code = "NOT_FOUND"


class Hidden(NotFound):
    """There is nothing under that number or name that you may see."""

    def __init__(self, what: str, *, asked: int | None = None) -> None:
        """`what` is for the record; `asked` is the number that was asked for where it is another one."""
        number = what.rpartition(" ")[2] if asked is None else str(asked)
        super().__init__(tr("There is nothing under the number {number} that you may see.", number=number))
        self.what = what


class NotAllowed(EngineError):
    """Your roles do not allow this."""

    code = "NOT_ALLOWED"


class CaseChanged(EngineError):
    """Somebody was faster: the case has changed since you looked at it."""

    code = "CASE_CHANGED"

    def __init__(self, sentence: Sentence, *, state: str, version: int, changed_by: str) -> None:
        super().__init__(sentence)
        self.state = state
        self.version = version
        self.changed_by = changed_by


class KeyReused(EngineError):
    """This request key was already used for another request."""

    code = "KEY_REUSED"


class Refused(EngineError):
    """What was asked for is not possible as it stands."""

    code = "REFUSED"


class DefinitionRefused(EngineError):
    """The flow definition has faults."""

    code = "DEFINITION_REFUSED"


class LeaseLost(EngineError):
    """Another worker has taken over; nothing of this chunk was written."""

    code = "LEASE_LOST"


class ClockRefused(EngineError):
    """Only a rehearsal database has a clock that can be set."""

    code = "CLOCK_REFUSED"


class SchemaOutdated(EngineError):
    """The database is of another version of the program."""

    code = "SCHEMA_OUTDATED"
