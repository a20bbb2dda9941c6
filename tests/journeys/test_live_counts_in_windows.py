"""Two people in two windows: what one hands in the other sees counted without a reload, and goes on typing."""

from handling import form_of, send
from ningbo import PDF, lab_report

MENU = 'nav.side a[href="/verifying"] span'


def test_what_one_hands_in_the_other_sees_counted_while_typing(people, town, accessible) -> None:
    case = town.with_plan_uploaded("样例北仑甲有限公司", "beilun")
    town.record("record_test_report", case, lab_report(town.today()), file=PDF, login="beilun")
    district, bureau = people.of("beilun", f"/cases/{case.id}"), people.of("city-1")
    with bureau.expect_response("**/api/v1/events*"):
        bureau.goto("/cases")
    bureau.evaluate("window.sameAsBefore = true")
    before = int(bureau.locator(MENU).inner_text())
    keyword = bureau.locator("main [name=name]").first
    keyword.press_sequentially("样例北")

    send(district, form_of(district, f"/cases/{case.id}/steps/verify"))
    bureau.wait_for_function(
        "([menu, count]) => document.querySelector(menu).textContent === count", arg=[MENU, str(before + 1)]
    )
    keyword.press_sequentially("仑甲")

    assert keyword.input_value() == "样例北仑甲"
    assert bureau.evaluate("document.activeElement.name") == "name"
    assert bureau.evaluate("window.sameAsBefore") is True
    assert "1" in bureau.locator("#live-said").inner_text()
    accessible(bureau)


def test_the_figures_of_a_page_follow_and_what_is_marked_in_it_stays(people, town) -> None:
    case = town.with_plan_uploaded("样例北仑乙有限公司", "beilun")
    town.record("record_test_report", case, lab_report(town.today()), file=PDF, login="beilun")
    district, bureau = people.of("beilun", f"/cases/{case.id}"), people.of("city-1")
    with bureau.expect_response("**/api/v1/events*"):
        bureau.goto("/tasks")
    bureau.evaluate("window.sameAsBefore = true")
    total = bureau.locator("#live-total")
    before = total.inner_text()
    bureau.evaluate("getSelection().selectAllChildren(document.querySelector('main h1, h1'))")
    marked = bureau.evaluate("getSelection().toString()")

    send(district, form_of(district, f"/cases/{case.id}/steps/verify"))
    bureau.wait_for_function("before => document.querySelector('#live-total').innerText !== before", arg=before)

    assert bureau.evaluate("window.sameAsBefore") is True
    assert bureau.evaluate("getSelection().toString()") == marked != ""
