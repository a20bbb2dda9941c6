"""States of a mail: what may follow what, who may still write, and how a relay's answers end."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.store.mails import Mail
from notifications.classify import MOST_ATTEMPTS
from notifications.faults import Fault
from notifications.judgement import ACCEPTED, GIVEN_UP, IN_DOUBT, OPEN, REFUSED, judge
from notifications.outbox import ALLOWED, LABELS, RULES, ChangeRefused, State, check_change, expiry, rule_of
from notifications.verdicts import Outcome, RecipientVerdict, Stage, Verdict

NOW = datetime(2020, 6, 8, 0, 30, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
ENDS = {State.SENT, State.PARTIAL, State.DEAD, State.EXPIRED, State.ENDED}
MAIL = Mail(
    id=1, dedup_key="chase:1", letter="chase", campaign="gardens-2020", district_id=2, locale="zh_CN", priority=25,
    state="leased", reason=None, not_before=NOW, expires_at=None, message_id="<chase.1.0@lingpao.example>",
    thread_key="bureau.east", subject="催办", mail_from="standards@lingpao.example", size=100, sha256="", attempts=0,
    lane=None,
    refs=None,
    template_version="", lease_owner="w", lease_token=1, lease_until=NOW, body_token=None, last_stage=None,
    last_code=None, last_text=None, last_class=None, relay_ref=None, resend_of=None, resend_no=0, created_by=None,
    last_enhanced=None,
    created_at=NOW, first_try_at=NOW, sent_at=None,
)  # fmt: skip
A, B = "a@lingpao.example", "b@lingpao.example"


def told(address: str, outcome: Outcome, stage: Stage = Stage.DOT, code: int = 250, text: str = "") -> RecipientVerdict:
    return RecipientVerdict(address, outcome, stage, code, "", text)


def judged(*recipients: RecipientVerdict, mail: Mail = MAIL, before: dict[str, str] | None = None):
    verdict = Verdict(mail.id, recipients[0].stage, recipients, "")
    states = before or {one.address: OPEN for one in recipients}
    return judge(mail, verdict, states, now=NOW, provider="any", most_attempts=MOST_ATTEMPTS)


@pytest.mark.parametrize(("source", "target"), list(product(State, State)))
def test_only_changes_in_the_table_are_let_through(source: State, target: State) -> None:
    if target in ALLOWED[source]:
        check_change(source, target)
    else:
        with pytest.raises(ChangeRefused):
            check_change(source, target)


def test_what_has_ended_never_changes_again() -> None:
    assert {state for state in State if not ALLOWED[state]} == ENDS
    assert set(LABELS) == set(State)


def test_no_way_leads_from_a_doubt_back_to_the_wire_but_through_ready() -> None:
    assert State.LEASED not in ALLOWED[State.DOUBT]
    assert [source for source in State if State.LEASED in ALLOWED[source]] == [State.READY]


def test_a_reminder_is_of_no_use_when_its_day_is_over() -> None:
    assert expiry("reminder", NOW, date(2020, 6, 30), ZONE) == datetime(2020, 6, 30, 16, tzinfo=UTC)
    assert expiry("supervision", NOW, date(2020, 6, 5), ZONE) is None
    assert rule_of("report_due").priority < rule_of("chase").priority < rule_of("reminder").priority
    assert {letter for letter, rule in RULES.items() if rule.in_doubt == "hold"} == {"reminder", "digest", "test"}


def test_all_taken_is_sent() -> None:
    found = judged(told(A, Outcome.ACCEPTED), told(B, Outcome.ACCEPTED))

    assert (found.state, found.counts, found.lane) == (State.SENT, True, None)


def test_one_refused_for_ever_is_sent_in_part() -> None:
    found = judged(told(A, Outcome.ACCEPTED), told(B, Outcome.REFUSED, Stage.RCPT, 550, "5.1.1 user unknown"))

    assert found.state is State.PARTIAL
    assert {fate.address: fate.state for fate in found.fates} == {A: ACCEPTED, B: REFUSED}
    assert found.finding is not None
    assert found.finding.fault is Fault.ADDRESS


def test_a_later_attempt_that_reaches_the_last_one_ends_as_sent() -> None:
    found = judged(told(B, Outcome.ACCEPTED), before={A: ACCEPTED, B: OPEN})

    assert found.state is State.SENT


def test_put_off_for_one_keeps_the_mail_for_that_one() -> None:
    found = judged(
        told(A, Outcome.REFUSED, Stage.RCPT, 550, "5.1.1 user unknown"),
        told(B, Outcome.REFUSED, Stage.RCPT, 450, "4.7.1 try later"),
    )

    assert found.state is State.READY
    assert {fate.address: fate.state for fate in found.fates} == {A: REFUSED, B: OPEN}
    assert found.not_before is not None
    assert found.not_before > NOW


def test_refused_for_everybody_is_given_up() -> None:
    found = judged(told(A, Outcome.REFUSED, Stage.RCPT, 550, "5.1.1 user unknown"))

    assert (found.state, found.action) == (State.DEAD, "dead")


def test_a_relay_that_cannot_be_reached_costs_the_mail_nothing() -> None:
    found = judged(told(A, Outcome.UNOFFERED, Stage.CONNECT, 0, "refused"))

    assert (found.state, found.counts, found.action) == (State.READY, False, "lane")
    assert found.lane is not None
    assert found.lane.fault is Fault.NETWORK


def test_a_mail_called_back_is_as_it_was() -> None:
    found = judged(told(A, Outcome.WITHHELD, Stage.DATA, 0))

    assert (found.state, found.counts, found.fates, found.lane) == (State.READY, False, (), None)


def test_no_answer_after_the_dot_is_a_doubt() -> None:
    found = judged(told(A, Outcome.DOUBT, Stage.DOT, 0), told(B, Outcome.REFUSED, Stage.RCPT, 550, "5.1.1 unknown"))

    assert found.state is State.DOUBT
    assert {fate.address: fate.state for fate in found.fates} == {A: IN_DOUBT, B: REFUSED}


def test_a_mail_too_large_is_held_and_nobodys_address_is_blamed() -> None:
    found = judged(told(A, Outcome.REFUSED, Stage.MAIL, 552, "5.3.4 message size exceeds limit"))

    assert (found.state, found.reason) == (State.HELD, "too_large")
    assert {fate.state for fate in found.fates} == {OPEN}


def test_after_as_many_attempts_as_are_allowed_it_is_given_up() -> None:
    tired = replace(MAIL, attempts=MOST_ATTEMPTS - 1)
    found = judged(told(A, Outcome.REFUSED, Stage.DOT, 451, "4.3.0 try later"), mail=tired)

    assert found.state is State.DEAD
    assert [fate.state for fate in found.fates] == [GIVEN_UP]


def test_what_could_only_come_too_late_is_not_tried_again() -> None:
    soon_over = replace(MAIL, expires_at=NOW + timedelta(minutes=1))
    found = judged(told(A, Outcome.REFUSED, Stage.DOT, 451, "4.3.0 try later"), mail=soon_over)

    assert found.state is State.DEAD


CODES = (0, -1, -2, -3, -4, 250, 421, 450, 451, 452, 550, 552, 554)
ANSWERS = st.tuples(st.sampled_from(list(Outcome)), st.sampled_from(list(Stage)), st.sampled_from(CODES))


@given(st.lists(ANSWERS, min_size=1, max_size=4), st.integers(0, MOST_ATTEMPTS))
def test_whatever_a_relay_says_the_mail_stays_in_a_legal_state(
    answers: list[tuple[Outcome, Stage, int]], tried: int
) -> None:
    recipients = [
        told(f"{place}@lingpao.example", outcome, stage, code) for place, (outcome, stage, code) in enumerate(answers)
    ]
    found = judged(*recipients, mail=replace(MAIL, attempts=tried))

    check_change(State.LEASED, found.state)
    taken = {one.address for one in recipients if one.outcome is Outcome.ACCEPTED}
    assert taken == {fate.address for fate in found.fates if fate.state == ACCEPTED}
    if any(one.outcome is Outcome.DOUBT for one in recipients):
        assert found.state is State.DOUBT
    if found.state is State.READY and found.counts:
        assert found.not_before is None or found.not_before > NOW
