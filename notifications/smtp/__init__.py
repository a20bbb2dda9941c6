"""Handing mail to a relay: what may be set, what is offered, what comes back."""

from notifications.smtp.relay import Patience, Relay, Security
from notifications.smtp.session import OnBody, OnVerdict, Session, deliver

__all__ = ["OnBody", "OnVerdict", "Patience", "Relay", "Security", "Session", "deliver"]
