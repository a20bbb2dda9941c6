"""Dates as lists carry them: the shapes that are read, what is missing, and what is no date."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workflows.benchmarking.dates import ReadDate, read_date

# Laws are about answers; how busy the machine is does not matter.
calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


DAY = date(2020, 5, 28)


@pytest.mark.parametrize(
    "written",
    [
        "2020年5月28日",
        "2020.5.28",
        "2020-5-28",
        "20200528",
        "２０２０年５月２８日",
        DAY,
        datetime(2020, 5, 28, 8, 30, tzinfo=UTC),
        43979,
        43979.0,
        43979.75,
        "43979",
        20200528,
        20200528.0,
        "2020/5/28",
        "2020/05/28",
        "2020－5－28",
        "2020—5—28",
        "2020一5一28",
        "2020。5。28",
        "2020，5，28",
        "2020、5、28",
        "2020_5_28",
        "2020 5 28",
        "2020 年 5 月 28 日",
        "2020 年5 月28日",
        "2020年05月28日",
        "2020年5月28号",
        "2020年5月28",
        "2020-5-28日",
        "2020.05.28.",
        "20.5.28",
        "20年5月28日",
        "二〇二〇年五月二十八日",
        "二○二○年五月二十八日",
        "二零二零年五月二十八日",
        "2020年5月28日 星期四",
        "2020年5月28日（星期四）",
        "2020年5月28日上午10:30",
        "2020-05-28 00:00:00",
        "2020-05-28T00:00:00",
        "填报日期：2020年5月28日",
        "填报日期：2020年5月28日_x000D_\n",
        "  2020\u00a0年5月\u200b28日\t",
        "2020年5月28日2020年5月28日",
        "2020年5月28日（即5月28日）",
        "28-May-20",
        "28 May 2020",
        "May 28, 2020",
        "May 28th, 2020",
        "5/28/2020",
        "28/5/2020",
        "28.05.2020",
    ],
)
def test_one_day_is_read_in_all_its_shapes(written: object) -> None:
    assert read_date(written) == ReadDate(DAY, "read")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("二〇二〇年十月三十一日", date(2020, 10, 31)),
        ("二〇二〇年十二月十日", date(2020, 12, 10)),
        ("二〇二〇年十一月二十日", date(2020, 11, 20)),
        ("二〇一九年一月三日", date(2019, 1, 3)),
        ("5/5/2020", date(2020, 5, 5)),
        ("2020年2月29日", date(2020, 2, 29)),
    ],
)
def test_other_days_are_read_too(written: str, day: date) -> None:
    assert read_date(written) == ReadDate(day, "read")


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "  ",
        "　",
        "年 月 日",
        "2020年 月 日",
        "2020年  月  日",
        "    年   月   日",
        "____年__月__日",
        "无",
        "填报日期：",
        "填报日期：   年   月   日",
        "2020 年　　月　　日",
    ],
)
def test_a_form_without_its_date_is_missing_one(written: object) -> None:
    read = read_date(written)
    assert (read.day, read.state, read.code) == (None, "missing", "DATE_MISSING")


@pytest.mark.parametrize(
    "written",
    [
        "2020年5月",
        "2020年5月 日",
        "2020.5",
        2020.5,
        2020,
        "2020",
        "2020年",
        202005,
        "202005",
        "5月28日",
        "5.28",
        "2020-05",
    ],
)
def test_a_date_without_all_its_parts_is_incomplete(written: object) -> None:
    read = read_date(written)
    assert (read.day, read.state, read.code) == (None, "incomplete", "DATE_INCOMPLETE")


@pytest.mark.parametrize(
    "written",
    [
        "2020年2月30日",
        "2020-13-01",
        "2020.2.30",
        "2019年2月29日",
        "20200231",
        20200231,
        "今天",
        "待定",
        "abc",
        True,
        False,
        -1,
        0,
        1e9,
        float("nan"),
        float("inf"),
        timedelta(1),
        "1899-01-01",
        date(1900, 1, 1),
        datetime(1900, 1, 1, tzinfo=UTC),
        "31/31/2020",
        "0574-87654321",
    ],
)
def test_what_is_no_day_is_refused(written: object) -> None:
    read = read_date(written)
    assert (read.day, read.state, read.code) == (None, "invalid", "DATE_INVALID")


@pytest.mark.parametrize(
    "written", ["5/6/2020", "2020年5月28日、2020年6月1日", "2020-5-28至2020-6-1", "2020年2月30日或2020年3月1日"]
)
def test_what_may_be_two_days_is_not_guessed(written: str) -> None:
    read = read_date(written)
    assert (read.day, read.state, read.code) == (None, "invalid", "DATE_AMBIGUOUS")


def test_a_workbook_that_counts_from_1904_is_read_by_its_own_count() -> None:
    assert read_date(43979 - 1462, epoch_1904=True) == read_date(43979)
    assert read_date(str(43979 - 1462), epoch_1904=True).day == DAY


@pytest.mark.parametrize("written", ["", "2020.5", "abc", "5/6/2020"])
def test_every_date_that_was_not_read_comes_with_a_remedy(written: str) -> None:
    assert "请" in (read_date(written).sentence or "")


def test_a_date_that_was_read_needs_no_sentence() -> None:
    assert read_date("2020年5月28日").sentence is None


DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))


@calmly
@given(day=DAYS)
def test_every_day_is_read_from_every_common_shape(day: date) -> None:
    shapes = (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y-%m-%d}",
        f"{day:%Y%m%d}",
        f"{day.year} 年 {day.month} 月 {day.day} 日",
        (day - date(1899, 12, 30)).days,
    )
    assert {read_date(shape).day for shape in shapes} == {day}


COUNTS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")


def in_characters(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (COUNTS[tens] if tens > 1 else "") + ("十" if tens else "") + COUNTS[ones]


@calmly
@given(day=DAYS)
def test_every_day_is_read_from_chinese_numerals(day: date) -> None:
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(day.year))
    assert read_date(f"{year}年{in_characters(day.month)}月{in_characters(day.day)}日").day == day


@calmly
@given(value=st.one_of(st.text(), st.text("0123456789年月日.-/ 一二十MAY"), st.integers(), st.floats()))
def test_whatever_a_cell_holds_gets_a_day_or_a_reason(value: object) -> None:
    read = read_date(value)
    assert (read.day is not None) == (read.state == "read") == (read.code is None)
