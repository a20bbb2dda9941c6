"""Deadlines and the calendar: tabs with numbers, what was said and answered, holidays, and years nobody has entered."""

from datetime import date

import pytest
from browsers import Shown, Web

from engine import extensions
from engine.model import Case, Deadline
from engine.store import deadlines
from engine.sweep import sweep_all


def deadline_of(web: Web, case: Case, milestone: str) -> Deadline:
    with web.ningbo.engine.look() as work:
        return next(one for one in deadlines.of_cases(work, [case.id])[case.id] if one.milestone == milestone)


@pytest.fixture
def late(web: Web) -> Case:
    """A case that is overdue, chased, and answered for one of its two milestones."""
    case = web.ningbo.one("样例甲有限公司")
    for day in ("2020-07-01", "2020-07-02"):
        web.ningbo.at(day)
        sweep_all(web.ningbo.engine)
    number = deadline_of(web, case, "plan_drafted").id
    with web.ningbo.work("haishu") as work:
        extensions.reply(
            web.ningbo.engine,
            work,
            web.ningbo.actor("haishu"),
            number,
            promised_on=date(2020, 7, 10),
            reason="样例答复：标准文本未到",
        )
    return web.ningbo.case(case.id)


def test_the_tabs_say_how_many_and_lead_to_them(web: Web, late: Case) -> None:
    shown = Shown(web.at("haishu").get("/deadlines"))

    assert "逾期 3" in shown.text
    assert {"/deadlines?tab=this_week", "/deadlines?tab=next_week", "/deadlines?tab=extended"} <= set(shown.links)
    assert f"/cases/{late.id}#deadlines" in shown.links


def test_what_was_said_stands_beside_what_was_answered(web: Web, late: Case) -> None:
    text = Shown(web.at("city").get("/deadlines?district=haishu")).text

    assert "催办" in text
    assert "样例答复：标准文本未到" in text
    assert "承诺2020-07-10完成" in text
    assert "尚未答复" in text


def test_an_empty_tab_says_so(web: Web) -> None:
    assert "本周没有到期事项" in Shown(web.at("city").get("/deadlines?tab=this_week")).text
    assert web.at("city").get("/deadlines?tab=none").status_code == 404


def test_the_extended_ones_stand_with_the_reason_and_the_day_before(web: Web) -> None:
    case = web.ningbo.one("样例甲有限公司")
    with web.ningbo.work("city") as work:
        number = deadline_of(web, case, "plan_drafted").id
        extensions.extend(
            web.ningbo.engine, work, web.ningbo.actor("city"), number, to_on=date(2020, 7, 20), reason="样例理由"
        )

    text = Shown(web.at("city").get("/deadlines?tab=extended")).text

    assert "2020-07-20" in text
    assert "原截止日 2020-06-30" in text
    assert "样例理由" in text


def test_what_is_over_is_called_overdue_also_on_days_off_right_behind_its_day(web: Web) -> None:
    case = web.ningbo.uploaded(web.ningbo.one("样例甲有限公司"))
    web.ningbo.at("2020-11-01")
    city = web.at("city")

    for address in (
        "/deadlines?tab=overdue",
        "/cases?overdue=1",
        "/board",
        "/print/register",
    ):
        told = city.get(address).text
        assert "已逾期" in told, address
        assert 'class="light green"' not in told.partition("样例甲有限公司")[2].partition("</tr>")[0], address
    assert "已逾期" in Shown(city.get(f"/cases/{case.id}")).text
    tasks = Shown(web.at("haishu").get("/tasks")).text
    assert "已逾期" in tasks
    assert "今日到期" not in tasks


def test_what_is_due_on_a_saturday_is_not_due_on_friday(web: Web) -> None:
    web.ningbo.uploaded(web.ningbo.one("样例甲有限公司"))
    web.ningbo.at("2020-10-30")

    tasks = Shown(web.at("haishu").get("/tasks")).text

    assert "截止日前已无其他工作日" in tasks
    assert "今日到期" not in tasks


def test_a_milestone_narrows_every_tab_and_its_number(web: Web) -> None:
    case = web.ningbo.one("样例甲有限公司")
    with web.ningbo.work("city") as work:
        number = deadline_of(web, case, "plan_drafted").id
        city = web.ningbo.actor("city")
        extensions.extend(web.ningbo.engine, work, city, number, to_on=date(2020, 7, 20), reason="样例理由")

    ours = Shown(web.at("city").get("/deadlines?tab=extended&milestone=plan_drafted")).text
    others = Shown(web.at("city").get("/deadlines?tab=extended&milestone=verified")).text

    assert "已延期 1" in ours
    assert "样例理由" in ours
    assert "已延期 0" in others
    assert "样例理由" not in others


def test_the_calendar_marks_days_off_and_days_worked_in_exchange(web: Web) -> None:
    web.ningbo.one("样例甲有限公司")

    shown = Shown(web.at("haishu").get("/deadlines?month=2020-10-15"))

    assert "2020年10月到期事项" in shown.text
    assert "国庆节" in shown.text
    assert "班（调休）" in shown.text
    assert any("on=2020-10-31" in link and "milestone=verified" in link for link in shown.links)


def test_a_number_in_the_calendar_leads_to_its_rows(web: Web) -> None:
    web.ningbo.one("样例甲有限公司")
    calendar = Shown(web.at("haishu").get("/deadlines?month=2020-06-01"))
    link = next(one for one in calendar.links if "on=2020-06-30" in one and "milestone=plan_drafted" in one)

    shown = Shown(web.at("haishu").get(link))

    assert "样例甲有限公司" in shown.text
    assert "共1项" in shown.text


def test_a_year_whose_holidays_nobody_has_entered_stands_in_a_red_band(web: Web) -> None:
    assert "2031年放假安排尚未录入" in Shown(web.at("city").get("/deadlines?month=2031-03-01")).text
    assert "放假安排尚未录入" not in Shown(web.at("city").get("/deadlines")).text


def test_the_bureau_chases_and_extends_from_here_a_district_does_not(web: Web, late: Case) -> None:
    number = deadline_of(web, late, "plan_uploaded").id
    target = f"{late.id}.{late.version}.{number}"

    assert target in web.at("city").get("/deadlines").text
    assert target not in web.at("haishu").get("/deadlines").text
    shown = Shown(web.at("city").get(f"/bulk?case={target}&deed=extend&on=2020-07-20&reason=样例理由&go=1"))
    assert "可以办理1家" in shown.text


def test_other_districts_are_not_shown(web: Web, late: Case) -> None:
    assert "样例甲有限公司" not in web.at("cixi").get("/deadlines").text
    assert web.at("cixi").get("/deadlines?district=haishu").status_code == 404
    assert web.at("laboratory").get("/deadlines").status_code == 404
