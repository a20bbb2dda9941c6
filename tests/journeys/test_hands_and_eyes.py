"""However one works: by keyboard alone, with a Chinese input method, at twice the size, without script."""

import re

from handling import form_of, press, send, write
from playwright.sync_api import Page

TABS = 150


def walk_to(window: Page, selector: str) -> None:
    """By the Tab key, as somebody without a mouse does."""
    for _ in range(TABS):
        window.keyboard.press("Tab")
        if window.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(selector)


def test_an_extension_is_asked_for_with_the_keyboard_alone(people, town, accessible) -> None:
    case = town.of("样例鄞州甲有限公司", "yinzhou")
    deadline = town.deadline(case, "plan_drafted")
    window = people.of("yinzhou", f"/cases/{case.id}")

    walk_to(window, f"#ask-{deadline.id} > summary")
    assert window.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    window.keyboard.press("Enter")
    walk_to(window, f"#ask-{deadline.id} [name=on]")
    window.keyboard.type("2020")
    window.keyboard.press("Tab")
    window.keyboard.type("0720")
    walk_to(window, f"#ask-{deadline.id} [name=reason]")
    window.keyboard.type("样例理由：样品还在路上")
    with window.expect_navigation():
        window.keyboard.press("Control+Enter")

    accessible(window)
    assert "样品还在路上" in (window.locator("#deadlines").text_content() or "")


def test_the_first_tab_skips_the_menu_and_escape_closes_a_form(people, town) -> None:
    case = town.of("样例鄞州乙有限公司", "yinzhou")
    window = people.of("yinzhou", f"/cases/{case.id}")
    window.keyboard.press("Tab")
    window.keyboard.press("Enter")
    assert window.evaluate("document.activeElement.id") == "main"

    form = form_of(window, "/ask")
    form.locator("[name=reason]").focus()
    window.keyboard.press("Escape")

    assert not form.is_visible()
    assert window.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_to_do_list_is_walked_with_arrows(people, town, accessible) -> None:
    for name in "丙丁":
        town.waiting(f"样例鄞州{name}有限公司", "yinzhou")
    window = people.of("city-1", "/tasks")
    accessible(window)
    lines = window.locator("[data-walk] a.task")
    lines.first.focus()
    window.keyboard.press("ArrowDown")
    assert window.evaluate("document.activeElement.getAttribute('href')") == lines.nth(1).get_attribute("href")
    with window.expect_navigation():
        window.keyboard.press("Enter")

    assert window.locator("a.task[aria-current]").count() == 1


def test_keys_that_belong_to_an_input_method_do_nothing_else(people, town) -> None:
    window = people.of("yinzhou", "/search")
    field = window.locator("#search")
    field.focus()
    typing = window.context.new_cdp_session(window)
    typing.send("Input.imeSetComposition", {"text": "yin'zhou", "selectionStart": 8, "selectionEnd": 8})
    before = window.url
    for key in ({"key": "Enter"}, {"key": "Enter", "ctrlKey": True}, {"key": "k", "ctrlKey": True}, {"key": "Escape"}):
        taken = field.evaluate(
            """(field, key) => !field.dispatchEvent(new KeyboardEvent("keydown",
                {...key, isComposing: true, keyCode: 229, bubbles: true, cancelable: true}))""",
            key,
        )
        assert not taken, key
    assert window.url == before

    typing.send("Input.insertText", {"text": "样例鄞州"})
    with window.expect_navigation():
        window.keyboard.press("Enter")
    assert "q=%E6%A0%B7%E4%BE%8B" in window.url


def test_at_twice_the_size_everything_of_a_case_can_be_read_and_done(people, town, accessible) -> None:
    case = town.of("样例鄞州戊有限公司", "yinzhou")
    window = people.of("yinzhou", f"/cases/{case.id}", width=683, height=384)
    accessible(window)
    for path in ("", "/enterprise", "/files", "/history"):
        window.goto(f"/cases/{case.id}{path}")
        wide = window.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 1, path
    window.goto(f"/cases/{case.id}")
    number = town.deadline(case, "plan_drafted").id
    send(window, write(form_of(window, f"/{number}/ask"), on="2020-07-20", reason="样例理由：样品还在路上"))
    assert "样品还在路上" in (window.locator("#deadlines").text_content() or "")


def test_without_script_a_case_is_found_moved_and_its_faults_are_told(people, town) -> None:
    case = town.of("样例鄞州己有限公司", "yinzhou")
    town.with_plan(case, login="yinzhou")
    window = people.of("yinzhou", "/cases", script=False)
    window.get_by_label("关键词", exact=True).fill("鄞州己")
    press(window, "查看")
    press(window, window.get_by_role("link", name=re.compile("样例鄞州己")))
    send(window, form_of(window, "/steps/draft_plan"))
    assert town.case(case.id).state == "plan_drafted"

    number = town.deadline(case, "plan_uploaded").id
    form = write(form_of(window, f"/{number}/ask"), on="2020-05-01", reason="样例理由：日期写错")
    send(window, form)
    assert window.locator("[data-summary] a").count() >= 1 or window.locator("[data-summary]").is_visible()
    assert window.locator(f'form[action*="/{number}/ask"] [name=reason]').input_value() == "样例理由：日期写错"
