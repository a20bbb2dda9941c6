"""People led by programs: only by who has given the password lately, never by a token, and as pages show them."""

from datetime import timedelta
from typing import Any

import pytest
from browsers import Web

from console.accounts.tokens import make_token
from console.web.api import PREFIX
from engine.store import people

PEOPLE = f"{PREFIX}/people"
NEW = {
    "login": "newcomer",
    "name": "样例新人",
    "organisation": "haishu",
    "role": "district_coordinator",
    "email": "newcomer@example.org",
    "invite": True,
}


def at(web: Web, login: str) -> str:
    with web.ningbo.engine.look() as work:
        return f"{PEOPLE}/{people.by_login(work, login).id}"


def roles(told: Any) -> list[str]:
    return [one["role"] for one in told.json()["roles"] if one["now"]]


def token(web: Web, login: str, scope: str) -> dict[str, str]:
    with web.house.engine.work() as work:
        actor = web.ningbo.actor(login)
        text, _ = make_token(web.house.accounts, work, actor, login, name="测试", scope=scope, days=30)
    return {"authorization": f"Bearer {text}"}


def test_somebody_is_added_once_with_a_role_and_an_invitation(web: Web) -> None:
    key = {"idempotency-key": "person-0001"}
    first, again = (web.at("admin").post(PEOPLE, json=NEW, headers=key) for _ in range(2))
    taken = web.at("admin").post(PEOPLE, json=NEW)

    assert first.status_code == 200, first.text
    assert first.json() == again.json()
    assert roles(first) == ["district_coordinator"]
    assert taken.status_code == 422
    found = web.at("city").get(PEOPLE, params={"q": "新人"}).json()["lines"]
    assert [one["login"] for one in found] == ["newcomer"]


def test_roles_are_given_and_ended_details_changed_and_accounts_closed(web: Web) -> None:
    admin, address = web.at("admin"), at(web, "yuyao")

    given = admin.post(f"{address}/role", json={"role": "leader", "over": "ningbo"})
    ended = admin.post(f"{address}/role/end", json={"role": "district_coordinator"})
    changed = admin.post(f"{address}/change", json={"name": "余姚新联络员"})
    closed = admin.post(f"{address}/close", json={"reason": "调离岗位"})

    assert set(roles(given)) == {"district_coordinator", "leader"}
    assert [one["to_on"] for one in ended.json()["roles"] if one["role"] == "district_coordinator"] != [None]
    assert changed.json()["name"] == "余姚新联络员"
    assert closed.json()["active"] is False
    assert web.at("city").get(PEOPLE, params={"closed": True, "q": "余姚"}).json()["count"]["n"] == 1


def test_one_appoints_ones_own_deputy_and_ends_it(web: Web) -> None:
    address, since = at(web, "yuyao"), web.ningbo.today() + timedelta(days=1)
    asked = {"since": since.isoformat(), "until": (since + timedelta(days=5)).isoformat(), "reason": "样例休假"}

    appointed = web.at("yuyao").post(f"{address}/deputy", json={"deputy": "cixi", **asked})
    ended = web.at("yuyao").post(f"{address}/deputy/end", json={"deputy": "cixi", "reason": "不再需要"})

    assert [one["login"] for one in appointed.json()["deputies"]] == ["cixi"], appointed.text
    assert ended.status_code == 200, ended.text
    assert not [one for one in ended.json()["deputies"] if one["open"]]


@pytest.mark.parametrize("scope", ["write", "admin"])
def test_a_token_changes_nothing_about_people_and_is_told_why(web: Web, scope: str) -> None:
    own = token(web, "admin", scope)

    seen = web.stranger().get(at(web, "yuyao"), headers=token(web, "admin", "admin"))
    for deed, asked in {"": NEW, "/close": {"reason": "调离岗位"}, "/invite": {}}.items():
        address = at(web, "yuyao") + deed if deed else PEOPLE
        answer = web.stranger().post(address, json=asked, headers=own)
        assert answer.status_code in ({403} if scope == "admin" else {403, 404}), deed
        if scope == "admin":
            assert "口令" in answer.json()["detail"]

    assert seen.json()["active"] is True
    assert web.at("city").get(PEOPLE, params={"q": "newcomer"}).json()["lines"] == []


def test_a_password_given_too_long_ago_is_asked_for_again(web: Web) -> None:
    browser = web.at("admin")
    browser.get(f"{PREFIX}/me")
    minutes = web.house.accounts.section.sessions.fresh_minutes
    web.ningbo.clock.advance(timedelta(minutes=minutes + 1))

    answer = browser.post(PEOPLE, json=NEW)

    assert (answer.status_code, answer.json()["code"]) == (401, "CONFIRMATION_NEEDED")


def test_who_administers_nothing_changes_only_what_is_their_own(web: Web) -> None:
    assert web.at("haishu").get(PEOPLE).status_code == 404
    assert web.at("haishu").get(at(web, "cixi")).status_code == 404
    assert web.at("haishu").post(f"{at(web, 'cixi')}/close", json={"reason": "调离岗位"}).status_code == 404
    assert web.at("city").post(f"{at(web, 'cixi')}/close", json={"reason": "调离岗位"}).status_code == 403
    assert web.at("city").get(at(web, "cixi")).json()["phone"] is None
    assert web.at("haishu").post(f"{at(web, 'haishu')}/role", json={"role": "leader"}).status_code == 403
    assert web.at("haishu").post(f"{at(web, 'haishu')}/change", json={"phone": "13800000000"}).status_code == 200


def test_what_has_changed_about_somebody_meanwhile_is_not_written_over(web: Web) -> None:
    address, admin = at(web, "yuyao"), web.at("admin")
    tag = {"if-match": admin.get(address).headers["etag"]}

    first = admin.post(f"{address}/change", json={"name": "余姚新联络员"}, headers=tag)
    late = admin.post(f"{address}/change", json={"name": "余姚旧联络员"}, headers=tag)

    assert (first.status_code, late.status_code) == (200, 412)
