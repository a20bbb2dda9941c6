"""The register's page: ticks, filters, and views that people keep by name."""

from browsers import Shown, Web


def test_each_line_can_be_ticked_and_the_deeds_are_those_of_the_role(web: Web) -> None:
    case = web.ningbo.one("样例甲有限公司")

    bureau, district = web.at("city").get("/cases").text, web.at("haishu").get("/cases").text

    assert f'value="{case.id}.{case.version}"' in bureau
    assert 'value="extend"' in bureau
    assert 'value="advance"' in district
    assert 'value="extend"' not in district


def test_a_filter_that_came_with_a_link_is_said_in_words_and_stays_with_the_others(web: Web) -> None:
    web.ningbo.one()
    page = Shown(web.at("city").get("/cases?reached=plan_drafted&overdue=1&milestone=verified"))

    assert "已达到“方案已制定”及以后" in page.text
    assert "等待办理：检测验证" in page.text
    assert "只看逾期" in page.text
    assert {"reached", "overdue", "milestone"} <= page.forms["/cases"].keys()
    paper = Shown(web.at("city").get("/print/register?reached=plan_drafted&proposed=1")).text
    assert "已达到“方案已制定”及以后" in paper
    assert "待确认" in paper


def test_filters_are_kept_under_a_name_and_stand_above_the_filters(web: Web) -> None:
    browser = web.at("city")

    answer = browser.post("/views", data={"name": "临期企业", "query": "light=yellow&sort=due&nonsense=1"})

    assert answer.headers["location"] == "/cases?light=yellow&sort=due" or "light=yellow" in answer.headers["location"]
    shown = Shown(browser.get("/cases"))
    assert "临期企业" in shown.text
    assert answer.headers["location"] in shown.links


def test_the_same_name_again_takes_the_new_filters(web: Web) -> None:
    browser = web.at("city")
    for query in ("light=yellow", "light=red"):
        browser.post("/views", data={"name": "样例视图", "query": query})

    shown = Shown(browser.get("/cases"))

    assert "/cases?light=red" in shown.links
    assert "/cases?light=yellow" not in shown.links


def test_a_view_without_a_name_is_refused_and_the_filters_stay(web: Web) -> None:
    answer = web.at("city").post("/views", data={"name": " ", "query": "light=red"})

    assert answer.status_code == 422
    assert "#field-name" in Shown(answer).links


def test_views_are_for_oneself_alone(web: Web) -> None:
    web.at("city").post("/views", data={"name": "样例视图", "query": "light=red"})

    assert "样例视图" not in web.at("city-2").get("/cases").text
    assert web.at("city-2").post("/views/1/remove").status_code == 404
    assert web.at("city").post("/views/1/remove").status_code == 303
    assert "样例视图" not in web.at("city").get("/cases").text


def test_a_removed_view_can_be_kept_again(web: Web) -> None:
    browser = web.at("city")
    browser.post("/views", data={"name": "样例视图", "query": "light=red"})
    browser.post("/views/1/remove")
    browser.post("/views", data={"name": "样例视图", "query": "light=green"})

    assert "/cases?light=green" in Shown(browser.get("/cases")).links


def test_nobody_keeps_more_views_than_can_be_read(web: Web) -> None:
    browser = web.at("city")
    for number in range(20):
        assert browser.post("/views", data={"name": f"样例{number}", "query": "light=red"}).status_code == 303

    answer = browser.post("/views", data={"name": "再一个", "query": "light=red"})

    assert answer.status_code == 422
    assert "请先删除不再需要的视图" in Shown(answer).text


def test_no_enterprise_is_told_apart_from_none_that_fits(web: Web) -> None:
    empty = Shown(web.at("haishu").get("/cases"))
    web.ningbo.one("样例甲有限公司")
    filtered = Shown(web.at("haishu").get("/cases?light=red"))

    assert "没有符合" in filtered.text
    assert "没有符合" not in empty.text
