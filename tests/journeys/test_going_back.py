"""The back button behind a form that was refused: the page of the form comes, and nothing is sent a second time."""

from handling import form_of, press, send, write


def test_who_goes_back_behind_a_refused_form_meets_its_page_again(people, town) -> None:
    case = town.of("样例象山甲有限公司", "xiangshan")
    window = people.of("xiangshan", f"/cases/{case.id}")
    send(window, write(form_of(window, "/ask"), on="2020-07-20", reason="短"))
    assert window.locator("[data-summary]").count() == 1
    send(window, write(form_of(window, "/ask"), reason="样例理由：样品还在检测"))
    assert "样品还在检测" in (window.locator("#deadlines").text_content() or "")

    window.go_back()

    assert window.url.endswith(f"/cases/{case.id}")
    assert window.locator("[data-summary]").count() == 0
    press(window, window.get_by_role("link", name="办理记录"))
    assert window.locator("main").inner_text().count("样品还在检测") == 1
