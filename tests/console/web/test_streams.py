"""Open streams on a real server: a few for each person, so many in all, and pages beside them."""

import http.client
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from browsers import Web
from real_server import on_a_port

from console.web import streams
from console.web.desk import EVENTS
from console.web.entrance import COOKIE

LONG = 60


@pytest.fixture
def port(web: Web) -> Iterator[int]:
    with on_a_port(web, graceful=1) as port:
        yield port


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


class Listening:
    """A window that listens; it has heard the first counts when it is made."""

    def __init__(self, port: int, token: str) -> None:
        self.answer = ask(port, token, EVENTS)
        self.first = self.heard() if self.answer.status == 200 else ""

    def heard(self) -> str:
        """The name of the next event; empty when the stream has ended."""
        while line := self.answer.readline().decode():
            if line.startswith("event: "):
                return line.removeprefix("event: ").strip()
        return ""

    def close(self) -> None:
        self.answer.close()


def ask(port: int, token: str, address: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONG)
    connection.request("GET", address, headers={"cookie": f"{COOKIE}={token}", "connection": "close"})
    return connection.getresponse()


def test_the_window_opened_first_gives_way_to_one_too_many(web: Web, port: int, opened: ExitStack) -> None:
    token = web.session("haishu")
    other = Listening(port, web.session("cixi"))
    windows = [Listening(port, token) for _ in range(streams.EACH)]
    for window in (other, *windows):
        opened.callback(window.close)

    last = Listening(port, token)
    opened.callback(last.close)

    assert last.first == "counts"
    assert windows[0].heard() == "elsewhere"
    assert windows[0].heard() == ""
    assert len(web.app.state.serving.streams) == streams.EACH + 1


def test_when_all_places_are_taken_the_next_is_asked_to_come_later_and_pages_are_not(
    web: Web, port: int, opened: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "MOST", 3)
    for login in ("haishu", "cixi", "yuyao"):
        opened.callback(Listening(port, web.session(login)).close)
    token = web.session("city")

    refused = ask(port, token, EVENTS)

    assert (refused.status, refused.getheader("retry-after")) == (429, str(streams.LATER))
    assert ask(port, token, f"{EVENTS}?once=1").status == 200
    assert ask(port, token, "/tasks").status == 200


def test_more_streams_than_threads_leave_the_pages_their_threads(web: Web, port: int, opened: ExitStack) -> None:
    token = web.session("city")
    people = ("haishu", "cixi", "yuyao", "haishu-deputy", "city", "city-2", "leader", "laboratory", "institute")
    for _ in range(streams.EACH):
        for login in people:
            opened.callback(Listening(port, web.session(login)).close)

    assert len(web.app.state.serving.streams) == len(people) * streams.EACH > streams.THREADS
    assert ask(port, token, "/tasks").status == 200


def test_the_more_look_on_the_less_often_each_does() -> None:
    some = streams.Streams()
    with ExitStack() as stack:
        for person in range(20):
            stack.enter_context(some.place(person))
        assert some.pause == streams.PAUSE
        for person in range(20, 300):
            stack.enter_context(some.place(person))
        assert some.pause == 300 * streams.SPACE

    assert len(some) == 0
