"""The desk where proposals are checked: the queue, the paper beside its points, confirmed or returned, the next one."""

from typing import Any

from browsers import Shown, Web
from ningbo import PDF, lab_report

from engine.judging import Command
from engine.model import Case
from engine.proposals import propose
from workflows.benchmarking.model import PlatformRecord
from workflows.benchmarking.recording import PublicNotice


def proposed(web: Web, name: str = "样例甲有限公司", district: str = "haishu") -> Case:
    """An enterprise whose verification waits."""
    case = web.ningbo.one(name, district=district)
    with_login = {"login": district}
    web.ningbo.record("record_plan", case, _draft(web), file=PDF, **with_login)
    web.ningbo.record("record_indicators", case, [_indicator()], **with_login)
    web.ningbo.step("draft_plan", case, **with_login)
    web.ningbo.record("record_platform_plan", case, _platform(web), **with_login)
    web.ningbo.record("record_training", [case.id], _held(web), notice=PDF, **with_login)
    web.ningbo.step("upload_plan", case, **with_login)
    web.ningbo.record("record_test_report", case, lab_report(web.ningbo.today()), file=PDF, **with_login)
    with web.ningbo.work(district) as work:
        propose(web.ningbo.engine, work, web.ningbo.actor(district), Command(case_id=case.id, step="verify"))
    return web.ningbo.case(case.id)


def _draft(web: Web) -> Any:
    from workflows.benchmarking.recording import PlanDraft

    return PlanDraft("样例方案", web.ningbo.today())


def _indicator() -> Any:
    from workflows.benchmarking.model import Indicator

    return Indicator("耐磨次数", "次", "higher", "10000", "20000", core=True)


def _platform(web: Web) -> Any:
    from workflows.benchmarking.model import PlatformRecord

    return PlatformRecord(web.ningbo.today(), "FA-2020-0001")


def _held(web: Web) -> Any:
    from workflows.benchmarking.recording import TrainingHeld

    return TrainingHeld("样例宣贯", web.ningbo.today())


def form(web: Web, case: Case, login: str = "city") -> dict[str, Any]:
    return Shown(web.at(login).get(f"/verifying/{case.id}")).form(f"/verifying/{case.id}")


POINTS = ["product", "laboratory", "indicators", "comparison", "signature"]


def test_an_empty_desk_says_what_comes_next(web: Web) -> None:
    shown = Shown(web.at("city").get("/verifying"))

    assert "没有待核验事项" in shown.text
    assert "/cases?state=plan_uploaded" in shown.links


def test_what_waits_stands_in_the_queue_the_oldest_first(web: Web) -> None:
    first, second = proposed(web), proposed(web, "样例乙有限公司", "cixi")

    shown = Shown(web.at("city").get("/verifying"))
    filtered = Shown(web.at("city").get("/verifying?district=cixi"))

    assert shown.text.index(first.subject_name) < shown.text.index(second.subject_name)
    assert f"/verifying/{first.id}" in shown.links
    assert "核验台 2" in shown.text
    assert first.subject_name not in filtered.text


def test_the_paper_lies_beside_the_points(web: Web) -> None:
    case = proposed(web)

    answer = web.at("city").get(f"/verifying/{case.id}")

    assert f'src="/cases/{case.id}/files/' in answer.text
    for word in ("检测报告", "技术方案文件", "报告的产品与名单所列一致", "YL-2020-001"):
        assert word in Shown(answer).text


def test_the_test_report_lies_on_the_desk_when_its_conclusion_is_published(web: Web) -> None:
    case = proposed(web)
    web.at("city").post(f"/verifying/{case.id}", data=form(web, case) | {"verdict": "yes", "ticked": POINTS})
    today = web.ningbo.today()
    web.ningbo.record("record_publication", [case.id], PublicNotice("样例名单", "https://www.example.org/list", today))
    web.ningbo.record("record_result", case, PlatformRecord(today, "JG-2020-0001"))
    with web.ningbo.work("haishu") as work:
        propose(web.ningbo.engine, work, web.ningbo.actor("haishu"), Command(case_id=case.id, step="publish"))

    desk = Shown(web.at("city").get(f"/verifying/{case.id}")).text

    assert "公布的结论与检测报告一致" in desk
    assert "检测报告 · 样例产品" in desk


def test_a_proposal_is_confirmed_when_everything_is_ticked_and_the_next_one_opens(web: Web) -> None:
    case, other = proposed(web), proposed(web, "样例乙有限公司", "cixi")
    data = {**form(web, case), "ticked": POINTS, "verdict": "yes"}

    answer = web.at("city").post(f"/verifying/{case.id}", data=data)

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/verifying/{other.id}?told=confirmed"
    assert web.ningbo.case(case.id).state == "verified"
    assert "上一件已确认" in Shown(web.at("city").get(answer.headers["location"])).text


def test_nothing_is_confirmed_with_a_point_left(web: Web) -> None:
    case = proposed(web)

    answer = web.at("city").post(
        f"/verifying/{case.id}", data={**form(web, case), "ticked": POINTS[:3], "verdict": "yes"}
    )

    assert answer.status_code == 422
    assert "还有2项未勾选" in Shown(answer).text
    assert answer.text.count(" checked") == 3
    assert web.ningbo.case(case.id).state == "plan_uploaded"


def test_points_that_are_not_ticked_become_the_draft_of_the_reason(web: Web) -> None:
    case = proposed(web)
    url = f"/verifying/{case.id}"

    offered = web.at("city").post(url, data={**form(web, case), "ticked": POINTS[:4], "verdict": "no"})
    again = Shown(offered).form(url)
    done = web.at("city").post(url, data={**again, "ticked": POINTS[:4], "verdict": "no"})

    assert offered.status_code == 422
    assert "签章、日期、页码齐全，文件清晰可读" in again["reason"]
    assert done.status_code == 303
    assert done.headers["location"] == "/verifying?told=returned"
    assert web.ningbo.case(case.id).proposed_step is None


def test_what_was_returned_before_stands_above_in_the_next_round(web: Web) -> None:
    case = proposed(web)
    data = {**form(web, case), "verdict": "no", "reason": "报告缺少签章，样例"}
    assert web.at("city").post(f"/verifying/{case.id}", data=data).status_code == 303
    with web.ningbo.work("haishu") as work:
        propose(web.ningbo.engine, work, web.ningbo.actor("haishu"), Command(case_id=case.id, step="verify"))

    text = Shown(web.at("city").get(f"/verifying/{case.id}")).text

    assert "此前退回的理由" in text
    assert "报告缺少签章，样例" in text


def test_the_second_of_two_coordinators_sees_that_it_was_settled(web: Web) -> None:
    case = proposed(web)
    data = {**form(web, case, "city-2"), "ticked": POINTS, "verdict": "yes"}
    web.at("city").post(f"/verifying/{case.id}", data={**form(web, case), "ticked": POINTS, "verdict": "yes"})

    answer = web.at("city-2").post(f"/verifying/{case.id}", data=data)

    assert answer.status_code == 409
    assert "市局经办一" in Shown(answer).text
    assert "现处于“已检测验证”" in Shown(answer).text


def test_a_second_click_leads_on_as_the_first(web: Web) -> None:
    case = proposed(web)
    data = {**form(web, case), "ticked": POINTS, "verdict": "yes"}

    answers = [web.at("city").post(f"/verifying/{case.id}", data=data) for _ in range(2)]

    assert [one.status_code for one in answers] == [303, 303]


def test_only_the_bureau_has_the_desk(web: Web) -> None:
    case = proposed(web)

    for login in ("haishu", "leader", "laboratory"):
        assert web.at(login).get("/verifying").status_code == 404
        assert web.at(login).post(f"/verifying/{case.id}", data={}).status_code == 404


def test_a_case_without_a_proposal_says_so(web: Web) -> None:
    case = web.ningbo.one()

    assert "该事项已处理" in Shown(web.at("city").get(f"/verifying/{case.id}")).text
