"""Applying a campaign's terms: the difference is shown and asked about, journaled, and open deadlines move."""

import pytest

from engine.store import journal


@pytest.fixture
def lingpao(district, tmp_path):
    """A terminal of the bureau on a running campaign, with a configuration of its own."""
    district.login = "city-1"
    text = district.config.read_text(encoding="utf-8")
    district.config = tmp_path / "config.yaml"
    district.config.write_text(text, encoding="utf-8")
    return district


def reconfigure(lingpao, before, after):
    text = lingpao.config.read_text(encoding="utf-8")
    assert before in text
    lingpao.config.write_text(text.replace(before, after), encoding="utf-8")


def test_terms_as_configured_leave_nothing_to_apply(lingpao):
    assert lingpao.ask("campaign", "apply") == {"applied": {}, "moved": 0}


def test_a_later_day_is_shown_first_then_applied_and_moves_open_deadlines(lingpao):
    reconfigure(lingpao, "plan_drafted: 2020-06-30", "plan_drafted: 2020-06-29")

    refused = lingpao("campaign", "apply", code=1)
    assert "milestones.plan_drafted" in refused.out
    assert "--yes" in refused.err
    answer = lingpao.ask("campaign", "apply", "--yes")

    changed = [{"path": "milestones.plan_drafted", "from": "2020-06-30", "to": "2020-06-29"}]
    nothing: dict[str, list[str]] = {"organisations": [], "units": [], "warnings": []}
    assert answer == {"applied": {"ningbo-2020": changed}, "moved": 2} | nothing
    file = lingpao.ask("show", "宁波保税区示例电子有限公司")
    assert file["deadlines"][0]["due_on"] == "2020-06-29"
    assert file["journal"][-1]["about"]["what"] == "recalculated"
    assert lingpao.ask("campaign", "show")["version"] == 2


def test_who_applied_what_stands_in_the_journal_of_the_house(lingpao):
    from console.bootstrap import open_house
    from console.settings import load_settings

    reconfigure(lingpao, "newcomer_workdays: 20", "newcomer_workdays: 25")
    lingpao("campaign", "apply", "ningbo-2020", "--yes")

    house = open_house(load_settings(lingpao.config), url=f"sqlite:///{lingpao.database}")
    with house.engine.look() as work:
        told = [entry for entry in journal.of_case(work, journal.HOUSE) if entry.campaign == "ningbo-2020"][-1]
    house.close()
    assert told.data["changed"] == [{"path": "newcomer_workdays", "from": 20, "to": 25}]


def test_a_district_that_is_new_in_the_configuration_becomes_an_organisation(lingpao):
    reconfigure(
        lingpao,
        "      - {code: dongqianhu, name: 东钱湖",
        "      - {code: sample, name: 样例, full_name: 样例区市场监督管理局, quota: 0, aliases: [样例区]}\n"
        "      - {code: dongqianhu, name: 东钱湖",
    )

    assert lingpao.ask("campaign", "apply", "--yes")["organisations"] == ["样例"]
    assert "样例" in [one["district"] for one in lingpao.ask("status")["districts"]]


def test_a_configuration_with_faults_is_not_applied(lingpao):
    reconfigure(lingpao, "quota_total: 120", "quota_total: 121")

    answer = lingpao.ask("campaign", "apply", "--yes", code=3)

    assert answer["error"]["faults"][0]["path"]


def test_neither_a_district_nor_a_leader_applies_terms(lingpao):
    reconfigure(lingpao, "newcomer_workdays: 20", "newcomer_workdays: 25")

    for login in ("baoshui", "leader", "institute"):
        assert lingpao.ask("campaign", "apply", "--yes", login=login, code=1)["error"]["code"] == "NOT_ALLOWED"


def test_a_campaign_that_is_not_configured_is_not_found(lingpao):
    assert lingpao.ask("campaign", "apply", "another", code=1)["error"]["code"] == "NOT_FOUND"
    assert lingpao.ask("campaign", "show", "another", code=1)["error"]["code"] == "NOT_FOUND"


def test_the_terms_are_shown_with_days_and_quotas_and_what_differs(lingpao):
    reconfigure(lingpao, "newcomer_workdays: 20", "newcomer_workdays: 25")

    page = lingpao("campaign", "show").out

    assert "2020-06-30" in page
    assert "120" in page
    assert "campaign apply" in page
