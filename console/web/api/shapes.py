"""What goes in and out of the interface, as its description tells it."""

from datetime import date
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

PROBLEM: Final = "application/problem+json"
Document = dict[str, Any]


class Asked(BaseModel):
    """What a request says; a word that is not known is refused, so that no slip goes unseen."""

    model_config = ConfigDict(extra="forbid")


class Nothing(Asked):
    """An empty object: the address says it all."""


class Fault(BaseModel):
    """One thing that is wrong, and where."""

    model_config = ConfigDict(extra="allow")

    place: str = ""
    problem: str = ""


class Problem(BaseModel):
    """Why something was not done (RFC 9457); `code` is stable, `number` is what to quote to the operator."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    number: str


class Counted(BaseModel):
    """How many there are; at least so many where it says `capped`."""

    n: int
    capped: bool


class Lines(BaseModel):
    """A page of a list: ask for the next one with `after`, until that is null."""

    lines: list[Document]
    after: str | None
    count: Counted


class StepAsked(Asked):
    """A step to take. `version` is the one that was seen; `on` an earlier day from which it shall count."""

    do: Literal["advance", "propose", "confirm", "return"] = "advance"
    version: int | None = Field(default=None, ge=1, le=2_000_000_000)
    reason: str | None = Field(default=None, min_length=2, max_length=2_000)
    on: date | None = None


class StepTaken(BaseModel):
    """The step was taken, proposed, confirmed or returned."""

    result: Literal["done"]
    case_id: int
    step: str
    state: str
    version: int


class Recorded(BaseModel):
    """The evidence is on record; the case has this version now."""

    result: Literal["recorded"]
    case_id: int
    version: int


class SentAnew(Asked):
    """To whom a letter goes once more: new addresses by the old ones; `seen` counts the mails there were of it."""

    addresses: dict[str, str] = Field(default={}, max_length=100)
    seen: int = Field(ge=0, le=1_000)


class LetterLed(BaseModel):
    """The letter that leaves now, and how it stands."""

    number: int
    state: str


class ExtensionAsked(Asked):
    """A new day for a deadline, with the reason; a supervising office grants at once, a district asks."""

    to_on: date
    reason: str = Field(min_length=2, max_length=2_000)


class ExtensionDecided(Asked):
    """Whether a request for more time is granted, and why."""

    granted: bool
    reason: str = Field(min_length=2, max_length=2_000)


class Stopped(Asked):
    """What happens to a deadline: it stands still, runs on, or is let go; and why."""

    do: Literal["pause", "resume", "waive"]
    reason: str = Field(min_length=2, max_length=2_000)


class Answered(Asked):
    """A district's answer to 催办 or 督办: the day it promises, and why it is late."""

    promised_on: date
    reason: str = Field(min_length=2, max_length=2_000)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """How refusals with these statuses are described; those that every address has come along."""
    told = {
        400: "The request cannot be read.",
        401: "No token, or one that is not good.",
        403: "The roles or the token's scope do not allow this.",
        404: "There is nothing here that this caller may see.",
        409: "Somebody was faster; what stands there now is told.",
        412: "It has changed since the caller read it.",
        413: "Too large.",
        422: "It cannot be done as asked; every reason is told.",
        429: "Too many requests; wait as long as Retry-After says.",
    }
    shown = {"content": {PROBLEM: {"schema": Problem.model_json_schema()}}}
    return {status: {"description": told[status], **shown} for status in {401, 403, 404, 422, 429, *statuses}}
