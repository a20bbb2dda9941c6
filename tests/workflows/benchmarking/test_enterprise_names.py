"""Names of enterprises: as the licence prints them, and the key that two spellings share."""

import unicodedata

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from workflows.benchmarking.names import clean_text, has_legal_form, name_key, normalise_enterprise

# Laws are about answers; how busy the machine is does not matter.
calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("宁波样例有限公司", "宁波样例有限公司"),
        (" 宁波 样 例 有 限 公 司", "宁波样例有限公司"),
        ("宁波　样例\u00a0有限公司", "宁波样例有限公司"),
        ("宁波样例\n有限公司", "宁波样例有限公司"),
        ("宁波样例有限公司_x000D_\n", "宁波样例有限公司"),
        ("宁波\u200b样例\ufeff有限公司\t", "宁波样例有限公司"),
        ("宁波样例有限公司。", "宁波样例有限公司"),
        ("宁波样例(余姚)塑料科技有限公司", "宁波样例（余姚）塑料科技有限公司"),
        ("宁波样例（余姚）塑料科技有限公司", "宁波样例（余姚）塑料科技有限公司"),
        ("宁波样例( 余姚 )塑料科技有限公司", "宁波样例（余姚）塑料科技有限公司"),
        ("宁波ＡＢＣ示例有限公司", "宁波ABC示例有限公司"),
        ("宁波 ABC Tools 有限公司", "宁波ABC Tools有限公司"),
        ("宁波样例厂（普通合伙）", "宁波样例厂（普通合伙）"),
        ("宁波样例\uf9fe叶有限公司", "宁波样例茶叶有限公司"),
        ("宁波样例⼯业有限公司", "宁波样例工业有限公司"),
        ("Sample Tools (Ningbo) Co., Ltd.", "Sample Tools (Ningbo) Co., Ltd."),
        ("Sample  Tools（Ningbo） Co., Ltd.", "Sample Tools(Ningbo) Co., Ltd."),
        ("", ""),
    ],
)
def test_a_name_is_kept_as_on_the_licence(typed: str, name: str) -> None:
    assert normalise_enterprise(typed) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("宁波样例（余姚）有限公司", "宁波样例(余姚)有限公司"),
        ("宁波样例【余姚】有限公司", "宁波样例〔余姚〕有限公司"),
        ("宁波样例有限公司", "宁波样例有限公司 "),
        ("宁波样例有限公司", "宁 波 样 例 有 限 公 司"),
        ("宁波ABC有限公司", "宁波ａｂｃ有限公司"),
        ("宁波样例有限公司", "宁波样例\u200b有限公司。"),
        ("Sample Tools Co., Ltd.", "SAMPLE TOOLS CO.,LTD"),
        ("宁波样例工业公司", "宁波样例⼯业公司"),
    ],
)
def test_two_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("宁波样例有限公司", "宁波示例有限公司"),
        ("宁波样例（余姚）有限公司", "宁波样例（慈溪）有限公司"),
        ("宁波样例（余姚）有限公司", "宁波样例余姚有限公司"),
    ],
)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    "name",
    [
        "宁波样例有限公司",
        "样例针织厂",
        "余姚样例果蔬专业合作社",
        "宁波样例检测中心",
        "样例研究院",
        "样例研究所",
        "慈溪样例商行",
        "样例事务所(特殊普通合伙)",
        "样例厂（普通合伙）",
        "样例中心（有限合伙）",
        "宁波样例有限公司（筹）",
        "样例有限公司（宁波分公司）",
        "海曙样例经营部",
        "样例电器厂（个体工商户）",
        "Sample Co., Ltd.",
        "Sample Co.,Ltd",
        "Sample GmbH",
        "样例 有限 公司 ",
    ],
)
def test_a_name_with_a_legal_form_is_recognised(name: str) -> None:
    assert has_legal_form(name)


@pytest.mark.parametrize("name", ["样例机械", "张样例", "样例（宁波）", "Sample", "", "（）", "宁波样例有限公"])
def test_a_name_without_a_legal_form_is_noticed(name: str) -> None:
    assert not has_legal_form(name)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("针织T恤衫", "针织T恤衫"),
        ("针 织 T恤衫", "针织 T恤衫"),
        ("PP 管材", "PP 管材"),
        ("ＡＢＳ　树脂", "ABS 树脂"),
        ("聚丙烯（PP）树脂", "聚丙烯（PP）树脂"),
        ("electric   kettle", "electric kettle"),
        ("电饭锅\r\n电压力锅", "电饭锅\n电压力锅"),
        ("电饭锅\x0b电压力锅", "电饭锅\n电压力锅"),
        ("电饭锅_x000D_\n", "电饭锅"),
        ("电饭锅_x0009_一", "电饭锅一"),
        ("a_x0000_b", "ab"),
        ("型号_x4E00_", "型号_x4E00_"),
        ("\ufeff\u200b\u00ad电\u2060饭锅\t", "电饭锅"),
        ("\n\n 一行 \n\n", "一行"),
        ("\x00\x07电饭锅\ud800", "电饭锅"),
        ("５０％", "50%"),
    ],
)
def test_invisible_signs_and_alignment_go_and_words_stay(typed: str, cleaned: str) -> None:
    assert clean_text(typed) == cleaned


ANY = st.text(st.characters(), max_size=40) | st.text("宁波样例(（)） 　AbＣ\t\n_x000D_\u200b。.", max_size=40)


@calmly
@given(text=ANY)
@example(text="0、\r、0")
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert normalise_enterprise(normalise_enterprise(text)) == normalise_enterprise(text)


@calmly
@given(text=ANY)
@example(text="A´")
def test_a_key_is_its_own_key_and_that_of_the_normalised_name(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)
    assert name_key(normalise_enterprise(text)) == name_key(text)


@calmly
@given(text=ANY)
def test_nothing_invisible_is_left_in_a_name(text: str) -> None:
    for sign in normalise_enterprise(text):
        assert sign == " " or unicodedata.category(sign)[0] not in "CZ" or unicodedata.category(sign) in {"Cn", "Co"}
    assert isinstance(has_legal_form(text), bool)
