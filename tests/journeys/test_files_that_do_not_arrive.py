"""A file too large, without a connection, or sent after the session is over: the form stays as it was filled in."""

from pathlib import Path

import pytest
from handling import form_of, press
from playwright.sync_api import Locator, Page

TITLE = "样例对标技术方案"
DAY = "2020-05-28"


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    file = tmp_path / "样例方案.pdf"
    file.write_bytes(b"%PDF-1.4\n%" + b" sample" * 30_000 + b"\n%%EOF\n")
    return file


def filled(window: Page, case: int, file: Path) -> Locator:
    """The form of a plan with everything in it."""
    window.goto(f"/cases/{case}")
    press(window, window.locator(f'a[href*="/cases/{case}/evidence/plan"]'))
    form = form_of(window, "/evidence/plan/upload")
    form.locator("[name=title]").fill(TITLE)
    form.locator("[name=drafted_on]").fill(DAY)
    form.locator("input[type=file]").set_input_files(file)
    return form


def stays(form: Locator, file: Path | None) -> None:
    assert form.locator("[name=title]").input_value() == TITLE
    assert form.locator("[name=drafted_on]").input_value() == DAY
    chosen = form.locator("input[type=file]").evaluate("field => Array.from(field.files, (one) => one.name)")
    assert chosen == ([file.name] if file else [])


def test_a_file_that_is_too_large_is_named_before_it_is_sent(people, town, tmp_path: Path) -> None:
    case = town.of("样例镇海甲有限公司", "zhenhai")
    large = tmp_path / "扫描件.pdf"
    with large.open("wb") as file:
        file.truncate(52 * 1024 * 1024)
    window = people.of("zhenhai")
    form = filled(window, case.id, large)

    form.locator("button.btn-primary").click()

    told = form.locator("input[type=file]").evaluate("field => field.validationMessage")
    assert told == "单个文件不能超过50 MB，请另选较小的文件，或降低扫描精度后重新选择。"
    stays(form, large)


def test_without_a_connection_the_form_stays_and_can_be_sent_again(people, town, pdf: Path, accessible) -> None:
    case = town.of("样例镇海乙有限公司", "zhenhai")
    window = people.of("zhenhai")
    form = filled(window, case.id, pdf)

    window.context.set_offline(True)
    form.locator("button.btn-primary").click()
    form.get_by_role("alert").wait_for()

    assert "没有送达" in form.get_by_role("alert").inner_text()
    stays(form, pdf)
    window.context.set_offline(False)
    accessible(window)
    press(window, form.locator("button.btn-primary"))
    assert f"《{TITLE}》" in window.locator("main").inner_text()


def test_after_the_session_is_over_the_form_stays_until_somebody_signs_in_beside_it(people, town, pdf: Path) -> None:
    case = town.of("样例镇海丙有限公司", "zhenhai")
    window = people.of("zhenhai")
    form = filled(window, case.id, pdf)
    beside = {"origin": people.address}
    window.request.post("/sign-out", headers=beside)

    form.locator("button.btn-primary").click()
    form.get_by_role("alert").wait_for()

    assert "登录已结束" in form.get_by_role("alert").inner_text()
    stays(form, pdf)
    window.request.post("/sign-in/demo", form={"login": "zhenhai"}, headers=beside)
    press(window, form.locator("button.btn-primary"))
    assert f"《{TITLE}》" in window.locator("main").inner_text()
