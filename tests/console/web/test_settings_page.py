"""The settings of the campaign in the browser: readable, downloadable, with the faults of the file by line."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from browsers import Shown, Web

from console.campaignview import GUARDS
from console.web.app import create_app
from engine.store import signins
from workflows.benchmarking.guards import GUARDS as KNOWN

CONFIG = Path(__file__).parents[3] / "config.yaml"


def test_whoever_may_see_them_reads_flows_milestones_quotas_and_ladders(web: Web) -> None:
    for login in ("city", "leader", "admin"):
        text = Shown(web.at(login).get("/settings")).text
        for word in ("检测验证", "里程碑", "海曙区", "催办", "至少一项指标"):
            assert word in text, word
    assert web.at("haishu").get("/settings").status_code == 404


def test_the_flow_has_live_counts(web: Web) -> None:
    web.ningbo.one()

    assert "/cases?state=nominated" in Shown(web.at("city").get("/settings")).links


def test_every_state_of_a_flow_leads_to_its_rows_or_nowhere(web: Web) -> None:
    web.ningbo.one()
    links = Shown(web.at("city").get("/settings")).links
    states = [link for link in links if "?state=" in link]

    assert {"/cases?state=nominated", "/reports?state=due"} <= set(states)
    assert [link for link in states if web.at("city").get(link).status_code != 200] == []


def test_milestones_of_one_day_stand_in_the_order_of_the_line_and_rungs_with_their_distance(web: Web) -> None:
    text = Shown(web.at("city").get("/settings")).text
    days = text[text.index("里程碑 截止日") : text.index("流程：")]

    assert days.index("检测验证") < days.index("公布名单和上传结果")
    assert "“催办”发出后至少2个工作日" in text


def test_every_rule_of_a_step_has_a_sentence() -> None:
    assert GUARDS.keys() == KNOWN.keys()


def test_the_configuration_is_handed_out_without_secrets_and_written_down(web: Web) -> None:
    answer = web.at("city").get("/settings/configuration.json")

    assert json.loads(answer.text)["campaigns"][0]["key"] == "ningbo-2020"
    assert web.at("leader").get("/settings/configuration.json").status_code == 404
    with web.ningbo.engine.look() as work:
        assert signins.disclosed(work)[0].about == "configuration"


@pytest.mark.parametrize("fault", [True, False])
def test_faults_of_the_file_are_shown_with_their_lines(web: Web, tmp_path: Path, fault: bool) -> None:
    file = tmp_path / "config.yaml"
    text = CONFIG.read_text(encoding="utf-8")
    file.write_text(text.replace("rework_workdays:", "rework_werkdays:") if fault else text, encoding="utf-8")
    wrong = replace(web, app=create_app(web.house, config=file), _browsers={})

    told = Shown(wrong.at("city").get("/settings")).text

    assert ("rework_werkdays" in told) is fault
    assert ("配置文件没有问题" in told) is not fault
    line = text[: text.index("rework_workdays:")].count("\n") + 1
    assert (f"第{line}行" in told) is fault
