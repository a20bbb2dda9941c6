"""People in the browser: looked up, added and invited, given and losing roles, stood in for, shut out."""

from datetime import timedelta

import pytest
from browsers import Shown, Web

from console.accounts.invitations import set_password
from console.accounts.sessions import sessions_of
from engine.audit import verify
from engine.store import mails, people

NEW = {
    "name": "样例新人",
    "login": "newcomer",
    "organisation": "haishu",
    "role": "district_coordinator",
    "email": "newcomer@example.org",
    "invite": "1",
}


def number(web: Web, login: str) -> int:
    with web.ningbo.engine.look() as work:
        return people.by_login(work, login).id


def roles(web: Web, login: str) -> set[str]:
    return {grant.role for grant in web.ningbo.actor(login).grants}


def sound(web: Web) -> bool:
    """Whether the journal tells of everything but the administrator, whom these tests put in by hand."""
    return all("admin" in str(one.sentence) for one in verify(web.ningbo.engine))


def test_coordinators_read_the_list_and_change_nothing(web: Web) -> None:
    page = Shown(web.at("city").get("/people"))
    answer = web.at("city").post(f"/people/{number(web, 'haishu')}/role", data={"role": "leader"})

    assert "海曙联络员" in page.text
    assert "/people/new" not in page.links
    assert answer.status_code == 403
    assert roles(web, "haishu") == {"district_coordinator"}


def test_districts_have_no_list_of_people_but_a_page_of_their_own(web: Web) -> None:
    browser = web.at("haishu")

    assert browser.get("/people").status_code == 404
    assert browser.get(f"/people/{number(web, 'cixi')}").status_code == 404
    assert browser.get(f"/people/{number(web, 'haishu')}").status_code == 200


def test_people_are_found_by_name_login_and_office(web: Web) -> None:
    browser = web.at("admin")

    by_name = Shown(browser.get("/people", params={"q": "慈溪"})).text
    by_office = Shown(browser.get("/people", params={"office": "yuyao"})).text
    nobody = Shown(browser.get("/people", params={"q": "没有这个人"})).text

    assert "慈溪联络员" in by_name
    assert "海曙联络员" not in by_name
    assert "余姚联络员" in by_office
    assert "慈溪联络员" not in by_office
    assert "没有找到" in nobody


def test_a_new_person_is_added_with_a_role_and_an_invitation(web: Web) -> None:
    answer = web.at("admin").post("/people/new", data=NEW)

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/people/{number(web, 'newcomer')}?told=invite"
    assert "邀请邮件正在发送" in Shown(web.at("admin").get(answer.headers["location"])).text
    assert roles(web, "newcomer") == {"district_coordinator"}
    with web.ningbo.engine.look() as work:
        assert [mail.letter for mail in mails.listed(work, limit=10)] == ["invitation"]
    assert sound(web)


def test_a_login_that_is_taken_is_refused_and_what_was_typed_stays(web: Web) -> None:
    answer = web.at("admin").post("/people/new", data=NEW | {"login": "haishu"})

    assert answer.status_code == 422
    assert Shown(answer).form("/people/new")["name"] == "样例新人"
    assert "haishu" in Shown(answer).text


def test_without_an_address_nobody_is_added_who_was_to_be_invited(web: Web) -> None:
    answer = web.at("admin").post("/people/new", data=NEW | {"email": ""})

    assert answer.status_code == 422
    with web.ningbo.engine.look() as work:
        assert "newcomer" not in {one.login for one in people.every(work)}


def test_whoever_invites_once_more_is_told_that_it_went_out(web: Web) -> None:
    web.at("admin").post("/people/new", data=NEW)
    address = f"/people/{number(web, 'newcomer')}"

    answer = web.at("admin").post(f"{address}/invite")

    assert answer.status_code == 303
    assert "此前邀请邮件中的链接不再有效" in Shown(web.at("admin").get(answer.headers["location"])).text
    assert "邀请邮件正在发送" not in Shown(web.at("admin").get(address)).text


def test_a_role_is_given_over_another_office_and_ended(web: Web) -> None:
    browser, here = web.at("admin"), f"/people/{number(web, 'haishu')}"

    browser.post(f"{here}/role", data={"role": "district_section_head", "over": "cixi"})
    given = roles(web, "haishu")
    browser.post(f"{here}/role/end", data={"role": "district_section_head", "to_on": "2020-01-01"})

    assert given == {"district_coordinator", "district_section_head"}
    assert roles(web, "haishu") == {"district_coordinator"}
    assert sound(web)


def test_one_says_oneself_who_stands_in_and_takes_it_back(web: Web) -> None:
    browser, here = web.at("haishu"), f"/people/{number(web, 'haishu')}"
    today = web.ningbo.engine.clock.now().date()
    days = {"since": str(today), "until": str(today + timedelta(days=9))}

    answer = browser.post(f"{here}/deputy", data={"deputy": "haishu-deputy", "reason": "样例出差", **days})
    standing = roles(web, "haishu-deputy")
    ended = browser.post(f"{here}/deputy/end", data={"deputy": "haishu-deputy", "reason": "样例提前返回"})

    assert answer.status_code == ended.status_code == 303
    assert "district_coordinator" in standing
    assert "district_coordinator" not in roles(web, "haishu-deputy")
    again = browser.post(f"{here}/deputy/end", data={"deputy": "haishu-deputy", "reason": "样例提前返回"})
    assert again.status_code == 422
    assert sound(web)


def test_a_reason_is_asked_for_at_the_form_that_lacks_it(web: Web) -> None:
    here = f"/people/{number(web, 'haishu')}"
    days = {"since": "2020-07-01", "until": "2020-07-03"}
    answer = web.at("admin").post(f"{here}/deputy", data={"deputy": "haishu-deputy", "reason": "", **days})

    assert answer.status_code == 422
    assert "#field-deputy-reason" in Shown(answer).links
    assert Shown(answer).form(f"{here}/deputy")["since"] == "2020-07-01"


def test_a_closed_account_is_signed_out_and_gone_from_the_list(web: Web) -> None:
    theirs, here = web.at("cixi"), f"/people/{number(web, 'cixi')}"
    assert theirs.get("/account").status_code == 200

    answer = web.at("admin").post(f"{here}/close", data={"reason": "样例调离"})

    assert answer.status_code == 303
    assert theirs.get("/account").status_code == 303
    assert "慈溪联络员" not in Shown(web.at("admin").get("/people")).text
    assert "慈溪联络员" in Shown(web.at("admin").get("/people", params={"closed": "1"})).text


def test_the_only_administrator_is_not_lost(web: Web) -> None:
    here = f"/people/{number(web, 'admin')}"
    answer = web.at("admin").post(f"{here}/role/end", data={"role": "administrator"})

    assert answer.status_code == 422
    assert roles(web, "admin") == {"administrator"}


def test_sessions_of_others_are_ended_by_administrators_only(web: Web) -> None:
    theirs, here = web.at("cixi"), f"/people/{number(web, 'cixi')}"
    with web.ningbo.engine.look() as work:
        open_one = sessions_of(web.house.accounts, work, web.ningbo.actor("admin"), "cixi")[0].id

    refused = web.at("city").post(f"{here}/sessions/end", data={"session": str(open_one)})
    still = theirs.get("/account").status_code
    web.at("admin").post(f"{here}/sessions/end", data={"session": str(open_one)})

    assert refused.status_code == 403
    assert still == 200
    assert theirs.get("/account").status_code == 303


def test_nothing_about_people_changes_without_a_fresh_password(web: Web, clock) -> None:
    browser, here = web.at("admin"), f"/people/{number(web, 'haishu')}"
    clock.advance(timedelta(minutes=20))

    answer = browser.post(f"{here}/close", data={"reason": "样例调离"})

    assert "/confirm" in Shown(answer).forms
    with web.ningbo.engine.look() as work:
        assert people.by_login(work, "haishu").active


@pytest.mark.parametrize("what", ["sign_ins", "disclosures"])
def test_what_happens_at_the_door_is_for_administrators(web: Web, what: str) -> None:
    set_password(web.house.accounts, web.ningbo.actor("admin"), "haishu", "样例口令 一只蓝色的茶壶")
    web.stranger().post("/sign-in", data={"login": "haishu", "password": "不是这一句"})

    page = Shown(web.at("admin").get("/people/door", params={"what": what}))

    assert ("密码错误" in page.text) is (what == "sign_ins")
    assert web.at("city").get("/people/door").status_code == 404


def test_an_address_is_changed_by_its_owner(web: Web) -> None:
    here = f"/people/{number(web, 'haishu')}"
    form = Shown(web.at("haishu").get(here)).form(f"{here}/change")

    answer = web.at("haishu").post(f"{here}/change", data=form | {"email": "neu@example.org"})
    wrong = web.at("haishu").post(f"{here}/change", data=form | {"email": "keine adresse"})

    assert answer.status_code == 303
    assert wrong.status_code == 422
    with web.ningbo.engine.look() as work:
        assert people.by_login(work, "haishu").email == "neu@example.org"
