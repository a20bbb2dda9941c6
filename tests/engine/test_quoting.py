"""Quotation marks within quotation marks, whoever brought them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.quoting import alternated
from engine.words import Sentence, say, tr


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("企业标准“领跑者”", "企业标准“领跑者”"),
        ("提请确认“推荐“领跑者”候选”", "提请确认“推荐‘领跑者’候选”"),
        ("“一“二“三”二”一”", "“一‘二“三”二’一”"),
        ("“甲”和“乙”", "“甲”和“乙”"),
        ("“推荐‘领跑者’候选”", "“推荐‘领跑者’候选”"),
        ("“甲“乙”", "“甲“乙”"),
        ("‘甲’和‘乙‘丙’’", "‘甲’和‘乙“丙”’"),
        ("the district’s list “a “b” c”", "the district’s list “a ‘b’ c”"),
        ("“it’s “甲””", "“it’s ‘甲’”"),
        ("“一行\n另一行“甲””", "“一行\n另一行“甲””"),
    ],
)
def test_marks_within_marks_take_turns(typed: str, read: str) -> None:
    assert alternated(typed) == read


def test_a_name_with_marks_of_its_own_is_quoted_by_a_sentence() -> None:
    step = {"zh": "推荐“领跑者”候选", "en": "Propose as “Top Runner”"}
    asked = tr("Propose “{step}”", step=step)
    assert say(asked) == "提请确认“推荐‘领跑者’候选”"
    assert say(asked, "en") == "Propose “Propose as ‘Top Runner’”"
    assert say(Sentence("“{said}” again", {"said": asked}), "en") == "“Propose ‘Propose as “Top Runner”’” again"


@given(st.text(alphabet="“”‘’甲a\n", max_size=40))
def test_nothing_but_the_shape_of_marks_changes(text: str) -> None:
    told = alternated(text)
    plain = str.maketrans("‘’", "“”")
    assert told.translate(plain) == text.translate(plain)
    assert alternated(told) == told
