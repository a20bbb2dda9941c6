"""Every page of the menu in a real browser: usable by everybody, without complaints, in every width."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

PEOPLE = ("city-1", "cixi", "leader-1")
NARROW = 390
BEHIND = ("cases", "verifying", "publications", "reports", "letters", "people", "nominate/imports")
ZOOMED = 683  # 1366 at 200 %


def pages_of(window: Page) -> list[str]:
    """Where the menu leads."""
    found = window.locator("nav a[href^='/']").evaluate_all("links => links.map(one => one.getAttribute('href'))")
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("login", PEOPLE)
def test_each_page_of_the_menu_can_be_used_by_everybody(
    windows: Any, accessible: Callable[[Page], None], login: str
) -> None:
    window = windows.of(login)

    for path in pages_of(window):
        answer = window.goto(f"{windows.address}{path}")
        assert answer is not None
        assert answer.status == 200, path
        assert window.locator("h1").count() == 1, path
        accessible(window)


@pytest.mark.parametrize("width", [NARROW, ZOOMED])
def test_no_page_is_wider_than_the_window(windows: Any, width: int) -> None:
    window = windows.of("city-1", width=width, height=844)

    for path in pages_of(window):
        window.goto(f"{windows.address}{path}")
        wide = window.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 1, f"{path} is {wide} px wider than the window"


@pytest.mark.parametrize("begins", BEHIND)
def test_what_stands_behind_a_list_can_be_used_on_a_telephone(
    windows: Any, accessible: Callable[[Page], None], begins: str
) -> None:
    window = windows.of("city-1", f"/{begins}", width=NARROW, height=844)
    link = window.locator(f"main a[href^='/{begins}/']").first
    window.goto(link.get_attribute("href"))

    wide = window.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 1, f"{window.url} is {wide} px wider than the window"
    accessible(window)


def test_everything_is_there_without_script(windows: Any) -> None:
    window = windows.of("cixi", script=False)

    window.get_by_role("link", name="本地企业").click()
    window.get_by_label("关键词", exact=True).fill("慈溪")
    window.get_by_role("button", name="查看").first.click()
    window.locator("table tbody a").first.click()

    assert "/cases/" in window.url
    assert window.locator("h1").inner_text()


def test_the_language_is_chosen_once_and_stays(windows: Any) -> None:
    window = windows.of("city-1")

    window.get_by_role("button", name="English").or_(window.get_by_role("link", name="English")).first.click()
    assert window.locator("html").get_attribute("lang") == "en"
    window.goto(f"{windows.address}/cases")

    assert window.locator("h1").inner_text() == "Register"


def test_search_is_reached_from_the_keyboard_and_finds_two_characters(windows: Any) -> None:
    window = windows.of("city-1")

    window.keyboard.press("Control+k")
    window.keyboard.type("慈溪")
    window.keyboard.press("Enter")
    window.wait_for_url("**/search?**")

    assert window.locator("main a[href^='/cases/']").count() > 0


def test_the_keyboard_alone_leads_from_the_first_page_to_an_enterprise(windows: Any) -> None:
    window = windows.of("cixi", "/cases")

    for _ in range(80):
        window.keyboard.press("Tab")
        if window.evaluate("/^\\/cases\\/\\d+/.test(document.activeElement.getAttribute('href') || '')"):
            break
    outline = window.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    window.keyboard.press("Enter")
    window.wait_for_url("**/cases/*")

    assert outline == "3px"
