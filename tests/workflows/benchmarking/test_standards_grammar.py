"""Laws of the grammar of standard numbers, on numbers written by its rules and on text written by none."""

import re
import string

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from workflows.benchmarking.standards import FLAGS, WARNINGS, Cell, official, scan, sentence
from workflows.benchmarking.standards.families import INDUSTRY, PROVINCES
from workflows.benchmarking.standards.normalise import normalise

# Laws are about answers; how busy the machine is does not matter.
calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


YEAR = 2020
years = st.integers(1950, YEAR + 1)
digits = st.text(string.digits, min_size=1, max_size=4)
capitals = string.ascii_uppercase


def joined(head: st.SearchStrategy[str], tail: st.SearchStrategy[str], most: int) -> st.SearchStrategy[str]:
    return st.builds(lambda first, rest: "".join([first, *rest]), head, st.lists(tail, max_size=most))


serials = joined(st.text(string.digits, min_size=1, max_size=6), digits.map(lambda part: f".{part}"), 3)
natures = {"": "mandatory", "/T": "recommended", "/Z": "guidance"}
national = st.tuples(
    st.sampled_from(
        [
            ("GB", "mandatory"),
            ("GB/T", "recommended"),
            ("GB/Z", "guidance"),
            ("GBZ", "mandatory"),
            ("GBZ/T", "recommended"),
        ]
    ),
    serials,
    years,
).map(lambda parts: (f"{parts[0][0]} {parts[1]}-{parts[2]}", "national", parts[0][1], parts[2]))
industry = st.tuples(st.sampled_from(sorted(INDUSTRY - {"DB"})), st.sampled_from(sorted(natures)), serials, years).map(
    lambda parts: (f"{parts[0]}{parts[1]} {parts[2]}-{parts[3]}", "industry", natures[parts[1]], parts[3])
)
local = st.tuples(
    st.sampled_from(sorted(PROVINCES)),
    st.from_regex(r"|[0-9]{2}", fullmatch=True),
    st.sampled_from(["", "/T"]),
    serials,
    years,
).map(lambda parts: (f"DB{parts[0]}{parts[1]}{parts[2]} {parts[3]}-{parts[4]}", "local", natures[parts[2]], parts[4]))
group = st.tuples(st.from_regex(r"[A-Z][A-Z0-9]{1,11}", fullmatch=True), serials, years).map(
    lambda parts: (f"T/{parts[0]} {parts[1]}-{parts[2]}", "group", None, parts[2])
)
enterprise = st.tuples(
    st.sampled_from(["", "(GZ)", "3302 "]),
    st.from_regex(r"[0-9]{0,4}[A-Z]{1,6}[0-9]{0,2}", fullmatch=True),
    st.from_regex(r"[0-9]{1,5}(?:\.[0-9]{1,3})?[A-Z]?", fullmatch=True),
    years,
).map(lambda parts: (f"Q/{parts[0]}{parts[1]} {parts[2]}-{parts[3]}", "enterprise", None, parts[3]))
parts_behind = st.from_regex(r"-(?:[0-9]{1,3}|[A-Z][0-9]{1,3}|[A-Z]{1,3})", fullmatch=True)
international = st.tuples(
    st.sampled_from(["ISO", "IEC", "ISO/IEC", "ISO/TS", "IEC/TR", "ISO/IEC GUIDE", "ISO/PAS", "CISPR", "OIML R"]),
    joined(st.text(string.digits, min_size=1, max_size=6), parts_behind, 3),
    years,
).map(lambda parts: (f"{parts[0]} {parts[1]}:{parts[2]}", "international", None, parts[2]))
regional = st.tuples(
    st.sampled_from(["EN", "EN ISO", "EN IEC", "BS EN", "DIN EN", "DIN EN ISO", "NF EN"]),
    joined(st.text("123456789", min_size=1, max_size=5), parts_behind, 2),
    years,
    st.sampled_from(["", "+A1:2012", "+A11:2014+A2:2016", "/AC:2015"]),
).map(lambda parts: (f"{parts[0]} {parts[1]}:{parts[2]}{parts[3]}", "regional", None, parts[2]))
foreign = st.one_of(
    st.tuples(st.sampled_from("ABCDEFGH"), st.integers(1, 99999), years).map(
        lambda parts: (f"ASTM {parts[0]}{parts[1]}-{parts[2] % 100:02d}", parts[2])
    ),
    st.tuples(st.sampled_from(capitals), st.integers(1000, 9999), years).map(
        lambda parts: (f"JIS {parts[0]} {parts[1]}:{parts[2]}", parts[2])
    ),
    st.tuples(st.sampled_from(["DIN", "BS", "AS/NZS"]), st.integers(1, 99999), years).map(
        lambda parts: (f"{parts[0]} {parts[1]}:{parts[2]}", parts[2])
    ),
    st.tuples(st.sampled_from(["UL", "ANSI/UL", "IEEE", "NSF/ANSI", "API", "AATCC"]), st.integers(1, 9999), years).map(
        lambda parts: (f"{parts[0]} {parts[1]}-{parts[2]}", parts[2])
    ),
    st.tuples(st.sampled_from(["ANSI/ASME B16", "ASME B31", "SAE J1926"]), st.integers(1, 99), years).map(
        lambda parts: (f"{parts[0]}.{parts[1]}-{parts[2]}", parts[2])
    ),
).map(lambda parts: (parts[0], "foreign", None, parts[1]))
chinese = st.one_of(national, industry, local, group, enterprise)
numbers = st.one_of(chinese, international, regional, foreign)

Number = tuple[str, str, str | None, int]


@calmly
@given(number=numbers)
def test_a_number_written_by_the_rules_is_read_as_it_stands(number: Number) -> None:
    written, kind, nature, year = number
    cell = scan(written, year=YEAR)
    assert [(one.number, one.kind, one.nature, one.flags, one.errors) for one in cell.references] == [
        (written, kind, nature, (), ())
    ]
    assert (cell.references[0].year or 0) % 100 == year % 100
    assert cell.severity == "ok"


FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


@calmly
@given(number=numbers, dash=st.sampled_from("-‐‑‒–—―−－﹣─━ー"), slash=st.sampled_from("/∕⁄\\／"))
def test_width_and_kind_of_dash_slash_and_letters_do_not_matter(number: Number, dash: str, slash: str) -> None:
    written = number[0]
    for typed in (
        written.translate(FULL_WIDTH),
        written.replace("-", dash).replace("/", slash),
        written.replace("-", f"{dash}{dash}"),
        written.replace("/", "/\u200b").replace(" ", "\u00a0"),
    ):
        assert [one.number for one in scan(typed, year=YEAR).references] == [written]


@calmly
@given(number=st.one_of(national, industry, local))
def test_the_blank_behind_a_code_and_small_letters_do_not_matter(number: Number) -> None:
    written = number[0]
    for typed in (written.replace("/T ", "/T").replace("/Z ", "/Z"), written.lower(), f" {written}。"):
        assert [one.number for one in scan(typed, year=YEAR).references] == [written]


SEPARATORS = ("、", "，", ",", ";", "；", "\n", "\r\n", " ", "　", "和", "及", "与", "、\n", "； ", "_x000D_\n")


@calmly
@given(chosen=st.lists(numbers, min_size=1, max_size=5), separator=st.sampled_from(SEPARATORS))
def test_several_numbers_come_out_in_the_order_of_the_cell(chosen: list[Number], separator: str) -> None:
    cell = scan(separator.join(number[0] for number in chosen), year=YEAR)
    assert [one.number for one in cell.references] == [number[0] for number in chosen]


@calmly
@given(chosen=st.lists(numbers, min_size=2, max_size=5))
def test_an_index_before_a_number_is_no_part_of_it(chosen: list[Number]) -> None:
    for pattern in ("{}. {}", "{}、{}", "（{}）{}", "{}）{}"):
        cell = scan("\n".join(pattern.format(place, one[0]) for place, one in enumerate(chosen, 1)), year=YEAR)
        assert [one.number for one in cell.references] == [number[0] for number in chosen]
        assert {one.title for one in cell.references} == {None}


words = st.text("家用电器的安全通用要求第部分热水管材，、（）和及 -1A", min_size=4, max_size=20).map(
    lambda text: re.sub("-+", "-", f"样{text.strip()}例")
)


@calmly
@given(
    chosen=st.lists(st.tuples(numbers, words), min_size=1, max_size=4),
    separator=st.sampled_from(["", "、", "；", "\n", " "]),
)
def test_a_title_belongs_to_its_number_whether_it_stands_before_or_behind(
    chosen: list[tuple[Number, str]], separator: str
) -> None:
    titles = [re.sub(r" +", " ", title) for _, title in chosen]
    behind = separator.join(f"{number[0]}《{title}》" for number, title in chosen)
    before = separator.join(f"《{title}》（{number[0]}）" for number, title in chosen)
    for written in (behind, before):
        cell = scan(written, year=YEAR)
        assert [one.number for one in cell.references] == [number[0] for number, _ in chosen]
        assert [one.title for one in cell.references] == titles


@calmly
@given(number=numbers, inner=numbers, title=words)
def test_a_number_inside_a_title_is_never_read(number: Number, inner: Number, title: str) -> None:
    cell = scan(f"{number[0]}《{title}{inner[0]}》", year=YEAR)
    assert [one.number for one in cell.references] == [number[0]]
    assert scan(f"《{title}{inner[0]}》", year=YEAR).errors == ("NO_STANDARD_NUMBER",)


@calmly
@given(number=st.one_of(chinese, international, regional))
def test_a_number_without_its_year_is_a_warning(number: Number) -> None:
    bare = re.sub(r"[-:][0-9]{4}(?:[+/].*)?$", "", number[0])
    assume(not re.search(r"[.-](?:19|20)[0-9]{2}$|^Q/.* (?:19|20)[0-9]{2}$", bare))
    # A letter alone at the end may be a class of tolerance; with the year behind it, it is a part.
    assume(not re.search(r"-[A-Z]+$", bare))
    cell = scan(bare, year=YEAR)
    assert cell.severity == "warning"
    assert [(one.number, one.year, one.flags) for one in cell.references] == [(bare, None, ("undated",))]


def only_errors(written: str) -> tuple[str, ...]:
    cell = scan(written, year=YEAR)
    assert cell.severity == "error"
    assert len(cell.references) == 1
    return cell.references[0].errors


@calmly
@given(
    code=st.sampled_from(["GB", "GB/T", "JB/T", "DB33/T", "T/ZZB"]),
    first=st.integers(1, 999),
    letter=st.sampled_from("ABCDEFGHJK"),
    last=st.integers(0, 99),
    year=years,
)
def test_a_letter_among_the_digits_makes_a_number_malformed(
    code: str, first: int, letter: str, last: int, year: int
) -> None:
    assert only_errors(f"{code} {first}{letter}{last}-{year}") == ("NUMBER_MALFORMED",)


@calmly
@given(number=chinese, digit=st.sampled_from(string.digits))
def test_a_year_of_three_or_five_digits_is_malformed(number: Number, digit: str) -> None:
    assert only_errors(number[0][:-1]) == ("YEAR_MALFORMED",)
    assert only_errors(number[0] + digit) == ("YEAR_MALFORMED",)


@calmly
@given(number=st.one_of(chinese, international), year=st.one_of(st.integers(1000, 1949), st.integers(YEAR + 2, 9999)))
def test_a_year_that_cannot_be_is_out_of_range(number: Number, year: int) -> None:
    assert only_errors(f"{number[0][:-4]}{year}") == ("YEAR_OUT_OF_RANGE",)


@calmly
@given(
    code=st.text(capitals, min_size=2, max_size=2), mark=st.sampled_from("TZ"), serial=st.integers(1, 99999), year=years
)
def test_two_letters_that_are_no_industry_are_refused(code: str, mark: str, serial: int, year: int) -> None:
    assume(code not in INDUSTRY | {"GB"})
    assert only_errors(f"{code}/{mark} {serial}-{year}") == ("INDUSTRY_CODE_UNKNOWN",)


@calmly
@given(region=st.from_regex(r"[0-9]{2}(?:[0-9]{2})?", fullmatch=True), serial=st.integers(1, 99999), year=years)
def test_a_region_that_is_no_province_is_refused(region: str, serial: int, year: int) -> None:
    assume(region[:2] not in PROVINCES)
    assert only_errors(f"DB{region}/T {serial}-{year}") == ("REGION_CODE_UNKNOWN",)


@calmly
@given(serial=st.integers(1, 99999), year=years)
def test_a_group_or_an_enterprise_without_its_code_is_refused(serial: int, year: int) -> None:
    assert only_errors(f"T/{serial}-{year}") == ("GROUP_CODE_MISSING",)
    assert only_errors(f"T/ {serial}-{year}") == ("GROUP_CODE_MISSING",)
    assert only_errors(f"Q/{serial}-{year}") == ("ENTERPRISE_CODE_MISSING",)
    assert only_errors(f"Q/ {serial}-{year}") == ("ENTERPRISE_CODE_MISSING",)


@calmly
@given(code=st.sampled_from(["GB", "GB/T", "QB/T", "DB33/T", "T/ZZB", "Q/HSYL", "JJG"]), year=years)
def test_a_chinese_code_without_digits_is_refused_and_a_foreign_one_is_text(code: str, year: int) -> None:
    assert only_errors(code) == ("NUMBER_MISSING",)
    assert only_errors(f"{code}-{year}") == ("NUMBER_MISSING",)
    for foreign_code in ("ISO", "IEC", "EN", "UL", "ASTM", "DIN", "JIS"):
        assert scan(f"符合{foreign_code}认证要求", year=YEAR).errors == ("NO_STANDARD_NUMBER",)


@calmly
@given(
    first=st.integers(1, 20),
    count=st.integers(1, 30),
    pattern=st.sampled_from(["{0}~{0}{2}", "{0}{1}~{2}", "{0}{1}至{0}{2}", "{0}{1}-{3}{2}", "{0}{1}～{3}{2}-2008"]),
)
def test_a_range_is_refused_whole(first: int, count: int, pattern: str) -> None:
    written = pattern.format("GB/T 2423.", first, first + count, "2423.")
    assume(not written.startswith("GB/T 2423.~"))
    assert only_errors(written)[-1] == "RANGE_NOT_SUPPORTED"


@calmly
@given(number=chinese)
def test_a_short_year_is_completed_and_said(number: Number) -> None:
    written, _, _, year = number
    assume(year in range(1970, 2022))
    cell = scan(f"{written[:-4]}{year % 100:02d}", year=YEAR)
    assert [(one.number, one.year, one.flags) for one in cell.references] == [(written, year, ("two_digit_year",))]


@calmly
@given(number=st.one_of(international, regional.filter(lambda number: number[0][-5] == ":" and "+" not in number[0])))
def test_a_dash_before_the_year_of_an_international_number_becomes_a_colon(number: Number) -> None:
    written = number[0]
    assume("/AC" not in written)
    cell = scan(written.replace(":", "-"), year=YEAR)
    assert [(one.number, one.flags) for one in cell.references] == [(written, ("hyphen_year",))]


FRAGMENTS = (
    "GB GB/T /T T/ ZZB Q/ HSYL - — 一 2016 05 4706.1 19001 . 、 ， ； 《 》 ( ） ISO IEC : EN BS DIN ASTM D638 "
    "-14 JIS C UL 系列 标准 和 idt 无 ① 1. (2016) 修改单 ~ 至 / 2 3 DB33 DB XZ/T ANSI/ B16.34 家用 代替 ß ٣ ² "
    "UN R 44 +A1:2012"
)
fragments = st.sampled_from([*FRAGMENTS.split(" "), " ", "  ", "\n", "_x000D_", "\u200b", "\x00", "\ud800"])
anything = st.text(max_size=60) | st.lists(fragments, max_size=14).map("".join)


def squeeze(text: str) -> str:
    return re.sub(r"[^0-9A-Z\u4e00-\u9fff]", "", text.upper())


def is_within(short: str, long: str) -> bool:
    signs = iter(long)
    return all(sign in signs for sign in short)


@calmly
@given(text=anything)
def test_any_text_gets_an_answer_in_known_words(text: str) -> None:
    cell = scan(text, year=YEAR)
    assert isinstance(cell, Cell)
    for reference in cell.references:
        assert (reference.number is not None) or reference.errors
        for code in reference.flags + reference.errors:
            assert sentence(code).endswith(("。", "？"))
        assert tuple(flag for flag in FLAGS if flag in reference.flags) == tuple(
            flag for flag in reference.flags if not flag.startswith("confirmed_")
        )
    said = {code for reference in cell.references for code in reference.errors} | set(cell.errors)
    warned = any(WARNINGS & set(reference.flags) for reference in cell.references)
    expected = "error" if said else "warning" if warned else "ok" if cell.references else "none"
    assert cell.severity == expected


@calmly
@given(text=anything)
def test_what_is_found_stands_in_the_text_and_in_this_order(text: str) -> None:
    normal, pos = normalise(text), 0
    for reference in scan(text, year=YEAR).references:
        at = normal.find(reference.token, pos)
        assert at >= 0
        pos = at + 1
        changed = {"two_digit_year", "prefix_inherited"} & set(reference.flags)
        if reference.number and not changed:
            assert is_within(squeeze(reference.number), squeeze(reference.token))
        if reference.title:
            assert squeeze(reference.title) in squeeze(normal)


@calmly
@given(text=anything)
def test_a_canonical_number_is_read_as_itself(text: str) -> None:
    for reference in scan(text, year=YEAR).references:
        if reference.number and not reference.errors:
            again = scan(reference.number, year=YEAR).references
            assert [(one.number, one.kind, one.nature, one.year, one.errors) for one in again] == [
                (reference.number, reference.kind, reference.nature, reference.year, ())
            ]


@calmly
@given(text=anything)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@calmly
@given(number=numbers)
def test_an_official_paper_prints_the_long_dash_for_chinese_numbers_only(number: Number) -> None:
    written, _, _, year = number
    printed = official(written)
    if number[1] not in {"foreign", "international", "regional"}:
        assert printed == f"{written[:-5]}—{year}"
    else:
        assert printed == written
    assert [one.number for one in scan(printed, year=YEAR).references] == [written]


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        ("GB/T 1.1-2020", "GB/T 1.1—2020"),
        ("GB 4706.1-2005/XG1-2018", "GB 4706.1—2005/XG1—2018"),
        ("GSB 05-1426-2001", "GSB 05-1426—2001"),
        ("T/CECA-G 0026-2019", "T/CECA-G 0026—2019"),
        ("Q/(GZ)YLKJ 3-2019", "Q/(GZ)YLKJ 3—2019"),
        ("GB/T 19001", "GB/T 19001"),
        ("ISO 9001:2015", "ISO 9001:2015"),
        ("UL 498-2017", "UL 498-2017"),
        ("没有编号", "没有编号"),
        ("", ""),
    ],
)
def test_numbers_are_printed_for_official_papers(number: str, printed: str) -> None:
    assert official(number) == printed


def test_the_year_that_can_be_moves_with_the_year_given() -> None:
    assert scan("GB/T 1234-2027", year=2026).severity == "ok"
    assert scan("GB/T 1234-2027", year=2025).references[0].errors == ("YEAR_OUT_OF_RANGE",)


@pytest.mark.parametrize(
    "code", [*FLAGS, "confirmed_2009", "NO_STANDARD_NUMBER", "NUMBER_MISSING", "RANGE_NOT_SUPPORTED"]
)
def test_every_flag_and_error_has_its_chinese_sentence(code: str) -> None:
    assert sentence(code).endswith("。")
    assert code not in sentence(code)
