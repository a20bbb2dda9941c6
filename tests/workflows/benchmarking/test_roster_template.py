"""An empty list that is handed out can be filled in and read back without a word."""

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from office import needs_office, saved_by_office
from roster_files import ListFile, assert_survives, clean_rows, expecting, file_codes, read, saved

from workflows.benchmarking.annexes.annex2 import annex_2
from workflows.benchmarking.roster.annex2 import ANNEX_2
from workflows.benchmarking.roster.forms import Column, Form
from workflows.benchmarking.roster.kinds import FORMS
from workflows.benchmarking.roster.ownsheets import GUIDE, GUIDE_MARK
from workflows.benchmarking.roster.readers import read_enterprise, read_ordinal, read_plan_number
from workflows.benchmarking.roster.reading import read_roster
from workflows.benchmarking.roster.template import HEADER_ROW, Sender, template, template_name

ON = date(2020, 5, 18)
CIXI = Sender(city="宁波市", year=2020, unit="慈溪市市场监督管理局", quota=8)


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def filled(content: bytes, rows: Sequence[Sequence[Any]]) -> bytes:
    """The template as a person fills it in."""
    book = opened(content)
    sheet = book.worksheets[0]
    sheet.cell(3, sheet.max_column).value = datetime.combine(date(2020, 5, 28), time())
    for number, row in enumerate(rows, HEADER_ROW + 2):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    return saved(book)


def example_rows(form: Form) -> list[list[Any]]:
    """Two rows after the form's own examples."""
    rows = []
    for number in (1, 2):
        texts = {column.field: column.example for column in form.columns}
        if "enterprise_name" in texts:
            texts["enterprise_name"] = f"宁波样例第{number}号电器有限公司"
        if "login" in texts:
            texts["login"] = f"haishu-{number}"
        rows.append([number if column.counting else texts[column.field] or None for column in form.columns])
    return rows


def test_the_empty_annex_2_has_the_plans_layout_and_whose_it_is() -> None:
    book = opened(template(ANNEX_2, CIXI, on=ON))
    sheet = book["附件2"]
    assert sheet["A1"].value == "附件2"
    assert sheet["A2"].value == "宁波市2020年参加对标达标提升专项行动企业名单"
    assert sheet["A3"].value == "填报单位：慈溪市市场监督管理局"
    assert sheet["F3"].value == "填报日期："
    assert [cell.value for cell in sheet[4]] == [column.label for column in ANNEX_2.columns]
    assert sheet["A35"].value.startswith("注：1、“平台现有技术方案编号”")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_area == "'附件2'!$A$1:$G$36"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.freeze_panes == "A5"
    assert book.active.title == "附件2"


def test_closed_choices_drop_down_and_lengths_are_checked() -> None:
    sheet = opened(template(ANNEX_2, CIXI, on=ON))["附件2"]
    checks = {str(one.sqref).split(":")[0]: one for one in sheet.data_validations.dataValidation}
    assert (checks["G5"].type, checks["G5"].formula1) == ("list", '"是,否"')
    assert (checks["B5"].type, checks["B5"].formula1) == ("textLength", "100")
    assert checks["D5"].prompt.startswith("产品执行的标准号和名称")
    assert checks["G3"].type == "date"


def test_entries_made_twice_and_cells_still_missing_are_highlighted() -> None:
    sheet = opened(template(ANNEX_2, CIXI, on=ON))["附件2"]
    rules = [rule.formula[0] for found in sheet.conditional_formatting for rule in found.rules]
    assert any("COUNTIFS($B$5:$B$34,$B5,$C$5:$C$34,$C5)>1" in rule for rule in rules)
    assert any("LEN(TRIM(D5))=0" in rule for rule in rules)
    assert not any("LEN(TRIM(E5))=0" in rule for rule in rules)


def test_the_quota_stands_there_with_what_is_filled_in() -> None:
    content = template(ANNEX_2, CIXI, on=ON, rows=[tuple(row) for row in clean_rows(3)])
    assert "SUMPRODUCT" in opened(content)["附件2"]["G1"].value
    assert openpyxl.load_workbook(io.BytesIO(content), data_only=True)["附件2"]["G1"].value == "任务数 8 家，已填 3 家"
    assert opened(template(FORMS["contacts"], CIXI, on=ON)).worksheets[0]["F1"].value is None


def test_rows_are_prepared_for_twice_the_quota() -> None:
    def prepared(quota: int | None) -> int:
        sender = Sender(city="宁波市", year=2020, unit="慈溪市市场监督管理局", quota=quota)
        sheet = opened(template(ANNEX_2, sender, on=ON))["附件2"]
        return next(row for row in range(5, 200) if str(sheet.cell(row, 1).value or "").startswith("注：")) - 5

    assert [prepared(quota) for quota in (None, 3, 40)] == [30, 30, 80]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_form_filled_in_after_its_examples_is_read_back_without_a_fault(form: Form) -> None:
    content = filled(template(form, CIXI, on=ON), example_rows(form))
    expectation = expecting(district="330282", quota=2, today=date(2020, 12, 31))
    report = read_roster(content, filename="名单.xlsx", expectation=expectation, form=form)
    assert [fault.sentence for fault in report.faults()] == []
    assert len(report.rows) == 2
    assert report.heading.title is not None


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_an_empty_list_sent_back_has_no_rows_and_no_example_in_it(form: Form) -> None:
    report = read_roster(template(form, CIXI, on=ON), filename="空表.xlsx", expectation=expecting(), form=form)
    assert [fault.code for fault in report.file_errors] == ["NO_DATA_ROWS"]
    assert report.rows == []


def test_the_clean_rows_of_annex_2_are_read_back_whole() -> None:
    rows = [[cell if cell is None else str(cell) for cell in row] for row in clean_rows()]
    report = read(filled(template(ANNEX_2, CIXI, on=ON), rows), district="330282", quota=8)
    assert_survives(report)
    assert report.quota is not None
    assert report.quota.result == "met"
    assert report.heading.reporting_date == date(2020, 5, 28)


def test_the_guide_explains_every_column_and_is_never_the_list() -> None:
    book = opened(template(ANNEX_2, CIXI, on=ON))
    lines = list(book[GUIDE].iter_rows(values_only=True))
    assert lines[0][0] == GUIDE_MARK
    told = {line[0]: line[1:4] for line in lines}
    assert told["企业名称"][0] == "必填"
    assert told["比对标准号、名称"][0] == "可不填"
    assert told["另行制定技术方案技术支持需求"][1].endswith("从下拉列表中选择：是、否。")
    assert told["产品名称"][2] == "样例电热水壶"
    del book["附件2"]
    assert file_codes(read(saved(book)))[0] == ["NO_DATA_ROWS"]


def test_choices_too_long_for_a_cell_stand_in_the_guide() -> None:
    choices = tuple(f"第{number}种很长很长很长很长的选择" for number in range(30))
    form = Form(
        key="long",
        title_word="名单",
        subject="name",
        known_by=(("name",), ("kind",)),
        columns=(
            Column("seq", "序", read_ordinal, required=False, counting=True),
            Column("name", "企业名称", read_enterprise),
            Column("kind", "种类", read_plan_number, choices=choices),
        ),
    )
    book = opened(template(form, CIXI, on=ON))
    check = next(one for one in book["long"].data_validations.dataValidation if one.type == "list")
    assert check.formula1 == f"{GUIDE}!$W$1:$W$30"
    assert [book[GUIDE][f"W{row}"].value for row in (1, 30)] == [choices[0], choices[-1]]
    assert book[GUIDE].column_dimensions["W"].hidden


def test_a_list_for_nobody_in_particular_leaves_the_unit_open() -> None:
    sheet = opened(template(ANNEX_2, Sender(city="宁波市", year=2020), on=ON))["附件2"]
    assert sheet["A3"].value.strip("填报单位：　") == "市场监管局"
    assert file_codes(read(filled(template(ANNEX_2, Sender(city="宁波市", year=2020), on=ON), clean_rows()))) == (
        ["REPORTING_UNIT_MISSING"],
        [],
    )
    assert opened(template(FORMS["people"], Sender(city="宁波市", year=2020), on=ON)).worksheets[0]["A3"].value is None


def test_the_same_list_is_the_same_bytes_and_has_a_name_people_know() -> None:
    assert template(ANNEX_2, CIXI, on=ON) == template(ANNEX_2, CIXI, on=ON)
    assert template_name(ANNEX_2, "慈溪") == "慈溪_附件2_空表.xlsx"
    assert template_name(FORMS["contacts"], "") == "企业联系人_空表.xlsx"


def test_a_list_filled_in_by_the_house_is_read_like_any_other() -> None:
    rows = [[str(cell or "") for cell in row[1:]] for row in ListFile().rows]
    paper = annex_2(year=2020, city="宁波市", unit="海曙区市场监管局", reported_on=date(2020, 5, 28), rows=rows)
    assert_survives(read(paper.content))


@needs_office
def test_what_libreoffice_saved_of_a_filled_list_is_read_back_without_a_fault(tmp_path: Path) -> None:
    content = saved_by_office(filled(template(ANNEX_2, CIXI, on=ON), clean_rows()), tmp_path)
    assert_survives(read(content, district="330282", quota=8))
    shown = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["附件2"]["G1"].value
    assert shown == "任务数 8 家，已填 8 家"
