"""States of a mail and which changes between them are allowed; how urgent a letter is and how long it is of use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, ClassVar, Final, Literal
from zoneinfo import ZoneInfo

from engine.clock import at_morning
from engine.errors import EngineError
from engine.flow import Label
from engine.store import posting
from engine.store.database import Work
from engine.store.mails import Mail
from engine.words import tr


class State(StrEnum):
    DRAFT = "draft"
    READY = "ready"
    LEASED = "leased"
    SENT = "sent"
    PARTIAL = "partial"
    DOUBT = "doubt"
    DEAD = "dead"
    HELD = "held"
    EXPIRED = "expired"
    ENDED = "ended"


LABELS: Final[Mapping[str, Label]] = MappingProxyType(
    {
        State.DRAFT: {"zh": "待签发", "en": "draft"},
        State.READY: {"zh": "待发", "en": "ready"},
        State.LEASED: {"zh": "发送中", "en": "being sent"},
        State.SENT: {"zh": "已发出", "en": "sent"},
        State.PARTIAL: {"zh": "部分发出", "en": "sent in part"},
        State.DOUBT: {"zh": "存疑", "en": "in doubt"},
        State.DEAD: {"zh": "未能发出", "en": "given up"},
        State.HELD: {"zh": "暂缓", "en": "held"},
        State.EXPIRED: {"zh": "已过期", "en": "expired"},
        State.ENDED: {"zh": "已撤销", "en": "withdrawn"},
    }
)
"""What people call the states; a server that took a mail says nothing about who has read it."""

_GIVES_UP: Final = frozenset({State.HELD, State.EXPIRED, State.ENDED})
ALLOWED: Final[Mapping[State, frozenset[State]]] = MappingProxyType(
    {
        State.DRAFT: frozenset({State.READY, State.ENDED}),
        State.READY: frozenset({State.LEASED}) | _GIVES_UP,
        State.LEASED: frozenset({State.READY, State.SENT, State.PARTIAL, State.DOUBT, State.DEAD}) | _GIVES_UP,
        State.HELD: frozenset({State.READY, State.EXPIRED, State.ENDED}),
        State.DOUBT: frozenset({State.READY, State.SENT, State.DEAD}),
        State.DEAD: frozenset(),
        State.SENT: frozenset(),
        State.PARTIAL: frozenset(),
        State.EXPIRED: frozenset(),
        State.ENDED: frozenset(),
    }
)
"""From each state to which; the ends have no way out, a person sends anew by a mail of its own."""

UNSENT: Final = frozenset({State.DRAFT, State.READY, State.HELD})
"""States in which nothing of a mail has left and nobody is about to send it."""


class ChangeRefused(EngineError):
    """A mail cannot go from its state to that one."""

    code: ClassVar[str] = "MAIL_CHANGE_REFUSED"


@dataclass(frozen=True, slots=True)
class Rule:
    """How a letter is treated: urgent first (lower), of use for so long (None: until it is sent), and what is done
    when nobody knows whether the relay took it.
    """

    priority: int
    keeps: timedelta | None
    in_doubt: Literal["resend", "hold"]


RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "report_due": Rule(10, None, "resend"),
        "supervision": Rule(20, None, "resend"),
        "circular": Rule(20, None, "resend"),
        "chase": Rule(25, timedelta(days=5), "resend"),
        "reminder": Rule(50, timedelta(days=5), "hold"),
        "digest": Rule(80, timedelta(days=6), "hold"),
        "password_reset": Rule(5, timedelta(hours=2), "resend"),
        "sign_in_link": Rule(5, timedelta(hours=2), "resend"),
        "invitation": Rule(30, timedelta(days=3), "resend"),
        "test": Rule(30, timedelta(days=1), "hold"),
    }
)
OCCASIONAL: Final = Rule(30, None, "resend")
"""Letters about something that was done to a case."""

HELD_IN_DOUBT: Final = tuple(sorted(letter for letter, rule in RULES.items() if rule.in_doubt == "hold"))
"""Letters that a person decides about when nobody knows whether they arrived."""

DOUBT_LASTS: Final = timedelta(minutes=30)
"""How long a doubt stands before the same bytes go out once more; a late answer may still settle it."""


def rule_of(letter: str) -> Rule:
    return RULES.get(letter, OCCASIONAL)


def expiry(letter: str, now: datetime, due_on: date | None, zone: ZoneInfo) -> datetime | None:
    """When a letter is of no use any more; a reminder in any case when the day it reminds of is over."""
    keeps = rule_of(letter).keeps
    if keeps is None:
        return None
    if letter == "reminder" and due_on is not None:
        return at_morning(due_on + timedelta(days=1), "00:00", zone)
    return now + keeps


def check_change(source: str, target: str) -> None:
    """Refuse a change that is not in the table."""
    if State(target) not in ALLOWED[State(source)]:
        raise ChangeRefused(
            tr(
                "A mail that is “{source}” cannot become “{target}”.",
                source=LABELS[State(source)],
                target=LABELS[State(target)],
            )
        )


def change(work: Work, mail: Mail, target: State, **columns: Any) -> bool:
    """Change a mail's state; False when somebody else was faster or the lease is gone. The one door for all changes."""
    check_change(mail.state, target)
    return posting.move(work, mail, target.value, **columns)
