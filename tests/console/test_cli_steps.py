"""The whole way of enterprises from the command line: lists, evidence, steps, sending back, leaving, coming back."""

import json
import sqlite3
from pathlib import Path

import pytest

from engine.store import journal

LISTS = Path(__file__).parents[2] / "examples" / "ningbo-2020" / "lists"
ADOPTS, WRITES = "宁波保税区样例电池有限公司", "宁波保税区示例电子有限公司"
BONDED = LISTS / "13-保税区.xlsx"


@pytest.fixture
def lingpao(district):
    """A terminal of the district's coordinator."""
    return district


def state(lingpao, name):
    return lingpao.ask("show", name)["state"]


def upload_plan(lingpao, paper, name=WRITES):
    """From the list to the uploaded plan."""
    lingpao(
        "record", "training", "--district", "保税区", "--topic", "宣贯", "--held-on", "2020-05-26", "--notice", paper
    )
    lingpao("record", "plan", name, "--title", "样例方案", "--drafted-on", "2020-05-26", "--file", paper)
    lingpao(
        "record", "indicators", name, "--indicator", "容量|mAh|higher|2000|2500", "--core", "容量", "--own", "容量=2600"
    )
    lingpao("advance", name, "draft_plan")
    lingpao("record", "platform", name, "--uploaded-on", "2020-05-26", "--number", "FA-2020-0001")
    lingpao("advance", name, "upload_plan")


def verify(lingpao, paper, name=WRITES):
    """From the uploaded plan to the confirmed test."""
    lingpao("record", "report", name, "--laboratory", "样例检测院", "--number", "R-1", "--issued-on", "2020-05-26",
            "--cma", "123456789012", "--conclusion", "partly_lower", "--file", paper)  # fmt: skip
    lingpao("propose", name, "verify")
    lingpao("confirm", name, login="city-1")


def test_an_enterprise_goes_the_whole_way_to_leader_candidate(lingpao, paper):
    upload_plan(lingpao, paper)
    verify(lingpao, paper)
    lingpao("record", "publication", WRITES, "--title", "样例名单", "--url", "http://www.example.org/1",
            "--published-on", "2020-05-26")  # fmt: skip
    lingpao("record", "result", WRITES, "--uploaded-on", "2020-05-26", "--url", "http://www.example.org/2")
    lingpao("propose", WRITES, "publish")
    lingpao("confirm", WRITES, login="city-1")
    lingpao("record", "declaration", WRITES, "--standard", "Q/BSSL 001-2020", "--title", "样例", "--disclosed-on",
            "2020-05-26", "--url", "http://www.example.org/3", "--key-area")  # fmt: skip
    lingpao("record", "runner", WRITES, "area_matched", "--level", "national", "--year", "2020", "--on", "2020-05-26")
    lingpao("propose", WRITES, "nominate_leader")
    lingpao("confirm", WRITES, login="city-1")

    file = lingpao.ask("show", WRITES)
    assert file["state"] == "leader_candidate"
    assert file["missing"] == []
    assert {one["verdict"] for one in file["deadlines"] if one["state"] == "met"} == {"on_time"}
    product = file["products"][0]
    assert product["plan"]["indicators"][0]["own_value"] == "2600"
    assert product["test_report"]["conclusion"] == "partly_lower"
    assert product["runner"][0]["step"] == "area_matched"
    page = lingpao("show", WRITES).out
    for told in ("样例方案", "FA-2020-0001", "R-1", "样例名单", "Q/BSSL 001-2020", "容量 mAh: 2000 / 2500 / 2600"):
        assert told in page
    assert lingpao.ask("audit", "verify", login="city-1")["broken"] == []


def test_an_enterprise_that_uses_a_plan_of_the_platform_takes_the_short_way(lingpao, paper):
    lingpao("record", "training", ADOPTS, "--topic", "宣贯", "--held-on", "2020-05-26", "--attendance", paper)

    answer = lingpao.ask("advance", ADOPTS, "adopt_plan")

    assert answer["results"][0]["state"] == "plan_uploaded"


def test_a_step_that_is_not_possible_tells_every_reason_and_changes_nothing(lingpao):
    answer = lingpao.ask("advance", WRITES, "draft_plan", code=1)

    denied = answer["results"][0]
    assert denied["result"] == "denied"
    assert {one["code"] for one in denied["reasons"]} == {"EVIDENCE_MISSING"}
    assert state(lingpao, WRITES) == "nominated"
    assert "[EVIDENCE_MISSING]" in lingpao("advance", WRITES, "draft_plan", code=1).out


def test_explaining_tells_the_same_reasons_as_trying(lingpao):
    tried = lingpao.ask("advance", WRITES, "draft_plan", code=1)["results"][0]["reasons"]

    explained = {one["step"]: one for one in lingpao.ask("explain", WRITES)["steps"]}

    assert explained["draft_plan"]["reasons"] == tried
    assert explained["withdraw"]["possible"] is True
    assert "withdraw" in lingpao("explain", WRITES).out


def test_a_case_is_found_by_number_by_name_or_by_words_of_it(lingpao):
    number = lingpao.ask("show", WRITES)["case"]

    assert lingpao.ask("show", number)["subject"] == WRITES
    assert lingpao.ask("show", "示例电子")["case"] == number
    assert lingpao.ask("show", "示例电子 有限公司")["case"] == number


def test_a_name_that_fits_several_is_refused_with_their_numbers(lingpao):
    sentence = lingpao.ask("show", "宁波保税区", code=1)["error"]["sentence"]

    assert WRITES in sentence
    assert ADOPTS in sentence


@pytest.mark.parametrize("name", ["99999", "9" * 30, "没有这家企业", "０"])
def test_what_does_not_exist_is_not_found(lingpao, name):
    assert lingpao.ask("show", name, code=1)["error"]["code"] == "NOT_FOUND"


def test_another_districts_case_does_not_exist_by_any_entry(lingpao):
    number = lingpao.ask("show", WRITES)["case"]

    for words in (
        ["show", number],
        ["show", WRITES],
        ["explain", number],
        ["advance", number, "draft_plan"],
        ["propose", number, "verify"],
        ["withdraw", number, "--reason", "样例"],
        ["extend", number, "plan_drafted", "--to", "2020-07-10", "--reason", "样例"],
        ["record", "plan", number, "--title", "样例", "--drafted-on", "2020-05-26"],
        ["product", "drop", number, "便携式锂离子电池", "--reason", "样例"],
        ["mail", "why", number],
    ):
        answer = lingpao.ask(*words, login="haishu", code=1)
        assert answer["error"]["code"] == "NOT_FOUND", words
        told = json.dumps(answer, ensure_ascii=False).replace(WRITES, "")
        assert "保税区" not in told
    assert lingpao.ask("cases", login="haishu") == {"cases": []}


def test_reaching_for_another_districts_case_stays_on_record(lingpao):
    from console.bootstrap import open_house
    from console.settings import load_settings

    number = lingpao.ask("show", WRITES)["case"]
    lingpao("show", number, login="haishu", code=1)

    house = open_house(load_settings(lingpao.config), url=f"sqlite:///{lingpao.database}")
    with house.engine.look() as work:
        last = journal.of_case(work, journal.HOUSE)[-1]
    house.close()
    assert last.data == {"refused": f"case {number}", "code": "NOT_FOUND"}


def test_many_cases_get_a_result_each_and_one_that_is_refused_stops_nobody(lingpao, paper):
    lingpao("record", "training", ADOPTS, "--topic", "宣贯", "--held-on", "2020-05-26", "--notice", paper)

    answer = lingpao.ask("advance", ADOPTS, WRITES, "没有这家", "adopt_plan", code=1)

    assert [one["result"] for one in answer["results"]] == ["done", "denied", "denied"]
    assert answer["results"][2]["reasons"][0]["code"] == "NOT_FOUND"


def test_a_dry_run_predicts_and_changes_nothing(lingpao, paper):
    lingpao("record", "training", ADOPTS, "--topic", "宣贯", "--held-on", "2020-05-26", "--notice", paper)

    foretold = lingpao.ask("advance", ADOPTS, WRITES, "adopt_plan", "--dry-run", code=1)

    assert [one["result"] for one in foretold["results"]] == ["possible", "denied"]
    assert state(lingpao, ADOPTS) == "nominated"


def test_a_batch_of_the_same_name_goes_on_where_it_stopped(lingpao, paper):
    lingpao("record", "training", ADOPTS, WRITES, "--topic", "宣贯", "--held-on", "2020-05-26", "--notice", paper)
    first = lingpao.ask("advance", ADOPTS, WRITES, "adopt_plan", "--key", "batch-1", code=1)

    again = lingpao.ask("advance", ADOPTS, WRITES, "adopt_plan", "--key", "batch-1", code=1)

    assert first["batch"] == again["batch"] == "batch-1"
    assert [one["result"] for one in again["results"]] == ["done_before", "denied"]


def test_a_request_under_one_key_has_one_effect(lingpao, paper):
    lingpao("record", "training", ADOPTS, "--topic", "宣贯", "--held-on", "2020-05-26", "--notice", paper)
    first = lingpao.ask("advance", ADOPTS, "adopt_plan", "--key", "k-1")
    version = lingpao.ask("show", ADOPTS)["version"]

    assert lingpao.ask("advance", ADOPTS, "adopt_plan", "--key", "k-1") == first
    assert lingpao.ask("show", ADOPTS)["version"] == version
    assert lingpao.ask("advance", WRITES, "adopt_plan", "--key", "k-1", code=1)["error"]["code"] == "KEY_REUSED"


def test_a_version_that_has_passed_ends_with_five_and_says_who_was_faster(lingpao, paper):
    seen = lingpao.ask("show", ADOPTS)["version"]
    lingpao("record", "training", ADOPTS, "--topic", "宣贯", "--held-on", "2020-05-26", "--notice", paper)

    error = lingpao.ask("advance", ADOPTS, "adopt_plan", "--version", seen, code=5)["error"]

    assert error["code"] == "CASE_CHANGED"
    assert error["version"] == seen + 1
    assert error["changed_by"] == "保税区联络员"


def test_what_is_to_count_from_an_earlier_day_is_proposed_and_confirmed(lingpao, paper):
    lingpao("record", "training", ADOPTS, "--topic", "宣贯", "--held-on", "2020-05-26", "--notice", paper)
    lingpao("status", "--at", "2020-05-29")

    denied = lingpao.ask("advance", ADOPTS, "adopt_plan", "--on", "2020-05-27", code=1)
    assert {one["code"] for one in denied["results"][0]["reasons"]} == {"NEEDS_CONFIRMATION"}
    lingpao("propose", ADOPTS, "adopt_plan", "--on", "2020-05-27")
    lingpao("confirm", ADOPTS, login="city-1")

    assert lingpao.ask("show", ADOPTS)["entered_on"] == "2020-05-27"


def test_the_proposer_cannot_confirm_and_the_bureau_may_return(lingpao, paper):
    upload_plan(lingpao, paper)
    lingpao("record", "report", WRITES, "--laboratory", "样例检测院", "--number", "R-1", "--issued-on", "2020-05-26",
            "--conclusion", "all_better", "--file", paper)  # fmt: skip
    lingpao("propose", WRITES, "verify")
    assert [one["subject"] for one in lingpao.ask("cases", "--proposed", login="city-1")["cases"]] == [WRITES]

    lingpao("confirm", WRITES, code=1)
    lingpao("return", WRITES, "--reason", "报告不完整", login="city-1")

    assert state(lingpao, WRITES) == "plan_uploaded"
    assert lingpao.ask("confirm", WRITES, login="city-1", code=1)["error"]["code"] == "REFUSED"


def test_sending_back_takes_the_one_way_there_is_and_opens_a_rework_deadline(lingpao, paper):
    upload_plan(lingpao, paper)

    lingpao("send-back", WRITES, "--reason", "指标未写明", login="city-1")

    file = lingpao.ask("show", WRITES)
    assert file["state"] == "plan_drafted"
    assert file["round"] == 1
    assert any(one["milestone"].startswith("rework:") for one in file["deadlines"])
    assert (
        "no way back"
        in lingpao.ask("send-back", ADOPTS, "--reason", "样例", login="city-1", code=1)["error"]["sentence"]
    )


def test_withdrawing_replacing_and_reinstating(lingpao):
    lingpao("withdraw", WRITES, "--reason", "停产")
    assert state(lingpao, WRITES) == "withdrawn"
    lingpao("reinstate", WRITES, "--reason", "恢复生产", code=1)

    lingpao("reinstate", WRITES, "--reason", "恢复生产", login="city-1")
    assert state(lingpao, WRITES) == "nominated"
    lingpao("withdraw", WRITES, "--reason", "再次停产")
    lingpao("replace", WRITES, ADOPTS, "--reason", "替补")

    assert lingpao.ask("show", WRITES)["replaced_by"]["subject"] == ADOPTS
    assert lingpao.ask("show", ADOPTS)["replaces"]["subject"] == WRITES


def test_a_mistaken_step_is_corrected_by_the_bureau(lingpao, paper):
    upload_plan(lingpao, paper)
    lingpao("correct", WRITES, "--reason", "误操作", code=1)

    corrected = lingpao("correct", WRITES, "--reason", "误操作", login="city-1")
    assert "undone was “Upload the plan" in corrected.out

    file = lingpao.ask("show", WRITES)
    assert file["state"] == "plan_drafted"
    assert next(one for one in file["deadlines"] if one["milestone"] == "plan_uploaded")["state"] == "open"


def test_an_enterprise_that_two_districts_name_is_the_bureaus_to_decide(lingpao, tmp_path):
    from openpyxl import load_workbook

    book = load_workbook(BONDED)
    for row in book.active.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and "填报单位" in cell.value:
                cell.value = cell.value.replace("保税区市场监管局", "大榭市场监管局").replace("保税区", "大榭")
    book.save(tmp_path / "daxie.xlsx")
    taken = lingpao.ask("import", tmp_path / "daxie.xlsx", "--district", "大榭", login="daxie")
    assert taken["enrolment"]["claimed"] == [ADOPTS, WRITES]
    claims = {one["subject"]: one["case"] for one in lingpao.ask("cases", "--claimed", login="daxie")["cases"]}

    lingpao("claim", claims[ADOPTS], "--reason", "注册地在大榭", login="city-1")
    lingpao("claim", claims[WRITES], "--refuse", "--reason", "注册地在保税区", login="city-1")

    assert lingpao.ask("show", claims[ADOPTS], login="daxie")["claimed"] is False
    assert state(lingpao, ADOPTS) == "withdrawn"
    assert state(lingpao, WRITES) == "nominated"


def test_products_come_change_and_go(lingpao):
    added = lingpao.ask("product", "add", WRITES, "充电器", "--implements", "GB 4943.1-2011《信息技术设备 安全》",
                        "--benchmark", "IEC 62368-1:2018")  # fmt: skip
    assert added["recorded"][0]["changed"] is True

    lingpao("product", "change", WRITES, "充电器", "--name", "快速充电器", "--implements", "GB 4943.1-2011")
    names = {one["name"]: one for one in lingpao.ask("show", WRITES)["products"]}
    assert names["快速充电器"]["implemented_standards"] == [{"number": "GB 4943.1-2011", "title": ""}]
    lingpao("product", "drop", WRITES, "快速充电器", "--reason", "停产")

    assert not {one["name"]: one for one in lingpao.ask("show", WRITES)["products"]}["快速充电器"]["active"]
    assert "T/" in lingpao.ask("product", "add", WRITES, "样例", "--implements", "T/123", code=1)["error"]["sentence"]


def test_what_is_known_of_an_enterprise_is_recorded_and_checked(lingpao):
    lingpao("record", "enterprise", WRITES, "--industry", "C3841", "--cluster", "新材料", "--above-size", "--honour",
            "样例称号", "--contact", "phone=0574-00000000")  # fmt: skip

    enterprise = lingpao.ask("show", WRITES)["enterprise"]
    assert enterprise["industry_code"] == "3841"
    assert enterprise["above_designated_size"] is True
    assert enterprise["contact"] == {"phone": "0574-00000000"}
    lingpao("record", "enterprise", WRITES, "--credit-code", "91330201MA0000000X", code=1)


def test_recording_the_same_again_changes_nothing(lingpao, paper):
    words = ["record", "plan", WRITES, "--title", "样例方案", "--drafted-on", "2020-05-26", "--file", paper]
    assert lingpao.ask(*words)["recorded"][0]["changed"] is True

    assert lingpao.ask(*words)["recorded"][0]["changed"] is False


def test_a_plan_of_the_district_may_serve_another_enterprise(lingpao, paper):
    lingpao("record", "plan", WRITES, "--title", "样例方案", "--drafted-on", "2020-05-26", "--file", paper)
    number = lingpao.ask("show", WRITES)["products"][0]["plan"]["id"]

    lingpao("record", "plan", ADOPTS, "--plan", number, code=1)
    lingpao("record", "plan", WRITES, "--plan", number)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["plan", WRITES], 2),
        (["plan", WRITES, "--title", "样例"], 2),
        (["indicators", WRITES, "--indicator", "容量|mAh"], 2),
        (["indicators", WRITES, "--indicator", "容量|mAh|higher|1|2", "--core", "电压"], 2),
        (["indicators", WRITES, "--indicator", "容量|mAh|higher|1|2", "--own", "容量"], 2),
        (["training", "--topic", "宣贯", "--held-on", "2020-05-26"], 2),
        (["plan", WRITES, "--title", "样例", "--drafted-on", "2020-05-26", "--file", "none.pdf"], 1),
        (["platform", WRITES, "--uploaded-on", "2020-05-26", "--number", "1"], 1),
        (
            [
                "report",
                WRITES,
                "--laboratory",
                "x",
                "--number",
                "1",
                "--issued-on",
                "2020-05-26",
                "--conclusion",
                "fine",
            ],
            1,
        ),
        (["runner", WRITES, "winner", "--level", "national", "--year", "2020", "--on", "2020-05-26"], 1),
        (["declaration", WRITES, "--standard", "Q/A 1-2020", "--title", "样例", "--disclosed-on", "2020-06-30"], 1),
    ],
)
def test_evidence_that_cannot_be_is_refused(lingpao, words, code):
    lingpao("record", *words, code=code)


def test_the_register_is_filtered_and_sorted(lingpao):
    lingpao("withdraw", ADOPTS, "--reason", "停产")

    def subjects(*words):
        return [one["subject"] for one in lingpao.ask("cases", *words)["cases"]]

    assert subjects() == [ADOPTS, WRITES]
    assert subjects("--state", "nominated") == [WRITES]
    assert subjects("--state", "已退出") == [ADOPTS]
    assert subjects("--name", "电子") == [WRITES]
    assert subjects("--due-until", "2020-06-30") == [WRITES]
    assert subjects("--due-until", "2020-06-29") == []
    assert subjects("--overdue") == []
    assert subjects("--sort", "late", "--district", "保税区") == [WRITES, ADOPTS]
    assert subjects("--flow", "nomination_list") == ["保税区企业名单"]
    assert subjects("--flow", "nomination_list", "--state", "full") == ["保税区企业名单"]
    assert "电子" in lingpao("cases").out


@pytest.mark.parametrize(
    "words", [["--state", "asleep"], ["--sort", "colour"], ["--district", "海曙"], ["--campaign", "x"]]
)
def test_a_filter_that_means_nothing_is_refused(lingpao, words):
    lingpao("cases", *words, code=1)


def test_overdue_cases_are_found_when_their_day_is_over(lingpao):
    lingpao("status", "--at", "2020-07-02")

    late = lingpao.ask("cases", "--overdue", "--sort", "late")["cases"]

    assert {one["workdays_late"] for one in late} == {2}


def test_the_diagram_counts_the_cases_one_sees(lingpao):
    own, other = lingpao.ask("diagram"), lingpao.ask("diagram", login="haishu")

    assert own["counts"] == {"nominated": 2}
    assert other["counts"] == {}
    assert lingpao("diagram", "nomination_list").out.startswith("stateDiagram-v2")
    assert lingpao.ask("diagram", "nothing", code=1)["error"]["code"] == "NOT_FOUND"


def test_the_way_is_the_same_on_a_server(postgresql_url, paper, at_terminal):
    lingpao = at_terminal(postgresql_url, login="baoshui")
    lingpao("init", "--rehearsal", "--at", "2020-05-26")
    lingpao("import", BONDED)
    lingpao(
        "record", "training", "--district", "保税区", "--topic", "宣贯", "--held-on", "2020-05-26", "--notice", paper
    )

    many = lingpao.ask("advance", ADOPTS, WRITES, "adopt_plan", code=1)
    upload_plan(lingpao, paper)
    verify(lingpao, paper)
    lingpao("send-back", WRITES, "--reason", "样例", login="city-1")
    lingpao("withdraw", ADOPTS, "--reason", "停产")

    assert [one["result"] for one in many["results"]] == ["done", "denied"]
    assert lingpao.ask("show", WRITES, login="haishu", code=1)["error"]["code"] == "NOT_FOUND"
    assert {one["state"] for one in lingpao.ask("cases")["cases"]} == {"plan_uploaded", "withdrawn"}
    assert lingpao.ask("status")["districts"][0]["reached"]["nominated"] == 1
    assert lingpao.ask("audit", "verify", login="city-1")["broken"] == []


def test_a_changed_journal_is_named_by_the_audit(lingpao):
    number = lingpao.ask("show", WRITES)["case"]
    with sqlite3.connect(lingpao.database) as raw:
        raw.execute("DROP TRIGGER journal_keeps_update")
        raw.execute("UPDATE journal SET reason = 'another' WHERE case_id = ?", (number,))
    raw.close()

    broken = lingpao.ask("audit", "verify", code=1, login="city-1")["broken"]

    assert broken[0]["code"] == "I8"
    assert f"case {number}" in broken[0]["sentence"]
