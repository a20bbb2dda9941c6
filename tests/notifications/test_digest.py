"""The weekly digest: once for each finished week, moved over days off, with the figures of its cut-off."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
import toy
import toypost
from hypothesis import given
from hypothesis import strategies as st
from toypost import every_mail, read, receivers_of, text_of

from engine import planner
from engine.cases import advance
from engine.clock import ZONE, FixedClock, at_morning
from engine.extensions import extend, reply
from engine.judging import Command
from engine.store import anchors, calendar, deadlines, people, periods
from engine.store.database import Database
from engine.workdays import Workdays
from notifications.digest import plan_digests, preview_digest
from notifications.post import Post
from notifications.weeks import Week


@pytest.fixture
def field(database: Database, clock: FixedClock) -> toy.Field:
    field = toy.prepare(database, clock)
    toypost.furnish(field)
    return field


@pytest.fixture
def post(field: toy.Field) -> Post:
    return toypost.post_of(field)


def monday(field: toy.Field, post: Post, day: date, at: str = "08:30") -> int:
    field.at(at_morning(day, at))
    planner.plan(field.engine)
    with post.engine.work() as work:
        return plan_digests(post, work)


def weeks(post: Post) -> list[tuple[str, str, str | None]]:
    with post.engine.look() as work:
        return [(row.period, row.status, row.reason) for row in periods.of(work, "digest", "gardens-2020")]


def step(field: toy.Field, case_id: int, name: str, login: str = "east") -> None:
    with field.engine.work() as work:
        advance(field.engine, work, field.actor(login), Command(case_id=case_id, step=name))


def test_a_finished_week_is_reported_on_monday_at_half_past_eight_and_not_before(field: toy.Field, post: Post) -> None:
    field.open("g1")

    assert monday(field, post, date(2020, 5, 18), "08:29") == 0
    assert monday(field, post, date(2020, 5, 18)) == 1
    assert monday(field, post, date(2020, 5, 18), "12:00") == 0

    assert weeks(post) == [("2020-W20", "done", None)]
    mail = every_mail(post)[0]
    assert mail.subject == "【花园】周报2020年第1期：完成率0.0%，无逾期"
    assert mail.priority == 80


def test_receivers_do_not_see_each_other(field: toy.Field, post: Post) -> None:
    field.open("g1")
    monday(field, post, date(2020, 5, 18))

    mail = every_mail(post)[0]
    message = read(post, mail)
    assert receivers_of(post, mail) == ["city", "city2", "leader"]
    assert [address.addr_spec for address in message["To"].addresses] == ["standards@lingpao.example"]
    assert message["Cc"] is None


def test_the_figures_are_those_of_sunday_midnight_not_of_monday_morning(field: toy.Field, post: Post) -> None:
    first, second = field.open("g1"), field.open("g2")
    field.at(datetime(2020, 5, 17, 15, 59, tzinfo=UTC))
    step(field, first.id, "plant")
    field.at(datetime(2020, 5, 17, 16, 0, tzinfo=UTC))
    step(field, second.id, "plant")

    assert monday(field, post, date(2020, 5, 18)) == 1

    text = text_of(read(post, every_mail(post)[0]))
    assert "1. 已栽种1家，任务数10家，完成率10.0%" in text
    assert "数据截至2020年5月17日24时" in text
    with post.engine.look() as work:
        row = periods.get(work, schedule="digest", scope="gardens-2020", period="2020-W20")
    assert row is not None
    assert (row.facts["total"]["done"], row.facts["total"]["rate"]) == (1, "10.0")


def test_a_monday_off_moves_the_digest_and_two_weeks_on_one_morning_are_one(field: toy.Field, post: Post) -> None:
    field.open("g1")
    for day in (date(2020, 9, 28), date(2020, 10, 5), date(2020, 10, 8)):
        monday(field, post, day)
    assert weeks(post)[-1][0] == "2020-W39"

    monday(field, post, date(2020, 10, 9))
    assert weeks(post)[-1] == ("2020-W40", "done", None)
    monday(field, post, date(2020, 10, 12))
    assert weeks(post)[-1] == ("2020-W41", "done", None)


def test_after_a_long_silence_only_the_newest_week_is_sent_and_the_others_are_on_record(
    field: toy.Field, post: Post
) -> None:
    field.open("g1")
    monday(field, post, date(2020, 5, 18))

    assert monday(field, post, date(2020, 6, 16), "10:00") == 1

    assert weeks(post) == [
        ("2020-W20", "done", None),
        ("2020-W21", "skipped", "newer"),
        ("2020-W22", "skipped", "newer"),
        ("2020-W23", "skipped", "newer"),
        ("2020-W24", "done", None),
    ]
    assert len(every_mail(post)) == 2
    assert "（2020年第5期）" in text_of(read(post, every_mail(post)[1]))


def test_two_workers_make_one_digest(field: toy.Field, post: Post) -> None:
    field.open("g1")
    field.at(at_morning(date(2020, 5, 18)))
    planner.plan(field.engine)
    start = Barrier(2)
    made: list[int] = []

    def work_off() -> None:
        start.wait()
        with post.engine.work() as work:
            made.append(plan_digests(post, work))

    workers = [Thread(target=work_off) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sorted(made) == [0, 1]
    assert len(every_mail(post)) == 1


def test_a_quiet_week_is_sent_as_one_line_or_skipped_as_the_settings_say(field: toy.Field, post: Post) -> None:
    field.open("g1")
    monday(field, post, date(2020, 5, 18))
    monday(field, post, date(2020, 5, 25))

    quiet = read(post, every_mail(post)[1])
    assert "本周无变化：累计已栽种0家，完成率0.0%，无逾期事项。" in text_of(quiet)
    assert list(quiet.iter_attachments()) == []

    silent = toypost.post_of(field, digest={**toypost.SETTINGS["digest"], "empty_week": "skip"})
    monday(field, silent, date(2020, 6, 1))
    assert weeks(post)[-1] == ("2020-W22", "skipped", "quiet")
    assert len(every_mail(post)) == 2


def test_overdue_answers_and_extensions_of_the_week_are_told(field: toy.Field, post: Post) -> None:
    east, west = field.open("g1"), field.open("g2", "west")
    toypost.morning(field, post, date(2020, 6, 8))
    with field.engine.work() as work:
        planted = {case.id: deadlines.of_cases(work, [case.id])[case.id][0] for case in (east, west)}
        reply(
            field.engine,
            work,
            field.actor("east"),
            planted[east.id].id,
            promised_on=date(2020, 6, 20),
            reason="苗木未到（样例）",
        )
        extend(
            field.engine,
            work,
            field.actor("city"),
            planted[west.id].id,
            to_on=date(2020, 7, 10),
            reason="水管检修（样例）",
        )
    field.at(at_morning(date(2020, 6, 15), "00:10"))

    monday(field, post, date(2020, 6, 15))

    message = read(post, next(mail for mail in every_mail(post) if mail.letter == "digest"))
    text = text_of(message).replace("\n  ", "").replace("\n", "")
    assert "东区，栽种，应于2020年6月5日完成，未完成1，逾期5个工作日，已到级次：催办" in text
    assert "东区　栽种（样例花园g1）答复：苗木未到（样例），2020年6月20日前完成" in text
    assert "西区　栽种（样例花园g2）延期至2020年7月10日：水管检修（样例）" in text
    assert "2020年6月30日　浇水：尚有2项未完成，涉及2个单位" in text
    assert [part.get_filename() for part in message.iter_attachments()] == ["进度表（2020-06-14）.xlsx"]


def test_the_printed_root_is_the_one_kept_for_sunday(field: toy.Field, post: Post) -> None:
    field.open("g1")
    monday(field, post, date(2020, 5, 18))

    with post.engine.look() as work:
        root = anchors.root_of(work, date(2020, 5, 17))
    assert root is not None
    assert root in text_of(read(post, every_mail(post)[0]))


def test_a_digest_in_a_year_without_a_published_calendar_says_so(clock: FixedClock, database: Database) -> None:
    field = toy.prepare(database, clock, opens="2026-12-14", closes="2027-12-31")
    toypost.furnish(field)
    post = toypost.post_of(field)
    monday(field, post, date(2027, 1, 11))

    assert "2027年放假安排尚未公布" in text_of(read(post, every_mail(post)[-1]))


def test_a_coordinators_day_off_moves_the_digest_too(field: toy.Field, post: Post) -> None:
    with field.engine.work() as work:
        calendar.put(work, date(2020, 5, 18), works=False, source="样例通知", person_id=1)
    field.open("g1")

    assert monday(field, post, date(2020, 5, 18)) == 0
    assert monday(field, post, date(2020, 5, 19)) == 1


def test_a_digest_nobody_can_get_stays_to_be_done_and_says_why(field: toy.Field, post: Post) -> None:
    logins = ("city", "city2", "leader")
    with field.engine.work() as work:
        for login in logins:
            people.change(work, people.by_login(work, login).id, email=None)
    field.open("g1")
    assert monday(field, post, date(2020, 5, 18)) == 0
    assert weeks(post) == [("2020-W20", "failed", "nobody: municipal_coordinator/leader")]

    with field.engine.work() as work:
        people.change(work, people.by_login(work, "leader").id, email="leader@lingpao.example")
    assert monday(field, post, date(2020, 5, 18), "09:00") == 1
    assert [status for _, status, _ in weeks(post)] == ["done"]


def test_any_week_can_be_looked_at_without_a_trace(field: toy.Field, post: Post) -> None:
    first = field.open("g1")
    field.at(at_morning(date(2020, 5, 20)))
    step(field, first.id, "plant")
    field.at(at_morning(date(2020, 6, 10)))

    with post.engine.look() as work:
        early = preview_digest(post, work, "gardens-2020", Week.parse("2020-W20"))
        later = preview_digest(post, work, "gardens-2020", Week.parse("2020-W21"), "en")

    assert early.facts.overview.total.done == 0
    assert later.facts.overview.total.done == 1
    assert later.facts.overview.total.change == Decimal("10.0")
    assert later.rendered.subject == "[花园] Digest 2020/2: 10.0%, 0 overdue"
    assert weeks(post) == []
    assert every_mail(post) == []


def test_what_was_sent_is_what_a_later_look_at_the_week_finds(field: toy.Field, post: Post) -> None:
    case = field.open("g1")
    monday(field, post, date(2020, 5, 18))
    sent = text_of(read(post, every_mail(post)[0]))
    step(field, case.id, "plant")
    field.at(at_morning(date(2020, 7, 30)))
    step(field, case.id, "water")

    with post.engine.look() as work:
        again = preview_digest(post, work, "gardens-2020", Week.parse("2020-W20")).rendered.text
    body = [text.split("--------")[0].strip() for text in (sent, again)]
    assert body[0].replace("\r\n", "\n") == body[1]


def test_after_its_last_week_a_campaign_is_silent(field: toy.Field, post: Post) -> None:
    field.open("g1")
    monday(field, post, date(2021, 2, 1))
    assert weeks(post)[-1][0] == "2021-W04"
    monday(field, post, date(2021, 2, 8))
    monday(field, post, date(2021, 3, 1))
    assert weeks(post)[-1][0] == "2021-W04"


@given(st.dates(date(2018, 1, 1), date(2030, 12, 31)))
def test_a_week_is_known_by_its_iso_number_also_over_new_year(day: date) -> None:
    week = Week.of(day)

    assert week.monday <= day <= week.sunday
    assert Week.parse(week.key) == week
    assert week.key == f"{day.isocalendar().year}-W{day.isocalendar().week:02}"
    assert week.next.number_since(week) == 2


@given(st.dates(date(2018, 1, 1), date(2026, 12, 1)))
def test_a_week_is_reported_after_its_end_on_a_working_day(day: date) -> None:
    workdays = Workdays()
    week = Week.of(day)
    reported = week.reported_at("monday", "08:30", workdays=workdays, zone=ZONE)

    local = reported.astimezone(ZONE)
    assert workdays.is_workday(local.date())
    assert (local.hour, local.minute) == (8, 30)
    assert week.sunday < local.date() <= week.sunday + timedelta(days=12)
