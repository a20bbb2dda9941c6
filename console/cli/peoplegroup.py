"""The group `people`: who there is, how they come in, who is in, and the tokens of programs, each in its module."""

from console.cli import people, peopledoor, peoplesessions, peopletokens

__all__ = ["app", "people", "peopledoor", "peoplesessions", "peopletokens"]

app = people.app
