"""The engine's part of config.yaml: where the data are, time, ladders, first people, the worker's rhythm."""

from collections.abc import Mapping
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from engine.ladder import Ladder, Rung
from engine.sections import Name, Positive, Section, Text, TimeOfDay, matching, wrong
from engine.words import tr


def _read_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise wrong(tr("the name of a time zone such as Asia/Shanghai")) from None
    return name


def _read_database(url: str) -> str:
    # what stands behind the scheme is the driver's to judge; a password is ours to refuse
    if not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise wrong(tr("sqlite:///FILE or postgresql://USER@HOST/NAME"))
    try:
        password = urlsplit(url).password
    except ValueError:
        raise wrong(tr("a database address that can be read")) from None
    if password is not None:
        raise wrong(tr("a database address without password; one with it goes into LINGPAO_DATABASE_URL"))
    return url


Locale = Literal["zh_CN", "en"]
Zone = Annotated[str, AfterValidator(_read_zone)]
DatabaseUrl = Annotated[str, AfterValidator(_read_database)]
Login = Annotated[
    str,
    matching(
        r"(?=.{1,60}$)(?:[a-z0-9]|\{code\})(?:[a-z0-9._-]|\{code\})*",
        tr("a login of small letters, digits, dots and dashes"),
    ),
]
Roles = Annotated[tuple[Name, ...], Field(min_length=1)]


class RungSection(Section):
    name: Name = Field(description="Name of the rung; `until` and `after` refer to it.")
    level: Literal["reminder", "chase", "supervision", "circular"] = Field(description="How serious it is.")
    at: int = Field(ge=-250, le=250, description="Workdays after the due day; before it when negative.")
    every: Positive | None = Field(default=None, description="Said again after so many workdays.")
    until: Name | None = Field(default=None, description="Rung whose coming ends the repetition.")
    after: tuple[Name, Positive] | None = Field(
        default=None, description="Rung that must really have been sent, and so many workdays before."
    )
    draft: bool = Field(default=False, description="Prepared for a person; nothing is sent by itself.")


def filled_in(pattern: str, code: str, name: str) -> str:
    """A text of `each_district` with code and name of a district."""
    return pattern.replace("{code}", code).replace("{name}", name)


class LadderSection(Section):
    send_at: TimeOfDay = Field(default="08:30", description="Time of a working day at which alerts go out.")
    rungs: Annotated[tuple[RungSection, ...], Field(min_length=1)] = Field(
        description="In the order of time, each at least as serious as the one before."
    )

    def ladder(self, name: str) -> Ladder:
        return Ladder(name, tuple(Rung(**rung.model_dump()) for rung in self.rungs), self.send_at)


class PersonSection(Section):
    login: Login = Field(description="What the person signs in as.")
    name: Text = Field(description="How papers and pages call the person.")
    email: Text | None = Field(default=None, description="Where mails go; without it there are none.")
    phone: Text | None = Field(default=None, description="Shown beside the name.")
    roles: Roles = Field(description="Names of roles.")
    over: Name | None = Field(
        default=None, description="Organisation the roles cover; the own one where nothing is said."
    )
    locale: Locale | None = Field(
        default=None, description="Language of mails and pages; that of the house by default."
    )

    def of_district(self, code: str, name: str) -> "PersonSection":
        """This person of `each_district` in one district."""
        own = {key: filled_in(text, code, name) for key in ("login", "name", "email") if (text := getattr(self, key))}
        return self.model_copy(update=own)


class OrganisationSection(Section):
    code: Name = Field(description="Short name of the organisation.")
    name: Text = Field(description="Name in tables.")
    full_name: Text = Field(description="Name in papers.")
    kind: Literal["institute", "laboratory", "association", "other"] = Field(description="What it is.")
    people: tuple[PersonSection, ...] = Field(default=(), description="Its people.")


class PeopleSection(Section):
    """Who is there at the beginning: read by the first `lingpao init`, afterwards the database is the truth."""

    each_district: tuple[PersonSection, ...] = Field(
        description="People of every district; {code} and {name} are those of the district."
    )
    own: Mapping[Name, tuple[PersonSection, ...]] = Field(
        default={}, description="People of single districts by code, instead of those above."
    )
    bureau: Annotated[tuple[PersonSection, ...], Field(min_length=1)] = Field(description="People of the bureau.")
    organisations: tuple[OrganisationSection, ...] = Field(
        default=(), description="Institutes, laboratories and others."
    )


class HeartbeatSection(Section):
    sweep_seconds: Positive = Field(default=30, description="How often due deadlines are looked for.")
    compose_seconds: Positive = Field(default=10, description="How often notices become mails.")
    dispatch_seconds: Positive = Field(default=5, description="How often mails are handed to the relay.")
    plan_seconds: Positive = Field(default=60, description="How often digests and reports are planned.")
    housekeeping_seconds: Positive = Field(default=3600, description="How often what is old is tidied away.")
    lease_seconds: Positive = Field(default=90, description="How long a worker keeps a job without a sign of life.")


class RehearsalSection(Section):
    folder: Text = Field(default="rehearsal", description="Where the mails of a rehearsal are put.")
    sink_port: Annotated[int, Field(ge=0, le=65535)] = Field(
        default=0, description="Port of the sink on this machine; 0 takes a free one."
    )


class EngineSettings(Section):
    """Keys at the top of config.yaml that the engine reads."""

    database: DatabaseUrl = Field(description="Where the data are.")
    zone: Zone = Field(default="Asia/Shanghai", description="Time zone in which days begin and end.")
    locale: Locale = Field(default="zh_CN", description="Language where nobody has chosen one.")
    ladders: Annotated[Mapping[Name, LadderSection], Field(min_length=1)] = Field(
        description="Ladders by name; milestones of flows refer to them."
    )
    people: PeopleSection = Field(description="The people of the first `lingpao init`.")
    actors: Mapping[Text, Login] = Field(default={}, description="Users of this machine and the logins they act as.")
    heartbeat: HeartbeatSection = Field(default=HeartbeatSection(), description="The worker's rhythm.")
    rehearsal: RehearsalSection = Field(default=RehearsalSection(), description="Settings of rehearsals.")
