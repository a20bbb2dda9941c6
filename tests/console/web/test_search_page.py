"""Searching in the browser: two characters, groups with links, nothing of another district."""

from browsers import Shown, Web


def test_an_enterprise_is_found_by_two_characters_and_leads_to_its_case(web: Web) -> None:
    case = web.ningbo.one("甲地样例有限公司", district="haishu")

    page = Shown(web.at("haishu").get("/search", params={"q": "甲地"}))

    assert f"/cases/{case.id}" in page.links


def test_another_district_finds_nothing_and_is_told_what_to_do(web: Web) -> None:
    case = web.ningbo.one("甲地样例有限公司", district="haishu")

    page = Shown(web.at("cixi").get("/search", params={"q": "甲地"}))

    assert f"/cases/{case.id}" not in page.links
    assert "没有找到" in page.text


def test_too_little_and_nothing_are_told_apart(web: Web) -> None:
    assert "内容太短" in Shown(web.at("city").get("/search", params={"q": "甲"})).text
    assert "您要找什么" in Shown(web.at("city").get("/search")).text


def test_people_lead_to_their_page_for_those_who_have_it(web: Web) -> None:
    city, district = (Shown(web.at(one).get("/search", params={"q": "海曙联络员"})) for one in ("city", "haishu"))

    assert any(link.startswith("/people/") for link in city.links)
    assert "海曙联络员" in district.text
    assert not [link for link in district.links if link.startswith("/people/")]


def test_the_search_field_stands_on_every_page(web: Web) -> None:
    assert "/search" in Shown(web.at("haishu").get("/account")).forms
