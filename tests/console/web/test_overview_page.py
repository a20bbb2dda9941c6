"""The overview in the browser: it says when nobody keeps its figures up."""

from datetime import timedelta

from browsers import Shown, Web

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
