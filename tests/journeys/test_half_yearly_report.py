"""The half-yearly report: drafts keep themselves, survive a reload, are handed in, and come back with a reason."""

import pytest
from handling import form_of, press, send, write
from ningbo import CAMPAIGN

from engine import planner
from engine.store import cases
from workflows.benchmarking.annex3 import FIELDS

TRIES = 20


@pytest.fixture(scope="module")
def report(town) -> int:
    """The report that 奉化 owes for the first half of 2020."""
    town.of("样例奉化甲有限公司", "fenghua")
    town.at("2020-06-29")
    planner.plan(town.engine)
    with town.engine.look() as work:
        district = town.district_id("fenghua")
        (case,) = cases.by_subject(work, CAMPAIGN, "progress_report", "report:2020H1", district_id=district)
    return case.id


def test_a_draft_keeps_itself_and_the_report_is_handed_in_and_returned(people, town, accessible, report: int) -> None:
    window, bureau = people.of("fenghua", "/reports"), people.of("city-1")
    accessible(window)
    press(window, window.locator(f'a[href="/reports/{report}"]'))
    press(window, "开始填报")
    accessible(window)
    texts = [f":{field.key}" for field in FIELDS if field.kind == "long"]
    with window.expect_response("**/autosave"):
        write(window.locator("#form"), **{texts[0]: "样例做法：先试点后推开"})
    window.get_by_text("自动保存").wait_for()
    accessible(window)

    window.reload()
    assert window.locator(f'[name="{texts[0]}"]').input_value() == "样例做法：先试点后推开"
    rest = dict.fromkeys(texts[1:], "无")
    write(window.locator("#form"), **rest, **{":industry_name": "智能家电", ":ads_enterprise_total": "40"})
    press(window, window.locator("#hand-in button[value=hand_in]"))
    accessible(window)
    assert town.case(report).state == "handed_in"

    bureau.goto(f"/reports/{report}")
    accessible(bureau)
    send(bureau, write(form_of(bureau, f"/cases/{report}/steps/return_report"), reason="样例理由：标准总数与台账不符"))
    assert town.case(report).state != "handed_in"
    window.goto("/tasks")
    press(window, window.locator(f"a.task[href*='.{report}.']"))
    accessible(window)
    assert "标准总数与台账不符" in window.locator("main").inner_text()


def test_a_draft_that_cannot_be_kept_says_so_and_is_kept_once_the_connection_is_back(people, town, report: int) -> None:
    window = people.of("fenghua", f"/reports/{report}")
    press(window, window.locator('form[action$="/draft"] button'))
    place = window.locator("#form textarea").first

    window.context.set_offline(True)
    place.fill("样例：断网时写的内容")
    window.locator("#unsaved").wait_for()
    assert "草稿暂时未能保存" in window.locator("#unsaved").inner_text()
    with window.expect_response("**/autosave"):
        window.context.set_offline(False)
    window.locator("#unsaved").wait_for(state="hidden")
    window.reload()
    assert window.locator("#form textarea").first.input_value() == "样例：断网时写的内容"
    people.complaints.clear()  # the browser itself notes that it could not fetch


def test_who_leaves_the_report_right_after_typing_finds_it_again(people, report: int) -> None:
    window = people.of("fenghua", f"/reports/{report}")
    place = window.locator("#form textarea").first
    place.fill("样例：写完就离开")
    window.locator('nav.side a[href="/tasks"]').click()
    window.wait_for_url("**/tasks")

    # what goes along with the leaving arrives beside the next page, now and then a moment later
    for _ in range(TRIES):
        window.goto(f"/reports/{report}")
        if place.input_value() == "样例：写完就离开":
            break

    assert place.input_value() == "样例：写完就离开"
