"""Addresses that bounced for good are spared until a person lifts it, and the mail says which way it takes."""

from collections.abc import Iterator
from datetime import date

import pytest
import toy
import toypost
from toypost import Postbox, every_mail, morning, server

from engine.clock import FixedClock
from engine.errors import NotAllowed, NotFound, Refused
from engine.store import journal, mails, organisations, suppressions
from engine.store.database import Database
from notifications import desk, resending, suppression
from notifications.dispatch import Dispatcher
from notifications.post import Post
from notifications.recipients import addressees
from notifications.smtp import Relay

CHASED = date(2020, 6, 8)
GONE = "east2@lingpao.example"


@pytest.fixture
def field(database: Database, clock: FixedClock) -> toy.Field:
    field = toy.prepare(database, clock)
    toypost.furnish(field)
    return field


@pytest.fixture
def postbox() -> Postbox:
    return Postbox(answers={GONE: "550 5.1.1 User unknown"})


@pytest.fixture
def post(field: toy.Field, postbox: Postbox) -> Iterator[Post]:
    with server(postbox) as port:
        yield toypost.post_of(field, relay=Relay.on_loopback(port))


@pytest.fixture
def bounced(field: toy.Field, post: Post) -> toy.Field:
    """One of three receivers of the first letter is not there."""
    field.open("g-east", "east")
    morning(field, post, CHASED)
    Dispatcher(post, "w1").run_once()
    return field


def fates(post: Post, number: int) -> dict[str, str]:
    mail = every_mail(post)[number]
    with post.engine.look() as work:
        return {one.address.split("@")[0]: one.state for one in mails.receivers(work, [mail.id])[mail.id]}


def test_an_address_that_is_refused_for_good_is_on_the_list_with_what_was_said(bounced: toy.Field, post: Post) -> None:
    with post.engine.look() as work:
        (found,) = suppression.standing(work, bounced.actor("city"))
        attempt = mails.attempts_of(work, every_mail(post)[0].id)[0]
        receivers = {one.address: one.enhanced for one in mails.receivers(work, [1])[1]}
        with pytest.raises(NotAllowed):
            suppression.standing(work, bounced.actor("east"))

    assert (found.address, found.code, found.enhanced, found.mail_id) == (GONE, 550, "5.1.1", every_mail(post)[0].id)
    assert attempt.enhanced == every_mail(post)[0].last_enhanced == receivers[GONE] == "5.1.1"


def test_a_mail_says_which_way_it_takes_and_what_it_answers(bounced: toy.Field, post: Post) -> None:
    mail = every_mail(post)[0]

    assert mail.lane == f"{post.settings.mail.relay.host}/lingpao.example"
    assert mail.refs is not None
    assert mail.refs.split() == str(toypost.read(post, mail)["References"]).split()


def test_the_next_letter_goes_to_the_others_alone(bounced: toy.Field, post: Post) -> None:
    def named() -> set[str]:
        with post.engine.work() as work:
            found = addressees(post, work, "chase", organisations.by_code(work, "east"))
        return {one.address for one in (*found.to, *found.cc)}

    spared = named()
    with post.engine.work() as work:
        suppression.lift(post, work, bounced.actor("city"), GONE, reason="样例")

    assert named() - spared == {GONE}
    assert spared


def test_a_mail_that_was_written_before_the_bounce_spares_the_address(
    field: toy.Field, post: Post, postbox: Postbox
) -> None:
    field.open("g-east", "east")
    morning(field, post, CHASED)
    first = every_mail(post)[0]
    with post.engine.work() as work:
        suppressions.enter(work, GONE.upper(), mail_id=first.id, code=550, enhanced="5.1.1", text="样例")

    Dispatcher(post, "w1").run_once()

    assert fates(post, 0) == {"east": "accepted", "east2": "suppressed", "east-head": "accepted"}
    assert [to for to, _ in postbox.envelopes] == [["east@lingpao.example", "east-head@lingpao.example"]]
    assert every_mail(post)[0].state == "partial"


def test_a_mail_that_is_left_without_anybody_ends_and_says_why(field: toy.Field, post: Post, postbox: Postbox) -> None:
    field.open("g-east", "east")
    morning(field, post, CHASED)
    first = every_mail(post)[0]
    with post.engine.work() as work:
        for one in mails.receivers(work, [first.id])[first.id]:
            suppressions.enter(work, one.address, mail_id=first.id, code=550, enhanced="5.1.1", text="样例")

    Dispatcher(post, "w1").run_once()

    assert (every_mail(post)[0].state, every_mail(post)[0].reason) == ("dead", "suppressed")
    assert postbox.envelopes == []


def test_nobody_sends_to_it_by_hand_before_it_is_lifted_with_a_reason(bounced: toy.Field, post: Post) -> None:
    city, first = bounced.actor("city"), every_mail(post)[0]
    with post.engine.work() as work:
        with pytest.raises(Refused, match="bounced for good"):
            resending.resend(post, work, city, first.id)
        with pytest.raises(Refused, match="bounced for good"):
            desk.send_test(post, work, city, GONE)
        with pytest.raises(NotAllowed):
            suppression.lift(post, work, bounced.actor("east"), GONE, reason="样例")
        with pytest.raises(Refused, match="reason"):
            suppression.lift(post, work, city, GONE, reason=" ")
        with pytest.raises(NotFound):
            suppression.lift(post, work, city, "nobody@lingpao.example", reason="样例")

    with post.engine.work() as work:
        suppression.lift(post, work, city, GONE.upper(), reason="样例：邮箱已恢复")
    with post.engine.work() as work:
        again = resending.resend(post, work, city, first.id)
        assert suppressions.count(work) == 0
        told = [one.data for one in journal.of_house(work) if one.data.get("what") == "lifted"]

    assert again.state == "ready"
    assert [one["address"] for one in told] == [GONE.upper()]


def test_who_bounces_again_is_on_the_list_again(bounced: toy.Field, post: Post) -> None:
    city, first = bounced.actor("city"), every_mail(post)[0]
    with post.engine.work() as work:
        suppression.lift(post, work, city, GONE, reason="样例")
        resending.resend(post, work, city, first.id)
    Dispatcher(post, "w1").run_once()

    with post.engine.look() as work:
        assert [one.address for one in suppressions.standing(work)] == [GONE]
