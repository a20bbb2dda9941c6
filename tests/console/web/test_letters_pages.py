"""Letters in the browser: who sees which, what they said, sent anew, released, stopped and started."""

from datetime import timedelta

import pytest
from browsers import Shown, Web
from sqlalchemy import update

from engine.store import mails, posting, suppressions
from engine.store.mails import Mail
from engine.store.schema import mails as table
from engine.store.schema import recipients
from notifications import desk as mailroom
from notifications import lane
from notifications.classify import Finding
from notifications.faults import Fault


def a_mail(web: Web, address: str = "office@lingpao.example") -> Mail:
    """A letter of the bureau that waits to leave."""
    with web.ningbo.work("city") as work:
        return mailroom.send_test(web.house.post, work, web.ningbo.actor("city"), address)


def tried(web: Web, state: str, fate: str) -> Mail:
    """A letter after a try that ended so."""
    mail = a_mail(web)
    with web.ningbo.work("city") as work:
        (leased,) = posting.claim(work, owner="test", lasting=timedelta(minutes=5), limit=1)
        posting.settle_receiver(work, mail.id, "office@lingpao.example", state=fate, code=550, text="no such mailbox")
        posting.move(work, leased, state)
    return mail


def state_of(web: Web, number: int) -> str:
    with web.ningbo.engine.look() as work:
        return mails.get(work, number).state


def newest(web: Web) -> Mail:
    with web.ningbo.engine.look() as work:
        return mails.listed(work, limit=1)[0]


def test_before_the_first_letter_the_page_says_so(web: Web) -> None:
    assert "尚未发出通知" in Shown(web.at("city").get("/letters")).text


def sent_to(web: Web, login: str) -> Mail:
    """A letter that left the house for somebody there, about their district."""
    web.ningbo.clock.advance(timedelta(minutes=1))
    with web.ningbo.work("city") as work:
        mail = mailroom.send_test(web.house.post, work, web.ningbo.actor("city"), f"{login}@lingpao.example")
        actor = web.ningbo.actor(login)
        whose = {"person_id": actor.person_id}
        work.connection.execute(update(recipients).where(recipients.c.mail_id == mail.id).values(**whose))
        place = {"district_id": actor.organisation_id, "sent_at": work.now, "state": "sent"}
        work.connection.execute(update(table).where(table.c.id == mail.id).values(**place))
    return mail


def test_letters_not_read_yet_stand_first_until_they_are_opened_or_said_to_be_read(web: Web) -> None:
    first, second, third = (sent_to(web, "haishu") for _ in range(3))
    sent_to(web, "cixi")
    district = web.at("haishu")

    assert "未读通知：3" in Shown(district.get("/letters")).text
    district.get(f"/letters/{first.id}")
    assert "未读通知：2" in Shown(district.get("/letters")).text
    answer = district.post("/letters/read", data={"letter": str(second.id)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/letters")
    assert "未读通知：1" in Shown(district.get("/letters")).text
    web.at("cixi").post("/letters/read", data={"letter": str(third.id)})
    assert "未读通知：1" in Shown(district.get("/letters")).text
    district.post("/letters/read")
    assert "未读通知" not in Shown(district.get("/letters")).text
    assert "未读通知：1" in Shown(web.at("cixi").get("/letters")).text


def test_an_address_that_was_refused_for_good_is_told_and_written_to_again_for_a_reason(web: Web) -> None:
    number, gone = a_mail(web).id, "gone@lingpao.example"
    with web.ningbo.work("city") as work:
        suppressions.enter(work, gone, mail_id=number, code=550, enhanced="5.1.1", text="样例")
    city = web.at("city")

    assert "1个地址已被永久拒收，不再向其发送" in Shown(city.get("/letters")).text
    assert gone in Shown(city.get("/letters/suppressed")).text
    for login in ("haishu", "leader"):
        assert web.at(login).get("/letters/suppressed").status_code == 404

    told = {"address": gone, "reason": ""}
    refused = city.post("/letters/suppressed/lift", data=told)
    assert refused.status_code == 422
    assert city.post("/letters/suppressed/lift", data={**told, "reason": "样例：邮箱已恢复"}).status_code == 303
    assert "没有被拒收的地址" in Shown(city.get("/letters/suppressed")).text
    assert "永久拒收" not in Shown(city.get("/letters")).text


def test_letters_are_found_by_state_and_kind(web: Web) -> None:
    mail = a_mail(web)

    shown = Shown(web.at("city").get("/letters?state=ready&letter=test"))
    assert f"/letters/{mail.id}" in shown.links
    other = Shown(web.at("city").get("/letters?state=dead"))
    assert f"/letters/{mail.id}" not in other.links
    assert "没有符合条件的通知" in other.text


def test_what_a_letter_said_stands_in_a_sealed_frame(web: Web) -> None:
    mail = a_mail(web)

    assert f'src="/letters/{mail.id}/shown"' in web.at("city").get(f"/letters/{mail.id}").text
    words = web.at("city").get(f"/letters/{mail.id}/shown")
    policy = words.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert policy.endswith("sandbox")
    assert words.headers["x-frame-options"] == "SAMEORIGIN"


@pytest.mark.parametrize("place", ["", "/shown", "/attachments/0"])
def test_a_letter_of_the_bureau_does_not_exist_for_a_district(web: Web, place: str) -> None:
    mail = a_mail(web)

    assert web.at("haishu").get(f"/letters/{mail.id}{place}").status_code == 404
    assert f"/letters/{mail.id}" not in Shown(web.at("haishu").get("/letters")).links


def test_an_attachment_that_is_not_there_is_not_found(web: Web) -> None:
    assert web.at("city").get(f"/letters/{a_mail(web).id}/attachments/0").status_code == 404


def test_a_letter_that_came_back_leaves_anew_at_the_corrected_address(web: Web) -> None:
    mail = tried(web, "dead", "refused")
    browser = web.at("city")
    form = Shown(browser.get(f"/letters/{mail.id}")).form(f"/letters/{mail.id}/resend")

    answer = browser.post(f"/letters/{mail.id}/resend", data=form | {"new": "right@lingpao.example"})

    sent = newest(web)
    assert answer.headers["location"] == f"/letters/{sent.id}"
    assert (sent.resend_of, sent.state) == (mail.id, "ready")
    with web.ningbo.engine.look() as work:
        assert [one.address for one in mails.receivers(work, [sent.id])[sent.id]] == ["right@lingpao.example"]


def test_a_second_click_sends_nothing_twice(web: Web) -> None:
    mail = tried(web, "dead", "refused")
    browser = web.at("city")
    form = Shown(browser.get(f"/letters/{mail.id}")).form(f"/letters/{mail.id}/resend")
    browser.post(f"/letters/{mail.id}/resend", data=form)
    first = newest(web)

    again = browser.post(f"/letters/{mail.id}/resend", data=form)

    assert again.status_code == 422
    assert f"编号为{first.id}" in Shown(again).text
    assert newest(web).id == first.id


def test_a_wrong_address_is_refused_and_what_was_typed_stays(web: Web) -> None:
    mail = tried(web, "dead", "refused")
    browser = web.at("city")
    form = Shown(browser.get(f"/letters/{mail.id}")).form(f"/letters/{mail.id}/resend")

    answer = browser.post(f"/letters/{mail.id}/resend", data=form | {"new": "no address"})

    assert answer.status_code == 422
    assert 'value="no address"' in answer.text
    assert newest(web).id == mail.id


def test_stopping_holds_what_waits_and_starting_lets_it_go(web: Web) -> None:
    mail = a_mail(web)
    browser = web.at("city")

    browser.post("/letters/stop", data={"letter": "*"})
    assert state_of(web, mail.id) == "held"
    assert "已停止发送" in Shown(browser.get("/letters")).text

    browser.post("/letters/start", data={"letter": "*"})
    assert state_of(web, mail.id) == "ready"
    assert "已停止发送" not in Shown(browser.get("/letters")).text


def test_a_held_letter_is_released(web: Web) -> None:
    mail = a_mail(web)
    browser = web.at("city")
    browser.post("/letters/stop", data={"letter": "test"})
    browser.post("/letters/start", data={"letter": "reminder"})
    assert state_of(web, mail.id) == "held"
    browser.post("/letters/start", data={"letter": "test"})

    assert browser.post(f"/letters/{mail.id}/release", data={}).status_code == 422
    assert state_of(web, mail.id) == "ready"


@pytest.mark.parametrize("login", ["leader", "haishu"])
def test_only_who_decides_about_mail_stops_it(web: Web, login: str) -> None:
    mail = a_mail(web)

    assert web.at(login).post("/letters/stop", data={"letter": "*"}).status_code == 403
    assert state_of(web, mail.id) == "ready"


def test_a_relay_that_is_out_of_reach_is_told_with_since_when_and_how_many_wait(web: Web) -> None:
    a_mail(web)
    with web.ningbo.work("city") as work:
        lane.close(work, Finding(Fault.NETWORK, "table"), "connection refused")

    shown = Shown(web.at("city").get("/letters")).text
    assert "一直没有接收邮件" in shown
    assert "现有1封邮件待发" in shown


def test_a_doubt_is_settled_with_a_reason(web: Web) -> None:
    mail = tried(web, "doubt", "doubt")
    browser = web.at("city")

    assert browser.post(f"/letters/{mail.id}/arrived", data={}).status_code == 422
    browser.post(f"/letters/{mail.id}/arrived", data={"reason": "收件人来电确认"})
    assert state_of(web, mail.id) == "sent"


def test_every_letter_is_shown_with_invented_facts_in_both_languages(web: Web) -> None:
    browser = web.at("city")
    links = [link for link in Shown(browser.get("/letters/templates")).links if "language=" in link]

    assert {link.partition("language=")[2] for link in links} == {"zh_CN", "en"}
    for link in links:
        assert browser.get(link).status_code == 200
        assert browser.get(link.replace("?", "/shown?")).headers["content-security-policy"].endswith("sandbox")
    assert web.at("haishu").get("/letters/templates").status_code == 404
