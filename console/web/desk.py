"""A request at work: the house, who asks, in which language, about which campaign; what a handler works with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, ClassVar, Final

from fastapi import Depends, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from console.accounts import sessions
from console.accounts.core import Accounts, Caller
from console.accounts.sessions import Visit, require_fresh
from console.bootstrap import House
from console.finding import find_campaign
from console.web import frames, templates
from console.web.attempt import Attempt, StepDenied, Typed
from console.web.entrance import caller_of, token_of
from console.web.reading import reading_of
from console.web.security import SAFE, place_of
from console.web.serving import Serving
from engine.access import Actor, sees
from engine.clock import local_day
from engine.core import Engine
from engine.decide import Denied
from engine.errors import EngineError, Hidden, NotFound, Refused
from engine.flow import Label
from engine.model import Campaign
from engine.store import campaigns
from engine.store.database import Work
from engine.words import Sentence, say
from notifications.wording import WORDINGS

LOCALES: Final = ("zh_CN", "en")
VIEW: Final = {"locale": "lingpao_locale", "large": "lingpao_large", "campaign": "lingpao_campaign"}
"""Cookies of what somebody prefers to look at."""
EVENTS: Final = "/api/v1/events"
"""Where pages hear that something has changed."""


class SignInWanted(EngineError):
    """Please sign in first."""

    code: ClassVar[str] = "SIGN_IN_WANTED"


class Visitor:
    """Somebody who asks, whether or not we know who; pages before the door are made with this."""

    def __init__(self, request: Request, serving: Serving) -> None:
        self.request = request
        self.serving = serving
        self.reading = reading_of(request)

    @property
    def house(self) -> House:
        return self.serving.house

    @property
    def engine(self) -> Engine:
        return self.house.engine

    @cached_property
    def now(self) -> datetime:
        """The moment of the request; everything on a page is of the same one."""
        return self.engine.clock.now()

    @property
    def address(self) -> str:
        """Where this page can be asked for again; a page that answers a form is where the form was."""
        page = str(self.request.url) if self.request.method in SAFE else self.request.headers.get("referer", "/")
        place = place_of(page)
        if place is None:
            return "/"
        return local(place.path + (f"?{place.query}" if place.query else ""))

    @property
    def accounts(self) -> Accounts:
        return self.house.accounts

    @property
    def caller(self) -> Caller:
        return caller_of(self.request)

    @cached_property
    def locale(self) -> str:
        """As chosen on this machine, else as the person's account says, else that of the house."""
        chosen = self.request.cookies.get(VIEW["locale"], "")
        return chosen if chosen in LOCALES else self._own_locale

    @property
    def large(self) -> bool:
        return self.request.cookies.get(VIEW["large"]) == "1"

    def say(self, sentence: Sentence) -> str:
        return say(sentence, self.locale)

    def word(self, label: Label) -> str:
        """A label in the reader's language."""
        return WORDINGS[self.locale].word(label)

    def page(self, template: str, page: object, *, status: int = 200) -> Response:
        """The page, in its frame."""
        values = {"page": page, "frame": self._frame()}
        text = templates.render(template, self.locale, self.engine.zone, values)
        return HTMLResponse(text, status_code=status)

    def if_refused(self, typed: Typed, show: Callable[[Attempt], Response]) -> None:
        """How to show the page again should what follows be refused: with every fault, and all that was typed."""
        self.request.state.again = lambda refusal: show(typed.refused(refusal))

    def back(self, address: str) -> Response:
        """Send the reader on after a change, so that reloading and going back are harmless."""
        return RedirectResponse(local(address), status_code=303)

    @property
    def _own_locale(self) -> str:
        return self.house.settings.locale

    def _frame(self) -> frames.Frame:
        return frames.plain(self)


class Threshold(Visitor):
    """Somebody whose password was right, and of whom a role asks for more before anything else."""

    def __init__(self, request: Request, serving: Serving, visit: Visit) -> None:
        super().__init__(request, serving)
        self.visit = visit


class Desk(Threshold):
    """Somebody who has signed in."""

    @property
    def actor(self) -> Actor:
        return self.visit.actor

    @cached_property
    def campaigns(self) -> tuple[Campaign, ...]:
        with self.look() as work:
            return campaigns.every(work)

    @cached_property
    def campaign(self) -> Campaign:
        """The campaign the pages are about: as the address says, else as chosen last, else the one that runs."""
        wanted = self.request.query_params.get("campaign") or self.request.cookies.get(VIEW["campaign"])
        for one in self.campaigns:
            if one.key == wanted:
                return one
        with self.look() as work:
            try:
                return find_campaign(self.engine, work, None)
            except Refused:
                return self.campaigns[-1]

    @property
    def today(self) -> date:
        return local_day(self.now, self.engine.zone)

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.actor.grants)

    @contextmanager
    def look(self) -> Iterator[Work]:
        """The reading transaction; who reaches for what they may not see is written down, as everywhere."""
        try:
            with self.reading.look(self.now) as work:
                yield work
        except Hidden:
            with self.work():
                raise

    @contextmanager
    def work(self) -> Iterator[Work]:
        """A writing transaction of the person who acts; nothing slow belongs in it."""
        self.reading.end()
        with self.engine.work(self.actor) as work:
            yield work

    def only_for(self, *roles: str) -> None:
        """Hide a page from everybody else: to them there is none."""
        if not self.roles & frozenset(roles):
            raise NotFound

    def must_be_fresh(self) -> None:
        """Ask for the password once more before something that is not easily undone."""
        require_fresh(self.visit)

    def sees(self, path: str) -> bool:
        return sees(self.actor, path)

    def unless_denied(self, answer: object) -> None:
        """Go on after a step that was taken; one that was not is refused with every reason."""
        if isinstance(answer, Denied):
            raise StepDenied(answer)

    @property
    def wants_part(self) -> bool:
        """Whether a script asks for a part of the page only."""
        return self.request.headers.get("hx-request") == "true"

    @property
    def _own_locale(self) -> str:
        return self.actor.locale if self.actor.locale in LOCALES else super()._own_locale

    def _frame(self) -> frames.Frame:
        return frames.of_desk(self)


def local(address: str) -> str:
    """An address of our own; anything else leads to the first page."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if plain else "/"


def visitor_of(request: Request) -> Visitor:
    return Visitor(request, request.app.state.serving)


def threshold_of(request: Request) -> Threshold:
    """Whoever is signed in, or would be with a second factor set up."""
    visit = find_visit(request)
    if visit is None or visit.session.stage == "factor" or not visit.opens(request.url.path):
        raise SignInWanted
    return find_desk(request) or Threshold(request, request.app.state.serving, visit)


def desk_of(request: Request) -> Desk:
    """The desk of whoever is signed in; refused where nobody is."""
    desk = find_desk(request)
    if desk is None:
        raise SignInWanted
    settings = desk.house.settings.web
    if request.method not in SAFE:
        desk.serving.rates.count(f"account {desk.actor.person_id}", settings.changes_a_minute)
    return desk


def find_desk(request: Request) -> Desk | None:
    """The desk of whoever is signed in, if anybody; a session that still asks for something has none."""
    visit = find_visit(request)
    if visit is None or visit.session.stage != "open" or not visit.opens(request.url.path):
        return None
    if not hasattr(request.state, "desk"):
        request.state.desk = Desk(request, request.app.state.serving, visit)
    found: Desk = request.state.desk
    return found


def find_visit(request: Request) -> Visit | None:
    """The session behind the cookie, looked for once in a request."""
    if not hasattr(request.state, "visit"):
        token, serving = token_of(request), request.app.state.serving
        request.state.visit = _visit(request, serving, token) if token else None
    found: Visit | None = request.state.visit
    return found


def _visit(request: Request, serving: Serving, token: str) -> Visit | None:
    """Read with the page; only where the session is to be touched there is something to write."""
    accounts, reading = serving.house.accounts, reading_of(request)
    with reading.look(serving.house.engine.clock.now()) as work:
        visit = sessions.read_visit(accounts, work, token)
    if visit is not None and sessions.is_idle(accounts, visit) and not is_watching(request):
        reading.end()
        sessions.touch(accounts, visit)
    return visit


def is_watching(request: Request) -> bool:
    """Whether a page looks on by itself; a screen that nobody sits at keeps no session alive."""
    return request.headers.get("x-watching") == "1" or request.url.path == EVENTS


AtDesk = Annotated[Desk, Depends(desk_of)]
"""What a handler takes: whoever is not signed in never comes so far."""
AtThreshold = Annotated[Threshold, Depends(threshold_of)]
"""The same where a second factor is set up."""
AtDoor = Annotated[Visitor, Depends(visitor_of)]
"""The same for pages that are there for everybody."""
