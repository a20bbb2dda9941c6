"""Districts that change: names, aliases and days are applied, one that goes away may leave no case behind."""

import pytest


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


def test_aliases_and_days_of_a_district_are_shown_and_applied(lingpao):
    reconfigure(
        lingpao, "quota: 2, aliases: [宁波保税区", "quota: 2, valid_to: 2020-12-31, aliases: [样例区, 宁波保税区"
    )

    assert "units[baoshui].valid_to" in lingpao("campaign", "apply", code=1).out
    answer = lingpao.ask("campaign", "apply", "--yes")

    assert answer["units"] == ["units[baoshui].aliases", "units[baoshui].valid_to"]
    assert lingpao.ask("cases", "--district", "样例区")["cases"]
    assert lingpao.ask("campaign", "apply") == {"applied": {}, "moved": 0}


def test_a_district_that_ends_before_its_last_milestone_is_pointed_out(lingpao):
    reconfigure(lingpao, "quota: 2, aliases: [宁波保税区", "quota: 2, valid_to: 2020-09-30, aliases: [宁波保税区")

    warned = lingpao.ask("campaign", "apply", "--yes")["warnings"]

    assert len(warned) == 1
    assert "2020年9月30日" in warned[0]
    assert "2020年10月31日" in warned[0]


def test_a_district_with_cases_cannot_be_taken_out_and_the_cases_are_named(lingpao):
    text = lingpao.config.read_text(encoding="utf-8")
    gone = [line for line in text.splitlines() if "code: baoshui," in line]
    reconfigure(lingpao, gone[0] + "\n", "")
    reconfigure(lingpao, "quota_total: 120", "quota_total: 118")

    refused = lingpao("campaign", "apply", "--yes", code=1)

    assert "宁波保税区示例电子有限公司" in refused.err
    assert "valid_to" in refused.err


def test_a_new_district_stands_where_the_configuration_has_it(lingpao):
    reconfigure(
        lingpao,
        "      - {code: dongqianhu, name: 东钱湖",
        "      - {code: sample, name: 样例, full_name: 样例区市场监督管理局, quota: 0, valid_from: 2020-05-01}\n"
        "      - {code: dongqianhu, name: 东钱湖",
    )

    lingpao("campaign", "apply", "--yes")

    names = [one["district"] for one in lingpao.ask("status")["districts"]]
    assert names.index("样例") == names.index("东钱湖") - 1
    assert lingpao.ask("campaign", "apply") == {"applied": {}, "moved": 0}


def test_a_year_that_is_not_that_of_its_days_and_days_that_are_over_are_pointed_out(lingpao):
    reconfigure(lingpao, "year: 2020", "year: 2021")
    reconfigure(lingpao, "list_in: 2020-06-05", "list_in: 2020-05-20")

    warned = lingpao.ask("campaign", "apply", "--yes")["warnings"]

    assert any("2021" in one for one in warned)
    assert any("milestones.list_in" in one for one in warned)
    assert "Please check" in lingpao("campaign", "apply").out


def test_a_new_database_has_the_days_of_its_districts(tmp_path, lingpao, at_terminal):
    from console.bootstrap import open_house
    from console.settings import load_settings
    from engine.store import organisations

    reconfigure(lingpao, "quota: 2, aliases: [宁波保税区", "quota: 2, valid_to: 2020-12-31, aliases: [宁波保税区")
    url = f"sqlite:///{tmp_path / 'fresh.db'}"
    at_terminal(url, config=lingpao.config, login=None)("init", "--rehearsal")

    house = open_house(load_settings(lingpao.config), url=url)
    with house.engine.look() as work:
        assert str(organisations.by_code(work, "baoshui").valid_to) == "2020-12-31"
    house.close()
