"""Letters led by programs: sent anew once, released where they were held, by those who decide about mail."""

from datetime import timedelta

from browsers import Web

from console.web.api import PREFIX
from engine.store import posting, suppressions
from engine.store.mails import Mail
from notifications import desk as mailroom

ADDRESS = "office@lingpao.example"


def a_mail(web: Web) -> Mail:
    """A letter of the bureau that waits to leave."""
    with web.ningbo.work("city") as work:
        return mailroom.send_test(web.house.post, work, web.ningbo.actor("city"), ADDRESS)


def refused(web: Web) -> Mail:
    """A letter whose receiver was refused."""
    mail = a_mail(web)
    with web.ningbo.work("city") as work:
        (leased,) = posting.claim(work, owner="test", lasting=timedelta(minutes=5), limit=1)
        posting.settle_receiver(work, mail.id, ADDRESS, state="refused", code=550, text="no such mailbox")
        posting.move(work, leased, "dead")
    return mail


def test_a_letter_is_sent_anew_once_at_the_corrected_address(web: Web) -> None:
    mail = refused(web)
    address = f"{PREFIX}/letters/{mail.id}/resend"
    asked, key = {"addresses": {ADDRESS: "right@lingpao.example"}, "seen": 0}, {"idempotency-key": "resend-01"}

    first = web.at("city").post(address, json=asked, headers=key)
    again = web.at("city").post(address, json=asked, headers=key)
    late = web.at("city").post(address, json=asked)

    assert first.status_code == 200, first.text
    assert first.json() == again.json()
    told = web.at("city").get(f"{PREFIX}/letters/{first.json()['number']}").json()
    assert [one["address"] for one in told["recipients"]] == ["right@lingpao.example"]
    assert late.status_code == 422
    assert web.at("haishu").post(address, json=asked).status_code == 404


def test_a_letter_that_was_held_is_released_by_who_decides_about_mail(web: Web) -> None:
    mail = a_mail(web)
    with web.ningbo.work("city") as work:
        mailroom.stop(web.house.post, work, web.ningbo.actor("city"), ["test"])
    with web.ningbo.work("city") as work:
        mailroom.start(web.house.post, work, web.ningbo.actor("city"), ["reminder"])
    address = f"{PREFIX}/letters/{mail.id}/release"

    assert web.at("leader").post(address, json={}).status_code == 403
    answer = web.at("city").post(address, json={})

    assert answer.json()["number"] == mail.id
    assert web.at("city").post(f"{PREFIX}/letters/{2**30}/release", json={}).status_code == 404


def test_letters_are_stopped_and_started_by_who_decides_about_mail(web: Web) -> None:
    a_mail(web)

    stopped = web.at("city").post(f"{PREFIX}/mail/stop", json={})
    how = web.at("leader").get(f"{PREFIX}/mail").json()
    started = web.at("city").post(f"{PREFIX}/mail/start", json={})

    assert stopped.json() == {"held": 1}
    assert (how["stopped"], how["waiting"]) != ([], None)
    assert started.json() == {"ready": 1}
    assert web.at("city").get(f"{PREFIX}/mail").json()["stopped"] == []
    assert web.at("leader").post(f"{PREFIX}/mail/stop", json={}).status_code == 403
    assert web.at("haishu").get(f"{PREFIX}/mail").status_code == 404
    assert web.at("city").post(f"{PREFIX}/mail/stop", json={"letters": ["none"]}).status_code in {404, 422}


def test_a_doubt_about_a_letter_is_settled_under_the_tag_of_what_was_read(web: Web) -> None:
    mail = a_mail(web)
    with web.ningbo.work("city") as work:
        (leased,) = posting.claim(work, owner="test", lasting=timedelta(minutes=5), limit=1)
        posting.move(work, leased, "doubt")
    address, asked = f"{PREFIX}/letters/{mail.id}", {"reason": "收件人来电确认已收到"}
    tag = {"if-match": web.at("city").get(address).headers["etag"]}

    settled = web.at("city").post(f"{address}/arrived", json=asked, headers=tag)
    stale = web.at("city").post(f"{address}/arrived", json=asked, headers=tag)
    again = web.at("city").post(f"{address}/arrived", json=asked)

    assert settled.json() == {"number": mail.id, "state": "sent"}, settled.text
    assert (stale.status_code, again.status_code) == (412, 422)


def test_letters_to_oneself_are_marked_as_read(web: Web) -> None:
    assert web.at("haishu").post(f"{PREFIX}/mail/read", json={}).json() == {"read": 0}
    assert web.at("laboratory").post(f"{PREFIX}/mail/read", json={}).status_code == 404


def test_an_address_that_was_spared_is_written_to_again(web: Web) -> None:
    mail = a_mail(web)
    with web.ningbo.work("city") as work:
        suppressions.enter(work, ADDRESS, mail_id=mail.id, code=550, enhanced=None, text="no such mailbox")
    asked = {"address": ADDRESS, "reason": "地址已经更正"}

    before = web.at("city").get(f"{PREFIX}/mail/suppressed").json()
    refused = web.at("haishu").post(f"{PREFIX}/mail/suppressed/lift", json=asked)
    lifted = web.at("city").post(f"{PREFIX}/mail/suppressed/lift", json=asked)

    assert [one["address"] for one in before] == [ADDRESS]
    assert refused.status_code == 404
    assert lifted.status_code == 200, lifted.text
    assert web.at("city").get(f"{PREFIX}/mail/suppressed").json() == []
    assert web.at("city").post(f"{PREFIX}/mail/suppressed/lift", json=asked).status_code == 404
