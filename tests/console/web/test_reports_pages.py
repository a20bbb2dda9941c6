"""Half-yearly reports in the browser: begun from the records, kept while one writes, checked, handed in, corrected."""

import io
from typing import Any

import docx
import pytest
from browsers import Shown, Web

from workflows.benchmarking.annex3 import FIELDS
from workflows.benchmarking.records import reports

TEXTS = {f":{field.key}": "无" for field in FIELDS if field.kind == "long"}
WHOLE = {**TEXTS, ":industry_name": "智能家电", ":ads_enterprise_total": "40"}


@pytest.fixture
def report(owed_report: int) -> str:
    """The address of the report that 海曙 owes for the first half of 2020."""
    return f"/reports/{owed_report}"


def begun(web: Web, report: str) -> dict[str, str]:
    """The fields of the form once it is begun."""
    assert web.at("haishu").post(f"{report}/draft").status_code == 303
    return fields(web, report)


def fields(web: Web, report: str) -> dict[str, str]:
    found = Shown(web.at("haishu").get(report)).form(f"{report}/save")
    return {name: value for name, value in found.items() if name not in {"deed", "without"}}


def send(web: Web, report: str, deed: str, **typed: Any) -> Any:
    """The form as it stands, with what is typed into it, and one of its buttons."""
    return web.at("haishu").post(f"{report}/save", data={**fields(web, report), "deed": deed, **typed})


def handed_in(web: Web, report: str) -> None:
    begun(web, report)
    answer = send(web, report, "hand_in", **WHOLE)
    assert answer.status_code == 303, Shown(answer).text


def stored(web: Web, report: str) -> Any:
    with web.ningbo.engine.look() as work:
        return reports.version(work, int(report.rpartition("/")[2]))


def test_before_the_first_report_the_page_says_when_it_is_due(web: Web) -> None:
    assert "2020年7月5日" in Shown(web.at("haishu").get("/reports")).text


def test_reports_are_listed_with_state_day_and_light_and_filtered_by_period(web: Web, report: str) -> None:
    page = Shown(web.at("city").get("/reports"))

    assert "海曙2020年上半年进展情况报表" in page.text
    assert "待报送" in page.text
    assert "2020-07-05" in page.text
    assert report in Shown(web.at("city").get("/reports?period=2020H1&district=haishu")).links
    assert report not in Shown(web.at("city").get("/reports?period=2020")).links


def test_a_form_begins_with_what_the_records_know_beside_what_is_typed(web: Web, report: str) -> None:
    before = Shown(web.at("haishu").get(report))
    typed = begun(web, report)

    assert "尚未开始填报" in before.text
    assert typed[":participating_enterprise_count"] == "1"
    assert "系统统计" in web.at("haishu").get(report).text or "统计" in web.at("haishu").get(report).text


def test_a_draft_keeps_faulty_values_too(web: Web, report: str) -> None:
    begun(web, report)

    answer = send(web, report, "save", **{":ads_enterprise_total": "四十来家"})

    assert answer.status_code == 303
    assert fields(web, report)[":ads_enterprise_total"] == "四十来家"


def test_what_is_typed_is_kept_by_itself_and_the_page_goes_on(web: Web, report: str) -> None:
    typed = begun(web, report) | {":policy_measures": "印发了样例通知"}
    part = web.at("haishu").post(f"{report}/autosave", data=typed, headers={"hx-request": "true"})

    assert part.status_code == 200
    assert "自动保存" in part.text
    assert "<html" not in part.text
    again = {**typed, "revision": str(stored(web, report).revision), ":policy_measures": "印发了两份样例通知"}
    assert web.at("haishu").post(f"{report}/autosave", data=again).status_code == 200
    assert stored(web, report).sheets[0].typed["policy_measures"] == "印发了两份样例通知"


def test_a_figure_that_nobody_touched_goes_on_following_the_records(web: Web, report: str) -> None:
    typed = begun(web, report)
    web.ningbo.one("样例乙有限公司")

    web.at("haishu").post(f"{report}/save", data={**typed, "deed": "save", ":policy_measures": "无"})

    assert stored(web, report).sheets[0].typed["participating_enterprise_count"] == 2


def test_a_share_is_worked_out_anew_when_its_total_is_typed(web: Web, report: str) -> None:
    begun(web, report)

    send(web, report, "save", **{":ads_enterprise_total": "40"})
    send(web, report, "save", **{":ads_enterprise_total": "50"})

    assert fields(web, report)[":share_of_ads_enterprises_pct"] == "2.00"


def test_who_writes_over_anothers_draft_is_told_and_loses_nothing(web: Web, report: str) -> None:
    stale = begun(web, report)
    send(web, report, "save", **{":policy_measures": "甲写的"})

    page = web.at("haishu").post(f"{report}/save", data={**stale, "deed": "save", ":policy_measures": "乙写的"})
    part = web.at("haishu").post(f"{report}/autosave", data={**stale, ":policy_measures": "乙写的"})

    assert page.status_code == part.status_code == 409
    assert Shown(page).form(f"{report}/save")[":policy_measures"] == "乙写的"
    assert "海曙联络员" in Shown(page).text
    assert "<html" not in part.text


def test_all_faults_are_told_at_once_at_their_fields(web: Web, report: str) -> None:
    begun(web, report)

    answer = send(web, report, "hand_in", **{":ads_enterprise_total": "四十来家", ":policy_measures": ""})
    checked = web.at("haishu").get(send(web, report, "check").headers["location"])

    assert answer.status_code == 422
    for key in ("ads_enterprise_total", "policy_measures", "promotion_body"):
        assert f'id="fault-:{key}"' in answer.text
    assert "处需要修改" in Shown(answer).h1 + Shown(answer).text
    assert Shown(answer).form(f"{report}/save")[":ads_enterprise_total"] == "四十来家"
    assert 'id="fault-:policy_measures"' in checked.text


def test_a_whole_form_is_handed_in_and_its_paper_counts(web: Web, report: str) -> None:
    handed_in(web, report)

    page = Shown(web.at("haishu").get(report))
    assert "已报送" in page.text
    assert f"{report}/save" not in page.forms
    document = docx.Document(io.BytesIO(web.at("haishu").get(f"{report}/document").content))
    assert any("智能家电" in cell.text for table in document.tables for cell in table._cells)
    assert "智能家电" in Shown(web.at("haishu").get(f"/print{report}")).text


def test_a_correction_needs_a_reason_and_keeps_the_earlier_version(web: Web, report: str) -> None:
    handed_in(web, report)
    begun(web, report)

    nothing = send(web, report, "hand_in", **{":policy_measures": "印发了样例通知"})
    done = send(web, report, "hand_in", reason="补报政策措施", **{":policy_measures": "印发了样例通知"})
    page = Shown(web.at("haishu").get(report))

    assert nothing.status_code == 422
    assert done.status_code == 303, Shown(done).text
    assert "补报政策措施" in page.text
    assert "无" in Shown(web.at("haishu").get(f"{report}?number=1")).text


def test_a_version_kept_for_good_is_followed_by_another(web: Web, report: str) -> None:
    begun(web, report)

    assert send(web, report, "keep", note="初稿").status_code == 303
    begun(web, report)

    assert stored(web, report).number == 2
    assert "初稿" in Shown(web.at("haishu").get(report)).text


def test_forms_for_further_industries_are_added_and_taken_away(web: Web, report: str) -> None:
    begun(web, report)

    assert send(web, report, "add", new_industry="").status_code == 422
    send(web, report, "add", new_industry="汽车零部件")
    assert "汽车零部件:policy_measures" in fields(web, report)

    send(web, report, "", without="汽车零部件")
    assert "汽车零部件:policy_measures" not in fields(web, report)


def test_the_bureau_accepts_or_returns_and_fills_in_nothing_by_accident(web: Web, report: str) -> None:
    begun(web, report)
    draft = Shown(web.at("leader").get(report))
    handed_in_by_form = send(web, report, "hand_in", **WHOLE)
    page = Shown(web.at("city").get(report))

    assert handed_in_by_form.status_code == 303
    assert f"{report}/save" not in draft.forms
    case = report.rpartition("/")[2]
    assert f"/cases/{case}/steps/accept" in page.forms
    assert f"/cases/{case}/steps/return_report" in page.forms


def test_the_report_of_another_district_does_not_exist(web: Web, report: str) -> None:
    begun(web, report)

    for path in (report, f"{report}/document", f"/print{report}"):
        assert web.at("cixi").get(path).status_code == 404
    for path in (f"{report}/draft", f"{report}/save", f"{report}/autosave"):
        assert web.at("cixi").post(path, data={"revision": "1"}).status_code == 404
    assert "海曙" not in Shown(web.at("cixi").get("/reports")).text
