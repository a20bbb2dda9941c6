"""Scenario 21: whatever the mail server does and whenever the sender dies, every mail arrives under one number."""

import signal
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from email import policy
from email.parser import BytesParser

import pytest
import toy
import toypost
from acceptance.children import deeds
from acceptance.children.nursery import Child, raised
from toypost import Postbox, every_mail, server

from engine.clock import at_morning
from engine.store import mails
from notifications.post import Post

pytestmark = pytest.mark.acceptance(21)

LETTERS = 12
POISONED = "west@lingpao.example"


@dataclass(frozen=True)
class Office:
    """The mail server of somebody else, and the database whose mails are sent to it."""

    postbox: Postbox
    port: int
    url: str

    def sender(self, field: toy.Field) -> Child:
        return Child(deeds.dispatch, self.url, field.clock.now(), port=self.port)

    def arrivals(self) -> dict[str, list[bytes]]:
        """What has arrived, by its number, in the order in which it came first."""
        found: dict[str, list[bytes]] = defaultdict(list)
        for _, content in self.postbox.envelopes:
            number = str(BytesParser(policy=policy.default).parsebytes(content)["Message-ID"])
            found[number].append(content)
        return found


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    postbox = Postbox(answers={POISONED: "550 5.1.1 样例：没有这个用户"})
    with server(postbox) as port:
        yield Office(postbox, port, database_url)


@pytest.fixture
def post(field: toy.Field) -> Post:
    """A dozen mails for the same people of the east, and one in the midst of them that nobody can get."""
    toypost.furnish(field)
    post = toypost.post_of(field)
    field.at(at_morning(date(2020, 5, 20)))
    for number in range(LETTERS):
        write(field, post, "east", number)
        if number == LETTERS // 2:
            write(field, post, "west", number)
    return post


def write(field: toy.Field, post: Post, district: str, number: int) -> None:
    case = field.open(f"{district}{number}", district)
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
            morning_on=field.engine.today(work),
            facts={"subject": case.subject_name, "to": "2020-07-10", "reason": "样例"},
        )
    assert toypost.compose_all(post) == 1
    field.clock.advance(timedelta(minutes=1))


def states(post: Post) -> dict[str, list[str]]:
    """States of the mails by district, in their order."""
    found: dict[str, list[str]] = defaultdict(list)
    for mail in every_mail(post):
        with post.engine.look() as work:
            address = mails.receivers(work, [mail.id])[mail.id][0].address
        found[address[:4]].append(mail.state)
    return found


def send_until_settled(field: toy.Field, post: Post, office: Office, *, kills: Sequence[int] = ()) -> int:
    """One sender after the other, an hour between them, until nothing is left to do; answers how many were killed."""
    killed, coming = 0, list(kills)
    for _ in range(20):
        if {*states(post)["east"]} <= {"sent", "partial", "dead"}:
            return killed
        sender = office.sender(field)

        def on_data(sender: Child = sender) -> None:
            if coming and len(office.postbox.envelopes) == coming[0]:
                coming.pop(0)
                sender.kill()

        office.postbox.on_data = on_data
        with raised(sender):
            sender.hear()
            killed += sender.end() == -signal.SIGKILL
        field.clock.advance(timedelta(hours=1))
    raise AssertionError("the mails are never settled")


def test_failing_delaying_dropping_and_dying_lose_nothing_and_double_nothing_unknown(
    field: toy.Field, post: Post, office: Office
) -> None:
    # taken, put off, taken but the answer lost, taken, lost before it was taken, then all well
    office.postbox.after_data = ["250 ok", "451 4.3.0 样例：稍后再试", "taken, vanish", "250 ok", "vanish"]

    killed = send_until_settled(field, post, office, kills=[4, 9])

    assert killed == 2
    assert states(post) == {"east": ["sent"] * LETTERS, "west": ["dead"]}
    arrived = office.arrivals()
    wanted = [mail.message_id for mail in every_mail(post) if mail.state == "sent"]
    assert set(arrived) == set(wanted)
    # a mail that came twice is the same to the byte
    assert {len(set(copies)) for copies in arrived.values()} == {1}
    doubled = [number for number, copies in arrived.items() if len(copies) > 1]
    assert 1 <= len(doubled) <= 3
    with post.engine.look() as work:
        assert mails.counts(work)["dead"] == 1


def test_who_gets_several_mails_gets_them_in_their_order_also_through_a_kill(
    field: toy.Field, post: Post, office: Office
) -> None:
    assert send_until_settled(field, post, office, kills=[3, 6, 10]) == 3

    wanted = [mail.message_id for mail in every_mail(post) if mail.state == "sent"]
    assert list(office.arrivals()) == wanted


def test_of_three_senders_at_once_none_sends_what_another_has(field: toy.Field, post: Post, office: Office) -> None:
    senders = [office.sender(field) for _ in range(3)]
    with raised(*senders):
        offered = sum(sender.hear() for sender in senders)

    assert offered == LETTERS + 1
    assert states(post) == {"east": ["sent"] * LETTERS, "west": ["dead"]}
    assert {len(copies) for copies in office.arrivals().values()} == {1}


def test_what_nobody_can_get_is_parked_with_what_the_server_said(field: toy.Field, post: Post, office: Office) -> None:
    send_until_settled(field, post, office)

    (dead,) = [mail for mail in every_mail(post) if mail.state == "dead"]
    with post.engine.look() as work:
        (receiver,) = mails.receivers(work, [dead.id])[dead.id]
        attempts = mails.attempts_of(work, dead.id)
    assert (receiver.address, receiver.code, "样例" in (receiver.text or "")) == (POISONED, 550, True)
    assert len(attempts) == 1
