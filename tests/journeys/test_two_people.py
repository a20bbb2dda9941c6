"""Two people on one case, and what a hasty hand does: nothing is done twice, nothing that was typed is lost."""

from handling import form_of, press, send, write

REASON = "样例理由：检测报告缺少抽样记录"


def test_the_second_sees_who_was_first_and_keeps_what_was_typed(people, town, accessible) -> None:
    case = town.waiting("样例北仑甲有限公司", "beilun")
    first, second = people.of("city-1", f"/verifying/{case.id}"), people.of("city-2", f"/verifying/{case.id}")
    write(second, reason=REASON)
    for box in first.locator("[name=ticked]").all():
        box.check()
    press(first, first.locator("button[name=verdict][value=yes]"))
    press(second, second.locator("button[name=verdict][value=no]"))

    told = second.locator("main").inner_text()
    assert "市局经办一" in told
    assert REASON in told
    assert town.case(case.id).state == "verified"
    accessible(second)


def test_back_and_reload_and_a_second_click_do_nothing_twice(people, town, accessible) -> None:
    case = town.of("样例北仑乙有限公司", "beilun")
    town.with_plan(case, login="beilun")
    window = people.of("beilun", f"/cases/{case.id}")
    send(window, form_of(window, "/steps/draft_plan"))
    accessible(window)
    window.reload()
    window.reload()
    window.go_back()
    again = window.locator('form[action*="/steps/draft_plan"]')
    if again.count():
        send(window, form_of(window, "/steps/draft_plan"))
        accessible(window)

    assert town.case(case.id).state == "plan_drafted"
    window.goto(f"/cases/{case.id}/history")
    assert window.locator(".log").inner_text().count("制定方案") == 1


def test_a_double_click_sends_a_form_once(people, town) -> None:
    case = town.of("样例北仑丙有限公司", "beilun")
    window = people.of("city-1", f"/cases/{case.id}")
    form = write(form_of(window, "/steps/withdraw"), reason="样例理由：企业已停产")
    with window.expect_navigation():
        form.locator("button.btn-primary").dblclick()

    assert town.case(case.id).state == "withdrawn"
    window.goto(f"/cases/{case.id}/history")
    assert window.locator(".log").inner_text().count("企业已停产") == 1


def test_a_case_changed_by_somebody_else_says_so_and_offers_it_again(people, town, accessible) -> None:
    case = town.of("样例北仑丁有限公司", "beilun")
    mine = people.of("city-1", f"/cases/{case.id}")
    form = write(form_of(mine, "/steps/withdraw"), reason="样例理由：企业主动申请退出")
    town.with_plan(case, login="beilun")
    town.step("draft_plan", case, login="beilun")
    send(mine, form)

    assert "北仑联络员" in mine.locator("main").inner_text()
    assert mine.locator('form[action*="/steps/withdraw"] [name=reason]').input_value() == "样例理由：企业主动申请退出"
    accessible(mine)
    send(mine, form_of(mine, "/steps/withdraw"))
    assert town.case(case.id).state == "withdrawn"
