"""Days of the calendar by programs: entered by coordinators who gave the password lately, from a notice."""

from datetime import timedelta

from browsers import Web

from console.web.api import PREFIX

DAYS = {"since": "2021-02-11", "until": "2021-02-17", "works": False, "source": "国务院办公厅通知样例"}


def test_days_of_a_notice_are_entered_once_and_the_year_is_closed(web: Web) -> None:
    key = {"idempotency-key": "days-00001"}
    first, again = (web.at("city").post(f"{PREFIX}/calendar/days", json=DAYS, headers=key) for _ in range(2))
    year = web.at("city").post(f"{PREFIX}/calendar/years", json={"year": 2021, "source": "国务院办公厅通知样例"})

    assert first.status_code == 200, first.text
    assert first.json() == again.json()
    assert len(first.json()["new"]) == 7
    assert year.json() == {"year": 2021}


def test_districts_enter_no_days_and_nobody_does_long_after_the_password(web: Web) -> None:
    address = f"{PREFIX}/calendar/days"
    backwards = web.at("city").post(address, json=DAYS | {"until": "2021-02-01"})
    foreign = web.at("haishu").post(address, json=DAYS)
    minutes = web.house.accounts.section.sessions.fresh_minutes
    web.ningbo.clock.advance(timedelta(minutes=minutes + 1))

    assert [one["place"] for one in backwards.json()["faults"]] == ["until"]
    assert foreign.status_code == 404
    assert web.at("city").post(address, json=DAYS).status_code == 401
