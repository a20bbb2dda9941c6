"""Which enterprises on record may be one; said with reasons, never decided."""

from datetime import UTC, date, datetime

import pytest

from workflows.benchmarking.identity.duplicates import candidates, core_of
from workflows.benchmarking.model import Enterprise, FormerName
from workflows.benchmarking.names import name_key

AT = datetime(2020, 5, 15, tzinfo=UTC)


def enterprise(number, name, code=None, merged_into=None):
    return Enterprise(number, name, name_key(name), code, None, None, None, (), {}, 1, merged_into, AT)


def pairs(*known, former=None):
    return [(one.one.id, one.other.id) for one in candidates(known, former)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("宁波样例电器有限公司", "样例电器有限公司"),
        ("宁波样例电器有限公司", "样例电器"),
        ("宁波样例电器有限公司", "宁波市样例电器股份有限公司"),
        ("样例电器（宁波）有限公司", "宁波样例电器有限公司"),
        ("宁波市慈溪市样例电器有限公司", "宁波样例电器有限公司"),
        ("宁波样例电器有限公司", "宁波样列电器有限公司"),
        ("宁波样例电器有限公司", "宁波样例电器厂"),
        ("宁波样例家电有限公司", "宁波样例小家电有限公司"),
    ],
)
def test_names_that_differ_in_place_form_or_one_sign_are_offered(one, other):
    assert pairs(enterprise(1, one), enterprise(2, other)) == [(1, 2)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("宁波样例电器有限公司", "宁波示例模具有限公司"),
        ("样例甲厂", "样例乙厂"),
        ("宁波样例电器有限公司", "宁波样例模具有限公司"),
    ],
)
def test_names_that_are_not_alike_are_not_offered(one, other):
    assert pairs(enterprise(1, one), enterprise(2, other)) == []


def test_one_name_with_and_without_a_code_is_likelier_one_enterprise_than_with_two_codes():
    known = [
        enterprise(1, "样例甲有限公司", "91330203XXXXXXX191"),
        enterprise(2, "样例甲有限公司"),
        enterprise(3, "样例甲有限公司", "913302037777777770"),
    ]

    found = candidates(known)

    assert [(one.one.id, one.other.id, one.codes_differ) for one in found] == [
        (1, 2, False),
        (2, 3, False),
        (1, 3, True),
    ]
    assert found[0].score > found[-1].score


def test_codes_that_look_alike_are_offered_whatever_the_names():
    alike = [enterprise(1, "样例电器厂", "91330203MA2B8D0011"), enterprise(2, "示例模具厂", "91330203MA288D0O11")]
    near = [enterprise(1, "样例电器厂", "91330203MA2B8D0011"), enterprise(2, "示例模具厂", "91330203MA2B8D0054")]

    assert pairs(*alike) == [(1, 2)]
    assert pairs(*near) == [(1, 2)]


def test_a_name_that_another_had_before_is_offered_first():
    former = {1: [FormerName(1, name_key("示例模具有限公司"), "示例模具有限公司", date(2019, 1, 1))]}
    known = [enterprise(1, "样例甲有限公司"), enterprise(2, "示例模具有限公司"), enterprise(3, "样例甲厂")]

    found = candidates(known, former)

    assert (found[0].one.id, found[0].other.id) == (1, 2)
    assert found[0].as_json()["other"]["name"] == "示例模具有限公司"


def test_who_was_merged_is_not_offered_again():
    assert pairs(enterprise(1, "样例甲有限公司"), enterprise(2, "样例甲有限公司", merged_into=1)) == []


def test_a_likeness_of_many_tells_nothing():
    known = [enterprise(number, "宁波样例电器有限公司") for number in range(1, 30)]
    assert pairs(*known) == []


def test_the_core_of_a_name_leaves_out_place_brackets_and_legal_form():
    assert core_of("浙江省宁波市样例电器（集团）股份有限公司") == "样例电器"
