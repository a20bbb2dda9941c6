"""The page of a case: where it stands, what may be done and why not, its days; each deed is seen in the records."""

from datetime import timedelta

import pytest
from browsers import Shown, Web
from ningbo import CAMPAIGN, PDF, lab_report

from engine.model import Case
from engine.store import cases, deadlines, journal

REASON = "样例理由：资料已补齐"


def page(web: Web, case: Case, login: str = "haishu", path: str = "") -> Shown:
    return Shown(web.at(login).get(f"/cases/{case.id}{path}"))


def form(web: Web, case: Case, action: str, login: str = "haishu") -> dict[str, str]:
    return page(web, case, login).form(f"/cases/{case.id}/{action}")


def deadline(web: Web, case: Case, milestone: str) -> int:
    with web.ningbo.engine.look() as work:
        return next(one.id for one in deadlines.of_cases(work, [case.id])[case.id] if one.milestone == milestone)


def test_an_enterprise_shows_its_line_its_days_and_what_is_missing_from_whom(web: Web) -> None:
    case = web.ningbo.one()

    shown = page(web, case)

    assert shown.h1 == "样例甲有限公司"
    for word in ("已报名单", "领跑者候选", "待提供", "由区县（市）局经办提供", "检验检测机构", "2020年6月30日"):
        assert word in shown.text


def test_a_step_that_cannot_be_taken_is_greyed_with_every_reason(web: Web) -> None:
    case = web.ningbo.one()

    text = page(web, case).text

    assert "样例产品缺少“技术方案文件”" in text
    assert f"/cases/{case.id}/steps/draft_plan" not in page(web, case).forms


def test_a_step_is_taken_by_its_form_and_the_page_says_what_was_done(web: Web) -> None:
    case = web.ningbo.one()
    web.ningbo.with_plan(case)

    answer = web.at("haishu").post(f"/cases/{case.id}/steps/draft_plan", data=form(web, case, "steps/draft_plan"))

    assert answer.status_code == 303
    assert web.ningbo.case(case.id).state == "plan_drafted"
    assert "已办理：步骤：制定方案" in Shown(web.at("haishu").get(answer.headers["location"])).text


def test_a_second_click_counts_once(web: Web) -> None:
    case = web.ningbo.one()
    web.ningbo.with_plan(case)
    data = form(web, case, "steps/draft_plan")

    first = web.at("haishu").post(f"/cases/{case.id}/steps/draft_plan", data=data)
    second = web.at("haishu").post(f"/cases/{case.id}/steps/draft_plan", data=data)

    assert (first.status_code, second.status_code) == (303, 303)
    with web.ningbo.engine.look() as work:
        assert [one.step for one in journal.of_case(work, case.id) if one.kind == "step"] == ["draft_plan"]


def test_the_second_of_two_people_sees_who_was_first_and_keeps_what_was_typed(web: Web) -> None:
    case = web.ningbo.one()
    data = form(web, case, "steps/withdraw", "city") | {"reason": "企业停产，样例理由"}
    web.ningbo.with_plan(case)

    answer = web.at("city").post(f"/cases/{case.id}/steps/withdraw", data=data)

    assert answer.status_code == 409
    assert "海曙联络员" in Shown(answer).text
    again = Shown(answer).form(f"/cases/{case.id}/steps/withdraw")
    assert again["reason"] == "企业停产，样例理由"
    assert web.at("city").post(f"/cases/{case.id}/steps/withdraw", data=again).status_code == 303
    assert web.ningbo.case(case.id).state == "withdrawn"


def test_who_comes_second_reads_it_above_the_page_where_the_form_is_there_no_more(web: Web) -> None:
    case = web.ningbo.one()
    url = f"deadlines/{deadline(web, case, 'plan_drafted')}/ask"
    first = form(web, case, url) | {"on": "2020-07-15", "reason": "样品还在检测"}
    second = form(web, case, url) | {"on": "2020-07-20", "reason": "第二人的样例理由"}
    web.at("haishu").post(f"/cases/{case.id}/{url}", data=first)

    answer = web.at("haishu").post(f"/cases/{case.id}/{url}", data=second)

    shown = Shown(answer)
    assert answer.status_code == 409
    assert f"/cases/{case.id}/{url}" not in shown.forms
    assert 'role="alert"' in answer.text
    assert "海曙联络员" in shown.text
    assert "第二人的样例理由" in shown.text
    assert "2020-07-20" in shown.text


def test_a_step_without_its_reason_is_refused_at_the_field(web: Web) -> None:
    case = web.ningbo.one()

    answer = web.at("haishu").post(f"/cases/{case.id}/steps/withdraw", data=form(web, case, "steps/withdraw"))

    assert answer.status_code == 422
    assert "#field-step-withdraw-reason" in Shown(answer).links
    assert web.ningbo.case(case.id).state == "nominated"


def test_an_earlier_day_is_proposed_and_waits_for_the_level_above(web: Web) -> None:
    web.ningbo.at("2020-06-01")
    case = web.ningbo.one()
    web.ningbo.with_plan(case)
    web.ningbo.at("2020-06-03")
    data = form(web, case, "steps/draft_plan") | {"on": "2020-06-02"}

    answer = web.at("haishu").post(f"/cases/{case.id}/steps/draft_plan", data=data)

    assert answer.status_code == 303
    assert web.ningbo.case(case.id).proposed_step == "draft_plan"
    assert "自2020年6月2日起计算" in page(web, case).text


def waiting(web: Web) -> Case:
    """An enterprise whose verification waits for the bureau."""
    case = web.ningbo.uploaded(web.ningbo.one())
    web.ningbo.record("record_test_report", case, lab_report(web.ningbo.today()), file=PDF)
    data = form(web, case, "steps/verify")
    assert web.at("haishu").post(f"/cases/{case.id}/steps/verify", data=data).status_code == 303
    return web.ningbo.case(case.id)


def test_a_proposal_shows_who_made_it_and_how_long_it_waits(web: Web) -> None:
    case = waiting(web)

    own, above = page(web, case), page(web, case, "city")

    assert "由海曙联络员于" in own.text
    assert "已等待0个工作日" in own.text
    assert f"/cases/{case.id}/confirm" not in own.forms
    assert f"/cases/{case.id}/confirm" in above.forms
    assert f"/verifying/{case.id}" in above.links


def test_the_bureau_confirms_what_it_looked_at(web: Web) -> None:
    case = waiting(web)
    data = form(web, case, "confirm", "city")

    assert web.at("city").post(f"/cases/{case.id}/confirm", data=data).status_code == 303
    assert web.at("city").post(f"/cases/{case.id}/confirm", data=data).status_code == 303
    assert web.ningbo.case(case.id).state == "verified"


def test_the_bureau_returns_a_proposal_with_its_reason(web: Web) -> None:
    case = waiting(web)
    url = f"/cases/{case.id}/return"

    bare = web.at("city").post(url, data=form(web, case, "return", "city"))
    done = web.at("city").post(url, data=form(web, case, "return", "city") | {"reason": REASON})

    assert bare.status_code == 422
    assert done.status_code == 303
    assert web.ningbo.case(case.id).proposed_step is None
    assert REASON in page(web, case, path="/history").text
    assert "不予确认的通知" in page(web, case, path="/history").text


def test_the_bureau_sends_back_and_the_district_gets_days_for_it(web: Web) -> None:
    case = web.ningbo.uploaded(web.ningbo.one())
    data = form(web, case, "steps/return_upload", "city") | {"reason": REASON}

    assert web.at("city").post(f"/cases/{case.id}/steps/return_upload", data=data).status_code == 303

    assert web.ningbo.case(case.id).state == "plan_drafted"
    assert "退回修改" in page(web, case).text


def test_a_withdrawn_enterprise_is_replaced_and_can_come_back(web: Web) -> None:
    case, other = web.ningbo.one(), web.ningbo.one("样例乙有限公司")
    web.ningbo.step("withdraw", case, reason=REASON)

    data = form(web, case, "replace") | {"to": str(other.id), "reason": REASON}
    assert web.at("haishu").post(f"/cases/{case.id}/replace", data=data).status_code == 303
    assert web.ningbo.case(case.id).replaced_by_id == other.id
    assert "已由以下企业接替" in page(web, case).text
    assert "接替以下企业" in page(web, other).text

    refused = web.at("city").post(
        f"/cases/{case.id}/reinstate", data=form(web, case, "reinstate", "city") | {"reason": REASON}
    )
    assert refused.status_code == 422
    assert "先" in Shown(refused).text


def test_what_was_taken_by_mistake_is_undone(web: Web) -> None:
    case = web.ningbo.one()
    web.ningbo.with_plan(case)
    web.ningbo.step("draft_plan", case)
    data = form(web, case, "correct", "city") | {"reason": "误操作，样例"}

    assert web.at("city").post(f"/cases/{case.id}/correct", data=data).status_code == 303
    assert web.ningbo.case(case.id).state == "nominated"
    assert f"/cases/{case.id}/correct" not in page(web, case).forms


def test_a_claim_is_decided_by_the_bureau(web: Web) -> None:
    web.ningbo.one("样例争议有限公司", district="cixi")
    web.ningbo.one("样例争议有限公司", district="haishu")
    with web.ningbo.engine.look() as work:
        claimed = next(one for one in cases.of_campaign(work, CAMPAIGN, "enterprise") if one.claimed)

    shown = page(web, claimed, "city")
    data = shown.form(f"/cases/{claimed.id}/claim") | {"reason": REASON, "verdict": "yes"}

    assert "另一区（县）市也将这家企业列入名单" in shown.text
    assert web.at("city").post(f"/cases/{claimed.id}/claim", data=data).status_code == 303
    assert not web.ningbo.case(claimed.id).claimed


def test_a_district_asks_for_an_extension_and_the_bureau_grants_it(web: Web) -> None:
    case = web.ningbo.one()
    number = deadline(web, case, "plan_drafted")
    url = f"deadlines/{number}/ask"
    data = form(web, case, url) | {"on": "2020-07-10", "reason": REASON}

    assert web.at("haishu").post(f"/cases/{case.id}/{url}", data=data).status_code == 303
    above = page(web, case, "city")
    action = next(one for one in above.forms if "/extensions/" in one)
    answer = web.at("city").post(action, data=above.form(action) | {"reason": REASON, "verdict": "yes"})

    assert "海曙联络员申请延至2020年7月10日" in above.text
    assert answer.status_code == 303
    with web.ningbo.engine.look() as work:
        assert deadlines.get(work, number).due_on.isoformat() == "2020-07-10"
    assert "已延期" in page(web, case).text


def test_a_day_that_cannot_be_is_refused_and_stays_typed(web: Web) -> None:
    case = web.ningbo.one()
    url = f"deadlines/{deadline(web, case, 'plan_drafted')}/ask"
    data = form(web, case, url) | {"on": "2020-06-01", "reason": REASON}

    answer = web.at("haishu").post(f"/cases/{case.id}/{url}", data=data)

    assert answer.status_code == 422
    assert Shown(answer).form(f"/cases/{case.id}/{url}")["on"] == "2020-06-01"


def test_the_bureau_extends_pauses_resumes_and_waives(web: Web) -> None:
    case = web.ningbo.one()
    number = deadline(web, case, "plan_drafted")
    for deed, more in (
        ("extend", {"on": "2020-07-10"}),
        ("pause", {}),
        ("resume", {}),
        ("waive", {}),
    ):
        url = f"deadlines/{number}/{deed}"
        data = form(web, case, url, "city") | {"reason": REASON} | more
        assert web.at("city").post(f"/cases/{case.id}/{url}", data=data).status_code == 303, deed

    with web.ningbo.engine.look() as work:
        assert deadlines.get(work, number).state == "waived"
    assert f"/cases/{case.id}/deadlines/{number}/pause" not in page(web, case, "city").forms


def test_a_late_district_answers_with_a_reason_and_a_new_day(web: Web) -> None:
    case = web.ningbo.one()
    number = deadline(web, case, "plan_drafted")
    url = f"deadlines/{number}/reply"
    web.ningbo.at("2020-07-08")
    promised = (web.ningbo.today() + timedelta(days=5)).isoformat()

    data = form(web, case, url) | {"on": promised, "reason": REASON}

    assert web.at("haishu").post(f"/cases/{case.id}/{url}", data=data).status_code == 303
    assert f"承诺{promised}前完成" in page(web, case).text
    with web.ningbo.engine.look() as work:
        assert deadlines.get(work, number).promised_on.isoformat() == promised


def test_nobody_answers_before_it_is_late(web: Web) -> None:
    case = web.ningbo.one()
    assert not [action for action in page(web, case).forms if action.endswith("/reply")]


def test_a_deadline_of_another_case_is_not_there(web: Web) -> None:
    own, other = web.ningbo.one(), web.ningbo.one("样例乙有限公司", district="cixi")
    data = form(web, own, f"deadlines/{deadline(web, own, 'plan_drafted')}/ask") | {
        "on": "2020-07-10",
        "reason": REASON,
    }

    answer = web.at("haishu").post(f"/cases/{own.id}/deadlines/{deadline(web, other, 'plan_drafted')}/ask", data=data)

    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["", "/enterprise", "/files", "/history", "/evidence/plan", "/products"])
def test_a_case_of_another_district_has_no_page(web: Web, path: str) -> None:
    case = web.ningbo.one(district="cixi")
    assert web.at("haishu").get(f"/cases/{case.id}{path}").status_code == 404


def test_a_list_and_a_report_have_a_page_of_their_own(web: Web) -> None:
    web.ningbo.one()
    with web.ningbo.engine.look() as work:
        held = [one for one in cases.of_campaign(work, CAMPAIGN) if one.flow == "nomination_list"]

    for one in held:
        login = "haishu" if one.district_id == web.ningbo.district_id("haishu") else "city"
        text = page(web, one, login).text
        assert "名单现有企业" in text
        assert "企业信息" not in text


def test_the_history_is_told_a_page_at_a_time(web: Web) -> None:
    case = web.ningbo.published(web.ningbo.one())

    shown = page(web, case, path="/history")

    assert "公布结果" in shown.text
    assert "共" in shown.text
    assert web.at("haishu").get(f"/cases/{case.id}/history?after=x").status_code == 422


def test_the_sheet_of_a_case_is_for_paper(web: Web) -> None:
    case = web.ningbo.published(web.ningbo.one())

    shown = Shown(web.at("haishu").get(f"/print/cases/{case.id}"))

    assert shown.h1 == "一企一档：样例甲有限公司"
    for word in ("JG-2020-0001", "已公布", "海曙联络员", "截至"):
        assert word in shown.text
    assert web.at("cixi").get(f"/print/cases/{case.id}").status_code == 404
