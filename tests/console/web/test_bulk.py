"""Many cases at once: a dry run that changes nothing, a result for each, results that stay, and what is refused."""

from datetime import date
from io import BytesIO

import pytest
from browsers import Shown, Web
from ningbo import PDF, lab_report
from openpyxl import load_workbook

from console.accounts import audit
from engine.chasing import speak
from engine.errors import Refused
from engine.model import Case, Deadline
from engine.rungs import Level
from engine.store import deadlines, notices
from engine.sweep import sweep_all


@pytest.fixture
def three(web: Web) -> list[Case]:
    """Two cases whose plan is ready and one whose plan is missing."""
    found = [web.ningbo.one(f"样例{name}有限公司") for name in "甲乙丙"]
    for case in found[:2]:
        web.ningbo.with_plan(case)
    return [web.ningbo.case(case.id) for case in found]


def ticked(cases: list[Case]) -> str:
    return "&".join(f"case={case.id}.{case.version}" for case in cases)


def deadline_of(web: Web, case: Case, milestone: str = "plan_drafted") -> Deadline:
    with web.ningbo.engine.look() as work:
        return next(one for one in deadlines.of_cases(work, [case.id])[case.id] if one.milestone == milestone)


def rehearsed(web: Web, login: str, query: str) -> tuple[Shown, dict[str, str]]:
    """The page after the dry run, and the form that carries it out."""
    answer = web.at(login).get(f"/bulk?{query}&go=1")
    assert answer.status_code == 200, Shown(answer).text
    shown = Shown(answer)
    return shown, shown.forms.get("/bulk", {})


def carried_out(web: Web, login: str, form: dict[str, str], targets: list[str]) -> str:
    answer = web.at(login).post("/bulk", data={**form, "target": targets})
    assert answer.status_code == 303, Shown(answer).text
    return str(answer.headers["location"])


def target(case: Case) -> str:
    return f"{case.id}.{case.version}"


def test_a_dry_run_says_for_each_case_what_would_come_of_it_and_changes_nothing(web: Web, three: list[Case]) -> None:
    shown, _ = rehearsed(web, "haishu", f"deed=advance&step=draft_plan&{ticked(three)}")

    assert "可以办理2家，不能办理1家" in shown.text
    assert "正式办理2家" in shown.text
    assert [web.ningbo.case(case.id).state for case in three] == ["nominated"] * 3


def test_carried_out_it_tells_done_and_refused_and_the_results_stay(web: Web, three: list[Case]) -> None:
    _, form = rehearsed(web, "haishu", f"deed=advance&step=draft_plan&{ticked(three)}")

    location = carried_out(web, "haishu", form, [target(case) for case in three])

    assert [web.ningbo.case(case.id).state for case in three] == ["plan_drafted", "plan_drafted", "nominated"]
    shown = Shown(web.at("haishu").get(location))
    assert "已办理2家，未办理1家" in shown.text
    assert "样例丙有限公司" in shown.text
    again = web.at("haishu").post("/bulk", data={**form, "target": [target(case) for case in three]})
    assert again.headers["location"] == location
    assert "已办理2家，未办理1家" in Shown(web.at("haishu").get(location)).text
    assert web.at("cixi").get(location).status_code == 404


def test_the_results_can_be_taken_along_and_that_is_on_record(web: Web, three: list[Case]) -> None:
    _, form = rehearsed(web, "haishu", f"deed=advance&step=draft_plan&{ticked(three)}")
    location = carried_out(web, "haishu", form, [target(case) for case in three])

    answer = web.at("haishu").get(f"{location}/sheet")

    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0][0] == "批量办理结果"
    assert [row[0] for row in rows[3:]] == [1, 2, 3]
    assert len({row[4] for row in rows[3:]}) == 2
    assert all(row[5] for row in rows[3:] if row[1] == "样例丙有限公司")


def test_a_case_that_changed_meanwhile_is_left_alone(web: Web, three: list[Case]) -> None:
    _, form = rehearsed(web, "haishu", f"deed=advance&step=draft_plan&{ticked(three[:2])}")
    web.ningbo.step("draft_plan", three[0])

    location = carried_out(web, "haishu", form, [target(case) for case in three[:2]])

    assert "已办理1家，未办理1家" in Shown(web.at("haishu").get(location)).text


def test_a_step_that_needs_a_second_person_is_proposed_for_each(web: Web) -> None:
    case = web.ningbo.uploaded(web.ningbo.one())
    web.ningbo.record("record_test_report", case, lab_report(web.ningbo.today()), file=PDF)
    case = web.ningbo.case(case.id)
    shown, form = rehearsed(web, "haishu", f"deed=advance&step=verify&{ticked([case])}")
    assert "可以办理1家" in shown.text
    assert web.ningbo.case(case.id).proposed_step is None

    carried_out(web, "haishu", form, [target(case)])

    assert web.ningbo.case(case.id).proposed_step == "verify"


def test_deadlines_are_extended_for_all_that_fit_the_filters(web: Web, three: list[Case]) -> None:
    shown, form = rehearsed(web, "city", "deed=extend&whole=1&district=haishu&on=2020-07-20&reason=样例理由")
    assert "可以办理3家" in shown.text
    assert deadline_of(web, three[0]).due_on == date(2020, 6, 30)

    targets = [f"{target(case)}.{deadline_of(web, case).id}" for case in three]
    carried_out(web, "city", form, targets)

    assert {deadline_of(web, case).due_on for case in three} == {date(2020, 7, 20)}


def test_what_is_lacking_is_named_before_anything_is_tried(web: Web, three: list[Case]) -> None:
    answer = web.at("city").get(f"/bulk?deed=extend&{ticked(three)}&go=1")

    assert answer.status_code == 422
    assert {"#field-on", "#field-reason"} <= set(Shown(answer).links)
    assert "尚未勾选企业" in web.at("city").get("/bulk?deed=chase&reason=样例理由&go=1").text


def test_what_is_no_day_is_said_at_the_field_and_the_reason_stays(web: Web, three: list[Case]) -> None:
    typed = {
        "name": "样例",
        "deed": "extend",
        "on": "2020-02-30",
        "reason": "专家评审延后",
        "target": [target(three[0])],
    }

    answer = web.at("city").post("/bulk", data=typed)

    assert answer.status_code == 422
    assert "请填写日期，例如 2020-06-05" in Shown(answer).text
    assert "专家评审延后" in answer.text


def test_another_districts_case_is_refused_without_its_name(web: Web, three: list[Case]) -> None:
    shown, form = rehearsed(web, "cixi", f"deed=advance&step=draft_plan&{ticked(three)}")

    assert "样例甲" not in shown.text
    assert "name" not in form
    data = {"name": "abcdefgh", "deed": "advance", "step": "draft_plan", "target": [target(three[0])]}
    web.at("cixi").post("/bulk", data=data)
    assert web.ningbo.case(three[0].id).state == "nominated"


def test_a_district_neither_extends_nor_chases(web: Web, three: list[Case]) -> None:
    for deed in ("extend", "chase", "supervise"):
        assert web.at("haishu").get(f"/bulk?deed={deed}&{ticked(three)}").status_code == 404
        data = {"name": "abcdefgh", "deed": deed, "reason": "样例理由", "target": [target(three[0])]}
        assert web.at("haishu").post("/bulk", data=data).status_code == 404


def test_what_is_overdue_is_chased_by_hand_once_a_day_and_the_letter_waits(web: Web, three: list[Case]) -> None:
    web.ningbo.at("2020-07-02")
    shown, form = rehearsed(web, "city", f"deed=supervise&reason=样例理由&{ticked(three[:1])}")
    assert "可以办理1家" in shown.text
    number = deadline_of(web, three[0]).id

    carried_out(web, "city", form, [f"{target(three[0])}.{number}"])

    with web.ningbo.engine.look() as work:
        said = [one for one in notices.of_case(work, three[0].id) if one.deadline_id == number]
    assert [(one.kind, one.letter, one.state) for one in said] == [("supervision", "supervision", "waiting")]
    with web.ningbo.work("city") as work, pytest.raises(Refused):
        speak(web.ningbo.engine, work, web.ningbo.actor("city"), number, level=Level.CHASE, reason="样例理由")
    sweep_all(web.ningbo.engine)
    with web.ningbo.engine.look() as work:
        assert len([one for one in notices.of_case(work, three[0].id) if one.deadline_id == number]) == 1


def test_what_is_not_overdue_is_not_chased(web: Web, three: list[Case]) -> None:
    shown, form = rehearsed(web, "city", f"deed=chase&reason=样例理由&{ticked(three[:1])}")

    assert "未逾期的只发提醒" in shown.text
    assert "name" not in form


def test_exports_name_title_office_and_time_and_are_on_record(web: Web, three: list[Case]) -> None:
    web.ningbo.one("虚构丁有限公司", district="cixi")

    answer = web.at("haishu").get("/bulk?deed=export&whole=1")

    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0][0] == "企业台账"
    assert "填报单位：海曙区市场监督管理局" in rows[1][0]
    assert "制表时间：" in rows[1][0]
    assert rows[2][:3] == ("序号", "企业名称", "区（县）市")
    assert [row[1] for row in rows[3:]] == [case.subject_name for case in three]
    with web.ningbo.engine.look() as work:
        (found,) = audit.disclosures(work, web.ningbo.actor("admin"))
    assert (found.kind, found.rows) == ("export", 3)


def test_ticked_cases_alone_are_exported_and_only_those_one_sees(web: Web, three: list[Case]) -> None:
    other = web.ningbo.one("虚构丁有限公司", district="cixi")

    answer = web.at("haishu").get(f"/bulk?deed=export&{ticked([three[1], other])}")

    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert [row[1] for row in rows[3:]] == ["样例乙有限公司"]
    assert web.at("haishu").get("/bulk?deed=export").status_code == 422
