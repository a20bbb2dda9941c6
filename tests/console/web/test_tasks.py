"""The to-do list: why each line is there, the forms that settle it, the next one, and who was faster."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from browsers import Shown, Web
from ningbo import PDF, lab_report

from engine import extensions, proposals
from engine.judging import Command
from engine.model import Case, Deadline
from engine.store import deadlines
from engine.sweep import sweep_all


@pytest.fixture
def proposed(web: Web) -> list[Case]:
    """Two cases whose verification waits for the bureau."""
    return [_proposed(web, name) for name in ("样例甲有限公司", "样例乙有限公司")]


def _proposed(web: Web, name: str) -> Case:
    house = web.ningbo
    case = house.uploaded(house.one(name))
    house.record("record_test_report", case, lab_report(house.today()), file=PDF)
    with house.work("haishu") as work:
        proposals.propose(house.engine, work, house.actor("haishu"), Command(case_id=case.id, step="verify"))
    return house.case(case.id)


def deadline_of(web: Web, case: Case, milestone: str) -> Deadline:
    with web.ningbo.engine.look() as work:
        return next(one for one in deadlines.of_cases(work, [case.id])[case.id] if one.milestone == milestone)


@pytest.fixture
def late(web: Web) -> Case:
    """A case that has been chased and not answered."""
    case = web.ningbo.one("样例丙有限公司")
    for day in ("2020-07-01", "2020-07-02"):
        web.ningbo.at(day)
        sweep_all(web.ningbo.engine)
    return case


def form_of(web: Web, login: str, path: str, part: str) -> tuple[str, dict[str, str]]:
    """The address and the fields of the form whose address has this part in it."""
    shown = Shown(web.at(login).get(path))
    action = next(one for one in shown.forms if part in one)
    return action, shown.form(action)


def test_with_nothing_to_do_one_learns_when_the_next_is_due(web: Web) -> None:
    web.ningbo.one("样例甲有限公司")

    shown = Shown(web.at("haishu").get("/tasks"))

    assert "今日无待办" in shown.text
    assert "下一项：海曙企业名单，“完成任务数”的截止日为2020年6月5日" in shown.text


def test_the_bureau_sees_why_each_line_is_there(web: Web, proposed: list[Case]) -> None:
    shown = Shown(web.at("city").get("/tasks"))

    assert "“检测验证”已提请确认，等待您确认" in shown.text
    assert "今日收到" in shown.text
    assert f"/cases/{proposed[0].id}" in shown.links


def test_confirming_takes_the_step_and_opens_the_next_line(web: Web, proposed: list[Case]) -> None:
    action, form = form_of(web, "city", "/tasks", "/confirm")

    answer = web.at("city").post(action, data=form)

    assert answer.status_code == 303
    assert web.ningbo.case(proposed[0].id).state == "verified"
    location = urlsplit(answer.headers["location"])
    assert parse_qs(location.query)["at"] == [f"to_confirm.{proposed[1].id}.0"]
    following = Shown(web.at("city").get(answer.headers["location"]))
    assert "已确认。下面是下一项" in following.text
    assert any(one.startswith(f"/tasks/cases/{proposed[1].id}/confirm") for one in following.forms)


def test_a_return_without_a_reason_keeps_the_page_and_names_the_field(web: Web, proposed: list[Case]) -> None:
    action, form = form_of(web, "city", "/tasks", "/return")

    answer = web.at("city").post(action, data=form | {"reason": ""})

    assert answer.status_code == 422
    assert "#field-return-reason" in Shown(answer).links
    assert web.ningbo.case(proposed[0].id).proposed_step == "verify"


def test_a_return_with_its_reason_goes_to_the_district(web: Web, proposed: list[Case]) -> None:
    action, form = form_of(web, "city", "/tasks", "/return")

    assert web.at("city").post(action, data=form | {"reason": "样例理由：缺少抽样记录"}).status_code == 303

    assert web.ningbo.case(proposed[0].id).proposed_step is None
    shown = Shown(web.at("haishu").get("/tasks"))
    assert "已被退回修改或退回提请" in shown.text
    assert "样例理由：缺少抽样记录" in shown.text


def test_who_comes_second_learns_who_settled_it_and_keeps_what_was_typed(web: Web, proposed: list[Case]) -> None:
    action, form = form_of(web, "city-2", "/tasks", "/return")
    with web.ningbo.work("city") as work:
        command = Command(case_id=proposed[0].id, step="verify")
        proposals.confirm(web.ningbo.engine, work, web.ningbo.actor("city"), command)

    answer = web.at("city-2").post(action, data=form | {"reason": "样例理由：想要退回"})

    assert answer.status_code == 409
    text = Shown(answer).text
    assert "该事项已由市局经办一于" in text
    assert "现为“已检测验证”" in text
    assert "样例理由：想要退回" in text


def test_a_line_settled_meanwhile_says_so_when_it_is_opened(web: Web, proposed: list[Case]) -> None:
    with web.ningbo.work("city") as work:
        command = Command(case_id=proposed[0].id, step="verify")
        proposals.confirm(web.ningbo.engine, work, web.ningbo.actor("city"), command)

    shown = Shown(web.at("city-2").get(f"/tasks?at=to_confirm.{proposed[0].id}.0"))

    assert "该事项已由市局经办一于" in shown.text
    assert not any("/confirm" in one and f"/{proposed[0].id}/" in one for one in shown.forms)


def test_a_district_answers_a_chase_with_a_reason_and_a_day(web: Web, late: Case) -> None:
    shown = Shown(web.at("haishu").get("/tasks"))
    assert "已被催办，等待您答复" in shown.text
    action, form = form_of(web, "haishu", f"/tasks?at=overdue.{late.id}.0", "/reply")

    refused = web.at("haishu").post(action, data=form | {"reason": "样例理由", "on": "2020-07-01"})
    assert refused.status_code == 422
    assert "样例理由" in refused.text
    answer = web.at("haishu").post(action, data=form | {"reason": "样例理由", "on": "2020-07-10"})

    assert answer.status_code == 303
    promised = {deadline_of(web, late, name).promised_on for name in ("plan_drafted", "plan_uploaded")}
    assert date(2020, 7, 10) in promised


@pytest.mark.parametrize(("verdict", "day"), [("yes", date(2020, 7, 20)), ("no", date(2020, 6, 30))])
def test_an_extension_is_granted_or_not(web: Web, verdict: str, day: date) -> None:
    case = web.ningbo.one("样例丁有限公司")
    asked = deadline_of(web, case, "plan_drafted")
    with web.ningbo.work("haishu") as work:
        extensions.ask_extension(
            web.ningbo.engine, work, web.ningbo.actor("haishu"), asked.id, to_on=date(2020, 7, 20), reason="样例理由"
        )
    action, form = form_of(web, "city", "/tasks", "/extensions/")

    answer = web.at("city").post(action, data=form | {"verdict": verdict, "reason": "样例答复"})

    assert answer.status_code == 303
    assert deadline_of(web, case, "plan_drafted").due_on == day


def test_a_claim_is_decided_from_the_list(web: Web) -> None:
    web.ningbo.one("样例戊有限公司", district="haishu")
    web.ningbo.one("样例戊有限公司", district="cixi")
    action, form = form_of(web, "city", "/tasks", "/claim")

    answer = web.at("city").post(action, data=form | {"verdict": "yes", "reason": "样例理由：注册地在慈溪"})

    assert answer.status_code == 303
    assert "归属" not in Shown(web.at("city").get("/tasks")).text


def test_other_districts_neither_see_a_line_nor_settle_it(web: Web, proposed: list[Case], late: Case) -> None:
    browser = web.at("cixi")
    case = proposed[0]

    assert "样例" not in Shown(browser.get("/tasks?section=overdue")).text
    assert browser.get(f"/tasks?at=to_confirm.{case.id}.0").status_code == 404
    data = {"version": case.version, "key": "a", "step": "verify"}
    assert browser.post(f"/tasks/cases/{case.id}/confirm", data=data).status_code == 404
    number = deadline_of(web, late, "plan_drafted").id
    reply = {"version": late.version, "key": "a", "reason": "样例理由", "on": "2020-07-10"}
    assert browser.post(f"/tasks/cases/{late.id}/deadlines/{number}/reply", data=reply).status_code == 404


def test_a_section_has_a_page_of_its_own_and_unknown_places_are_not_there(web: Web, proposed: list[Case]) -> None:
    browser = web.at("city")

    assert "样例乙有限公司" in browser.get("/tasks?section=to_confirm").text
    assert browser.get("/tasks?section=overdue").status_code == 404
    assert browser.get("/tasks?at=none.1.1").status_code == 404


def test_the_menu_counts_what_is_to_be_done(web: Web, proposed: list[Case]) -> None:
    assert "待办 2" in Shown(web.at("city").get("/tasks")).text
