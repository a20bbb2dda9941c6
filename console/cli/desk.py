"""One call at work: the settings, the house, the person who acts, and the paper for the answer."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

import typer

from console.cli.call import Call
from console.cli.paper import Paper
from engine.clock import local_day
from engine.errors import EngineError, Hidden, NotAllowed, Refused
from engine.words import DEFAULT_LOCALE, Sentence, say, tr

if TYPE_CHECKING:
    from console.bootstrap import House
    from console.settings import Settings
    from engine.access import Actor
    from engine.core import Engine
    from engine.model import Case
    from engine.store.database import Work

FILE = "config.yaml"
LOCALES = ("zh_CN", "en")


class SettingsMissing(EngineError):
    """There is no configuration file."""

    code: ClassVar[str] = "SETTINGS_MISSING"


class DoneBefore(EngineError):
    """This was done before, under the same request key; nothing was done again."""

    code: ClassVar[str] = "DONE_BEFORE"


class Desk:
    """What a command works with; each part is there when it is first asked for."""

    def __init__(self, ctx: typer.Context) -> None:
        self._ctx = ctx
        self.call = Call.of(ctx.obj)
        self._works = 0
        if self.call.locale not in (None, *LOCALES):
            raise Refused(
                tr("There is no language {locale}; there are {known}.", locale=self.call.locale, known=LOCALES)
            )

    @cached_property
    def config(self) -> Path:
        """The configuration file."""
        path = Path(self.call.config or FILE)
        if not path.is_file():
            raise SettingsMissing(
                tr("There is no configuration {file}; name it with --config FILE.", file=str(path.absolute()))
            )
        return path

    @cached_property
    def settings(self) -> "Settings":
        from console.settings import load_settings

        found = load_settings(self.config)
        self._ctx.obj["house_locale"] = found.locale
        return found

    @cached_property
    def url(self) -> str:
        from engine.store import backup

        found = self.url_of(self.settings)
        # should the database fail later on, the refusal names it
        self._ctx.obj["place"] = backup.spoken(found)
        return found

    @property
    def place(self) -> str:
        """The same without a password, for sentences."""
        from engine.store import backup

        return backup.spoken(self.url)

    def url_of(self, settings: "Settings") -> str:
        """Where the data are; what the configuration says of a file is meant from where the configuration stands."""
        from console.bootstrap import address

        if self.call.database:
            given = self.call.database
            return given if "://" in given else f"sqlite:///{given}"
        found = address(settings)
        local = found.removeprefix("sqlite:///")
        if found == settings.database and local != found and not Path(local).is_absolute():
            return f"sqlite:///{self.config.parent / local}"
        return found

    @cached_property
    def house(self) -> "House":
        """The house, opened; on a rehearsal the clock is set first when that was asked for."""
        from console.bootstrap import open_house

        house = open_house(self.settings, url=self.url)
        self._ctx.call_on_close(house.close)
        if self.call.at:
            house.set_clock(self._moment_for(house, self.call.at))
        return house

    @property
    def engine(self) -> "Engine":
        return self.house.engine

    @cached_property
    def actor(self) -> "Actor":
        """Who acts: the person named, else the one that this user of the machine is mapped to."""
        from engine.store import people

        login = self.call.login or self.settings.actors.get(getuser())
        if login is None:
            raise NotAllowed(
                tr("Nobody is known for the system user {user}: say --as LOGIN, or add it to `actors`.", user=getuser())
            )
        with self.engine.look() as work:
            return people.actor(work, login, self.engine.today(work))

    @property
    def today(self) -> date:
        with self.engine.look() as work:
            return self.engine.today(work)

    @property
    def locale(self) -> str:
        return self.call.locale or str(self._ctx.obj.get("house_locale") or DEFAULT_LOCALE)

    @property
    def paper(self) -> Paper:
        return Paper(self.locale, self.call.as_json)

    def on_close(self, close: Callable[[], None]) -> None:
        """Call this when the command has ended, however it ends."""
        self._ctx.call_on_close(close)

    @contextmanager
    def work(self, *, keyed: bool = False) -> Iterator["Work"]:
        """A writing transaction of the person who acts; under a request key it happens once, however often it is asked.

        `keyed` transactions keep the key themselves, as steps do.
        """
        with self.engine.work(self.actor) as work:
            if keyed or self.call.key is None:
                yield work
                return
            self._works += 1
            key = self.call.key if self._works == 1 else f"{self.call.key}:{self._works}"
            self._refuse_a_repetition(work, key)
            yield work
            self._keep(work, key)

    def _refuse_a_repetition(self, work: "Work", key: str) -> None:
        from engine.store import keys

        if keys.answer_of(work, key, self._request()):
            raise DoneBefore

    def _keep(self, work: "Work", key: str) -> None:
        from engine.store import keys

        keys.keep(work, key, self._request(), {"key": key, "at": work.now.isoformat()})

    def _request(self) -> dict[str, object]:
        """What is asked, by whom: the same key for anything else is refused."""
        words = {name: str(value) for name, value in sorted(self._ctx.params.items())}
        return {"verb": self._ctx.info_name, "by": self.actor.login, "words": words}

    @contextmanager
    def look(self) -> Iterator["Work"]:
        """A reading transaction; who reaches for what they may not see is written down, as everywhere."""
        try:
            with self.engine.look() as work:
                yield work
        except Hidden:
            with self.engine.work(self.actor):
                raise

    def case(self, work: "Work", wanted: str, *, campaign: str | None = None) -> "Case":
        from console.finding import find_case

        return find_case(work, self.actor, wanted, campaign=campaign)

    def moment(self, text: str) -> datetime:
        """A moment as a person writes it; a day alone is nine in the morning."""
        from engine.clock import at_morning

        zone = ZoneInfo(self.settings.zone)
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            raise Refused(tr("{text} is no moment such as 2020-06-05 or 2020-06-05T08:30.", text=text)) from None
        if _is_day(text):
            return at_morning(found.date(), "09:00", zone)
        return found if found.tzinfo else found.replace(tzinfo=zone)

    def _moment_for(self, house: "House", text: str) -> datetime:
        """A day alone leaves a clock that stands later on that day where it is."""
        wanted, present = self.moment(text), house.engine.clock.now()
        same_day = local_day(wanted, house.engine.zone) == local_day(present, house.engine.zone)
        return max(wanted, present) if same_day and _is_day(text) else wanted

    def agreed(self, question: Sentence, *, yes: bool) -> None:
        """Go on only if the person agrees; where nobody can be asked, --yes must say so."""
        if yes:
            return
        if self.call.as_json or not sys.stdin.isatty():
            raise Refused(tr("{question} Nobody can be asked here; say --yes.", question=question))
        if not typer.confirm(say(question, self.locale)):
            raise typer.Abort


def desk_of(ctx: typer.Context) -> Desk:
    return Desk(ctx)


def _is_day(text: str) -> bool:
    return len(text) <= len("2020-06-05")
