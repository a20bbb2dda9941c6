"""Why something was not said, or not sent: codes as they are stored, and the sentences people read."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from engine.words import Sentence, tr

REACHED: Final = "reached"
WITHDRAWN: Final = "withdrawn"
WAIVED: Final = "waived"
MOVED: Final = "moved"
PAUSED: Final = "paused"
PROPOSED: Final = "proposed"
CLAIMED: Final = "claimed"
NOBODY: Final = "nobody"
INSTEAD: Final = "instead"
TEMPLATE: Final = "template"
STOPPED: Final = "stopped"
TOO_LARGE: Final = "too_large"
OUTDATED: Final = "outdated"
RECALLED: Final = "recalled"
TAKEN: Final = "taken"
NEWER: Final = "newer"
QUIET: Final = "quiet"
SUPPRESSED: Final = "suppressed"

SENTENCES: Final[Mapping[str, Sentence]] = MappingProxyType(
    {
        REACHED: tr("the milestone has been reached meanwhile"),
        WITHDRAWN: tr("the case has been withdrawn or its deadline cancelled"),
        WAIVED: tr("the deadline has been waived"),
        MOVED: tr("the deadline has been moved to another day"),
        PAUSED: tr("the deadline is paused"),
        PROPOSED: tr("the step has been proposed and waits for the bureau"),
        CLAIMED: tr("two districts claim the enterprise; the bureau decides first"),
        NOBODY: tr("nobody can be written to: {detail}"),
        INSTEAD: tr("nobody of the district can be written to, so the municipal coordinator got it: {detail}"),
        TEMPLATE: tr("the letter could not be put into words: {detail}"),
        STOPPED: tr("sending is stopped"),
        TOO_LARGE: tr("the mail is larger than the relay or the settings allow"),
        OUTDATED: tr("what it says is no longer so"),
        RECALLED: tr("the step it tells of was a mistake and has been undone before it was sent"),
        TAKEN: tr("a person found that it has arrived"),
        NEWER: tr("a newer week was reported on the same morning"),
        SUPPRESSED: tr("every address it was for has bounced for good"),
        QUIET: tr("nothing changed in this week, and quiet weeks are not sent"),
    }
)


def coded(code: str, detail: str = "") -> str:
    """A reason as it is stored."""
    return f"{code}: {detail}" if detail else code


def sentence(stored: str) -> Sentence:
    """A stored reason in words; what is no code (a person's own words) stays as it is."""
    code, _, detail = stored.partition(": ")
    if code not in SENTENCES:
        return Sentence("{words}", {"words": stored})
    return Sentence(SENTENCES[code].pattern, {"detail": detail})
