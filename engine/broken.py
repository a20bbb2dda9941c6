"""What an audit finds: a promise that does not hold, and where."""

from dataclasses import dataclass

from engine.words import Sentence


@dataclass(frozen=True, slots=True)
class Broken:
    """A promise that does not hold: its code, where, and what to look at."""

    code: str
    sentence: Sentence

    def as_json(self) -> dict[str, str]:
        return {"code": self.code, "sentence": str(self.sentence)}
