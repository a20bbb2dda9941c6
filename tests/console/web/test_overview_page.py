"""The overview in the browser: it says when nobody keeps its figures up."""

from datetime import timedelta

from browsers import Shown, Web

from engine.cases import Done
from engine.store import leases


def test_the_overview_says_when_nobody_has_looked_for_what_is_due(web: Web) -> None:
    assert "后台程序尚未运行" in Shown(web.at("city").get("/overview")).text

    with web.house.engine.work() as work:
        leases.beat(work, "sweep")
    assert "后台程序尚未运行" not in Shown(web.at("city").get("/overview")).text
    web.ningbo.clock.advance(timedelta(minutes=31))

    shown = Shown(web.at("city").get("/overview"))
    assert "此后系统未检查到期事项" in shown.text
    assert "/operation" in shown.links
    assert "查看运行状况" not in Shown(web.at("leader").get("/overview")).text


def test_whoever_withdrew_is_not_among_the_rows_behind_those_taking_part(web: Web) -> None:
    gone, stayed = web.ningbo.one("甲地样例有限公司"), web.ningbo.one("乙地样例有限公司")
    assert isinstance(web.ningbo.step("withdraw", gone, reason="样例理由：企业停产"), Done)

    links = Shown(web.at("city").get("/overview")).links

    for link in ("/cases?reached=nominated", "/cases?reached=nominated&district=haishu"):
        assert link in links
        told = Shown(web.at("city").get(link)).text
        assert stayed.subject_name in told
        assert gone.subject_name not in told


def test_a_district_is_chased_from_its_row_with_everything_that_is_overdue_there(web: Web) -> None:
    web.ningbo.one("甲地样例有限公司", district="haishu")
    web.ningbo.one("乙地样例有限公司", district="cixi")
    web.ningbo.at("2020-07-30")
    chase = "/bulk?deed=chase&whole=1&overdue=1&district=haishu"

    links = Shown(web.at("city").get("/overview")).links
    assert chase in links
    assert {"/cases?reached=nominated", "/deadlines?tab=overdue", "/statistics/file/xlsx?table=district"} <= set(links)
    prepared = Shown(web.at("city").get(f"{chase}&go=1&reason=请尽快上传技术方案")).text
    assert "甲地样例有限公司" in prepared
    assert "乙地样例有限公司" not in prepared
    assert chase not in Shown(web.at("leader").get("/overview")).links
