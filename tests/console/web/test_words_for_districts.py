"""What a district reads: pages called as in its menu, papers with its name, nothing that only a technician needs."""

import re

import pytest
from browsers import Shown, Web
from roster_files import ListFile, clean_rows

from console.web.agents import browser

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"


def test_a_coordinator_begins_with_what_waits_and_the_bureau_with_the_overview(web: Web) -> None:
    assert web.at("haishu").get("/").headers["location"] == "/tasks"
    assert web.at("city").get("/").headers["location"] == "/overview"


def words_of(web: Web, login: str, page: str, link: str) -> list[str]:
    """What stands on the links to an address, in the menu and in the way to the page."""
    found = re.findall(rf'<a href="{link}"[^>]*>([^<]*?) *</?(?:a|span)>', web.at(login).get(page).text)
    return [one.strip() for one in found]


def test_the_way_to_a_page_has_the_words_of_the_menu(web: Web) -> None:
    case = web.ningbo.one()

    district, bureau = (words_of(web, login, f"/cases/{case.id}", "/cases") for login in ("haishu", "city"))

    assert len(district) == len(bureau) == 2
    assert len({*district}) == len({*bureau}) == 1
    assert district != bureau
    for login in ("haishu", "city"):
        assert Shown(web.at(login).get("/nominate")).h1 in words_of(web, login, "/tasks", "/nominate")


def test_help_names_only_pages_that_the_reader_has(web: Web) -> None:
    district, bureau = (Shown(web.at(login).get("/help")).text for login in ("haishu", "city"))

    (own,), (lists,) = (words_of(web, login, "/help", "/nominate") for login in ("haishu", "city"))
    assert f"在“{own}”页面下载空白表格" in district
    assert f"在“{lists}”页面下载空白表格" in bureau
    assert "收件人和时间见" in bureau
    assert "收件人和时间见" not in district


def test_the_register_of_one_district_does_not_name_it_in_every_line(web: Web) -> None:
    web.ningbo.one()

    assert "sort=district" not in "".join(Shown(web.at("haishu").get("/cases")).links)
    assert "sort=district" in "".join(Shown(web.at("city").get("/cases")).links)


def test_a_paper_that_a_district_prints_carries_its_name(web: Web) -> None:
    assert "海曙区市场监督管理局" in Shown(web.at("haishu").get("/print/supervision")).text
    assert "宁波市市场监督管理局" in Shown(web.at("city").get("/print/supervision")).text


def test_a_list_that_cannot_be_taken_would_change_nothing(web: Web) -> None:
    web.ningbo.one()
    foreign = ListFile(rows=clean_rows(1))
    foreign.above[2][0] = "填报单位：余姚市市场监督管理局"
    sheet = {"file": ("名单.xlsx", foreign.xlsx(), "application/octet-stream")}
    address = web.at("haishu").post("/nominate/upload", files=sheet).headers["location"]

    shown = Shown(web.at("haishu").get(address)).text

    assert "填报单位与报送单位不一致" in shown
    assert "名单不能采用，因此没有变化。" in shown
    assert "名单中不再列出" not in shown


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (f"{WINDOWS} Chrome/109.0.0.0 Safari/537.36", "Chrome 109，Windows"),
        (f"{WINDOWS} Chrome/95.0.4638.69 Safari/537.36 Edg/95.0.1020.44", "Edge 95，Windows"),
        (f"{WINDOWS} Chrome/86.0.4240.198 Safari/537.36 QIHU 360SE", "360浏览器，Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox 128，Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) Version/16.0 Mobile Safari/604.1", "Safari 16，iOS"),
        ("curl/8.5.0", "curl/8.5.0"),
        (None, ""),
    ],
)
def test_a_browser_is_told_in_words(line: str | None, told: str) -> None:
    assert browser(line) == told


def test_where_one_is_signed_in_stands_with_time_and_browser_in_words(web: Web) -> None:
    shown = Shown(web.at("haishu").get("/account")).text

    assert "登录时间" in shown
    assert "起始日" not in shown
    assert "最多365天" in shown
