"""The state of operation in the browser: also with the worker dead; sweeps, audits and days of the calendar."""

from datetime import date, timedelta

from browsers import Shown, Web
from sqlalchemy import delete

from console.operating import AUDIT, JOBS, audit_now, audited
from engine.access import Actor
from engine.clock import FixedClock, at_morning
from engine.store import backup, calendar, deadlines, leases, notices, people, settings
from engine.store.schema import due


def test_the_page_works_with_the_heartbeat_dead(web: Web) -> None:
    text = Shown(web.at("city").get("/operation")).text

    assert "从未运行" in text
    assert "没有备份记录" in text
    assert web.at("haishu").get("/operation").status_code == 404
    assert web.at("leader").get("/operation").status_code == 404


def test_every_job_has_a_name(web: Web) -> None:
    assert {job.name for job in web.house.jobs} <= JOBS.keys()


def test_a_job_that_beat_is_in_time_and_one_that_failed_says_why(web: Web) -> None:
    with web.ningbo.engine.work() as work:
        leases.beat(work, "sweep")
        leases.fail(work, "compose", "样例故障")
        settings.write(work, backup.LAST, (work.now - timedelta(days=5)).isoformat())

    text = Shown(web.at("city").get("/operation")).text

    assert "正常" in text
    assert "样例故障" in text
    assert "时间过久" in text


def late(web: Web, clock: FixedClock) -> None:
    """A case whose first milestone has passed, on a morning when alerts go out."""
    case = web.ningbo.one("甲地样例有限公司")
    with web.ningbo.engine.look() as work:
        due = min(one.due_on for one in deadlines.of_cases(work, [case.id])[case.id] if one.due_on)
        day = web.ningbo.engine.workdays(work).after(due, 2)
    clock.set(at_morning(day, "09:00", web.ningbo.engine.zone))


def test_a_sweep_shows_first_what_it_would_say_and_then_says_it(web: Web, clock: FixedClock) -> None:
    late(web, clock)
    browser = web.at("city")

    dry = Shown(browser.get("/operation/sweep")).text
    with web.ningbo.engine.look() as work:
        unsaid = len(notices.waiting(work, work.now))
    answer = browser.post("/operation/sweep")
    with web.ningbo.engine.look() as work:
        said = len(notices.waiting(work, work.now))

    assert "甲地样例有限公司" in dry
    assert answer.status_code == 303
    assert said > unsaid == 0
    assert "目前没有需要发出的提醒" in Shown(browser.get("/operation/sweep")).text


def test_an_audit_keeps_its_result_and_its_time(web: Web) -> None:
    browser = web.at("city")
    assert "还没有从本页核查过" in Shown(browser.get("/operation")).text

    answer = browser.post("/operation/audit")

    assert answer.status_code == 303
    assert "还没有从本页核查过" not in Shown(browser.get("/operation")).text
    assert web.at("haishu").post("/operation/audit").status_code == 404


def _city(web: Web) -> Actor:
    with web.ningbo.engine.look() as work:
        return people.actor(work, "city", web.ningbo.engine.today(work))


def test_what_an_audit_found_is_read_in_the_language_of_the_reader(web: Web) -> None:
    with web.ningbo.engine.work() as work:
        kept = {
            "at": work.now.isoformat(),
            "checks": 3,
            "broken": [{"zh": "样例：未通过", "en": "sample: does not hold"}],
        }
        settings.write(work, AUDIT, kept)

    assert "样例：未通过" in Shown(web.at("city").get("/operation")).text
    with web.ningbo.engine.work() as work:
        work.connection.execute(delete(due))
    audit_now(web.ningbo.engine, _city(web))
    with web.ningbo.engine.look() as work:
        shown = audited(work)
    assert shown is not None
    assert all(one["zh"] != one["en"] for one in shown.broken)
    assert shown.broken


def test_days_of_a_notice_are_entered_by_hand(web: Web) -> None:
    form = {"since": "2031-02-03", "until": "2031-02-05", "works": "off", "source": "样例通知〔2031〕1号"}

    answer = web.at("city").post("/operation/days", data=form)

    assert answer.status_code == 303
    with web.ningbo.engine.look() as work:
        assert [row.day for row in calendar.days(work)] == [date(2031, 2, day) for day in (3, 4, 5)]


def test_days_in_the_wrong_order_are_refused_and_stay_in_the_form(web: Web) -> None:
    form = {"since": "2031-02-05", "until": "2031-02-03", "works": "off", "source": "样例通知〔2031〕1号"}

    answer = web.at("city").post("/operation/days", data=form)

    assert answer.status_code == 422
    assert "#field-days-until" in Shown(answer).links
    assert Shown(answer).form("/operation/days")["source"] == "样例通知〔2031〕1号"


def test_a_year_entered_whole_is_no_longer_provisional(web: Web) -> None:
    year = str(web.ningbo.engine.clock.now().year + 1)

    answer = web.at("city").post("/operation/year", data={"year": year, "source": "样例通知"})

    assert answer.status_code == 303
    with web.ningbo.engine.look() as work:
        assert int(year) in calendar.complete_years(work)
