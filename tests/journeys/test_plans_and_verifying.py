"""From the plan to the verified product: papers received with their progress, returned with a reason, sent again."""

from pathlib import Path

import pytest
from handling import form_of, press, send, write
from playwright.sync_api import Locator, Page, Route

POINTS = ("product", "laboratory", "indicators", "comparison", "signature")


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    file = tmp_path / "样例文件.pdf"
    file.write_bytes(b"%PDF-1.4\n%" + b" sample" * 30_000 + b"\n%%EOF\n")
    return file


def evidence(window: Page, case: int, what: str, file: Path | None = None, **fields: str) -> None:
    """Record a piece of evidence for the one product of the case."""
    send(window, filled(window, case, what, file, **fields))


def filled(window: Page, case: int, what: str, file: Path | None = None, **fields: str) -> Locator:
    window.goto(f"/cases/{case}")
    press(window, window.locator(f'a[href*="/cases/{case}/evidence/{what}"]'))
    form = form_of(window, f"/evidence/{what}/upload")
    for name, words in fields.items():
        place = form.locator(f'[name="{name}"]').first
        if place.evaluate("one => one.tagName") == "SELECT":
            place.select_option(words)
        elif place.get_attribute("type") in {"checkbox", "radio"}:
            place.check()
        else:
            place.fill(words)
    if file:
        form.locator("input[type=file]").first.set_input_files(file)
    return form


def take(window: Page, case: int, step: str) -> None:
    window.goto(f"/cases/{case}")
    send(window, form_of(window, f"/cases/{case}/steps/{step}"))


def report(window: Page, case: int, pdf: Path, number: str) -> None:
    evidence(
        window,
        case,
        "test_report",
        pdf,
        laboratory="样例检验检测研究院",
        cma_no="201120000001",
        report_no=number,
        issued_on="2020-05-29",
        sampling="sampled",
        conclusion="partly_better",
    )


def test_a_plan_is_drafted_uploaded_returned_sent_again_and_verified(people, town, accessible, pdf: Path) -> None:
    case = town.of("样例慈溪甲有限公司", "cixi").id
    district, bureau = people.of("cixi", f"/cases/{case}"), people.of("city-1")
    accessible(district)

    evidence(district, case, "plan", pdf, title="样例技术方案", drafted_on="2020-05-28")
    evidence(
        district,
        case,
        "indicators",
        name="耐磨次数",
        unit="次",
        direction="higher",
        benchmark="10000",
        own="20000",
        core="0",
    )
    accessible(district)
    take(district, case, "draft_plan")
    assert town.case(case).state == "plan_drafted"
    evidence(district, case, "platform_plan", uploaded_on="2020-05-29", number="FA-2020-0001")
    evidence(district, case, "training", pdf, topic="样例宣贯", held_on="2020-05-29")
    take(district, case, "upload_plan")
    report(district, case, pdf, "YL-2020-001")
    take(district, case, "verify")
    accessible(district)

    bureau.goto("/verifying")
    accessible(bureau)
    press(bureau, bureau.get_by_role("link", name="样例慈溪甲有限公司"))
    accessible(bureau)
    form = form_of(bureau, f"/verifying/{case}")
    form.locator("[value=product]").check()
    write(form, reason="样例理由：检测报告缺少签字页，请补齐后重新提请。")
    press(bureau, form.locator("button[name=verdict][value=no]"))
    assert town.case(case).proposed_step is None

    district.goto("/tasks")
    assert "检测报告缺少签字页" in district.locator("main").inner_text()
    accessible(district)
    report(district, case, pdf, "YL-2020-002")
    take(district, case, "verify")

    bureau.goto(f"/verifying/{case}")
    assert "检测报告缺少签字页" in bureau.locator("main").inner_text()
    for point in POINTS:
        bureau.locator(f"[name=ticked][value={point}]").check()
    press(bureau, bureau.locator("button[name=verdict][value=yes]"))
    assert town.case(case).state == "verified"


def test_a_paper_that_is_none_is_refused_at_its_field_and_nothing_typed_is_lost(
    people, town, accessible, pdf: Path, tmp_path
) -> None:
    case = town.of("样例慈溪乙有限公司", "cixi").id
    fake = tmp_path / "样例方案.pdf"
    fake.write_text("这不是PDF文件")
    window = people.of("cixi")

    form = filled(window, case, "plan", fake, title="样例技术方案", drafted_on="2020-05-28")
    address = window.url
    form.locator("button.btn-primary").click()
    window.locator("[data-summary]").wait_for()

    assert window.evaluate("document.activeElement.hasAttribute('data-summary')")
    assert window.locator("[name=title]").input_value() == "样例技术方案"
    accessible(window)
    window.locator("input[type=file]").set_input_files(pdf)
    send(window, form_of(window, "/evidence/plan/upload"))
    assert window.url != address
    assert "样例技术方案" in window.locator("main").inner_text()


def test_a_file_on_its_way_shows_how_far_it_has_come(people, town, pdf: Path) -> None:
    case = town.of("样例慈溪丙有限公司", "cixi").id
    window = people.of("cixi")
    form = filled(window, case, "plan", pdf, title="样例技术方案", drafted_on="2020-05-28")
    bar = form.locator("progress")
    assert not bar.is_visible()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    window.route("**/upload", hold)
    form.locator("button.btn-primary").click()
    bar.wait_for()
    assert len(held) == 1
    form.locator("button.btn-primary").click()
    assert len(held) == 1
    with window.expect_navigation():
        held[0].continue_()

    assert "样例技术方案" in window.locator("main").inner_text()
