"""The group `mail`: its commands stand in three modules, what one reads, what one does, and why."""

from console.cli import mailbox, maildeeds, mailwhy

__all__ = ["app", "mailbox", "maildeeds", "mailwhy"]

app = mailbox.app
