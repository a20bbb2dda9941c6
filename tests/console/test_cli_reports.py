"""Half-yearly reports from the command line: begun, filled in, checked, kept, handed in, corrected, printed."""

import json
from zipfile import ZipFile

import pytest

TEXTS = (
    "government_agenda_status",
    "policy_measures",
    "promotion_body",
    "leader_endorsements",
    "fiscal_support",
    "interdepartmental_participation",
    "standards_influence_gains",
    "output_and_tax_growth",
    "comparison_report_status",
    "top_runner_status",
)


@pytest.fixture
def lingpao(district):
    """A terminal of the district's coordinator on 2 July, when its report is owed."""
    district("worker", "--once", "--at", "2020-07-02", login="city-1")
    return district


def whole(lingpao):
    words = [word for key in TEXTS for word in ("--set", f"{key}=无")]
    return lingpao.ask("report", "fill", *words, "--set", "对标产业名称=智能家电", "--set", "ads_enterprise_total=8")


def test_a_report_is_begun_filled_in_checked_and_handed_in(lingpao, tmp_path):
    begun = lingpao.ask("report", "draft")
    assert list(begun["forms"]) == [""]
    assert begun["forms"][""]["participating_enterprise_count"] == 2
    assert "MISSING" in {one["code"] for one in lingpao.ask("report", "check", code=1)["errors"]}
    assert "uploaded" not in lingpao("report", "check", code=1).out
    filled = whole(lingpao)
    assert filled["errors"] == []
    assert filled["forms"][""]["share_of_ads_enterprises_pct"] == "25.00"
    assert "占对标产业规上企业总数比例" in lingpao("report", "show").out
    assert lingpao.ask("report", "submit")["results"][0]["state"] == "handed_in"

    listed = lingpao.ask("report", "list")["reports"][0]
    assert listed["form"]["version"] == 1
    lingpao("report", "print", "--out", tmp_path / "form.docx")
    with ZipFile(tmp_path / "form.docx") as archive:
        assert "智能家电" in archive.read("word/document.xml").decode()
    page = lingpao("show", listed["case"]).out
    assert "version of the report's form" in page


def test_a_correction_after_handing_in_needs_a_reason(lingpao):
    whole(lingpao)
    lingpao("report", "submit")
    lingpao("report", "fill", "--set", "policy_measures=漏报一项")
    assert lingpao.ask("report", "submit", code=1)["error"]["code"] == "REFUSED"
    assert lingpao.ask("report", "submit", "--reason", "漏报政策")["results"][0]["result"] == "done"

    told = lingpao.ask("report", "versions")["versions"]
    assert [(one["number"], one["state"], one["note"]) for one in told] == [
        (1, "submitted", None),
        (2, "submitted", "漏报政策"),
    ]
    assert lingpao.ask("report", "show", "--number", 1)["forms"][""]["policy_measures"] == "无"
    assert "漏报政策" in lingpao("report", "versions").out


def test_faults_stand_one_a_line_and_nothing_is_handed_in(lingpao):
    lingpao("report", "draft")
    told = lingpao("report", "submit", code=1).err
    assert told.count("\n  – ") > 8
    assert len(lingpao.ask("report", "submit", code=1)["error"]["reasons"]) > 8
    assert lingpao.ask("report", "list")["reports"][0]["state"] == "due"


def test_a_form_is_filled_in_elsewhere_and_read_again(lingpao, tmp_path):
    lingpao("report", "form", "--out", tmp_path / "form.xlsx")
    assert lingpao.ask("report", "fill", "--from", tmp_path / "form.xlsx")["number"] == 1
    forms = tmp_path / "forms.json"
    forms.write_text(json.dumps({"forms": {"": {"当地财政支持情况": "专项经费"}}}), encoding="utf-8")
    assert lingpao.ask("report", "fill", "--from", forms)["forms"][""]["fiscal_support"] == "专项经费"
    forms.write_text(json.dumps({"forms": ["a"]}), encoding="utf-8")
    assert lingpao.ask("report", "fill", "--from", forms, code=2)["error"]["code"] == "USAGE"
    assert lingpao.ask("report", "fill", "--from", tmp_path / "no.json", code=1)["error"]["code"] == "NOT_FOUND"
    assert lingpao.ask("report", "fill", "--set", "fiscal_support", code=2)["error"]["code"] == "USAGE"


def test_versions_are_kept_and_who_looked_at_an_older_draft_is_told(lingpao):
    first = lingpao.ask("report", "fill", "--set", "policy_measures=第一稿")
    lingpao("report", "fill", "--set", "policy_measures=第二稿", "--revision", first["revision"])
    lingpao.ask("report", "fill", "--set", "policy_measures=第三稿", "--revision", first["revision"], code=5)
    assert lingpao.ask("report", "save", "--note", "送审")["state"] == "saved"
    assert lingpao.ask("report", "fill", "--set", "新材料:policy_measures=无")["number"] == 2
    assert lingpao.ask("report", "fill", "--without", "新材料")["forms"].keys() == {""}
    assert lingpao.ask("report", "show", "--number", 9, code=1)["error"]["code"] == "NOT_FOUND"


def test_the_bureau_says_whose_report_it_means(lingpao):
    assert lingpao.ask("report", "draft", "--district", "保税区", "--period", "2020H1", login="city-1")["number"] == 1
    assert lingpao.ask("report", "draft", "--period", "2019", code=1)["error"]["code"] == "NOT_FOUND"
