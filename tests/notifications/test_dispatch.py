"""The dispatcher against a mail server of somebody else: taken, refused, down, vanishing; two at once; stopped."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
import toy
import toypost
from toypost import Postbox, every_mail, morning, server

from engine.cases import advance
from engine.clock import FixedClock, at_morning
from engine.errors import Hidden, NotAllowed, Refused
from engine.judging import Command
from engine.store import mails, notices, posting, settings
from engine.store.database import Database
from notifications import desk, lane, reasons, resending, switch
from notifications.dispatch import LEASE, Dispatcher
from notifications.outbox import DOUBT_LASTS
from notifications.post import Post
from notifications.sink import SinkProcess
from notifications.smtp import Relay
from notifications.tidying import tidy

REMINDED, CHASED, SUPERVISED = date(2020, 5, 22), date(2020, 6, 8), date(2020, 6, 12)


@pytest.fixture
def field(database: Database, clock: FixedClock) -> toy.Field:
    field = toy.prepare(database, clock)
    toypost.furnish(field)
    return field


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def port(postbox: Postbox) -> Iterator[int]:
    with server(postbox) as port:
        yield port


@pytest.fixture
def post(field: toy.Field, port: int) -> Post:
    return toypost.post_of(field, relay=Relay.on_loopback(port))


def chased(field: toy.Field, post: Post, *districts: str) -> None:
    """One overdue case in each district, and the letters about it ready."""
    for district in districts or ("east",):
        field.open(f"g-{district}", district)
    morning(field, post, CHASED)


def states(post: Post) -> list[str]:
    return [mail.state for mail in every_mail(post)]


def told(post: Post, number: int = 0) -> dict[str, str]:
    mail = every_mail(post)[number]
    with post.engine.look() as work:
        return {one.address.split("@")[0]: one.state for one in mails.receivers(work, [mail.id])[mail.id]}


def actions(post: Post, number: int = 0) -> list[str]:
    mail = every_mail(post)[number]
    with post.engine.look() as work:
        return [attempt.action for attempt in mails.attempts_of(work, mail.id)]


def test_what_is_taken_is_sent_once(field: toy.Field, post: Post, postbox: Postbox) -> None:
    chased(field, post)

    assert Dispatcher(post, "w1").run_once() == 1
    assert Dispatcher(post, "w1").run_once() == 0

    mail = every_mail(post)[0]
    assert (mail.state, mail.attempts, mail.relay_ref) == ("sent", 1, "A1")
    assert mail.sent_at == field.clock.now()
    assert told(post) == {"east": "accepted", "east2": "accepted", "east-head": "accepted"}
    assert postbox.message_ids == [mail.message_id]
    with post.engine.look() as work:
        assert postbox.envelopes[0][1].rstrip() == mails.body(work, mail.id).rstrip()


def test_one_refused_of_three_is_on_record_and_the_others_have_it(
    field: toy.Field, post: Post, postbox: Postbox
) -> None:
    postbox.answers = {"east2@lingpao.example": "550 5.1.1 User unknown"}
    chased(field, post)

    Dispatcher(post, "w1").run_once()

    assert states(post) == ["partial"]
    assert told(post) == {"east": "accepted", "east2": "refused", "east-head": "accepted"}


def test_who_was_put_off_gets_the_same_mail_later_and_nobody_twice(
    field: toy.Field, post: Post, postbox: Postbox
) -> None:
    postbox.answers = {"east2@lingpao.example": "451 4.7.1 Greylisted, come back"}
    chased(field, post)
    Dispatcher(post, "w1").run_once()
    assert (states(post), told(post)["east2"]) == (["ready"], "open")

    postbox.answers = {}
    Dispatcher(post, "w1").run_once()
    assert len(postbox.envelopes) == 1
    field.clock.advance(timedelta(minutes=7))
    Dispatcher(post, "w1").run_once()

    assert states(post) == ["sent"]
    assert [to for to, _ in postbox.envelopes] == [
        ["east@lingpao.example", "east-head@lingpao.example"],
        ["east2@lingpao.example"],
    ]
    assert len(set(postbox.message_ids)) == 1
    assert actions(post) == ["again", "sent"]


def test_a_relay_that_is_down_costs_no_attempt_and_everything_goes_when_it_is_back(
    field: toy.Field, postbox: Postbox
) -> None:
    port = toypost.free_port()
    post = toypost.post_of(field, relay=Relay.on_loopback(port))
    chased(field, post, "east", "west")

    tried = []
    for _ in range(60):
        tried.append(Dispatcher(post, "w1").run_once())
        field.clock.advance(timedelta(minutes=1))
    assert {mail.attempts for mail in every_mail(post)} == {0}
    assert sum(1 for offered in tried if offered) <= 10
    with post.engine.look() as work:
        closed = lane.read(work)
        assert closed is not None
        assert (closed.fault, closed.since) == ("N", at_morning(CHASED))

    with server(postbox, port):
        field.clock.advance(timedelta(minutes=20))
        Dispatcher(post, "w1").run_once()

    assert states(post) == ["sent", "sent"]
    assert len(postbox.envelopes) == 2
    with post.engine.look() as work:
        assert lane.read(work) is None


def test_a_mail_refused_for_what_it_is_is_given_up(field: toy.Field, post: Post, postbox: Postbox) -> None:
    postbox.after_data = ["554 5.7.1 Message content rejected"]
    chased(field, post)

    Dispatcher(post, "w1").run_once()

    mail = every_mail(post)[0]
    assert (mail.state, mail.last_class, mail.last_code) == ("dead", "P", 554)
    assert set(told(post).values()) == {"refused"}


def test_lost_after_the_dot_an_overdue_letter_goes_once_more_with_the_same_bytes(
    field: toy.Field, post: Post, postbox: Postbox
) -> None:
    postbox.after_data = ["taken, vanish"]
    chased(field, post)
    Dispatcher(post, "w1").run_once()
    assert (states(post), set(told(post).values())) == (["doubt"], {"doubt"})

    Dispatcher(post, "w1").run_once()
    assert states(post) == ["doubt"]
    field.clock.advance(DOUBT_LASTS)
    Dispatcher(post, "w1").run_once()

    assert states(post) == ["sent"]
    assert len(postbox.envelopes) == 2
    assert postbox.envelopes[0][1] == postbox.envelopes[1][1]
    assert actions(post) == ["doubt", "sent"]


def test_a_second_doubt_waits_for_a_person(field: toy.Field, post: Post, postbox: Postbox) -> None:
    postbox.after_data = ["vanish", "vanish"]
    chased(field, post)
    for _ in range(5):
        Dispatcher(post, "w1").run_once()
        field.clock.advance(DOUBT_LASTS)

    assert states(post) == ["doubt"]
    assert actions(post) == ["doubt", "doubt"]
    with post.engine.work() as work:
        arrived = desk.mark_arrived(post, work, field.actor("city"), every_mail(post)[0].id, reason="东区来电已收到")
    assert arrived.state == "sent"
    assert set(told(post).values()) == {"accepted"}


def test_a_reminder_in_doubt_is_held_for_a_person(field: toy.Field, post: Post, postbox: Postbox) -> None:
    postbox.after_data = ["vanish"]
    field.open("g1")
    morning(field, post, REMINDED)
    Dispatcher(post, "w1").run_once()
    field.clock.advance(timedelta(days=2))
    Dispatcher(post, "w1").run_once()

    assert states(post) == ["doubt"]
    with post.engine.work() as work:
        again = resending.resend(post, work, field.actor("city"), every_mail(post)[0].id)
    assert (again.resend_no, again.state) == (1, "ready")
    Dispatcher(post, "w1").run_once()
    assert states(post) == ["dead", "sent"]
    assert postbox.message_ids == [again.message_id]


def test_of_two_dispatchers_each_sends_its_own_and_none_twice(field: toy.Field, post: Post, postbox: Postbox) -> None:
    for number in range(10):
        with field.engine.work() as work:
            desk.send_test(post, work, field.actor("city"), f"box{number}@lingpao.example")
        field.clock.advance(timedelta(seconds=1))
    start = Barrier(2)

    def work_off(name: str) -> None:
        start.wait()
        Dispatcher(post, name).run_once(limit=6)

    workers = [Thread(target=work_off, args=(name,)) for name in ("w1", "w2")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert set(states(post)) == {"sent"}
    assert len(postbox.message_ids) == len(set(postbox.message_ids)) == 10


def test_a_worker_that_lost_its_lease_sends_no_body_and_changes_no_row(
    field: toy.Field, post: Post, postbox: Postbox
) -> None:
    chased(field, post, "east", "west")

    def take_over() -> None:
        # while the first mail is on the wire this worker is silent for so long that another takes the second one
        field.clock.advance(LEASE + timedelta(seconds=1))
        with post.engine.work() as work:
            tidy(work)
            assert [mail.id for mail in posting.claim(work, owner="w2", lasting=LEASE, limit=9)] == [2]

    postbox.on_data = take_over
    Dispatcher(post, "w1").run_once()

    assert states(post) == ["sent", "leased"]
    assert every_mail(post)[1].lease_owner == "w2"
    assert len(postbox.envelopes) == 1
    assert actions(post, 1) == ["lapsed", "too_late"]
    postbox.on_data = lambda: None
    field.clock.advance(LEASE)
    Dispatcher(post, "w3").run_once()
    assert states(post) == ["sent", "sent"]
    assert len(postbox.message_ids) == len(set(postbox.message_ids)) == 2


def test_a_worker_that_begins_anew_takes_up_what_its_namesake_left(
    field: toy.Field, post: Post, postbox: Postbox
) -> None:
    chased(field, post)
    with post.engine.work() as work:
        posting.claim(work, owner="w1", lasting=LEASE, limit=1)

    assert Dispatcher(post, "w2").run_once() == 0
    assert Dispatcher(post, "w1").run_once() == 1
    assert states(post) == ["sent"]


def test_stopped_letters_are_held_and_go_when_they_may(field: toy.Field, post: Post, postbox: Postbox) -> None:
    chased(field, post, "east")
    with post.engine.work() as work:
        assert desk.stop(post, work, field.actor("city"), ["chase"]) == 1
    field.open("g2", "west")
    morning(field, post, date(2020, 6, 9))
    with post.engine.work() as work:
        desk.send_test(post, work, field.actor("city"), "box@lingpao.example")
    Dispatcher(post, "w1").run_once()

    assert [(mail.letter, mail.state, mail.reason) for mail in every_mail(post)] == [
        ("chase", "held", reasons.STOPPED),
        ("test", "sent", None),
    ]
    with post.engine.work() as work:
        assert desk.start(post, work, field.actor("city"), ["chase"]) == 1
    Dispatcher(post, "w1").run_once()
    assert states(post) == ["sent", "sent"]
    assert len(postbox.envelopes) == 2


def test_a_stop_between_envelope_and_body_calls_the_mail_back(field: toy.Field, post: Post, postbox: Postbox) -> None:
    chased(field, post, "east", "west")

    def stop_now() -> None:
        with post.engine.work() as work:
            switch.stop(work)

    postbox.on_data = stop_now
    Dispatcher(post, "w1").run_once()

    assert states(post) == ["sent", "held"]
    assert len(postbox.envelopes) == 1
    assert every_mail(post)[1].attempts == 0


def test_a_dispatcher_told_to_stop_settles_what_has_begun_and_gives_the_rest_back(
    field: toy.Field, post: Post, postbox: Postbox
) -> None:
    chased(field, post, "east", "west")
    dispatcher = Dispatcher(post, "w1")
    postbox.on_data = dispatcher.stop
    dispatcher.run_once()

    assert states(post) == ["sent", "ready"]
    assert every_mail(post)[1].attempts == 0
    Dispatcher(post, "w2").run_once()
    assert states(post) == ["sent", "sent"]


def test_what_was_done_while_the_mail_waited_is_not_sent(field: toy.Field, post: Post, postbox: Postbox) -> None:
    first, second = field.open("g1"), field.open("g2")
    morning(field, post, CHASED)
    with field.engine.work() as work:
        advance(field.engine, work, field.actor("east"), Command(case_id=first.id, step="plant"))

    assert Dispatcher(post, "w1").run_once() == 0
    assert toypost.compose_all(post) == 1
    Dispatcher(post, "w1").run_once()

    assert states(post) == ["ended", "sent"]
    assert postbox.subjects == ["【花园】催办：栽种已逾期1个工作日，东区1家"]
    with post.engine.look() as work:
        assert [one.state for one in notices.of_case(work, first.id)] == ["superseded"]
        assert [one.state for one in notices.of_case(work, second.id)] == ["composed"]


def test_an_expired_reminder_is_never_sent(field: toy.Field, post: Post, postbox: Postbox) -> None:
    field.open("g1")
    morning(field, post, date(2020, 6, 4))
    field.at(at_morning(date(2020, 6, 6), "00:00"))

    assert Dispatcher(post, "w1").run_once() == 0
    assert (states(post), set(told(post).values())) == (["expired"], {"expired"})
    assert postbox.envelopes == []


def test_a_draft_is_sent_only_when_somebody_releases_it(field: toy.Field, post: Post, postbox: Postbox) -> None:
    field.open("g1", "west")
    day = date(2020, 6, 5)
    while day <= date(2020, 6, 22):
        morning(field, post, day)
        Dispatcher(post, "w1").run_once()
        day += timedelta(days=1)
    draft = next(mail for mail in every_mail(post) if mail.letter == "circular")
    assert draft.state == "draft"

    with pytest.raises(NotAllowed), post.engine.work() as work:
        desk.release(post, work, field.actor("leader"), draft.id)
    with post.engine.work() as work:
        desk.release(post, work, field.actor("city"), draft.id)
    Dispatcher(post, "w1").run_once()

    assert postbox.subjects[-1] == "【花园】通报：2020年6月进展情况，1个单位1项逾期"
    assert states(post)[-1] == "sent"


def test_a_draft_that_is_no_longer_so_is_not_released_but_withdrawn(
    field: toy.Field, post: Post, postbox: Postbox
) -> None:
    case = field.open("g1", "west")
    day = date(2020, 6, 5)
    while day <= date(2020, 6, 22):
        morning(field, post, day)
        Dispatcher(post, "w1").run_once()
        day += timedelta(days=1)
    draft = next(mail for mail in every_mail(post) if mail.letter == "circular")
    with field.engine.work() as work:
        advance(field.engine, work, field.actor("west"), Command(case_id=case.id, step="plant"))

    with post.engine.work() as work:
        assert desk.release(post, work, field.actor("city"), draft.id).state == "ended"
    sent = len(postbox.envelopes)
    Dispatcher(post, "w1").run_once()
    assert len(postbox.envelopes) == sent


def test_a_mail_is_sent_anew_to_a_corrected_address_under_a_new_number(
    field: toy.Field, post: Post, postbox: Postbox
) -> None:
    postbox.answers = {"east2@lingpao.example": "550 5.1.1 User unknown"}
    chased(field, post)
    Dispatcher(post, "w1").run_once()
    first = every_mail(post)[0]

    with post.engine.work() as work:
        corrected = {"east2@lingpao.example": "east-new@lingpao.example"}
        again = resending.resend(post, work, field.actor("city"), first.id, addresses=corrected)
    Dispatcher(post, "w1").run_once()

    assert again.resend_of == first.id
    assert again.message_id == first.message_id.replace(".0@", ".1@")
    to, content = postbox.envelopes[-1]
    assert to == ["east-new@lingpao.example"]
    message = toypost.read(post, again)
    assert "east-new@lingpao.example" in str(message["To"])
    assert "east2@lingpao.example" not in str(message["To"])
    assert str(message["Subject"]) == first.subject
    assert content.count(b"\r\nMessage-ID:") == 1
    assert toypost.text_of(message) == toypost.text_of(toypost.read(post, first))


def test_mails_of_a_district_exist_for_its_people_and_the_bureau_only(field: toy.Field, post: Post) -> None:
    chased(field, post, "east", "west")
    east, west = every_mail(post)
    with post.engine.look() as work:
        assert [mail.id for mail in desk.listed(work, field.actor("west"))] == [west.id]
        assert [mail.id for mail in desk.listed(work, field.actor("city"))] == [west.id, east.id]
        assert desk.shown(work, field.actor("east"), east.id).mail.subject == east.subject
        with pytest.raises(Hidden):
            desk.shown(work, field.actor("west"), east.id)
    with pytest.raises(Hidden), post.engine.work() as work:
        resending.resend(post, work, field.actor("west"), east.id)


def test_a_rehearsal_sends_to_the_sink_only(field: toy.Field, tmp_path: Path) -> None:
    with field.engine.work() as work:
        settings.write(work, "kind", "rehearsal")
    with SinkProcess(tmp_path / "mails") as sink:
        elsewhere = toypost.post_of(field, relay=Relay.on_loopback(sink.port), is_sink=False)
        chased(field, elsewhere, "east", "west")
        with pytest.raises(Refused):
            Dispatcher(elsewhere, "w1").run_once()
        post = toypost.post_of(field, relay=Relay.on_loopback(sink.port))
        assert Dispatcher(post, "w1").run_once() == 2
        assert sink.count == states(post).count("sent") == 2


def test_killed_between_the_servers_yes_and_the_mark_every_mail_arrives_under_one_number(
    field: toy.Field, database_url: str, postbox: Postbox, port: int
) -> None:
    """The child is killed while its third mail is being answered; nothing is lost, doubles carry the same number."""
    post = toypost.post_of(field, relay=Relay.on_loopback(port))
    for number in range(6):
        case = field.open(f"g{number}")
        with field.engine.work() as work:
            toypost.post_notice(
                work,
                dedup_key=f"extension_granted:{case.id}",
                kind="extension_granted",
                letter="extension_granted",
                campaign="gardens-2020",
                district_id=case.district_id,
                case_id=case.id,
                milestone="planted",
                morning_on=REMINDED,
                facts={"subject": case.subject_name, "to": "2020-07-10", "reason": "样例"},
            )
        assert toypost.compose_all(post) == 1
    field.engine.database.close()
    script = Path(__file__).parent / "dispatching_child.py"
    root = Path(__file__).parents[2]
    command = [sys.executable, str(script), database_url, str(port), field.clock.now().isoformat()]
    environment = {**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{root / 'tests'}"}
    with subprocess.Popen(command, cwd=root, env=environment) as child:

        def kill() -> None:
            if len(postbox.envelopes) == 3:
                os.kill(child.pid, signal.SIGKILL)

        postbox.on_data = kill
        assert child.wait(60) == -signal.SIGKILL

    assert states(post) == ["sent", "sent", "leased", "leased", "leased", "leased"]
    field.clock.advance(timedelta(hours=1))
    Dispatcher(post, "w2").run_once()
    assert states(post) == ["sent", "sent", "doubt", "sent", "sent", "sent"]
    field.clock.advance(timedelta(hours=1))
    Dispatcher(post, "w2").run_once()

    assert set(states(post)) == {"sent"}
    assert set(postbox.message_ids) == {mail.message_id for mail in every_mail(post)}
    assert [postbox.message_ids.count(mail.message_id) for mail in every_mail(post)] == [1, 1, 2, 1, 1, 1]
