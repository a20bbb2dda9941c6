"""A district nominates: one enterprise by form, others by spreadsheet with faults that are mended where they stand."""

import io
from pathlib import Path

import openpyxl
from handling import press
from playwright.sync_api import Page
from roster_files import BENCHMARK, IMPLEMENTED, NAME, ListFile, clean_rows


def row(number: int) -> list[object]:
    values = clean_rows(number)[-1]
    values[NAME] = f"宁波江北样例第{number}号电器有限公司"
    return values


def list_of(folder: Path, name: str, rows: list[list[object]]) -> Path:
    file = folder / name
    listed = ListFile(rows=rows)
    listed.above[2][0] = "填报单位：江北区市场监管局"
    file.write_bytes(listed.xlsx())
    return file


def bring(window: Page, file: Path) -> None:
    window.goto("/nominate")
    window.locator("#field-list-file").set_input_files(file)
    press(window, "核对名单")


def test_an_enterprise_is_nominated_by_form_and_stands_on_the_register_once(people, accessible) -> None:
    window = people.of("haishu", "/nominate")
    accessible(window)
    window.locator("#field-one-enterprise_name").fill("宁波海曙样例灯具有限公司")
    window.locator("#field-one-product_name").fill("样例台灯")
    window.locator("#field-one-implemented_standards").fill("GB/T 9473-2017《读写作业台灯性能要求》")
    window.locator("#field-one-benchmark_standards").fill("IEC 62722-2-1:2014《样例灯具性能》")
    press(window, "核对提名")
    accessible(window)
    press(window, "全部采用")
    taken = window.url
    accessible(window)

    window.reload()
    window.go_back()
    again = window.get_by_role("button", name="全部采用")
    if again.count():
        press(window, again)

    assert window.url.partition("?")[0] == taken.partition("?")[0]
    assert "没有任何变动" in window.locator("main").inner_text() or "此前已" in window.locator("main").inner_text()
    window.goto("/cases?name=样例灯具")
    assert window.locator("tbody tr").count() == 1


def test_a_faulty_list_comes_back_marked_and_is_taken_once_it_is_mended(people, accessible, tmp_path: Path) -> None:
    faulty, good = row(2), row(1)
    faulty[IMPLEMENTED] = faulty[BENCHMARK] = "样例标准"
    window = people.of("jiangbei")

    bring(window, list_of(tmp_path, "江北名单.xlsx", [good, faulty]))
    accessible(window)
    assert window.locator("#faults tbody tr").count() >= 1
    assert window.get_by_role("button", name="全部采用").is_disabled()
    with window.expect_download() as coming:
        window.get_by_role("link", name="下载核对结果（标注差错的表格）").click()
    marked = openpyxl.load_workbook(io.BytesIO(Path(coming.value.path()).read_bytes()))
    assert any(cell.comment for sheet in marked for line in sheet.iter_rows() for cell in line)

    bring(window, list_of(tmp_path, "江北名单（更正）.xlsx", [good, row(2)]))
    press(window, "全部采用")
    window.goto("/cases?name=宁波江北样例")

    assert window.locator("tbody tr").count() == 2
