"""What the doctor finds: a code, how bad it is, a sentence, and what to do about it."""

from dataclasses import dataclass
from typing import Literal

from engine.words import Sentence, tr

Grade = Literal["fine", "note", "wrong"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it is, and what to do where something is wrong."""

    code: str
    grade: Grade
    sentence: Sentence
    remedy: Sentence | None = None

    @property
    def whole(self) -> Sentence:
        """Sentence and remedy in one."""
        if self.remedy is None:
            return self.sentence
        return tr("{finding} {remedy}", finding=self.sentence, remedy=self.remedy)


def fine(code: str, sentence: Sentence) -> Finding:
    return Finding(code, "fine", sentence)


def note(code: str, sentence: Sentence, remedy: Sentence | None = None) -> Finding:
    return Finding(code, "note", sentence, remedy)


def wrong(code: str, sentence: Sentence, remedy: Sentence) -> Finding:
    return Finding(code, "wrong", sentence, remedy)
