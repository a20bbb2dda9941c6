"""Recording evidence by form: what is asked for, files that need not be sent twice, versions, and who may."""

from dataclasses import replace
from typing import Any

import pytest
from browsers import SETTINGS, Shown, Web, a_web
from ningbo import PDF, PNG, lab_report

from console.config import WebSection
from engine.clock import FixedClock
from engine.model import Case
from engine.store.database import Database, Work
from workflows.benchmarking.records import files, plans, products, publications, results, trainings


def records(web: Web, read: Any) -> Any:
    with web.ningbo.engine.look() as work:
        return read(work)


def product_of(web: Web, case: Case, place: int = 0) -> int:
    return int(records(web, lambda work: products.active_of(work, case.id)[place].id))


def form(web: Web, case: Case, what: str, login: str = "haishu", **typed: Any) -> dict[str, Any]:
    number = product_of(web, case)
    shown = Shown(web.at(login).get(f"/cases/{case.id}/evidence/{what}?product={number}"))
    return {**shown.form(f"/cases/{case.id}/evidence/{what}/upload"), **typed}


def send(web: Web, case: Case, what: str, data: dict[str, Any], login: str = "haishu", **sent: Any) -> Any:
    uploads = {name: (one.name, one.content) for name, one in sent.items()}
    data = {name: value for name, value in data.items() if name not in {"file", "notice", "attendance"}}
    return web.at(login).post(f"/cases/{case.id}/evidence/{what}/upload", data=data, files=uploads or None)


def versions(web: Web, case: Case) -> list[tuple[str, int, str]]:
    def read(work: Work) -> list[tuple[str, int, str]]:
        return [(one.what, one.number, one.name) for one in files.versions_of_case(work, case)]

    return list(records(web, read))


PLAN = {"title": "样例方案", "drafted_on": "2020-05-15", "drafted_by": "样例标准院"}
REPORT = {
    "laboratory": "样例检验检测研究院",
    "report_no": "YL-2020-001",
    "issued_on": "2020-05-15",
    "sampling": "sampled",
    "conclusion": "partly_better",
}


def test_a_plan_is_recorded_with_its_file(web: Web) -> None:
    case = web.ningbo.one()

    answer = send(web, case, "plan", form(web, case, "plan", **PLAN), file=PDF)

    assert answer.status_code == 303
    plan = records(web, lambda work: plans.of_products(work, [product_of(web, case)])[product_of(web, case)])
    assert (plan.title, plan.drafted_by, plan.file_name) == ("样例方案", "样例标准院", "样例.pdf")
    assert "《样例方案》" in Shown(web.at("haishu").get(f"/cases/{case.id}")).text


def test_a_plan_that_is_there_is_revised_and_its_file_stays(web: Web) -> None:
    case = web.ningbo.one()
    send(web, case, "plan", form(web, case, "plan", **PLAN), file=PDF)

    again = form(web, case, "plan")
    answer = send(web, case, "plan", {**again, "title": "样例方案（修订）"})

    assert again["title"] == "样例方案"
    assert answer.status_code == 303
    found = records(web, lambda work: plans.of_district(work, case.campaign, case.district_id))
    assert [(one.title, one.file_name) for one in found] == [("样例方案（修订）", "样例.pdf")]


def test_a_file_is_kept_when_another_field_is_wrong(web: Web) -> None:
    case = web.ningbo.one()

    refused = send(web, case, "plan", form(web, case, "plan", drafted_on="2020-05-15"), file=PDF)
    shown = Shown(refused)
    again = shown.form(f"/cases/{case.id}/evidence/plan/upload")
    done = send(web, case, "plan", {**again, "title": "样例方案"})

    assert refused.status_code == 422
    assert "#field-title" in shown.links
    assert "已收到：样例.pdf" in shown.text
    assert done.status_code == 303
    assert versions(web, case) == [("plan", 1, "样例.pdf")]


def test_a_kept_file_belongs_to_who_sent_it(web: Web) -> None:
    case, other = web.ningbo.one(), web.ningbo.one("样例乙有限公司", district="cixi")
    refused = send(web, case, "plan", form(web, case, "plan"), file=PDF)
    kept = Shown(refused).form(f"/cases/{case.id}/evidence/plan/upload")["file_kept"]

    answer = send(web, other, "plan", form(web, other, "plan", "cixi", **PLAN, file_kept=kept), "cixi")

    assert answer.status_code == 422
    assert "已不再保留" in Shown(answer).text
    assert versions(web, other) == []


def test_a_file_that_proves_nothing_is_refused_at_its_field_together_with_the_rest(web: Web) -> None:
    from workflows.benchmarking.evidence import Upload

    case = web.ningbo.one()

    answer = send(web, case, "plan", form(web, case, "plan"), file=Upload("方案.exe", b"MZ\x90"))

    shown = Shown(answer)
    assert answer.status_code == 422
    assert {"#field-file", "#field-title", "#field-drafted_on"} <= set(shown.links)
    assert versions(web, case) == []


def test_indicators_are_written_row_by_row(web: Web) -> None:
    case = web.ningbo.one()
    send(web, case, "plan", form(web, case, "plan", **PLAN), file=PDF)
    rows = {
        "name": ["耐磨次数", "", "甲醛"],
        "unit": ["次", "", "mg/kg"],
        "direction": ["higher", "higher", "lower"],
        "national": ["10000", "", "75"],
        "benchmark": ["≥20000", "", "≤30"],
        "own": ["22000", "", ""],
        "core": ["0"],
    }

    answer = send(web, case, "indicators", form(web, case, "indicators", **rows))

    assert answer.status_code == 303
    plan = records(web, lambda work: plans.of_products(work, [product_of(web, case)])[product_of(web, case)])
    found = records(web, lambda work: plans.indicators_of(work, plan.id))
    assert [(one.name, one.benchmark_value, one.core) for one in found] == [
        ("耐磨次数", "≥20000", True),
        ("甲醛", "≤30", False),
    ]
    assert records(web, lambda work: plans.values_of(work, plan.id)) == {product_of(web, case): {"耐磨次数": "22000"}}


def test_faulty_indicators_come_back_as_they_were_typed(web: Web) -> None:
    case = web.ningbo.one()
    send(web, case, "plan", form(web, case, "plan", **PLAN), file=PDF)
    row = {
        "unit": ["次"] * 2,
        "direction": ["higher"] * 2,
        "national": ["1"] * 2,
        "benchmark": ["2"] * 2,
        "own": [""] * 2,
    }

    answer = send(web, case, "indicators", form(web, case, "indicators", name=["耐磨次数"] * 2, **row))

    assert answer.status_code == 422
    assert answer.text.count('value="耐磨次数"') == 2


def test_platform_training_report_publication_result_and_declaration_lead_to_the_end_of_the_line(web: Web) -> None:
    case = web.ningbo.one()
    web.ningbo.with_plan(case)
    day = "2020-05-15"
    number = product_of(web, case)

    def record(what: str, typed: dict[str, Any], **sent: Any) -> None:
        answer = send(web, case, what, form(web, case, what, **typed), **sent)
        assert answer.status_code == 303, Shown(answer).text

    record("platform_plan", {"uploaded_on": day, "number": "FA-1"}, file=PNG)
    record("training", {"topic": "样例宣贯", "held_on": day}, notice=PDF)
    record("test_report", REPORT, file=PDF)
    record("publication", {"title": "样例名单", "url": "https://www.example.org/list", "published_on": day})
    record("result", {"uploaded_on": day, "number": "JG-1"})
    record("declaration", {"standard_no": "Q/YL 1-2020", "title": "样例产品", "disclosed_on": day, "key_area": "1"})
    record("runner", {"step": "submitted", "level": "national", "year": "2020", "reached_on": day})

    assert records(web, lambda work: plans.platform_record(work, 1)).number == "FA-1"
    assert records(web, lambda work: trainings.of_cases(work, [case.id]))[case.id][0].topic == "样例宣贯"
    assert records(web, lambda work: results.lab_report(work, number)).report_no == "YL-2020-001"
    assert records(web, lambda work: publications.of_products(work, [number]))[number].title == "样例名单"
    assert records(web, lambda work: results.platform_record(work, number)).number == "JG-1"
    assert records(web, lambda work: results.declarations_of(work, [number]))[number][0].key_area
    assert [one.step for one in records(web, lambda work: results.runner_steps_of(work, [number]))[number]] == [
        "submitted"
    ]
    text = Shown(web.at("haishu").get(f"/cases/{case.id}")).text
    for told in ("FA-1", "YL-2020-001", "部分指标优于比对标准", "《样例名单》", "JG-1", "Q/YL 1-2020"):
        assert told in text


def test_a_training_can_count_for_the_whole_district(web: Web) -> None:
    case, other = web.ningbo.one(), web.ningbo.one("样例乙有限公司")
    typed = {"topic": "样例宣贯", "held_on": "2020-05-15", "everybody": "1"}

    assert send(web, case, "training", form(web, case, "training", **typed), attendance=PDF).status_code == 303

    held = records(web, lambda work: trainings.of_cases(work, [case.id, other.id]))
    assert {key: len(found) for key, found in held.items()} == {case.id: 1, other.id: 1}


def test_an_implausible_report_is_refused_with_every_fault_at_its_field(web: Web) -> None:
    case = web.ningbo.one()
    typed = {**REPORT, "cma_no": "12", "issued_on": "2020-06-30"}

    answer = send(web, case, "test_report", form(web, case, "test_report", **typed), file=PDF)

    assert answer.status_code == 422
    assert {"#field-cma_no", "#field-issued_on"} <= set(Shown(answer).links)
    assert "已收到：样例.pdf" in Shown(answer).text


def test_what_a_step_rests_on_changes_only_with_a_reason_and_keeps_its_versions(web: Web) -> None:
    case = web.ningbo.uploaded(web.ningbo.one())
    web.ningbo.record("record_test_report", case, lab_report(web.ningbo.today()), file=PDF)
    web.ningbo.proposed("verify", case)
    data = form(web, case, "test_report", conclusion="all_better")

    bare = send(web, case, "test_report", data, file=PNG)
    again = Shown(bare).form(f"/cases/{case.id}/evidence/test_report/upload")
    done = send(web, case, "test_report", {**again, "reason": "复检后更正，样例"})

    assert bare.status_code == 422
    assert done.status_code == 303
    assert [(what, n) for what, n, _ in versions(web, case) if what == "test_report"] == [
        ("test_report", 1),
        ("test_report", 2),
    ]
    listed = Shown(web.at("haishu").get(f"/cases/{case.id}/files")).text
    assert "现行有效" in listed


def test_the_laboratory_records_reports_and_nothing_else(web: Web) -> None:
    case = web.ningbo.one()

    shown = Shown(web.at("laboratory").get(f"/cases/{case.id}"))
    refused = web.at("laboratory").get(f"/cases/{case.id}/evidence/plan")

    number = product_of(web, case)
    assert f"/cases/{case.id}/evidence/test_report?product={number}" in shown.links
    assert not [link for link in shown.links if "/evidence/plan" in link]
    assert refused.status_code == 403
    answer = send(
        web, case, "test_report", form(web, case, "test_report", "laboratory", **REPORT), "laboratory", file=PDF
    )
    assert answer.status_code == 303


def test_the_second_of_two_keeps_what_was_typed_and_the_file(web: Web) -> None:
    case = web.ningbo.one()
    data = form(web, case, "plan", **PLAN)
    web.ningbo.record("add_product", case, draft(), login="city")

    answer = send(web, case, "plan", data, file=PDF)

    assert answer.status_code == 409
    shown = Shown(answer)
    assert "市局经办一" in shown.text
    assert "已收到：样例.pdf" in shown.text
    assert shown.form(f"/cases/{case.id}/evidence/plan/upload")["title"] == "样例方案"


def draft(name: str = "样例产品二") -> Any:
    from workflows.benchmarking.model import Standard
    from workflows.benchmarking.recording import ProductDraft

    return ProductDraft(name=name, implemented_standards=(Standard("GB/T 1-2020"),))


def test_files_go_out_under_safe_names_and_only_to_who_sees_the_case(web: Web) -> None:
    case = web.ningbo.one()
    web.ningbo.with_plan(case)
    sha = records(web, lambda work: files.of_case(work, case)[0].sha256)

    kept = web.at("haishu").get(f"/cases/{case.id}/files/{sha}")
    shown = web.at("haishu").get(f"/cases/{case.id}/files/{sha}/shown")
    framed = web.at("haishu").get(f"/cases/{case.id}/files/{sha}/view")

    assert kept.headers["content-disposition"].startswith("attachment; filename=")
    assert kept.content == PDF.content
    assert shown.headers["content-disposition"].startswith("inline")
    assert "frame-ancestors 'self'" in shown.headers["content-security-policy"]
    assert f'src="/cases/{case.id}/files/{sha}/shown"' in framed.text
    assert web.at("cixi").get(f"/cases/{case.id}/files/{sha}").status_code == 404
    other = web.ningbo.one("样例乙有限公司", district="cixi")
    assert web.at("cixi").get(f"/cases/{other.id}/files/{sha}").status_code == 404


def test_a_case_without_files_says_where_they_come_from(web: Web) -> None:
    case = web.ningbo.one()
    assert "尚未收到文件" in Shown(web.at("haishu").get(f"/cases/{case.id}/files")).text


@pytest.mark.parametrize("what", ["nothing", "plan?product=999"])
def test_a_form_for_nothing_is_not_there(web: Web, what: str) -> None:
    case = web.ningbo.one()
    assert web.at("haishu").get(f"/cases/{case.id}/evidence/{what}").status_code == 404


def test_a_product_is_added_changed_and_dropped(web: Web) -> None:
    case = web.ningbo.one()
    browser = web.at("haishu")
    url = f"/cases/{case.id}/products"
    data = Shown(browser.get(url)).form(url)

    faulty = browser.post(url, data={**data, "name": "样例产品二", "implements": "没有编号"})
    typed = Shown(faulty).form(url)
    added = browser.post(url, data={**typed, "implements": "GB/T 17713-2011《样例》"})

    assert faulty.status_code == 422
    assert "#field-implements" in Shown(faulty).links
    assert added.status_code == 303
    number = product_of(web, case, 1)
    data = Shown(browser.get(f"{url}/{number}")).form(f"{url}/{number}")
    assert data["implements"] == "GB/T 17713-2011《样例》"
    changed = browser.post(f"{url}/{number}", data={**data, "existing_plan_no": "FA-9"})
    assert changed.status_code == 303
    data = Shown(browser.get(f"{url}/{number}")).form(f"{url}/{number}/drop")
    assert browser.post(f"{url}/{number}/drop", data={**data, "reason": "样例停产"}).status_code == 303
    assert len(records(web, lambda work: products.active_of(work, case.id))) == 1
    assert "样例停产" in Shown(browser.get(f"/cases/{case.id}")).text


def test_a_fault_is_said_once_above_the_form_and_the_field_has_its_own_name(web: Web) -> None:
    case = web.ningbo.one()
    typed = form(web, case, "test_report", **REPORT, cma_no="12345")

    shown = Shown(send(web, case, "test_report", typed, file=PDF))

    told = "资质认定证书编号“12345”不是12位数字，请对照报告上的 CMA 标志填写，没有的请留空。"
    assert shown.text.count(told) == 2, "in the list of faults and at its field"
    assert "尚未保存，请更正下列各项。" in shown.text
    assert "报告签发日期" in shown.text


def test_the_form_names_the_largest_file_that_the_server_takes(sqlite_database: Database, clock: FixedClock) -> None:
    small = SETTINGS.model_copy(update={"web": WebSection(upload_mb=1)})
    web = a_web(sqlite_database, clock, settings=small)
    case = web.ningbo.one()
    address = f"/cases/{case.id}/evidence/plan?product={product_of(web, case)}"
    start, end = b"%PDF-1.4\n%", b"\n%%EOF\n"
    largest = replace(PDF, content=start.ljust(1_000_000, b" ") + end)
    too_large = replace(PDF, content=start.ljust(3_000_000, b" ") + end)

    taken = send(web, case, "plan", form(web, case, "plan", **PLAN), file=largest)
    refused = send(web, case, "plan", form(web, case, "plan", **PLAN), file=too_large)

    assert "不超过1 MB" in Shown(web.at("haishu").get(address.replace("plan?", "publication?"))).text
    assert taken.status_code == 303
    assert refused.status_code == 413
    assert "一次最多接收2 MB，本次内容没有保存。" in Shown(refused).text
