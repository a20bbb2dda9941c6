"""Scenario 22: one digest for each ISO week, by whichever worker, late or over New Year, with that week's figures."""

import signal
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import toy
import toypost
from acceptance.children import deeds
from acceptance.children.nursery import Child, let_go
from acceptance.following import as_person, ask_and_confirm, take
from sqlalchemy import text
from toypost import every_mail, read

from engine.clock import at_morning
from engine.leaving import correct
from engine.store import organisations, periods
from notifications.digest import plan_digests
from notifications.post import Post

pytestmark = pytest.mark.acceptance(22)


@pytest.fixture
def field(prepare: Callable[..., toy.Field]) -> toy.Field:
    """Gardens until the end of March 2021, so that weeks cross New Year."""
    field = prepare(closes="2021-03-31")
    toypost.furnish(field)
    return field


@pytest.fixture
def post(field: toy.Field) -> Post:
    return toypost.post_of(field)


def workers(field: toy.Field, url: str, number: int = 2) -> list[int]:
    """Let so many processes plan at the same moment; how many digests each made."""
    return let_go(*(Child(deeds.report_the_week, url, field.clock.now()) for _ in range(number)))


def weeks(field: toy.Field) -> list[tuple[str, str]]:
    with field.engine.look() as work:
        return [(row.period, row.status) for row in periods.of(work, "digest", "gardens-2020")]


def figures(field: toy.Field, week: str) -> dict[str, dict[str, int]]:
    """By district, how many stand at each state or beyond, as the digest of the week kept it."""
    with field.engine.look() as work:
        row = periods.get(work, schedule="digest", scope="gardens-2020", period=week)
    assert row is not None
    return {line["name"]: line["reached"] for line in row.facts["rows"]}


RECOUNT = text("""
SELECT j.district_id, j.target FROM journal AS j
JOIN (SELECT case_id, max(seq) AS seq FROM journal WHERE recorded_at < :until AND case_id > 0 GROUP BY case_id) AS l
  ON l.case_id = j.case_id AND l.seq = j.seq
""")
LINE = ("named", "planted", "watered", "shown")


def recounted(field: toy.Field, until: datetime) -> dict[str, dict[str, int]]:
    """The same figures counted from the last entry of each case before the cut-off."""
    micros = int((until - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1))
    with field.engine.look() as work:
        names = {one.id: one.name for one in organisations.districts(work, date(2020, 6, 1))}
        found = Counter((names[row[0]], row[1]) for row in work.connection.execute(RECOUNT, {"until": micros}))
    return {
        name: {state: sum(found[(name, later)] for later in LINE[place:]) for place, state in enumerate(LINE)}
        for name in names.values()
    }


def work_a_week(field: toy.Field) -> None:
    """Steps on Saturday and Sunday, and some after the cut-off that must not count."""
    ids = [field.open(f"g{number}", ("east", "west")[number % 2]).id for number in range(8)]
    field.at(at_morning(date(2020, 5, 23), "15:00"))
    for case_id in ids[:5]:
        take(field, ("east", "west")[(case_id - 1) % 2], case_id, "plant")
    take(field, "east", ids[0], "water")
    take(field, "city", ids[7], "withdraw", reason="样例")
    field.at(at_morning(date(2020, 5, 24), "23:59"))
    take(field, "west", ids[1], "water")
    field.at(at_morning(date(2020, 5, 25), "00:00"))
    ask_and_confirm(field, "east", "city", ids[0], "show")
    as_person(field, "city", correct, ids[2], reason="样例")
    field.open("g8")


def test_of_four_workers_on_one_morning_one_makes_the_digest(field: toy.Field, database_url: str, post: Post) -> None:
    work_a_week(field)
    field.at(at_morning(date(2020, 5, 25)))

    made = workers(field, database_url, 4)

    assert sorted(made) == [0, 0, 0, 1]
    assert [mail.letter for mail in every_mail(post)] == ["digest"]
    assert weeks(field) == [("2020-W20", "skipped"), ("2020-W21", "done")]


def test_down_until_tuesday_the_digest_comes_then_with_the_figures_of_sunday(
    field: toy.Field, database_url: str, post: Post
) -> None:
    work_a_week(field)
    for day in (26, 27):
        field.at(at_morning(date(2020, 5, day), "14:10"))
        workers(field, database_url)

    assert len(every_mail(post)) == 1
    assert weeks(field)[-1] == ("2020-W21", "done")
    kept = figures(field, "2020-W21")
    assert kept == recounted(field, at_morning(date(2020, 5, 25), "00:00"))
    assert kept == {
        "东区": {"named": 4, "planted": 3, "watered": 1, "shown": 0},
        "西区": {"named": 3, "planted": 2, "watered": 1, "shown": 0},
    }


def test_every_week_over_new_year_has_one_digest_under_its_iso_number(
    field: toy.Field, database_url: str, post: Post
) -> None:
    field.open()
    mondays = [date(2020, 12, 14) + timedelta(weeks=number) for number in range(6)]
    holidays = [date(2020, 12, 31) + timedelta(days=number) for number in range(4)]
    for day in sorted([*mondays, *holidays]):
        field.at(at_morning(day, "08:30"))
        workers(field, database_url)

    done = [week for week, status in weeks(field) if status == "done"]
    # 2020 has a week 53; Friday 1 January lies in it
    assert done == ["2020-W50", "2020-W51", "2020-W52", "2020-W53", "2021-W01", "2021-W02"]
    sent = [(mail.dedup_key.rpartition(":")[2], mail.created_at) for mail in every_mail(post)]
    assert [at for _, at in sent] == [at_morning(monday) for monday in mondays]
    assert len({week for week, _ in weeks(field)}) == len(weeks(field))


@pytest.mark.parametrize(("policy", "status", "digests"), [("send", "done", 2), ("skip", "skipped", 1)])
def test_a_week_in_which_nothing_happened_follows_the_settings(
    field: toy.Field, policy: str, status: str, digests: int
) -> None:
    field.open()
    post = toypost.post_of(field, digest={**toypost.SETTINGS["digest"], "empty_week": policy})
    for monday in (date(2020, 5, 18), date(2020, 5, 25)):
        field.at(at_morning(monday))
        with field.engine.work() as work:
            plan_digests(post, work)

    assert weeks(field) == [("2020-W20", "done"), ("2020-W21", status)]
    assert len(every_mail(post)) == digests
    sheets = [len(list(read(post, mail).iter_attachments())) for mail in every_mail(post)]
    assert sheets == [1, 0][:digests]


@pytest.mark.parametrize("dies_after", [1, 2, 4, 6])
def test_a_worker_killed_over_its_digest_leaves_all_of_it_or_nothing_and_the_next_one_makes_it(
    field: toy.Field, database_url: str, post: Post, dies_after: int
) -> None:
    field.open()
    field.at(at_morning(date(2020, 5, 18)))
    child = Child(deeds.report_the_week, database_url, field.clock.now(), dies_after=dies_after)
    assert child.hear() == "ready"
    child.tell("go")
    assert (child.hear(), child.end()) == (None, -signal.SIGKILL)
    assert (every_mail(post), weeks(field)) == ([], [])

    workers(field, database_url)

    assert (len(every_mail(post)), weeks(field)) == (1, [("2020-W20", "done")])
