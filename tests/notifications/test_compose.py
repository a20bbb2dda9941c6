"""Notices become mails: who gets what on which morning, what is left out and why, and what the bytes say."""

from datetime import date, timedelta
from shutil import copy

import pytest
import toy
import toypost
from sqlalchemy import update
from toypost import compose_all, every_mail, morning, read, receivers_of, text_of

from engine.cases import advance
from engine.clock import FixedClock, at_morning
from engine.extensions import extend
from engine.judging import Command
from engine.leaving import correct
from engine.proposals import propose
from engine.store import deadlines, mails, notices, organisations, people
from engine.store.database import Database, Work
from engine.store.schema import mails as table
from engine.sweep import sweep_all
from notifications import reasons
from notifications.post import Post

REMINDED, CHASED, SUPERVISED, NAMED = date(2020, 5, 22), date(2020, 6, 8), date(2020, 6, 12), date(2020, 6, 19)


@pytest.fixture
def field(database: Database, clock: FixedClock) -> toy.Field:
    field = toy.prepare(database, clock)
    toypost.furnish(field)
    return field


@pytest.fixture
def post(field: toy.Field) -> Post:
    return toypost.post_of(field)


def step(field: toy.Field, case_id: int, name: str, login: str = "east") -> None:
    with field.engine.work() as work:
        advance(field.engine, work, field.actor(login), Command(case_id=case_id, step=name))


def reasons_of(post: Post, case_id: int) -> list[tuple[str, str, str | None]]:
    with post.engine.look() as work:
        return [(one.kind, one.state, one.reason) for one in notices.of_case(work, case_id)]


def test_nine_cases_of_a_district_are_one_mail_in_the_order_of_the_list(field: toy.Field, post: Post) -> None:
    for number in range(1, 10):
        field.open(f"g{number}")

    assert morning(field, post, REMINDED) == 1

    mail = every_mail(post)[0]
    text = text_of(read(post, mail))
    assert receivers_of(post, mail) == ["east", "east2"]
    assert mail.subject == "【花园】提醒：栽种将于6月5日（周五）到期，东区尚有9家"
    assert [line.strip()[:2] for line in text.splitlines() if "样例花园g" in line] == [f"{n}." for n in range(1, 10)]
    assert "任务数5家，已完成0家" in text
    with post.engine.look() as work:
        assert len(notices.of_mail(work, mail.id)) == 9


def test_two_districts_get_a_mail_each_and_nobody_reads_of_the_other(field: toy.Field, post: Post) -> None:
    field.open("g1", "east")
    field.open("g2", "west")

    assert morning(field, post, REMINDED) == 2

    east, west = every_mail(post)
    assert (receivers_of(post, east), receivers_of(post, west)) == (["east", "east2"], ["west"])
    assert "样例花园g2" not in text_of(read(post, east))
    assert "西区" not in text_of(read(post, east))


def test_somebody_who_holds_two_districts_gets_one_mail_with_a_section_for_each(field: toy.Field, post: Post) -> None:
    with field.engine.work() as work:
        both = people.by_login(work, "west")
        for login in ("east", "east2"):
            person = people.by_login(work, login)
            people.end_role(work, person_id=person.id, role="district_coordinator", to_on=date(2020, 5, 1))
        east = organisations.by_code(work, "east")
        people.grant(
            work, person_id=both.id, role="district_coordinator", organisation_id=east.id, from_on=date(2020, 5, 2)
        )
    field.open("g1", "east")
    field.open("g2", "west")

    assert morning(field, post, REMINDED) == 1

    mail = every_mail(post)[0]
    text = text_of(read(post, mail))
    assert receivers_of(post, mail) == ["west"]
    assert text.index("东区：栽种") < text.index("西区：栽种")
    assert mail.district_id is None


def test_two_milestones_of_a_morning_are_two_sections_of_one_mail(field: toy.Field, post: Post) -> None:
    # both days fall into the same week here, so both are reminded of on the same morning
    case = field.open("g1")
    with field.engine.work() as work:
        watered = next(one for one in deadlines.of_cases(work, [case.id])[case.id] if one.milestone == "watered")
        deadlines.change(work, [{"id": watered.id, "due_on": date(2020, 6, 5)}])
        deadlines.set_due(work, {watered.id: at_morning(REMINDED)})

    assert morning(field, post, REMINDED) == 1

    mail = every_mail(post)[0]
    assert mail.subject == "【花园】提醒：2项工作6月5日（周五）到期，东区尚有1家"
    assert "东区：栽种" in text_of(read(post, mail))
    assert "东区：浇水" in text_of(read(post, mail))


def test_nothing_is_composed_before_the_sweep_is_through(field: toy.Field, post: Post) -> None:
    field.open("g1")
    field.open("g2", "west")
    field.at(at_morning(REMINDED))
    with field.engine.work() as work:
        toypost.post_notice(
            work,
            dedup_key="reminder:early",
            kind="reminder",
            letter="reminder",
            campaign="gardens-2020",
            district_id=organisations.by_code(work, "east").id,
            deadline_id=1,
            case_id=1,
            milestone="planted",
            morning_on=REMINDED,
        )

    assert compose_all(post) == 0
    assert morning(field, post, REMINDED) == 2


def test_a_sweep_that_never_ends_does_not_silence_the_ladder_for_ever(field: toy.Field, post: Post) -> None:
    case = field.open("g1")
    morning(field, post, date(2020, 5, 20))
    field.at(at_morning(REMINDED))
    sweep_all(field.engine)
    with field.engine.work() as work:
        stuck = deadlines.of_cases(work, [case.id])[case.id][1]
        deadlines.set_due(work, {stuck.id: work.now})

    assert compose_all(post) == 0
    field.at(at_morning(REMINDED) + timedelta(hours=1, minutes=1))
    assert compose_all(post) == 1


def test_what_was_done_meanwhile_is_not_said_and_the_rest_is(field: toy.Field, post: Post) -> None:
    done, left = field.open("g1"), field.open("g2")
    field.at(at_morning(REMINDED))
    sweep_all(field.engine)
    step(field, done.id, "plant")

    assert compose_all(post) == 1
    assert "样例花园g1" not in text_of(read(post, every_mail(post)[0]))
    assert reasons_of(post, done.id) == [("reminder", "superseded", reasons.REACHED)]
    assert reasons_of(post, left.id) == [("reminder", "composed", None)]


def test_a_mail_of_which_nothing_is_left_is_not_sent(field: toy.Field, post: Post) -> None:
    case = field.open("g1")
    field.at(at_morning(REMINDED))
    sweep_all(field.engine)
    with field.engine.work() as work:
        deadline = deadlines.of_cases(work, [case.id])[case.id][0]
        extend(field.engine, work, field.actor("city"), deadline.id, to_on=date(2020, 7, 10), reason="样例理由")

    assert compose_all(post) == 1
    assert [mail.letter for mail in every_mail(post)] == ["extension_granted"]
    assert reasons_of(post, case.id)[0] == ("reminder", "superseded", reasons.MOVED)


def test_a_district_is_not_chased_for_what_waits_for_the_bureau(field: toy.Field, post: Post) -> None:
    case = field.open("g1")
    step(field, case.id, "plant")
    step(field, case.id, "water")
    with field.engine.work() as work:
        shown = next(one for one in deadlines.of_cases(work, [case.id])[case.id] if one.milestone == "shown")
        deadlines.change(work, [{"id": shown.id, "due_on": date(2020, 6, 5)}])
        toypost.post_notice(
            work,
            dedup_key="chase:1",
            kind="chase",
            letter="chase",
            campaign="gardens-2020",
            district_id=case.district_id,
            case_id=case.id,
            deadline_id=shown.id,
            milestone="shown",
            morning_on=CHASED,
        )
    with field.engine.work() as work:
        propose(field.engine, work, field.actor("east"), Command(case_id=case.id, step="show"))

    field.at(at_morning(CHASED))
    assert compose_all(post) == 0
    assert reasons_of(post, case.id) == [("chase", "superseded", reasons.PROPOSED)]


def test_beside_what_is_open_stands_how_much_waits_for_the_bureau(field: toy.Field, post: Post) -> None:
    waiting, still_open = field.open("g1"), field.open("g2")
    for case in (waiting, still_open):
        step(field, case.id, "plant")
        step(field, case.id, "water")
    with field.engine.work() as work:
        (shown,) = (one for one in deadlines.of_cases(work, [still_open.id])[still_open.id] if one.milestone == "shown")
        deadlines.change(work, [{"id": shown.id, "due_on": date(2020, 6, 5)}])
        toypost.post_notice(
            work,
            dedup_key="chase:1",
            kind="chase",
            letter="chase",
            campaign="gardens-2020",
            district_id=still_open.district_id,
            case_id=still_open.id,
            deadline_id=shown.id,
            milestone="shown",
            morning_on=CHASED,
        )
        propose(field.engine, work, field.actor("east"), Command(case_id=waiting.id, step="show"))

    field.at(at_morning(CHASED))
    assert compose_all(post) == 1
    text = toypost.text_of(toypost.read(post, every_mail(post)[0]))
    assert "另有1家已提请，待市局确认。" in text


def test_the_ladder_goes_up_with_copies_papers_and_what_was_sent_before(field: toy.Field, post: Post) -> None:
    field.open("g1")
    sent: dict[str, list[date]] = {}
    day = date(2020, 5, 18)
    while day <= date(2020, 6, 22):
        morning(field, post, day)
        with field.engine.work() as work:
            for mail in mails.listed(work, states=["ready"]):
                _mark_sent(work, mail.id)
        day += timedelta(days=1)
    for mail in every_mail(post):
        sent.setdefault(mail.letter, []).append(mail.created_at.date())

    assert sent == {
        "reminder": [date(2020, 5, 22), date(2020, 5, 29), date(2020, 6, 4), date(2020, 6, 15), date(2020, 6, 22)],
        "chase": [date(2020, 6, 8), date(2020, 6, 11)],
        "supervision": [date(2020, 6, 12)],
        "circular": [date(2020, 6, 19)],
    }
    chases = [mail for mail in every_mail(post) if mail.letter == "chase"]
    assert receivers_of(post, chases[0], "cc") == ["east-head"]
    assert "催办（第2次）" in text_of(read(post, chases[1]))
    assert "2020年6月8日　催办　已发出" in text_of(read(post, chases[1]))
    supervision = next(mail for mail in every_mail(post) if mail.letter == "supervision")
    message = read(post, supervision)
    assert receivers_of(post, supervision) == ["east-deputy"]
    assert receivers_of(post, supervision, "cc") == ["city", "city2", "east", "east2"]
    assert [part.get_filename() for part in message.iter_attachments()] == ["督办单（东区）.docx"]
    circular = next(mail for mail in every_mail(post) if mail.letter == "circular")
    assert circular.state == "draft"
    assert receivers_of(post, circular) == ["east", "east2", "west"]
    assert receivers_of(post, circular, "cc") == ["leader"]


def _mark_sent(work: Work, mail_id: int) -> None:
    statement = update(table).where(table.c.id == mail_id).values(state="sent", sent_at=work.now)
    work.connection.execute(statement)


def test_no_level_is_said_twice_on_one_day(field: toy.Field, post: Post) -> None:
    case = field.open("g1")
    morning(field, post, REMINDED)
    with field.engine.work() as work:
        deadline = deadlines.of_cases(work, [case.id])[case.id][0]
        toypost.post_notice(
            work,
            dedup_key="reminder:late-comer",
            kind="reminder",
            letter="reminder",
            campaign="gardens-2020",
            district_id=case.district_id,
            case_id=case.id,
            deadline_id=deadline.id,
            milestone="planted",
            morning_on=REMINDED,
        )

    assert compose_all(post) == 0
    assert morning(field, post, date(2020, 5, 25)) == 1
    assert [mail.created_at.date() for mail in every_mail(post)] == [REMINDED, date(2020, 5, 25)]


def test_where_nobody_has_an_address_the_bureau_gets_it_and_is_told_why(field: toy.Field, post: Post) -> None:
    with field.engine.work() as work:
        people.change(work, people.by_login(work, "west").id, email=None)
    case = field.open("g1", "west")

    assert morning(field, post, REMINDED) == 1

    mail = every_mail(post)[0]
    assert receivers_of(post, mail) == ["city", "city2"]
    assert text_of(read(post, mail)).startswith("西区没有登记可用的联系人邮箱")
    kind, state, reason = reasons_of(post, case.id)[0]
    assert (kind, state, reason) == ("reminder", "composed", "instead: 西区: district_coordinator")
    with field.engine.look() as work:
        assert [one.case_id for one in notices.troubled(work)] == [case.id]


def test_where_nobody_at_all_can_be_written_to_the_notice_waits_and_says_so(field: toy.Field, post: Post) -> None:
    with field.engine.work() as work:
        for login in ("west", "city", "city2"):
            people.change(work, people.by_login(work, login).id, email="not an address")
    case = field.open("g1", "west")

    assert morning(field, post, REMINDED) == 0
    assert reasons_of(post, case.id) == [("reminder", "waiting", "nobody: 西区: district_coordinator")]

    with field.engine.work() as work:
        people.change(work, people.by_login(work, "west").id, email="west@lingpao.example")
    assert compose_all(post) == 1
    assert reasons_of(post, case.id) == [("reminder", "composed", None)]


def test_a_person_in_both_lists_gets_the_mail_once_as_its_receiver(field: toy.Field) -> None:
    letters = {**toypost.SETTINGS["letters"], "chase": {"to": ["district_coordinator"], "cc": ["district_coordinator"]}}
    post = toypost.post_of(field, letters=letters)
    field.open("g1")

    morning(field, post, CHASED)

    mail = every_mail(post)[0]
    assert receivers_of(post, mail) == ["east", "east2"]
    assert receivers_of(post, mail, "cc") == []


def test_a_letter_that_cannot_be_worded_fails_alone_and_names_the_fault(field: toy.Field, post: Post) -> None:
    good, bad = field.open("g1"), field.open("g2", "west")
    with field.engine.work() as work:
        for case, to in ((good, "2020-07-10"), (bad, "no day")):
            toypost.post_notice(
                work,
                dedup_key=f"extension_granted:{case.id}",
                kind="extension_granted",
                letter="extension_granted",
                campaign="gardens-2020",
                district_id=case.district_id,
                case_id=case.id,
                milestone="planted",
                morning_on=REMINDED,
                facts={"subject": case.subject_name, "to": to, "reason": "样例"},
            )

    assert compose_all(post) == 1
    assert reasons_of(post, good.id) == [("extension_granted", "composed", None)]
    kind, state, reason = reasons_of(post, bad.id)[0]
    assert (kind, state) == ("extension_granted", "failed")
    assert reason is not None
    assert "no day" in reason


def test_one_mail_tells_of_several_things_done_in_a_district(field: toy.Field, post: Post) -> None:
    first, second = field.open("g1"), field.open("g2")
    for case in (first, second):
        step(field, case.id, "plant")
    with field.engine.work() as work:
        for case in (first, second):
            command = Command(case_id=case.id, step="return_planting", reason=f"第{case.id}处太浅（样例）")
            advance(field.engine, work, field.actor("city"), command)

    assert compose_all(post) == 1

    mail = every_mail(post)[0]
    text = text_of(read(post, mail))
    assert mail.subject == "【花园】退回修改：样例花园g1等2项"
    assert f"第{first.id}处太浅（样例）" in text
    assert "修改期限2020年5月20日" in text


def test_letters_about_one_day_fold_into_one_conversation(field: toy.Field, post: Post) -> None:
    field.open("g1")
    morning(field, post, REMINDED)
    morning(field, post, date(2020, 5, 29))

    first, second = (read(post, mail) for mail in every_mail(post))
    root = "<bureau.east.2020-06-05@lingpao.example>"
    assert first["References"] == root
    assert first["In-Reply-To"] == root
    assert first["Message-ID"] not in {root, second["Message-ID"]}
    assert second["References"] == f"{root} {first['Message-ID']}"
    assert second["Thread-Index"].startswith(first["Thread-Index"][:20])
    assert second["List-Id"] == "<reminder.lingpao.example>"
    assert second["Auto-Submitted"] == "auto-generated"


def test_the_same_campaign_played_twice_has_the_same_message_ids(clock: FixedClock, sqlite_url: str) -> None:
    def play(url: str) -> list[str]:
        database = Database(url, durable=False)
        clock.set(at_morning(date(2020, 5, 15)))
        played = toy.prepare(database, clock)
        toypost.furnish(played)
        post = toypost.post_of(played)
        played.open("g1")
        morning(played, post, REMINDED)
        ids = [mail.message_id for mail in every_mail(post)]
        database.close()
        return ids

    path = sqlite_url.removeprefix("sqlite:///")
    other = f"{path}.second"
    copy(path, other)
    assert play(sqlite_url) == play(f"sqlite:///{other}")


def test_a_letter_to_people_who_read_english_is_english(field: toy.Field, post: Post) -> None:
    with field.engine.work() as work:
        people.change(work, people.by_login(work, "west").id, locale="en")
    field.open("g1", "west")

    morning(field, post, REMINDED)

    mail = every_mail(post)[0]
    assert mail.locale == "en"
    assert mail.subject == "[花园] Reminder: 1 open, due Fri 5 Jun"


def test_a_long_list_is_attached_whole_and_shown_in_part(field: toy.Field, post: Post) -> None:
    for number in range(1, 46):
        field.open(f"g{number:02}")

    morning(field, post, REMINDED)

    message = read(post, every_mail(post)[0])
    attached = next(message.iter_attachments())
    listed = attached.get_payload(decode=True)
    assert isinstance(listed, bytes)
    assert "另有5家，见附件名单" in text_of(message)
    assert attached.get_filename() == "未完成名单.csv"
    assert listed.startswith(b"\xef\xbb\xbf")
    assert listed.decode("utf-8-sig").count("样例花园") == 45


def test_every_notice_in_a_mail_is_said_once_however_often_the_composer_comes(field: toy.Field, post: Post) -> None:
    field.open("g1")
    field.at(at_morning(REMINDED))
    sweep_all(field.engine)

    assert compose_all(post) == 1
    assert compose_all(post) == 0


def sent_back_by_mistake(field: toy.Field, *subjects: str) -> list[int]:
    """Cases sent back, each with its letter; nothing has been composed yet."""
    opened = [field.open(subject).id for subject in subjects]
    for case_id in opened:
        step(field, case_id, "plant")
        with field.engine.work() as work:
            command = Command(case_id=case_id, step="return_planting", reason="样例意见")
            advance(field.engine, work, field.actor("city"), command)
    return opened


def undo(field: toy.Field, case_id: int) -> None:
    with field.engine.work() as work:
        correct(field.engine, work, field.actor("city"), case_id, reason="误操作（样例）")


def test_a_mistake_whose_letter_has_not_left_is_never_told(field: toy.Field, post: Post) -> None:
    wrong, right = sent_back_by_mistake(field, "g1", "g2")
    compose_all(post)
    undo(field, wrong)

    assert compose_all(post) == 1

    assert [(mail.letter, mail.state) for mail in every_mail(post)] == [("sent_back", "ended"), ("sent_back", "ready")]
    assert "样例花园g1" not in text_of(read(post, every_mail(post)[1]))
    assert reasons_of(post, wrong) == [
        ("sent_back", "superseded", reasons.RECALLED),
        ("correction", "superseded", reasons.RECALLED),
    ]
    assert reasons_of(post, right) == [("sent_back", "composed", None)]


def test_a_mistake_whose_letter_has_left_is_corrected_by_another(field: toy.Field, post: Post) -> None:
    (wrong,) = sent_back_by_mistake(field, "g1")
    compose_all(post)
    with field.engine.work() as work:
        _mark_sent(work, every_mail(post)[0].id)
    undo(field, wrong)

    assert compose_all(post) == 1

    correction = every_mail(post)[1]
    assert correction.subject == "【花园】更正：样例花园g1"
    text = text_of(read(post, correction))
    assert "误操作（样例）" in text
    assert "退回栽种" in text
