"""To-do lists, board, tabs and calendar: each line has its reason, and together they are what a look at all finds."""

from datetime import date, timedelta
from typing import Any

import pytest
from ningbo import CAMPAIGN, PDF, Ningbo, lab_report, prepare, row

from console.board import board
from console.deadlines import TABS, deadline_list, month, tabs
from console.overview import overview
from console.todo import Todo, todo, waiting_for
from engine import extensions, planner, proposals
from engine.clock import FixedClock
from engine.errors import NotFound
from engine.judging import Command
from engine.model import Case, Deadline
from engine.store import campaigns, cases, deadlines, mails, people
from engine.store.database import Database
from engine.sweep import sweep_all

UPLOADED = ("样例甲", "样例乙", "样例丙", "样例丁")


@pytest.fixture
def house(database: Database, clock: FixedClock) -> Ningbo:
    """Two days after the day for plans: three districts, one without a list, everything half done."""
    found = prepare(database, clock)
    planner.plan(found.engine)
    rows = [row(number, f"{name}有限公司") for number, name in enumerate((*UPLOADED, "样例戊", "样例己"))]
    found.send(*rows, district="haishu", login="haishu")
    found.send(row(1, "虚构子有限公司"), row(2, "样例甲有限公司"), district="cixi", login="cixi")
    ready = [found.uploaded(named(found, name)) for name in UPLOADED]
    for case in ready:
        found.record("record_test_report", case, lab_report(found.today()), file=PDF)
    for case in ready[:3]:
        ask(found, "haishu", proposals.propose, Command(case_id=case.id, step="verify"))
    ask(found, "city", proposals.return_proposal, Command(case_id=ready[0].id, step="verify", reason="样例理由"))
    lagging = open_deadline(found, "样例戊", "plan_drafted")
    ask(found, "haishu", extensions.ask_extension, lagging.id, to_on=date(2020, 7, 20), reason="样例理由")
    later = open_deadline(found, "样例己", "plan_uploaded")
    ask(found, "city", extensions.extend, later.id, to_on=date(2020, 7, 9), reason="样例理由")
    for day in range((date(2020, 7, 2) - date(2020, 5, 16)).days + 1):
        found.at((date(2020, 5, 16) + timedelta(days=day)).isoformat())
        planner.plan(found.engine)
        sweep_all(found.engine)
    ask(found, "haishu", extensions.reply, lagging.id, promised_on=date(2020, 7, 20), reason="样例答复")
    for state in ("dead", "draft", "sent", "partial"):
        post(found, state)
    return found


def named(house: Ningbo, name: str) -> Case:
    with house.engine.look() as work:
        found = cases.of_campaign(work, CAMPAIGN, "enterprise")
    return next(case for case in found if case.subject_name.startswith(name) and not case.claimed)


def open_deadline(house: Ningbo, name: str, milestone: str) -> Deadline:
    with house.engine.look() as work:
        case_id = named(house, name).id
        found = deadlines.of_cases(work, [case_id])[case_id]
    return next(one for one in found if one.milestone == milestone)


def ask(house: Ningbo, login: str, deed: Any, *arguments: Any, **more: Any) -> Any:
    with house.work(login) as work:
        return deed(house.engine, work, house.actor(login), *arguments, **more)


def post(house: Ningbo, state: str) -> None:
    row = {
        "dedup_key": state, "letter": "chase", "campaign": CAMPAIGN, "district_id": house.district_id("haishu"),
        "locale": "zh_CN", "priority": 1, "state": state, "not_before": house.clock.now(), "message_id": state,
        "thread_key": state, "subject": f"样例信函{state}", "mail_from": "a@lingpao.example", "size": 1, "sha256": "",
        "template_version": "", "attempts": 1, "lease_token": 0, "resend_no": 0,
    }  # fmt: skip
    receiver = {"address": "b@lingpao.example", "field": "to", "name": "样例"}
    with house.work() as work:
        mails.add(work, row, b"x", [receiver])


def seen_by(house: Ningbo, login: str, **more: Any) -> Todo:
    with house.engine.look() as work:
        return todo(house.engine, work, house.actor(login), CAMPAIGN, **more)


def lines_of(found: Todo) -> dict[str, list[str]]:
    return {section.reason: [task.title for task in section.lines] for section in found.sections}


def test_a_district_has_what_is_late_what_came_back_and_what_comes(house: Ningbo) -> None:
    found = seen_by(house, "haishu")

    assert lines_of(found) == {
        "overdue": ["样例戊有限公司", "样例己有限公司"],
        "returned": ["样例甲有限公司"],
        "report_due": [title for title in lines_of(found)["report_due"] if "报表" in title or "半年" in title],
    }
    late, extended = found.sections[0].lines
    assert (late.said, extended.said) == (None, "chase")
    assert {task.late for task in found.sections[0].lines} == {2}
    assert all(task.label and task.district == "海曙" for task in found.sections[0].lines)
    assert found.total.n == sum(len(section.lines) for section in found.sections)
    assert waiting(house, "haishu") == found.total.n


def test_the_bureau_has_what_waits_for_it(house: Ningbo) -> None:
    found = seen_by(house, "city")

    assert lines_of(found) == {
        "to_confirm": ["样例乙有限公司", "样例丙有限公司"],
        "extension_asked": ["样例戊有限公司"],
        "claim": ["样例甲有限公司"],
        "bounced": ["样例信函dead", "样例信函partial"],
        "draft_circular": ["样例信函draft"],
    }
    by_reason = {section.reason: section.lines[0] for section in found.sections}
    assert by_reason["to_confirm"].label == {"zh": "检测验证", "en": "Verify"}
    assert by_reason["extension_asked"].to_on == date(2020, 7, 20)
    assert by_reason["claim"].district == "慈溪"
    assert waiting(house, "city") == found.total.n == 7


def test_other_districts_and_roles_have_nothing_of_it(house: Ningbo) -> None:
    assert set(lines_of(seen_by(house, "yuyao"))) == {"overdue", "report_due"}
    assert lines_of(seen_by(house, "leader")) == {}
    with pytest.raises(NotFound):
        seen_by(house, "haishu", section="to_confirm")


@pytest.mark.parametrize(("login", "section"), [("haishu", "overdue"), ("city", "to_confirm"), ("city", "bounced")])
def test_a_section_is_read_page_by_page(house: Ningbo, login: str, section: str) -> None:
    whole = lines_of(seen_by(house, login))[section]
    titles, after, more = [], None, True
    while more:
        (one,) = seen_by(house, login, section=section, after=after, limit=1).sections
        titles += [task.title for task in one.lines]
        assert one.count.n == len(whole)
        after, more = one.after, one.after is not None
    assert titles == whole


def waiting(house: Ningbo, login: str) -> int:
    with house.engine.look() as work:
        return waiting_for(house.engine, work, house.actor(login), CAMPAIGN).n


@pytest.mark.parametrize("login", ["city", "haishu", "yuyao"])
def test_the_board_has_every_case_once_in_its_column(house: Ningbo, login: str) -> None:
    with house.engine.look() as work:
        found = board(house.engine, work, house.actor(login), CAMPAIGN)
        few = board(house.engine, work, house.actor(login), CAMPAIGN, cards=1)
        every = cases.of_campaign(work, CAMPAIGN, "enterprise")
    mine = [case for case in every if login == "city" or case.district_id == house.district_id(login)]

    for column, short in zip(found.columns, few.columns, strict=True):
        standing = [case for case in mine if case.state == column.state]
        right = sorted(standing, key=lambda case: (case.next_due_on or date.max, case.id))
        assert [line.case for line in column.lines] == right
        assert [line.case for line in short.lines] == right[:1]
        assert column.n.n == len(standing)
        assert column.overdue.n == sum(bool(one.next_due_on and one.next_due_on < house.today()) for one in standing)


@pytest.mark.parametrize("login", ["city", "haishu"])
def test_the_tabs_hold_what_falls_on_their_days(house: Ningbo, login: str) -> None:
    with house.engine.look() as work:
        actor = house.actor(login)
        every = cases.of_campaign(work, CAMPAIGN)
        held = deadlines.of_cases(work, [case.id for case in every])
        counted = tabs(house.engine, work, actor, CAMPAIGN)
        pages = {tab: deadline_list(house.engine, work, actor, CAMPAIGN, tab=tab) for tab in TABS}
    place = house.district_id("haishu")
    mine = [one for ones in held.values() for one in ones if login == "city" or one.district_id == place]
    spans = {
        "overdue": (date.min, date(2020, 7, 1)),
        "this_week": (date(2020, 7, 2), date(2020, 7, 5)),
        "next_week": (date(2020, 7, 6), date(2020, 7, 12)),
    }
    for tab, (since, until) in spans.items():
        falling = [one for one in mine if one.awaited_on and since <= one.awaited_on <= until]
        right = sorted(falling, key=lambda one: (one.awaited_on, one.id))
        assert [line.deadline for line in pages[tab]] == right
        assert counted[tab].n == pages[tab].count.n == len(right)
    assert [line.case.subject_name for line in pages["extended"]] == ["样例己有限公司"]
    assert pages["extended"].lines[0].reason == "样例理由"
    late = {line.case.subject_name: (line.level, line.answered) for line in pages["overdue"] if line.late == 2}
    assert late["样例戊有限公司"][0] == "chase"


def test_pages_of_a_tab_follow_one_another_also_for_one_milestone(house: Ningbo) -> None:
    with house.engine.look() as work:
        actor = house.actor("city")
        more = {"tab": "overdue", "milestone": "plan_drafted"}
        whole = deadline_list(house.engine, work, actor, CAMPAIGN, **more)
        found, after = [], None
        for _ in whole:
            page = deadline_list(house.engine, work, actor, CAMPAIGN, after=after, limit=1, **more)
            found += [line.deadline.id for line in page]
            after = page.after
    assert found == [line.deadline.id for line in whole]
    assert {line.deadline.milestone for line in whole} == {"plan_drafted"}
    assert after is None


def test_a_month_shows_whole_weeks_with_what_falls_due(house: Ningbo) -> None:
    with house.engine.look() as work:
        found = month(house.engine, work, house.actor("city"), CAMPAIGN, on=date(2020, 10, 15))
        held = deadlines.of_cases(work, [case.id for case in cases.of_campaign(work, CAMPAIGN)])
    assert (found.days[0].on, found.days[-1].on, len(found.days) % 7) == (date(2020, 9, 28), date(2020, 11, 1), 0)
    by_day = {day.on: sum(one.n for one in day.due) for day in found.days if day.due}
    awaited = [one.awaited_on for ones in held.values() for one in ones if one.awaited_on]
    assert by_day == {day: awaited.count(day) for day in set(awaited) if found.days[0].on <= day <= found.days[-1].on}
    assert {one.milestone for day in found.days for one in day.due} == {"verified", "published"}
    works = {day.on: day.works for day in found.days}
    assert (works[date(2020, 10, 10)], works[date(2020, 10, 1)]) == (True, False)


def test_the_overview_counts_what_the_lists_hold(house: Ningbo) -> None:
    with house.engine.look() as work:
        campaign = campaigns.get(work, CAMPAIGN)
        found = overview(house.engine, work, people.actor(work, "city", house.today()), campaign)
        counted = tabs(house.engine, work, house.actor("city"), CAMPAIGN)
    assert (found.total.overdue, found.total.due_this_week) == (counted["overdue"].n, counted["this_week"].n)
    assert (found.waiting, found.claims.n, found.asked.n) == (2, 1, 1)
    assert [row.organisation.code for row in found.rows] == ["haishu", "cixi", "yuyao"]
