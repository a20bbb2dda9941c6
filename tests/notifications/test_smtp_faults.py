"""What becomes of a mail when the relay misbehaves at any stage: a scripted relay on loopback does each of it."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from types import MappingProxyType
from typing import Self

import pytest

from notifications.smtp import Patience, Relay, Security, Session, deliver
from notifications.verdicts import NO_ANSWER, OUT_OF_STEP, UNREADABLE, Envelope, Outcome, Stage, Verdict

HANG = "hang"
DROP = "drop"
READ_ALL = -1

YUYAO, CIXI, NINGHAI = "yuyao@example.org", "cixi@example.org", "ninghai@example.org"
CONTENT = b"Subject: overdue\r\n\r\n" + b"x" * 70 + b"\r\n"
PATIENT = Patience(connect=20, ehlo=20, mail=20, rcpt=20, data=20, stall=20, dot=20, rset=20, quit=20)
MOMENT = 0.2

Answer = str | bytes
Script = Mapping[str, Answer | list[Answer]]
ANSWERS: dict[str, Answer] = {
    "GREETING": "220 test ESMTP",
    "EHLO": "250-test\r\n250-PIPELINING\r\n250 SIZE 9000000",
    "MAIL": "250 2.1.0 Ok",
    "RCPT": "250 2.1.5 Ok",
    "DATA": "354 Go ahead",
    "DOT": "250 2.0.0 Ok: queued as 4F2A",
    "RSET": "250 2.0.0 Ok",
    "QUIT": "221 2.0.0 Bye",
}


class ScriptedRelay:
    """Gives the scripted answers to each command in turn, the last one for ever; HANG and DROP are answers too."""

    def __init__(self, script: Script = MappingProxyType({}), *, body_bytes: int = READ_ALL) -> None:
        self._script = {verb: one_after_another(answers) for verb, answers in {**ANSWERS, **script}.items()}
        self._body_bytes = body_bytes
        self._released = asyncio.Event()
        self._talks: set[asyncio.Task[None]] = set()
        self.heard: list[str] = []
        self.bodies: list[bytes] = []
        self.connections = 0
        self.reached: dict[str, asyncio.Event] = {verb: asyncio.Event() for verb in self._script}

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0, limit=1 << 16)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        self._released.set()
        await asyncio.gather(*self._talks)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        self.connections += 1
        with suppress(ConnectionError):
            await self._converse(reader, writer)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        going = await self._say("GREETING", writer)
        while going and (line := await reader.readline()):
            self.heard.append(line.decode().strip())
            verb = line.decode().split()[0].upper()
            going = await self._say(verb, writer)
            if verb == "DATA" and going and self._went_ahead:
                going = await self._read_body(reader) and await self._say("DOT", writer)
            going = going and verb != "QUIT"

    async def _read_body(self, reader: asyncio.StreamReader) -> bool:
        if self._body_bytes != READ_ALL:
            await reader.readexactly(self._body_bytes)
            return False
        body = b""
        while not body.endswith(b"\r\n.\r\n"):
            chunk = await reader.read(1 << 16)
            if not chunk:
                return False
            body += chunk
        self.bodies.append(body)
        return True

    async def _say(self, verb: str, writer: asyncio.StreamWriter) -> bool:
        answer = next(self._script[verb])
        self.reached[verb].set()
        if answer == HANG:
            await self._released.wait()
        if answer in {HANG, DROP}:
            return False
        raw = answer if isinstance(answer, bytes) else answer.encode()
        self._went_ahead = raw.startswith(b"354")
        writer.write(raw + b"\r\n")
        return True


def one_after_another(answers: Answer | list[Answer]) -> Iterator[Answer]:
    listed = answers if isinstance(answers, list) else [answers]
    yield from listed
    while True:
        yield listed[-1]


def envelope(mail_id: int = 1, *recipients: str, content: bytes = CONTENT) -> Envelope:
    return Envelope(mail_id, "standards@example.org", recipients or (YUYAO,), content)


def relay_at(port: int, patience: Patience = PATIENT) -> Relay:
    return Relay(
        host="127.0.0.1",
        port=port,
        local_hostname="localhost",
        security=Security.NONE,
        allow_plaintext=True,
        patience=patience,
    )


def offer(
    scripted: Callable[[], ScriptedRelay],
    *envelopes: Envelope,
    patience: Patience = PATIENT,
    on_body: Callable[[Envelope], bool] = lambda _: True,
) -> tuple[list[Verdict], ScriptedRelay]:
    """Deliver the envelopes to the scripted relay; the verdicts in the order in which they were told."""

    async def run() -> tuple[list[Verdict], ScriptedRelay]:
        verdicts: list[Verdict] = []
        async with scripted() as relay:
            await deliver(relay_at(relay.port, patience), envelopes, on_body=on_body, on_verdict=verdicts.append)
        return verdicts, relay

    return asyncio.run(run())


def _impatient_at(verb: str) -> Patience:
    times = {"MAIL": PATIENT.mail, "RCPT": PATIENT.rcpt, "DATA": PATIENT.data, "DOT": PATIENT.dot, verb: MOMENT}
    return replace(PATIENT, mail=times["MAIL"], rcpt=times["RCPT"], data=times["DATA"], dot=times["DOT"])


def summary(verdict: Verdict) -> list[tuple[str, str, int]]:
    return [(recipient.outcome, recipient.stage, recipient.code) for recipient in verdict.recipients]


def test_an_accepted_mail_names_the_relays_own_number() -> None:
    [verdict], relay = offer(ScriptedRelay, envelope(7, YUYAO, CIXI))
    assert verdict.mail_id == 7
    assert verdict.stage is Stage.DOT
    assert summary(verdict) == [(Outcome.ACCEPTED, Stage.DOT, 250)] * 2
    assert verdict.recipients[0].enhanced == "2.0.0"
    assert verdict.queue_ref == "4F2A"
    assert not verdict.doubt
    assert relay.heard == [
        "EHLO localhost",
        f"MAIL FROM:<standards@example.org> SIZE={len(CONTENT)}",
        f"RCPT TO:<{YUYAO}>",
        f"RCPT TO:<{CIXI}>",
        "DATA",
        "QUIT",
    ]
    assert relay.bodies == [CONTENT + b".\r\n"]


def test_lines_that_begin_with_a_dot_are_doubled_on_the_wire() -> None:
    _, relay = offer(ScriptedRelay, envelope(content=b".a: b\r\n\r\n.\r\n..\r\nend\r\n"))
    assert relay.bodies == [b"..a: b\r\n\r\n..\r\n...\r\nend\r\n.\r\n"]


def test_several_mails_use_one_connection() -> None:
    verdicts, relay = offer(ScriptedRelay, *(envelope(number) for number in range(5)))
    assert [verdict.mail_id for verdict in verdicts] == [0, 1, 2, 3, 4]
    assert relay.connections == 1
    assert "RSET" not in relay.heard


OPENINGS = [
    ({"GREETING": HANG}, Stage.CONNECT, NO_ANSWER),
    ({"GREETING": DROP}, Stage.CONNECT, NO_ANSWER),
    ({"GREETING": "421 4.3.2 Not now"}, Stage.CONNECT, 421),
    ({"GREETING": "554 No service"}, Stage.CONNECT, 554),
    ({"GREETING": "hello?"}, Stage.CONNECT, UNREADABLE),
    ({"EHLO": "550 Go away"}, Stage.CONNECT, 550),
    ({"EHLO": HANG}, Stage.CONNECT, NO_ANSWER),
]


@pytest.mark.parametrize(("script", "stage", "code"), OPENINGS)
def test_a_relay_that_does_not_let_us_in_is_tried_once_and_costs_no_mail(
    script: dict[str, Answer], stage: Stage, code: int
) -> None:
    patience = replace(PATIENT, connect=MOMENT, ehlo=MOMENT) if HANG in script.values() else PATIENT
    verdicts, relay = offer(lambda: ScriptedRelay(script), envelope(1), envelope(2, YUYAO, CIXI), patience=patience)
    assert [summary(verdict) for verdict in verdicts] == [
        [(Outcome.UNOFFERED, stage, code)],
        [(Outcome.UNOFFERED, stage, code)] * 2,
    ]
    assert relay.connections == 1


def test_a_relay_that_is_not_there_costs_no_mail() -> None:
    async def run() -> list[Verdict]:
        verdicts: list[Verdict] = []
        async with ScriptedRelay() as gone:
            port = gone.port
        await deliver(relay_at(port), [envelope()], on_body=lambda _: True, on_verdict=verdicts.append)
        return verdicts

    [verdict] = asyncio.run(run())
    assert summary(verdict) == [(Outcome.UNOFFERED, Stage.CONNECT, NO_ANSWER)]
    assert "127.0.0.1" in verdict.recipients[0].text


REFUSALS = [
    ({"MAIL": "550 5.7.1 Not you"}, Stage.MAIL, 550),
    ({"MAIL": "451 4.3.0 Later"}, Stage.MAIL, 451),
    ({"RCPT": "550 5.1.1 Nobody"}, Stage.RCPT, 550),
    ({"RCPT": "451 4.7.1 Greylisted"}, Stage.RCPT, 451),
    ({"DATA": "451 4.3.0 Later"}, Stage.DATA, 451),
    ({"DATA": "554 5.5.1 No"}, Stage.DATA, 554),
    ({"DOT": "451 4.3.0 Later"}, Stage.DOT, 451),
    ({"DOT": "552 5.3.4 Too large"}, Stage.DOT, 552),
    ({"DOT": "554 5.7.1 Spam"}, Stage.DOT, 554),
]


@pytest.mark.parametrize(("script", "stage", "code"), REFUSALS)
def test_a_refusal_is_a_verdict_and_the_next_mail_goes_over_the_same_connection(
    script: dict[str, Answer], stage: Stage, code: int
) -> None:
    [[verb, answer]] = script.items()
    verdicts, relay = offer(lambda: ScriptedRelay({verb: [answer, ANSWERS[verb]]}), envelope(1), envelope(2))
    assert summary(verdicts[0]) == [(Outcome.REFUSED, stage, code)]
    assert verdicts[0].recipients[0].enhanced == str(answer).split()[1]
    assert summary(verdicts[1]) == [(Outcome.ACCEPTED, Stage.DOT, 250)]
    assert relay.connections == 1


def test_one_of_three_refused_and_the_others_get_the_mail_in_this_very_envelope() -> None:
    answers: list[Answer] = ["250 Ok", "550 5.1.1 Nobody", "250 Ok"]
    [verdict], relay = offer(lambda: ScriptedRelay({"RCPT": answers}), envelope(1, YUYAO, CIXI, NINGHAI))
    assert summary(verdict) == [
        (Outcome.ACCEPTED, Stage.DOT, 250),
        (Outcome.REFUSED, Stage.RCPT, 550),
        (Outcome.ACCEPTED, Stage.DOT, 250),
    ]
    assert verdict.recipients[1].address == CIXI
    assert len(relay.bodies) == 1


def test_mixed_refusals_keep_each_recipients_own_answer_and_send_nothing() -> None:
    answers: list[Answer] = ["450 4.2.0 Later", "550 5.1.1 Nobody"]
    [verdict], relay = offer(lambda: ScriptedRelay({"RCPT": answers}), envelope(1, YUYAO, CIXI))
    assert summary(verdict) == [(Outcome.REFUSED, Stage.RCPT, 450), (Outcome.REFUSED, Stage.RCPT, 550)]
    assert "DATA" not in relay.heard


def test_the_verdict_is_told_before_anything_more_is_said_to_the_relay() -> None:
    async def run() -> tuple[list[str], list[str]]:
        async with ScriptedRelay({"RCPT": ["550 5.1.1 Nobody", "250 Ok"]}) as relay:
            heard_at_verdict: list[str] = []

            def note(_: Verdict) -> None:
                heard_at_verdict.append(relay.heard[-1])

            envelopes = [envelope(1), envelope(2)]
            await deliver(relay_at(relay.port), envelopes, on_body=lambda _: True, on_verdict=note)
        return heard_at_verdict, relay.heard

    at_verdict, heard = asyncio.run(run())
    assert at_verdict[0].startswith("RCPT")
    assert heard.index("RSET") == heard.index(at_verdict[0]) + 1


@pytest.mark.parametrize("rset", [HANG, DROP, "500 What?", "hello?", "421 Bye"])
def test_a_refusal_survives_a_reset_that_fails_and_the_next_mail_takes_a_new_connection(rset: str) -> None:
    verdicts, relay = offer(
        lambda: ScriptedRelay({"RCPT": ["550 5.1.1 Nobody", "250 Ok"], "RSET": rset}),
        envelope(1),
        envelope(2),
        patience=replace(PATIENT, rset=MOMENT) if rset == HANG else PATIENT,
    )
    assert summary(verdicts[0]) == [(Outcome.REFUSED, Stage.RCPT, 550)]
    assert summary(verdicts[1]) == [(Outcome.ACCEPTED, Stage.DOT, 250)]
    assert relay.connections == 2


def test_a_421_at_the_second_recipient_is_everybodys_answer_who_had_no_refusal_of_their_own() -> None:
    answers: list[Answer] = ["550 5.1.1 Nobody", "250 Ok", "421 4.3.2 Closing", "250 Ok"]
    verdicts, relay = offer(
        lambda: ScriptedRelay({"RCPT": answers}), envelope(1, YUYAO, CIXI, NINGHAI), envelope(2, YUYAO)
    )
    assert summary(verdicts[0]) == [
        (Outcome.REFUSED, Stage.RCPT, 550),
        (Outcome.REFUSED, Stage.RCPT, 421),
        (Outcome.REFUSED, Stage.RCPT, 421),
    ]
    assert summary(verdicts[1]) == [(Outcome.ACCEPTED, Stage.DOT, 250)]
    assert relay.connections == 2


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "DOT"])
def test_after_a_421_the_next_mail_takes_a_new_connection(verb: str) -> None:
    answers: list[Answer] = ["421 4.3.2 Closing", ANSWERS[verb]]
    verdicts, relay = offer(lambda: ScriptedRelay({verb: answers}), envelope(1), envelope(2))
    assert summary(verdicts[0]) == [(Outcome.REFUSED, Stage(verb.lower()), 421)]
    assert summary(verdicts[1]) == [(Outcome.ACCEPTED, Stage.DOT, 250)]
    assert relay.connections == 2


@pytest.mark.parametrize("answer", [HANG, DROP, "hello?", "354 What a day", "250-endless"])
@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", "DOT"])
def test_without_a_readable_answer_only_the_dot_leaves_a_doubt(verb: str, answer: str) -> None:
    unsuited = "250 Ok" if (verb, answer) == ("DATA", "354 What a day") else answer
    patience = _impatient_at(verb) if answer in {HANG, "250-endless"} else PATIENT
    script: Script = {verb: [unsuited, ANSWERS[verb]]}
    verdicts, relay = offer(lambda: ScriptedRelay(script), envelope(1), envelope(2), patience=patience)
    code = {HANG: NO_ANSWER, DROP: NO_ANSWER, "hello?": UNREADABLE, "250-endless": NO_ANSWER}.get(answer, OUT_OF_STEP)
    outcome = Outcome.DOUBT if verb == "DOT" else Outcome.UNANSWERED
    assert summary(verdicts[0]) == [(outcome, Stage(verb.lower()), code)]
    assert verdicts[0].doubt == (verb == "DOT")
    assert summary(verdicts[1]) == [(Outcome.ACCEPTED, Stage.DOT, 250)]
    assert relay.connections == 2


def test_lost_within_the_mail_is_no_doubt() -> None:
    large = b"Subject: large\r\n\r\n" + b"x" * 70 + b"\r\n" * 2_500_000
    [verdict], _ = offer(lambda: ScriptedRelay(body_bytes=100_000), envelope(content=large))
    assert summary(verdict) == [(Outcome.UNANSWERED, Stage.BODY, NO_ANSWER)]


def test_a_relay_that_stops_reading_within_the_mail_is_left_and_no_doubt() -> None:
    large = b"Subject: large\r\n\r\n" + b"x\r\n" * 2_900_000

    class Deaf(ScriptedRelay):
        async def _read_body(self, reader: asyncio.StreamReader) -> bool:  # noqa: ARG002 - that is the fault
            await self._released.wait()
            return False

    [verdict], _ = offer(Deaf, envelope(content=large), patience=replace(PATIENT, stall=MOMENT))
    assert summary(verdict) == [(Outcome.UNANSWERED, Stage.BODY, NO_ANSWER)]


def test_a_large_mail_arrives_whole_at_a_relay_that_reads_in_small_sips() -> None:
    large = b"Subject: large\r\n\r\n" + b".x\r\n" * 2_000_000

    class Sipping(ScriptedRelay):
        async def _read_body(self, reader: asyncio.StreamReader) -> bool:
            body = bytearray()
            while not body.endswith(b"\r\n.\r\n"):
                body += await reader.read(4096)
                await asyncio.sleep(0)
            self.bodies.append(bytes(body))
            return True

    [verdict], relay = offer(Sipping, envelope(content=large))
    assert summary(verdict) == [(Outcome.ACCEPTED, Stage.DOT, 250)]
    assert relay.bodies == [large.replace(b"\r\n.", b"\r\n..") + b".\r\n"]


def test_a_connection_that_died_idle_costs_nothing_but_a_new_one() -> None:
    verdicts, relay = offer(lambda: ScriptedRelay({"MAIL": ["250 Ok", DROP, "250 Ok"]}), envelope(1), envelope(2))
    assert [summary(verdict) for verdict in verdicts] == [[(Outcome.ACCEPTED, Stage.DOT, 250)]] * 2
    assert relay.connections == 2


def test_a_new_connection_that_dies_at_once_is_no_idle_one() -> None:
    verdicts, _ = offer(lambda: ScriptedRelay({"MAIL": [DROP, "250 Ok"]}), envelope(1))
    assert summary(verdicts[0]) == [(Outcome.UNANSWERED, Stage.MAIL, NO_ANSWER)]


def test_a_relay_that_breaks_off_twice_in_a_row_is_left_alone() -> None:
    verdicts, relay = offer(lambda: ScriptedRelay({"DOT": DROP}), *(envelope(number) for number in range(4)))
    assert [verdict.doubt for verdict in verdicts] == [True, True, False, False]
    assert summary(verdicts[3]) == [(Outcome.UNOFFERED, Stage.CONNECT, NO_ANSWER)]
    assert relay.connections == 2


def test_a_good_mail_in_between_makes_a_broken_connection_a_single_one() -> None:
    answers: list[Answer] = [DROP, "250 Ok", DROP, "250 Ok"]
    verdicts, _ = offer(lambda: ScriptedRelay({"DOT": answers}), *(envelope(number) for number in range(4)))
    assert [verdict.doubt for verdict in verdicts] == [True, False, True, False]


def test_a_mail_over_the_announced_size_is_not_offered_and_a_smaller_one_is() -> None:
    small_limit = "250-test\r\n250 SIZE 1000"
    verdicts, relay = offer(
        lambda: ScriptedRelay({"EHLO": small_limit}), envelope(1, content=CONTENT + b"x" * 998 + b"\r\n"), envelope(2)
    )
    assert summary(verdicts[0]) == [(Outcome.REFUSED, Stage.MAIL, 552)]
    assert verdicts[0].recipients[0].enhanced == "5.3.4"
    assert summary(verdicts[1]) == [(Outcome.ACCEPTED, Stage.DOT, 250)]
    assert len([line for line in relay.heard if line.startswith("MAIL")]) == 1


def test_the_mark_is_set_when_the_relay_has_said_go_and_no_byte_has_left() -> None:
    marked: list[int] = []

    def mark(begun: Envelope) -> bool:
        marked.append(begun.mail_id)
        return True

    answers: list[Answer] = ["550 Nobody", "250 Ok", "250 Ok"]
    offer(
        lambda: ScriptedRelay({"RCPT": answers, "DATA": ["451 Later", "354 Go"]}),
        *map(envelope, (1, 2, 3)),
        on_body=mark,
    )
    assert marked == [3]


def test_a_mail_called_back_does_not_leave_and_neither_do_those_behind_it() -> None:
    verdicts, relay = offer(ScriptedRelay, envelope(1), envelope(2), envelope(3), on_body=lambda mail: mail.mail_id < 2)
    assert [verdict.recipients[0].outcome for verdict in verdicts] == [
        Outcome.ACCEPTED,
        Outcome.WITHHELD,
        Outcome.WITHHELD,
    ]
    assert verdicts[1].stage is Stage.DATA
    assert relay.bodies == [CONTENT + b".\r\n"]
    assert relay.connections == 1


def test_when_the_mark_cannot_be_kept_nothing_is_sent() -> None:
    def mark(_: Envelope) -> bool:
        raise OSError(28, "No space left on device")

    async def run() -> ScriptedRelay:
        async with ScriptedRelay() as relay:
            with pytest.raises(OSError, match="No space"):
                await deliver(relay_at(relay.port), [envelope(1), envelope(2)], on_body=mark, on_verdict=lambda _: None)
        return relay

    assert asyncio.run(run()).bodies == []


def test_when_a_verdict_cannot_be_kept_no_further_mail_is_begun() -> None:
    def keep(verdict: Verdict) -> None:
        raise ConnectionError(f"database gone after mail {verdict.mail_id}")

    async def run() -> ScriptedRelay:
        async with ScriptedRelay() as relay:
            with pytest.raises(ConnectionError, match="mail 1"):
                await deliver(relay_at(relay.port), [envelope(1), envelope(2)], on_body=lambda _: True, on_verdict=keep)
        return relay

    assert len(asyncio.run(run()).bodies) == 1


@pytest.mark.parametrize(
    ("verb", "answer", "outcome", "stage"),
    [
        ("GREETING", "220 test ESMTP", Outcome.WITHHELD, Stage.CONNECT),
        ("EHLO", HANG, Outcome.WITHHELD, Stage.CONNECT),
        ("MAIL", HANG, Outcome.WITHHELD, Stage.MAIL),
        ("RCPT", HANG, Outcome.WITHHELD, Stage.RCPT),
        ("DATA", HANG, Outcome.WITHHELD, Stage.DATA),
        ("DOT", HANG, Outcome.DOUBT, Stage.DOT),
    ],
)
def test_a_cancelled_delivery_still_tells_how_far_the_mail_had_come(
    verb: str, answer: str, outcome: Outcome, stage: Stage
) -> None:
    async def run() -> list[Verdict]:
        verdicts: list[Verdict] = []
        async with ScriptedRelay({verb: answer}) as relay:
            delivery = deliver(relay_at(relay.port), [envelope()], on_body=lambda _: True, on_verdict=verdicts.append)
            task = asyncio.create_task(delivery)
            await relay.reached[verb].wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        return verdicts

    [verdict] = asyncio.run(run())
    assert summary(verdict) == [(outcome, stage, NO_ANSWER)]


def test_a_late_answer_after_a_cancel_is_never_taken_for_that_of_the_next_mail() -> None:
    async def run() -> tuple[list[Verdict], int]:
        verdicts: list[Verdict] = []
        async with (
            ScriptedRelay({"MAIL": [HANG, "250 Ok"]}) as relay,
            Session(relay_at(relay.port), on_body=lambda _: True, on_verdict=verdicts.append) as session,
        ):
            first = asyncio.create_task(session.send(envelope(1)))
            await relay.reached["MAIL"].wait()
            first.cancel()
            with pytest.raises(asyncio.CancelledError):
                await first
            await session.send(envelope(2))
        return verdicts, relay.connections

    verdicts, connections = asyncio.run(run())
    assert [verdict.recipients[0].outcome for verdict in verdicts] == [Outcome.WITHHELD, Outcome.ACCEPTED]
    assert connections == 2


def test_a_connection_carries_no_more_mails_than_it_may() -> None:
    async def run() -> ScriptedRelay:
        async with ScriptedRelay() as relay:
            settings = Relay.on_loopback(relay.port, most_mails=2)
            envelopes = [envelope(number) for number in range(5)]
            await deliver(settings, envelopes, on_body=lambda _: True, on_verdict=lambda _: None)
        return relay

    relay = asyncio.run(run())
    assert relay.connections == 3
    assert relay.heard.count("QUIT") == 3
    assert len(relay.bodies) == 5


def test_an_answer_in_the_encoding_of_chinese_relays_is_read() -> None:
    answer = "550 请使用授权码登录".encode("gb18030")
    [verdict], _ = offer(lambda: ScriptedRelay({"MAIL": answer}), envelope())
    assert verdict.recipients[0].text == "请使用授权码登录"


def test_an_answer_of_several_lines_is_one_text_fit_to_be_stored() -> None:
    answer = "550-5.7.1 first\x07\r\n550 5.7.1 second" + "x" * 900
    [verdict], _ = offer(lambda: ScriptedRelay({"DOT": answer}), envelope())
    [recipient] = verdict.recipients
    assert recipient.text.startswith("5.7.1 first 5.7.1 secondxxx")
    assert len(recipient.text) == 500
    assert recipient.enhanced == "5.7.1"


def test_nothing_is_said_to_a_relay_when_there_is_nothing_to_send() -> None:
    verdicts, relay = offer(ScriptedRelay)
    assert (verdicts, relay.connections) == ([], 0)
