"""Clients that take their time, on a real server: who never asks is let go, and nobody else waits for them."""

import socket
from collections.abc import Iterator

import pytest
from browsers import Web
from real_server import on_a_port

from console.web import patience, security

LONG = 30
SHORT = 0.2
ASKED = b"GET /sign-in HTTP/1.1\r\nhost: lingpao.test\r\n\r\n"


@pytest.fixture
def port(web: Web, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server with little patience."""
    monkeypatch.setattr(patience, "PATIENCE", SHORT)
    monkeypatch.setattr(security, "PATIENCE", SHORT)
    with on_a_port(web) as port:
        yield port


def everything(client: socket.socket) -> bytes:
    """What comes until the other side closes."""
    found = b""
    while part := client.recv(65536):
        found += part
    return found


@pytest.mark.parametrize("sent", [b"", b"GET /sign-in HTTP/1.1\r\nhost: lingpao.test\r\nx-more: "])
def test_a_connection_that_never_asks_is_closed(port: int, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=LONG) as client:
        client.sendall(sent)

        assert everything(client) == b""


def test_half_a_second_request_is_not_awaited_for_ever_either(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=LONG) as client:
        client.sendall(ASKED + b"GET /half")

        found = everything(client)

    assert found.startswith(b"HTTP/1.1 200")
    assert found.count(b"HTTP/1.1") == 1


def test_a_form_that_does_not_arrive_is_answered_and_let_go(port: int) -> None:
    head = (
        b"POST /view HTTP/1.1\r\nhost: lingpao.test\r\norigin: http://lingpao.test\r\n"
        b"content-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=LONG) as client:
        client.sendall(head + b"back=")

        assert everything(client).startswith(b"HTTP/1.1 408")


def test_who_asks_in_time_is_answered(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=LONG) as client:
        client.sendall(ASKED.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n"))

        assert everything(client).startswith(b"HTTP/1.1 200")
