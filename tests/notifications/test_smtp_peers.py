"""Mail handed to a mail server that is not ours: plain, over STARTTLS and over TLS, with and without a login."""

import asyncio
import shutil
import ssl
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from notifications.classify import fault_of
from notifications.errors import EnvelopeRefused, RelayRefused
from notifications.faults import Fault
from notifications.mime import Attachment, Draft, Mailbox, write
from notifications.smtp import Relay, Security, deliver
from notifications.verdicts import (
    NOT_OFFERED,
    UNTRUSTED,
    Envelope,
    Outcome,
    Stage,
    Verdict,
    queue_reference,
    read_reply,
)

DRAFT = Draft(
    sender=Mailbox("宁波市市场监督管理局（样例）", "standards@example.org"),
    to=(Mailbox("余姚", "yuyao@example.org"),),
    subject="【督办】企业方案逾期未上传",
    date=datetime(2020, 7, 7, 0, 30, tzinfo=UTC),
    message_id="<supervise.1.0@mail.example.org>",
    text=".\n..\n以点开头的行\n",
    html="<p>督办</p>",
    attachments=(Attachment("逾期名单.csv", "text/csv; charset=utf-8", b".\r\n..\r\n"),),
)
ENVELOPE = Envelope(1, "standards@example.org", ("yuyao@example.org", "cixi@example.org"), write(DRAFT))


class Postbox:
    """What a mail server of somebody else has taken."""

    def __init__(self) -> None:
        self.envelopes: list[tuple[str, list[str], bytes]] = []
        self.logins: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 2.0.0 Ok: queued as A1"

    def log_in(self, _server: Any, _session: Any, _envelope: Any, mechanism: str, login: Any) -> AuthResult:
        self.logins.append(mechanism)
        if login.password == b"busy":
            return AuthResult(success=False, handled=False, message="454 4.7.0 Temporary authentication failure")
        return AuthResult(success=login == LoginPassword(b"standards", "授权码".encode()), handled=False)


def hand_in(
    postbox: Postbox,
    relay: Callable[[int], Relay],
    *envelopes: Envelope,
    tls: ssl.SSLContext | None = None,
    **offers: Any,
) -> list[Verdict]:
    """Deliver the envelopes to a server of aiosmtpd that offers this; the settings are made for the port it got."""

    async def run() -> list[Verdict]:
        verdicts: list[Verdict] = []
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(postbox, loop=loop, **offers), "127.0.0.1", 0, ssl=tls)
        async with server:
            settings = relay(server.sockets[0].getsockname()[1])
            await deliver(settings, envelopes, on_body=lambda _: True, on_verdict=verdicts.append)
        return verdicts

    return asyncio.run(run())


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for the name localhost that nobody but these tests trusts, with its key in one file."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed, so there is no certificate to test TLS with")
    folder = tmp_path_factory.mktemp("certificate")
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost "
        "-addext subjectAltName=DNS:localhost -keyout key.pem -out certificate.pem"
    )
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_bytes((folder / "certificate.pem").read_bytes() + (folder / "key.pem").read_bytes())
    return both


def server_side(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def protection(security: Security, certificate: Path) -> dict[str, Any]:
    """How aiosmtpd offers this kind of protection."""
    if security is Security.TLS:
        return {"tls": server_side(certificate), "auth_require_tls": False}
    return {"tls_context": server_side(certificate), "require_starttls": True}


def settings_for(**settings: Any) -> Callable[[int], Relay]:
    defaults: dict[str, Any] = {"host": "localhost", "local_hostname": "localhost"}
    return lambda port: Relay(**defaults | {"port": port} | settings)


LOGIN = {"username": "standards", "password": "授权码"}


def summary(verdict: Verdict) -> set[tuple[str, str, int]]:
    return {(recipient.outcome, recipient.stage, recipient.code) for recipient in verdict.recipients}


def test_a_chinese_mail_arrives_byte_for_byte_and_says_what_it_said() -> None:
    postbox = Postbox()
    [verdict] = hand_in(postbox, Relay.on_loopback, ENVELOPE)
    assert summary(verdict) == {(Outcome.ACCEPTED, Stage.DOT, 250)}
    assert verdict.queue_ref == "A1"
    assert postbox.envelopes == [(ENVELOPE.sender, list(ENVELOPE.recipients), ENVELOPE.content)]
    message = BytesParser(policy=policy.default).parsebytes(postbox.envelopes[0][2])
    assert message["Subject"] == DRAFT.subject


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_mail_goes_over_a_protected_connection_with_one_login(security: Security, certificate: Path) -> None:
    postbox = Postbox()
    relay = settings_for(security=security, ca_file=str(certificate), **LOGIN)
    offers = protection(security, certificate) | {"authenticator": postbox.log_in}
    verdicts = hand_in(postbox, relay, ENVELOPE, ENVELOPE, **offers)
    assert [summary(verdict) for verdict in verdicts] == [{(Outcome.ACCEPTED, Stage.DOT, 250)}] * 2
    assert postbox.logins == ["PLAIN"]


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
@pytest.mark.parametrize(("host", "is_known"), [("localhost", False), ("127.0.0.1", True)])
def test_a_certificate_that_is_not_trusted_or_not_the_relays_ends_it_before_any_login(
    security: Security, host: str, is_known: bool, certificate: Path
) -> None:
    postbox = Postbox()
    relay = settings_for(host=host, security=security, ca_file=str(certificate) if is_known else "", **LOGIN)
    offers = protection(security, certificate) | {"authenticator": postbox.log_in}
    verdicts = hand_in(postbox, relay, ENVELOPE, ENVELOPE, **offers)
    assert [summary(verdict) for verdict in verdicts] == [{(Outcome.UNOFFERED, Stage.TLS, UNTRUSTED)}] * 2
    assert "certificate" in verdicts[0].recipients[0].text
    assert (postbox.logins, postbox.envelopes) == ([], [])
    finding = fault_of(verdicts[0].recipients[0])
    assert finding is not None
    assert finding.fault is Fault.CONFIG


def test_where_starttls_is_demanded_and_not_offered_neither_password_nor_mail_leaves() -> None:
    postbox = Postbox()
    offers: dict[str, Any] = {"authenticator": postbox.log_in, "auth_require_tls": False}
    [verdict] = hand_in(postbox, settings_for(**LOGIN), ENVELOPE, **offers)
    assert summary(verdict) == {(Outcome.UNOFFERED, Stage.TLS, NOT_OFFERED)}
    assert (postbox.logins, postbox.envelopes) == ([], [])


def test_a_relay_that_speaks_no_tls_where_tls_is_set_gets_nothing() -> None:
    postbox = Postbox()
    [verdict] = hand_in(postbox, settings_for(security=Security.TLS), ENVELOPE)
    assert summary(verdict) == {(Outcome.UNOFFERED, Stage.TLS, UNTRUSTED)}
    assert postbox.envelopes == []


@pytest.mark.parametrize(("password", "code", "fault"), [("wrong", 535, Fault.CONFIG), ("busy", 454, Fault.NETWORK)])
def test_a_refused_login_is_tried_with_one_mechanism_once(
    password: str, code: int, fault: Fault, certificate: Path
) -> None:
    postbox = Postbox()
    relay = settings_for(security=Security.TLS, ca_file=str(certificate), username="standards", password=password)
    offers = protection(Security.TLS, certificate) | {"authenticator": postbox.log_in}
    verdicts = hand_in(postbox, relay, ENVELOPE, ENVELOPE, ENVELOPE, **offers)
    assert [summary(verdict) for verdict in verdicts] == [{(Outcome.UNOFFERED, Stage.AUTH, code)}] * 3
    assert postbox.logins == ["PLAIN"]
    assert postbox.envelopes == []
    finding = fault_of(verdicts[0].recipients[0])
    assert finding is not None
    assert finding.fault is fault


@pytest.mark.parametrize(
    ("excluded", "summed_up", "logins"),
    [
        (["PLAIN"], (Outcome.ACCEPTED, Stage.DOT, 250), ["LOGIN"]),
        (["PLAIN", "LOGIN"], (Outcome.UNOFFERED, Stage.AUTH, NOT_OFFERED), []),
    ],
)
def test_the_login_is_one_that_the_relay_offers_or_none(
    excluded: list[str], summed_up: tuple[str, str, int], logins: list[str], certificate: Path
) -> None:
    postbox = Postbox()
    relay = settings_for(security=Security.TLS, ca_file=str(certificate), **LOGIN)
    offers = protection(Security.TLS, certificate) | {"authenticator": postbox.log_in}
    [verdict] = hand_in(postbox, relay, ENVELOPE, **offers, auth_exclude_mechanism=excluded)
    assert summary(verdict) == {summed_up}
    assert postbox.logins == logins


@pytest.mark.parametrize(
    "settings",
    [
        {"security": Security.NONE},
        {"security": Security.NONE, "allow_plaintext": True, "username": "a", "password": "b"},
        {"security": Security.NONE, "allow_plaintext": True, "password": "b"},
        {"username": "a"},
        {"password": "b"},
        {"host": ""},
        {"host": "relay.example.org\r\nQUIT"},
        {"host": "-relay.example.org"},
        {"local_hostname": "my host"},
        {"port": 0},
        {"port": 65536},
        {"most_mails": 0},
    ],
)
def test_settings_that_would_lose_mail_or_a_password_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(RelayRefused):
        settings_for(**settings)(465)


def test_a_password_is_not_shown_with_the_settings() -> None:
    assert LOGIN["password"] not in repr(settings_for(**LOGIN)(465))


@pytest.mark.parametrize(
    "parts",
    [
        {"sender": "standards@example.org> SIZE=1"},
        {"recipients": ()},
        {"recipients": ("a@example.org", "a@example.org")},
        {"recipients": ("a@example.org>\r\nRCPT TO:<b@example.org",)},
        {"recipients": ("张三@example.org",)},
        {"recipients": tuple(f"p{number}@example.org" for number in range(51))},
        {"content": b"Subject: x\r\n\r\nno end"},
        {"content": b"Subject: x\r\n\r\nsmuggled\n.\nMAIL FROM:<x>\r\n"},
        {"content": b"Subject: x\r\n\r\nsmuggled\r.\r\r\n"},
        {"content": "Subject: 中\r\n\r\n".encode()},
    ],
)
def test_an_envelope_that_could_be_misread_by_a_relay_is_refused(parts: dict[str, Any]) -> None:
    with pytest.raises(EnvelopeRefused):
        replace(ENVELOPE, **parts)


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("2.0.0 Ok: queued as 4F2A9C", "4F2A9C"),
        ("Mail OK queued as smtp1,D9xpCgD3_1,163.", "smtp1,D9xpCgD3_1,163"),
        ("OK id=1kX2Yz-0003Bc-4D", "1kX2Yz-0003Bc-4D"),
        ("2.6.0 <a.1@example.org> Queued mail for delivery", ""),
        ("Ok", ""),
    ],
)
def test_the_relays_own_number_is_found_in_its_words(text: str, reference: str) -> None:
    assert queue_reference(text) == reference


@pytest.mark.parametrize(
    ("code", "raw", "enhanced"),
    [
        (250, "2.1.5 Ok", "2.1.5"),
        (550, "5.1.10 Null MX", "5.1.10"),
        (550, "5.7.1", "5.7.1"),
        (550, "5.7.1x", ""),
        (550, "192.0.2.1 blocked", ""),
        (550, "4.4 miles", ""),
    ],
)
def test_the_enhanced_code_is_read_where_it_stands_first(code: int, raw: str, enhanced: str) -> None:
    assert read_reply(code, raw).enhanced == enhanced
