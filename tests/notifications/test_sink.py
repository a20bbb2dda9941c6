"""The sink as a process: a real SMTP conversation on loopback, a file for each mail, and an end that is sure."""

import asyncio
import json
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from notifications.errors import SinkFailed
from notifications.mime import Draft, Mailbox, write
from notifications.sink import SinkProcess
from notifications.sink.folder import mail_name
from notifications.smtp import Relay, deliver
from notifications.verdicts import Envelope, Outcome, Verdict

ENVELOPE = "MAIL FROM:<standards@example.org>\r\nRCPT TO:<yuyao@example.org>\r\n"
START = f"EHLO test\r\n{ENVELOPE}"


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[SinkProcess]:
    with SinkProcess(tmp_path / "mails") as running:
        yield running


@pytest.fixture(scope="module")
def standing_sink(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SinkProcess]:
    """One sink for all conversations that leave no mail behind."""
    with SinkProcess(tmp_path_factory.mktemp("mails")) as running:
        yield running


def mail(number: int, sent_at: datetime = datetime(2020, 6, 15, 0, 30, tzinfo=UTC)) -> bytes:
    return write(
        Draft(
            sender=Mailbox("宁波市标准化处（样例）", "standards@example.org"),
            to=(Mailbox("余姚", "yuyao@example.org"),),
            subject=f"第{number}封",
            date=sent_at,
            message_id=f"<reminder.{number}.0@mail.example.org>",
            text="您好",
        )
    )


def hand_in(sink: SinkProcess, *contents: bytes) -> list[Verdict]:
    envelopes = [
        Envelope(number, "standards@example.org", ("yuyao@example.org", "cixi@example.org"), content)
        for number, content in enumerate(contents)
    ]
    verdicts: list[Verdict] = []
    relay = Relay.on_loopback(sink.port)
    asyncio.run(deliver(relay, envelopes, on_body=lambda _: True, on_verdict=verdicts.append))
    return verdicts


def converse(port: int, *said: str | bytes) -> list[str]:
    """Say all of it without waiting, then QUIT, and hear the answers; one line each, those of EHLO left out."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        for part in (*said, "QUIT\r\n"):
            connection.sendall(part if isinstance(part, bytes) else part.encode())
        with connection.makefile("rb") as heard:
            lines = heard.read().decode().splitlines()
    return [line for line in lines if not line.startswith("250-") and line != "250 ENHANCEDSTATUSCODES"]


def codes(answers: list[str]) -> list[int]:
    return [int(answer[:3]) for answer in answers]


def test_a_mail_is_a_file_with_the_same_bytes_before_it_counts_as_sent(sink: SinkProcess) -> None:
    [verdict] = hand_in(sink, mail(1))
    assert {recipient.outcome for recipient in verdict.recipients} == {Outcome.ACCEPTED}
    assert verdict.queue_ref == "2020-06-15T083000_reminder.1.0@mail.example.org.eml"
    [file] = sink.files
    assert file.name == verdict.queue_ref
    assert file.read_bytes() == mail(1)


def test_the_number_of_files_is_the_number_of_mails_taken(sink: SinkProcess) -> None:
    verdicts = hand_in(sink, *(mail(number) for number in range(60)))
    assert sink.count == len(verdicts) == 60
    assert len({verdict.queue_ref for verdict in verdicts}) == 60


def test_files_stand_in_the_order_of_the_mails_own_dates(sink: SinkProcess) -> None:
    days = [datetime(2020, 7, 6, 0, 30, tzinfo=UTC), datetime(2020, 6, 29, 0, 30, tzinfo=UTC)]
    hand_in(sink, mail(1, days[0]), mail(2, days[1]))
    assert [file.name[:17] for file in sink.files] == ["2020-06-29T083000", "2020-07-06T083000"]


def test_a_mail_that_comes_twice_is_kept_twice(sink: SinkProcess) -> None:
    hand_in(sink, mail(1), mail(1))
    assert [file.name[18:] for file in sink.files] == [
        "reminder.1.0@mail.example.org-2.eml",
        "reminder.1.0@mail.example.org.eml",
    ]


def test_a_sink_started_again_in_its_folder_overwrites_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        with SinkProcess(tmp_path) as running:
            hand_in(running, mail(1))
    assert running.count == 2


def test_two_rehearsals_leave_equal_folders(tmp_path: Path) -> None:
    kept = []
    for name in ("first", "second"):
        with SinkProcess(tmp_path / name) as running:
            hand_in(running, mail(2), mail(1), mail(2))
        kept.append({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()})
    assert kept[0] == kept[1]
    assert len(kept[0]) == 4


def test_it_is_on_record_for_whom_each_mail_was(sink: SinkProcess) -> None:
    hand_in(sink, mail(1))
    record = (sink.folder / "envelopes.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in record] == [
        {
            "file": sink.files[0].name,
            "from": "standards@example.org",
            "to": ["yuyao@example.org", "cixi@example.org"],
        }
    ]


def test_commands_sent_in_one_go_are_answered_in_order(sink: SinkProcess) -> None:
    answers = converse(sink.port, f"{START}DATA\r\nSubject: a\r\n\r\na\r\n.\r\n{ENVELOPE}RSET\r\nNOOP\r\nVRFY x\r\n")
    assert codes(answers) == [220, 250, 250, 354, 250, 250, 250, 250, 250, 252, 221]
    assert sink.count == 1


def test_a_mail_cut_anywhere_by_the_network_arrives_whole(sink: SinkProcess) -> None:
    content = b"Subject: dots\r\n\r\n.\r\n..\r\nend\r\n"
    stuffed = content.replace(b"\r\n.", b"\r\n..") + b".\r\n"
    with socket.create_connection(("127.0.0.1", sink.port), timeout=20) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in f"{START}DATA\r\n".encode() + stuffed + b"QUIT\r\n":
            connection.sendall(bytes([byte]))
        with connection.makefile("rb") as heard:
            heard.read()
    assert sink.files[0].read_bytes() == content


@pytest.mark.parametrize("content", [b"", b"\r\n", b".\r\n", b"..a\r\n.b\r\n", "Subject: 中\r\n\r\n中\r\n".encode()])
def test_odd_mails_are_kept_as_they_are(sink: SinkProcess, content: bytes) -> None:
    stuffed = (b"\r\n" + content).replace(b"\r\n.", b"\r\n..")[2:] + b".\r\n"
    assert codes(converse(sink.port, START, "DATA\r\n", stuffed)) == [220, 250, 250, 354, 250, 221]
    assert sink.files[0].read_bytes() == content


def test_only_a_dot_between_full_line_ends_ends_a_mail(sink: SinkProcess) -> None:
    smuggled = b"Subject: a\r\n\r\na\n.\nMAIL FROM:<evil@example.org>\r.\r\n.\r\n"
    assert codes(converse(sink.port, START, "DATA\r\n", smuggled)) == [220, 250, 250, 354, 250, 221]
    assert sink.count == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("RCPT TO:<a@example.org>\r\n", 503),
        ("DATA\r\n", 503),
        ("MAIL FROM:<a@example.org>\r\nDATA\r\n", 503),
        ("MAIL FROM:<a@example.org>\r\nMAIL FROM:<a@example.org>\r\n", 503),
        ("MAIL a@example.org\r\n", 501),
        ("MAIL FROM:<a b@example.org>\r\n", 501),
        ("MAIL FROM:<a@example.org> SMTPUTF8\r\n", 555),
        ("MAIL FROM:<a@example.org> BODY=8BITMIME SIZE=10\r\n", 250),
        ("MAIL FROM:<a@example.org> SIZE=50000001\r\n", 552),
        ("MAIL FROM:<>\r\n", 250),
        ("MAIL FROM:<a@example.org>\r\nRCPT TO:<>\r\n", 501),
        (f"{ENVELOPE}DATA now\r\n", 501),
        (f"{ENVELOPE}RSET\r\nDATA\r\n", 503),
        (f"{ENVELOPE}" + "RCPT TO:<b@example.org>\r\n" * 100, 452),
        ("HELO there\r\n", 250),
        ("mail from:<a@example.org>\r\n", 250),
        ("STARTTLS\r\n", 500),
        ("\r\n", 500),
    ],
)
def test_what_is_out_of_order_is_refused_and_the_conversation_goes_on(
    standing_sink: SinkProcess, said: str, code: int
) -> None:
    answers = codes(converse(standing_sink.port, said))
    assert answers[-2:] == [code, 221]


@pytest.mark.parametrize("said", ["NOOP\n", "N" * 3000, "NOOP " + "x" * 3000 + "\r\n"])
def test_a_line_that_is_none_ends_the_conversation(standing_sink: SinkProcess, said: str) -> None:
    with socket.create_connection(("127.0.0.1", standing_sink.port), timeout=20) as connection:
        connection.sendall(said.encode())
        with connection.makefile("rb") as heard:
            assert [line[:3] for line in heard.read().splitlines()] == [b"220", b"500"]


def test_a_mail_over_the_limit_is_refused_and_the_next_one_taken(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "notifications.sink", str(tmp_path), "--size-limit", "1000"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        port = json.loads(process.stdout.readline())["port"]
        for size in (1_001, 1_000_000):
            large = b"x" * size + b"\r\n.\r\n"
            small = b"Subject: a\r\n\r\n.\r\n"
            answers = converse(port, START, "DATA\r\n", large, ENVELOPE, "DATA\r\n", small)
            assert codes(answers) == [220, 250, 250, 354, 552, 250, 250, 354, 250, 221]
        process.stdin.close()
    assert process.returncode == 0
    assert len(list(tmp_path.glob("*.eml"))) == 2


def test_a_folder_that_is_gone_is_a_fault_for_now_and_no_loss(sink: SinkProcess) -> None:
    shutil.rmtree(sink.folder)
    [verdict] = hand_in(sink, mail(1))
    assert {(recipient.outcome, recipient.code) for recipient in verdict.recipients} == {(Outcome.REFUSED, 452)}


def test_it_listens_on_loopback_only(sink: SinkProcess) -> None:
    table = Path("/proc/net/tcp")
    if not table.exists():
        pytest.skip("this system has no table of its sockets to look into")
    listening = [line.split()[1] for line in table.read_text().splitlines()[1:] if line.split()[3] == "0A"]
    assert [place for place in listening if place.endswith(f":{sink.port:04X}")] == [f"0100007F:{sink.port:04X}"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_and_whoever_is_talking_is_told(tmp_path: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "notifications.sink", str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        port = json.loads(process.stdout.readline())["port"]
        with (
            socket.create_connection(("127.0.0.1", port), timeout=20) as connection,
            connection.makefile("rb") as heard,
        ):
            assert heard.readline().startswith(b"220")
            process.send_signal(number)
            assert heard.readline().startswith(b"421")
            assert heard.read() == b""
        assert process.wait(20) == 0


def test_it_ends_with_its_parent_however_that_ends(tmp_path: Path) -> None:
    program = (
        "import pathlib, sys\n"
        "from notifications.sink import SinkProcess\n"
        "with SinkProcess(pathlib.Path(sys.argv[1])) as sink:\n"
        "    print(sink.port, flush=True)\n"
        "    sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout
        port = int(parent.stdout.readline())
        parent.kill()
        # The sink holds the other end of the error stream: it ends for us when both are gone.
        parent.communicate(timeout=20)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=20)


def test_a_sink_that_cannot_start_says_so(tmp_path: Path) -> None:
    occupied = tmp_path / "file"
    occupied.write_text("")
    with pytest.raises(SinkFailed, match="did not start"), SinkProcess(occupied):
        pytest.fail("it started in a file")


def test_a_port_in_use_is_said_too(sink: SinkProcess, tmp_path: Path) -> None:
    with pytest.raises(SinkFailed), SinkProcess(tmp_path / "other", port=sink.port):
        pytest.fail("it started on a port in use")


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"Date: Mon, 15 Jun 2020 08:30:00 +0800\r\nMessage-ID: <a.1@b.cn>", "2020-06-15T083000_a.1@b.cn"),
        (b"Message-ID:\r\n <a.1@b.cn>\r\nDate: Sun, 14 Jun 2020 19:30:00 -0500", "2020-06-15T083000_a.1@b.cn"),
        (b"Message-Id: <../../a/b:c@d>", "undated_..-..-a-b-c@d"),
        (b"Date: yesterday\r\nMessage-ID: <a@b.cn>", "undated_a@b.cn"),
        (b"Date: Mon, 15 Jun 2020 08:30:00 -0000\r\nMessage-ID: <a@b.cn>", "undated_a@b.cn"),
        (b"Message-ID: <" + b"a" * 300 + b"@b.cn>", "undated_" + "a" * 150),
    ],
)
def test_a_file_is_named_after_the_mails_own_date_and_id(head: bytes, name: str) -> None:
    assert mail_name(head + b"\r\n\r\nDate: in the text\r\nMessage-ID: <in@the.text>\r\n") == name


def test_a_mail_without_an_id_is_named_after_its_content() -> None:
    dated = b"Date: Mon, 15 Jun 2020 08:30:00 +0800\r\n\r\n"
    names = {mail_name(dated + text) for text in (b"a\r\n", b"b\r\n", b"Message-ID: <in@the.text>\r\n")}
    assert {name[:18] for name in names} == {"2020-06-15T083000_"}
    assert len(names) == 3
