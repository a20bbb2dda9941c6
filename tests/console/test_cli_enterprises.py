"""Enterprises across the years at the terminal: list, show, merge, split, rename, industries."""

import pytest

ONE = "宁波保税区示例电子有限公司"


@pytest.fixture
def lingpao(district):
    """The district's terminal on 26 May, its list of two enterprises taken in."""
    return district


@pytest.fixture
def both(lingpao):
    """The two enterprises by number, with the bureau at the terminal."""
    lingpao.login = "city-1"
    return [one["enterprise"] for one in lingpao.ask("enterprise", "list", login="baoshui")["enterprises"]]


def test_a_list_shows_what_a_district_has_with_contacts_masked(lingpao):
    lingpao("record", "enterprise", ONE, "--industry", "C3841", "--cluster", "新材料产业", "--honour", "瞪羚",
            "--contact", "phone=13800001234")  # fmt: skip

    found = lingpao.ask("enterprise", "list", "--name", "示例电子")["enterprises"]

    assert [(one["name"], one["industry"], one["cluster"]) for one in found] == [(ONE, "3841 锂离子电池制造", "新材料")]
    assert (found[0]["honours"], found[0]["contact"]) == (["瞪羚企业"], {"phone": "138****1234"})
    assert len(lingpao.ask("enterprise", "list", "--industry", "38")["enterprises"]) == 1
    assert lingpao.ask("enterprise", "list", "--cluster", "绿色化工")["enterprises"] == []
    assert len(lingpao.ask("enterprise", "list", "--district", "保税区")["enterprises"]) == 2
    assert "138****1234" in lingpao("enterprise", "list").out
    assert lingpao.ask("enterprise", "list", login="haishu")["enterprises"] == []


def test_an_enterprise_is_shown_with_its_cases_and_what_came_of_them(lingpao):
    found = lingpao.ask("enterprise", "show", ONE)

    assert [(one["campaign"], one["district"], one["state"]) for one in found["cases"]] == [
        ("ningbo-2020", "保税区", "nominated")
    ]
    assert ONE in lingpao("enterprise", "show", found["enterprise"]).out
    lingpao("enterprise", "show", "没有的企业", code=1)
    lingpao("enterprise", "show", ONE, code=1, login="haishu")
    lingpao("enterprise", "show", "99999", code=1)


def test_cases_are_listed_by_the_division_of_the_industry(lingpao):
    lingpao("record", "enterprise", ONE, "--industry", "C3841")

    for said in ("38", "C38", "电气机械和器材制造业"):
        assert [one["subject"] for one in lingpao.ask("cases", "--industry", said)["cases"]] == [ONE]
    assert len(lingpao.ask("cases", "--industry", "-")["cases"]) == 1
    assert lingpao.ask("cases", "--industry", "17")["cases"] == []
    assert "38 电气机械和器材制造业" in lingpao("cases", "--industry", "3841", code=1).err


def test_a_wrong_industry_is_refused_with_suggestions(lingpao):
    refused = lingpao("record", "enterprise", ONE, "--industry", "3858", code=1)
    assert "3852 家用空气调节器制造" in refused.err
    assert "绿色化工" in lingpao("record", "enterprise", ONE, "--cluster", "化工", code=1).err


def test_a_renamed_enterprise_is_shown_under_both_names(lingpao, both):
    renamed = lingpao.ask("enterprise", "rename", ONE, "宁波保税区示例科技有限公司", "--reason", "营业执照变更")

    assert renamed["changed"]
    assert lingpao.ask("enterprise", "show", ONE)["former_names"] == [ONE]
    assert lingpao.ask("show", "宁波保税区示例科技有限公司")["subject"] == "宁波保税区示例科技有限公司"
    assert lingpao.ask("show", ONE)["subject"] == "宁波保税区示例科技有限公司"
    lingpao("show", ONE, login="haishu", code=1)
    again = lingpao("enterprise", "rename", ONE, "宁波保税区示例科技有限公司", "--reason", "营业执照变更")
    assert "nothing new" in again.out
    assert not lingpao.ask("audit", "verify")["broken"]


def test_two_are_merged_after_one_has_withdrawn_and_stand_apart_again(lingpao, both):
    kept, doubled = both
    case = lingpao.ask("enterprise", "show", doubled)["cases"][0]["case"]
    lingpao("enterprise", "merge", kept, doubled, "--reason", "同一家企业", code=1)
    lingpao("withdraw", case, "--reason", "重复报送")

    merged = lingpao.ask("enterprise", "merge", kept, doubled, "--reason", "同一家企业")
    assert (merged["enterprise"], merged["changed"]) == (kept, True)
    assert not lingpao.ask("enterprise", "merge", kept, doubled, "--reason", "同一家企业")["changed"]
    assert [one["case"] for one in lingpao.ask("enterprise", "show", kept)["cases"]][-1] == case

    apart = lingpao.ask("enterprise", "split", kept, "--restore", doubled, "--reason", "执照不同")
    assert apart["enterprise"] == doubled
    lingpao("enterprise", "split", kept, "--reason", "执照不同", code=2)


def test_a_district_neither_merges_nor_looks_for_duplicates(lingpao, both):
    for words in (
        ("merge", *both, "--reason", "同一家企业"),
        ("rename", both[0], "样例有限公司", "--reason", "变更"),
        ("list", "--duplicates"),
    ):
        lingpao("enterprise", *words, code=1, login="baoshui")
    assert lingpao.ask("enterprise", "list", "--duplicates")["duplicates"] == []


def test_what_may_be_one_is_offered_with_its_reason(lingpao, both):
    known = lingpao.ask("enterprise", "show", ONE)["enterprise"]
    other = next(number for number in both if number != known)
    lingpao("enterprise", "rename", other, "保税区示例电子厂", "--reason", "营业执照变更")

    answer = lingpao.ask("enterprise", "list", "--duplicates")["duplicates"]

    assert [(one["one"]["enterprise"], one["other"]["enterprise"]) for one in answer] == [tuple(both)]
    assert "differ only in the place" in lingpao("enterprise", "list", "--duplicates").out


def test_industries_are_looked_up_by_words_or_code(lingpao):
    assert [one["code"] for one in lingpao.ask("enterprise", "industry", "锂离子")["industries"]] == ["3841"]
    assert "锂离子电池制造" in lingpao("enterprise", "industry", "384").out
    assert "0 industries" in lingpao("enterprise", "industry", "zzz").out
