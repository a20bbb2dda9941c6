"""The unified social credit code: the vectors of the standard, what is cleaned, what is refused and why."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workflows.benchmarking import creditcode
from workflows.benchmarking.creditcode import CreditCode, Fault, check, clean

# Laws are about answers; how busy the machine is does not matter.
calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


VALID = (
    "91330203XXXXXXX191",
    "91330205XXXXXXX27Q",
    "91330282XXXXXXX354",
    "91330281YYYYYYY415",
    "91330200WWWWWWW53C",
    "92330203XXXXXXX6X1",
)
CODE = VALID[0]


@pytest.mark.parametrize("code", VALID)
def test_a_right_code_of_the_city_is_taken_without_a_word(code: str) -> None:
    assert check(code) == CreditCode(code)


def test_a_code_registered_elsewhere_is_right_but_carries_a_warning() -> None:
    checked = check("91110000600037341L")
    assert isinstance(checked, CreditCode)
    assert checked.warnings == (creditcode.OTHER_CITY,)
    assert checked.region == "110000"
    assert check("91110000600037341L", city="11") == CreditCode("91110000600037341L")


@pytest.mark.parametrize(
    ("code", "kind"),
    [("91330203XXXXXXX191", "企业"), ("92330203XXXXXXX6X1", "个体工商户"), ("N1330203XXXXXXX191", None)],
)
def test_the_first_two_signs_tell_what_kind_of_body_it_is(code: str, kind: str | None) -> None:
    assert CreditCode(code).kind == kind


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("91330203XXXXXXX190", creditcode.WRONG_CHECK),
        ("91330203XXXXXXX19", creditcode.WRONG_LENGTH),
        ("91330203XXXXXXX1911", creditcode.WRONG_LENGTH),
        ("X" * 500, creditcode.WRONG_LENGTH),
        ("91330203IXXXXXX191", creditcode.WRONG_CHARACTER),
        ("9133O203XXXXXXX191", creditcode.WRONG_CHARACTER),
        ("91330203样XXXXXX191", creditcode.WRONG_CHARACTER),
        ("91A30203XXXXXXX191", creditcode.WRONG_REGION),
        ("330203000012345", creditcode.OLD_NUMBER),
        (330203000012345, creditcode.OLD_NUMBER),
        (330203000012345.0, creditcode.OLD_NUMBER),
        ("12345678-9", creditcode.OLD_BODY_CODE),
        (9.13302e17, creditcode.DIGITS_LOST),
        (913302030000000000, creditcode.DIGITS_LOST),
        ("9.13302E+17", creditcode.DIGITS_LOST),
        (" 9.1330203E17 ", creditcode.DIGITS_LOST),
        ("913302031234567000", creditcode.DIGITS_LOST),
        (float("inf"), creditcode.DIGITS_LOST),
        (float("nan"), creditcode.WRONG_LENGTH),
        (12.5, creditcode.WRONG_LENGTH),
        (None, creditcode.MISSING),
        ("", creditcode.MISSING),
        ("　", creditcode.MISSING),
        ("暂无", creditcode.MISSING),
    ],
)
def test_a_wrong_code_is_refused_with_its_reason_and_a_remedy(typed: object, fault: str) -> None:
    checked = check(typed)
    assert isinstance(checked, Fault)
    assert checked.code == fault
    assert "请" in checked.sentence
    assert len(checked.sentence) < 120


@pytest.mark.parametrize(
    "typed",
    [
        f"  {CODE.lower()} ",
        "9133 0203 XXXX XXX1 91",
        "9133-0203-XXXXXXX191",
        "9133—0203—XXXXXXX191",
        "９１３３０２０３ＸＸＸＸＸＸＸ１９１",
        "统一社会信用代码：91330203XXXXXXX191",
        "信用代码 91330203XXXXXXX191",
        "'91330203XXXXXXX191",
        "91330203\u200bXXXXXXX191\ufeff",
        "91330203XXXXXXX191_x000D_\n",
        "91330203\u00a0XXXXXXX191\t",
    ],
)
def test_how_a_code_is_typed_does_not_matter(typed: str) -> None:
    assert check(typed) == CreditCode(CODE)
    assert clean(typed) == CODE


def test_a_letter_that_no_code_has_is_named_with_its_place_and_with_the_code_that_was_meant() -> None:
    checked = check("9133O203XXXXXXX191")
    assert isinstance(checked, Fault)
    assert checked.suggestion == CODE
    assert "第5位" in checked.sentence
    assert CODE in checked.sentence


def test_two_signs_that_changed_places_are_noticed_and_shown_in_order() -> None:
    checked = check("91332003XXXXXXX191")
    assert isinstance(checked, Fault)
    assert checked.code == creditcode.WRONG_CHECK
    assert checked.suggestion == CODE


def test_without_a_likely_code_nothing_is_suggested() -> None:
    for typed in ("91330203XXXXXXX190", "91330203IXXXXXX191"):
        checked = check(typed)
        assert isinstance(checked, Fault)
        assert checked.suggestion is None


BODY = st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8)


def made(region: str, body: str) -> str:
    """A right code, computed with the tables of the standard written out once more."""
    values = [int(sign, 36) for sign in body]
    weighed = sum(value * weight for value, weight in zip(values, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    first = f"91{region}{body}" + {10: "X", 11: "0"}.get(11 - weighed % 11, str(11 - weighed % 11))
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(signs.index(sign) * pow(3, place, 31) for place, sign in enumerate(first))
    return first + signs[(31 - total % 31) % 31]


@calmly
@given(region=st.from_regex(r"3302[0-9]{2}", fullmatch=True), body=BODY)
def test_every_code_made_by_the_standard_is_right(region: str, body: str) -> None:
    assert check(made(region, body)) == CreditCode(made(region, body))


@calmly
@given(body=BODY, place=st.integers(0, 17), sign=st.sampled_from(creditcode.ALPHABET))
def test_one_mistyped_sign_never_passes(body: str, place: int, sign: str) -> None:
    right = made("330203", body)
    typed = right[:place] + sign + right[place + 1 :]
    assert isinstance(check(typed), CreditCode) == (typed == right)


@calmly
@given(value=st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none()))
def test_whatever_a_cell_holds_there_is_an_answer(value: object) -> None:
    checked = check(value)
    assert isinstance(checked, CreditCode | Fault)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("91330203XXXXXXX190", "check characters"),
        ("91A30203XXXXXXX191", "check characters"),
        ("91330203IXXXXXX191", "contains I"),
        ("330203000012345", "15 digits"),
        ("ABC", "3 characters"),
    ],
)
def test_a_refusal_can_be_said_in_english_too(code: str, said: str) -> None:
    fault = creditcode.fault_of(code)
    assert fault is not None
    assert said in fault.pattern.format_map(fault.values)


def test_a_right_code_is_no_reason_for_a_refusal() -> None:
    assert creditcode.fault_of(CODE) is None
