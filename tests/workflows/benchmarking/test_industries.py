"""Classes of GB/T 4754-2017."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.benchmarking import industries


def test_the_classification_is_whole():
    lengths = [len(code) if code.isdecimal() else 0 for code in industries.every()]
    assert [lengths.count(n) for n in (0, 2, 3, 4)] == [20, 97, 473, 1381]


def test_every_industry_lies_in_one_that_is_there():
    for code, industry in industries.every().items():
        above = industries.parents(industry)
        assert [one.code for one in above] == [industry.section, code[:2], code[:3]][: len(code) - 1]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("3852", "3852"),
        ("C3852", "3852"),
        ("ｃ３８５２", "3852"),
        (" 家用空气调节器制造 ", "3852"),
        ("3852 家用空气调节器制造", "3852"),
        ("C3852：家用空气调节器制造", "3852"),
        ("C", "C"),
        ("制造业", "C"),
        ("38", "38"),
        ("制糖业", "1340"),
        ("三维(3d)打印技术推广服务", "7517"),
    ],
)
def test_an_industry_is_found_by_code_or_name(said, code):
    found = industries.find(said)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("said", ["", "3858", "B3852", "3852 灯具零售", "家电", "U", "38521", "空调"])
def test_what_names_no_industry_is_not_guessed(said):
    assert industries.find(said) is None


def test_suggestions_name_the_neighbours_of_a_wrong_code():
    assert [one.code for one in industries.suggest("3858")] == ["3851", "3852", "3853", "3854", "3855"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [("家用空调器制造", "3852"), ("电线电缆制造", "3831"), ("模具", "3525"), ("3852 家用空气调节制造", "3852")],
)
def test_suggestions_name_what_a_nearly_right_name_meant(said, meant):
    assert meant in [one.code for one in industries.suggest(said)]


def test_a_search_takes_several_words_and_the_beginning_of_a_code():
    assert [one.code for one in industries.search("轴承 制造")] == ["3451", "3452", "345"]
    assert {one.code for one in industries.search("C385")} >= {"385", "3851", "3859"}
    assert industries.search("  ") == ()


@pytest.mark.parametrize(("code", "level"), [("C", "门类"), ("38", "大类"), ("385", "中类"), ("3852", "小类")])
def test_an_industry_tells_its_level_and_its_section(code, level):
    found = industries.find(code)

    assert found.as_json() == {"code": code, "name": found.name, "level": level, "section": "C"}


def test_a_stored_code_is_shown_with_its_name_and_an_unknown_one_as_it_stands():
    assert industries.label("3852") == "3852 家用空气调节器制造"
    assert industries.label("9999") == "9999"
    assert industries.label(None) == ""


def test_overviews_group_by_division():
    assert industries.division("3852").name == "电气机械和器材制造业"
    assert industries.division("C") is None
    assert industries.division(None) is None


@given(st.text(max_size=30))
def test_no_text_is_too_strange_to_be_looked_up(text):
    found = industries.find(text)
    assert found is None or industries.find(found.code) == found
    assert len(industries.suggest(text)) <= 5
