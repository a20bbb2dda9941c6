"""Which fault an answer shows: provider's words first, then stage and enhanced code, stage and code, first digit."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.classify import MOST_ATTEMPTS, TREATMENTS, Blame, Finding, classify, fault_of, next_try
from notifications.errors import ProviderRulesRefused
from notifications.faults import MEANINGS, Fault
from notifications.providers import known_providers, provider_of, read_providers
from notifications.verdicts import Outcome, RecipientVerdict, Stage

NOW = datetime(2020, 7, 1, 0, 30, tzinfo=UTC)

TABLE = [
    # N: the way to the relay
    ("connect", 0, "", "ConnectionRefusedError", "N"),
    ("connect", -1, "", "hello?", "N"),
    ("connect", 421, "", "Service not available", "N"),
    ("connect", 554, "", "No SMTP service here", "N"),
    ("tls", 0, "", "timed out", "N"),
    ("tls", 454, "", "TLS not available", "N"),
    ("auth", 0, "", "timed out", "N"),
    ("auth", 454, "4.7.0", "Temporary authentication failure", "N"),
    ("mail", 421, "4.4.2", "Timeout exceeded", "N"),
    ("rcpt", 421, "", "Shutting down", "N"),
    ("dot", 421, "", "Shutting down", "N"),
    # L: the relay counts our mails
    ("mail", 421, "4.7.0", "Try again later", "L"),
    ("rcpt", 451, "4.7.1", "Rate limit exceeded", "L"),
    ("rcpt", 450, "4.7.28", "unusual rate of mail", "L"),
    ("rcpt", 452, "4.5.3", "Too many recipients", "L"),
    # G: greylisting
    ("rcpt", 450, "4.7.1", "Please come back", "G"),
    ("rcpt", 451, "4.2.0", "Try again", "G"),
    ("rcpt", 451, "", "Greylisted for 300 seconds", "G"),
    # T: temporary
    ("rcpt", 450, "", "Mailbox busy", "T"),
    ("mail", 451, "4.3.0", "Local error", "T"),
    ("mail", 452, "4.3.1", "Insufficient storage", "T"),
    ("dot", 451, "", "Local error in processing", "T"),
    ("mail", 0, "", "timed out", "T"),
    ("rcpt", 0, "", "timed out", "T"),
    ("data", 0, "", "lost", "T"),
    ("body", 0, "", "the relay stopped reading within the mail", "T"),
    ("mail", -1, "", "hello?", "T"),
    ("rcpt", 550, "5.4.4", "Unable to route", "T"),
    # A: the address
    ("rcpt", 550, "5.1.1", "No", "A"),
    ("rcpt", 551, "5.1.6", "Moved", "A"),
    ("rcpt", 553, "5.1.3", "Bad", "A"),
    ("rcpt", 550, "5.2.1", "Disabled", "A"),
    ("rcpt", 550, "", "User unknown in virtual mailbox table", "A"),
    ("rcpt", 550, "", "No such user here", "A"),
    ("rcpt", 521, "", "Host does not accept mail", "A"),
    ("rcpt", 556, "5.1.10", "Null MX", "A"),
    # F: full
    ("rcpt", 552, "5.2.2", "Over quota", "F"),
    ("rcpt", 452, "4.2.2", "Over quota", "F"),
    ("rcpt", 552, "", "Exceeded allocation", "F"),
    ("dot", 552, "5.2.2", "", "F"),
    # S: size
    ("mail", 552, "5.3.4", "Message too big", "S"),
    ("dot", 552, "", "Too much mail bytes", "S"),
    ("dot", 523, "", "", "S"),
    ("dot", 554, "", "Message exceeds size limit", "S"),
    # P: policy
    ("rcpt", 550, "5.7.1", "Rejected by policy", "P"),
    ("rcpt", 550, "", "Not today", "P"),
    ("dot", 554, "", "Spam", "P"),
    ("dot", 550, "5.7.26", "Unauthenticated", "P"),
    ("data", 554, "5.7.1", "Blocked", "P"),
    # C: our settings
    ("tls", -4, "", "SSLCertVerificationError: certificate has expired", "C"),
    ("tls", -3, "", "the relay does not offer STARTTLS", "C"),
    ("tls", 501, "", "No TLS", "C"),
    ("auth", 535, "5.7.8", "Authentication failed", "C"),
    ("auth", 534, "", "Too weak", "C"),
    ("auth", -3, "", "the relay offers no login this program knows", "C"),
    ("auth", 500, "", "What?", "C"),
    ("mail", 530, "5.7.0", "Must issue a STARTTLS command first", "C"),
    ("mail", 550, "", "Sender refused", "C"),
    ("mail", 501, "5.1.7", "Bad sender", "C"),
    ("mail", 503, "", "Error: need EHLO and AUTH first !", "C"),
    ("rcpt", 530, "5.7.1", "Authentication required", "C"),
    ("rcpt", 554, "5.7.1", "Relay access denied", "C"),
    ("rcpt", 553, "5.1.8", "Bad sender domain", "C"),
    # B: misunderstandings
    ("mail", 500, "", "Unknown command", "B"),
    ("mail", 503, "5.5.1", "Bad sequence", "B"),
    ("rcpt", 501, "", "Syntax", "B"),
    ("data", 504, "", "Not implemented", "B"),
    ("mail", -2, "", "354 go ahead", "B"),
    # D: after the dot
    ("dot", 0, "", "lost", "D"),
    ("dot", -1, "", "hello?", "D"),
    ("dot", -2, "", "354 go ahead", "D"),
]

PROVIDERS = [
    ("qq", "rcpt", 550, "Domain frequency limited [x IP: 192.0.2.1]", "L"),
    ("qq", "mail", 550, "Sender frequency limited", "L"),
    ("qq", "connect", 550, "Connection frequency limited", "L"),
    ("qq", "rcpt", 550, "Mailbox unavailable or access denied [x]", "T"),
    ("qq", "rcpt", 550, "Mailbox not found. http://service.mail.qq.com", "A"),
    ("qq", "dot", 550, "Mail content denied", "P"),
    ("qq", "dot", 550, "Message too large", "S"),
    ("qq", "mail", 501, "Mail from address must be same as authorization user.", "C"),
    ("qq", "auth", 535, "Login Fail. Please enter your authorization code to login.", "C"),
    ("netease", "connect", 421, "4.4.5 HL:ICC 192.0.2.1,,1,http://mail.163.com/help", "L"),
    ("netease", "mail", 421, "HL:IFC", "L"),
    ("netease", "mail", 450, "MI:DMC", "L"),
    ("netease", "mail", 451, "MI:SFQ", "L"),
    ("netease", "rcpt", 450, "4.5.3 RP:DRC", "L"),
    ("netease", "mail", 554, "5.5.0 MI:STC", "L"),
    ("netease", "dot", 554, "DT:SPM 163 smtp10", "P"),
    ("netease", "dot", 554, "DT:SUM", "C"),
    ("netease", "auth", 451, "Requested mail action not taken: too much fail authentication", "C"),
    ("netease", "connect", 554, "HL:IPB", "C"),
    ("netease", "rcpt", 550, "User not found: nobody@163.com", "A"),
    ("netease", "mail", 552, "Requested mail action aborted: exceeded mailsize limit", "S"),
    ("netease", "mail", 450, "MI:CEL", "B"),
]


@pytest.mark.parametrize(("stage", "code", "enhanced", "text", "fault"), TABLE)
def test_an_answer_shows_one_fault(stage: str, code: int, enhanced: str, text: str, fault: str) -> None:
    assert classify(Stage(stage), code, enhanced, f"{enhanced} {text}", "any").fault == Fault(fault)


@pytest.mark.parametrize(("provider", "stage", "code", "text", "fault"), PROVIDERS)
def test_a_providers_words_come_before_its_codes(provider: str, stage: str, code: int, text: str, fault: str) -> None:
    finding = classify(Stage(stage), code, "", text, provider)
    assert finding.fault == Fault(fault)
    assert finding.rule.startswith(f"{provider}/")


def test_the_same_code_from_another_relay_means_something_else() -> None:
    assert classify(Stage.RCPT, 550, "", "Domain frequency limited", "any").fault is Fault.POLICY


@pytest.mark.parametrize("code", [450, 451, 452])
def test_the_first_delay_of_a_recipient_is_taken_for_greylisting(code: int) -> None:
    assert classify(Stage.RCPT, code, "", "Not now", is_first=True).fault is Fault.GREY
    assert classify(Stage.RCPT, code, "", "Not now").fault is Fault.TEMPORARY
    assert classify(Stage.DOT, code, "", "Not now", is_first=True).fault is Fault.TEMPORARY


@pytest.mark.parametrize(
    ("host", "provider"),
    [
        ("smtp.qq.com", "qq"),
        ("smtp.exmail.qq.com", "qq"),
        ("SMTP.163.com", "netease"),
        ("smtp.126.com", "netease"),
        ("163.com.example.org", "any"),
        ("not163.com", "any"),
        ("mail.ningbo.example", "any"),
    ],
)
def test_a_relay_belongs_to_a_provider_by_the_end_of_its_name(host: str, provider: str) -> None:
    assert provider_of(host) == provider


@given(
    stage=st.sampled_from(Stage),
    code=st.one_of(st.integers(-4, 0), st.integers(400, 599)),
    enhanced=st.one_of(st.just(""), st.from_regex(r"[45]\.[0-7]\.[0-9]{1,2}", fullmatch=True)),
    text=st.text(),
    provider=st.sampled_from(["qq", "netease", "any", "unheard-of"]),
)
def test_every_answer_has_a_fault_and_lost_after_the_dot_is_always_a_doubt(
    stage: Stage, code: int, enhanced: str, text: str, provider: str
) -> None:
    fault = classify(stage, code, enhanced, text, provider).fault
    assert (fault is Fault.DOUBT) == (stage is Stage.DOT and code <= 0)
    if stage in {Stage.CONNECT, Stage.TLS, Stage.AUTH} and code <= 0:
        assert TREATMENTS[fault].blame in {Blame.LANE, Blame.US}
        assert not TREATMENTS[fault].counts


def test_each_fault_has_a_treatment_and_a_meaning_in_words() -> None:
    assert set(TREATMENTS) == set(MEANINGS) == set(Fault)
    assert {fault.value for fault in Fault} == set("NLGTAFSPCBD")


SCHEDULES = [
    ("N", [0.5, 1, 2, 5, 10, 15, 15, 15], 0.2),
    ("L", [15, 30, 60, 60], 0),
    ("G", [6, 15, 30, 60, 120, 240, 360, 360], 0),
    ("T", [5, 15, 30, 60, 120, 240, 360, 360], 0.2),
    ("F", [60, 240, 720, 1440, 1440], 0),
    ("C", [15, 15], 0),
    ("B", [1, None], 0),
    ("D", [30, None], 0),
    ("A", [None], 0),
    ("S", [None], 0),
    ("P", [None], 0),
]


@pytest.mark.parametrize(("fault", "minutes", "spread"), SCHEDULES)
def test_the_next_try_follows_the_schedule_of_the_fault(fault: str, minutes: list[float | None], spread: float) -> None:
    for failures, expected in enumerate(minutes, start=1):
        moment = next_try(Finding(Fault(fault), "table"), failures, now=NOW, key="mail-7")
        if expected is None:
            assert moment is None
            continue
        assert moment is not None
        wait = (moment - NOW) / timedelta(minutes=1)
        assert expected * (1 - spread) <= wait <= expected * (1 + spread)


def test_mails_do_not_come_back_all_at_once_but_each_at_its_own_same_moment() -> None:
    finding = Finding(Fault.TEMPORARY, "table")
    moments = [next_try(finding, 1, now=NOW, key=f"mail-{number}") for number in range(50)]
    assert len(set(moments)) == 50
    assert moments == [next_try(finding, 1, now=NOW, key=f"mail-{number}") for number in range(50)]


def test_after_twelve_attempts_a_mail_is_given_up_and_a_lane_is_not() -> None:
    assert next_try(Finding(Fault.TEMPORARY, "table"), MOST_ATTEMPTS, now=NOW, key="m") is None
    assert next_try(Finding(Fault.TEMPORARY, "table"), 3, now=NOW, key="m", most_attempts=3) is None
    assert next_try(Finding(Fault.NETWORK, "table"), 500, now=NOW, key="lane") is not None


def test_what_would_come_too_late_is_not_tried_again() -> None:
    finding = Finding(Fault.FULL, "table")
    assert next_try(finding, 1, now=NOW, key="m", expires_at=NOW + timedelta(minutes=59)) is None
    assert next_try(finding, 1, now=NOW, key="m", expires_at=NOW + timedelta(minutes=60)) == NOW + timedelta(hours=1)


def test_a_provider_that_names_two_minutes_is_asked_once_more_and_not_again() -> None:
    finding = classify(Stage.DOT, 451, "", "DT:SPM ,please try again", "netease")
    assert finding == Finding(Fault.POLICY, "netease/content-for-now", timedelta(minutes=3))
    assert next_try(finding, 1, now=NOW, key="m") == NOW + timedelta(minutes=3)
    assert next_try(finding, 2, now=NOW, key="m") is None


@pytest.mark.parametrize(
    ("outcome", "stage", "code", "fault"),
    [
        (Outcome.ACCEPTED, Stage.DOT, 250, None),
        (Outcome.WITHHELD, Stage.DATA, 0, None),
        (Outcome.WITHHELD, Stage.CONNECT, 0, None),
        (Outcome.UNOFFERED, Stage.CONNECT, 0, Fault.NETWORK),
        (Outcome.UNOFFERED, Stage.AUTH, 535, Fault.CONFIG),
        (Outcome.REFUSED, Stage.RCPT, 551, Fault.POLICY),
        (Outcome.UNANSWERED, Stage.BODY, 0, Fault.TEMPORARY),
        (Outcome.DOUBT, Stage.DOT, 0, Fault.DOUBT),
    ],
)
def test_a_recipients_verdict_has_a_fault_unless_taken_or_called_back(
    outcome: Outcome, stage: Stage, code: int, fault: Fault | None
) -> None:
    finding = fault_of(RecipientVerdict("a@example.org", outcome, stage, code, "", ""))
    assert (finding.fault if finding else None) is fault


@pytest.mark.parametrize(
    "toml",
    [
        "[qq",
        "[qq]\ntitle = 'x'\nhosts = []",
        "[qq]\ntitle = 'x'\nhosts = []\n[[qq.rules]]\nname = 'a'\nfault = 'X'\nwords = ['a']",
        "[qq]\ntitle = 'x'\nhosts = []\n[[qq.rules]]\nname = 'a'\nfault = 'L'\nwords = []",
        "[qq]\ntitle = 'x'\nhosts = []\n[[qq.rules]]\nname = 'a'\nfault = 'L'\nwords = ['Upper']",
        "[qq]\ntitle = 'x'\nhosts = []\n[[qq.rules]]\nname = 'a'\nfault = 'L'\nwords = ['']",
        "[qq]\ntitle = 'x'\nhosts = []\n[[qq.rules]]\nname = 'a'\nfault = 'L'\nwords = ['a']\nstage = ['rcpt']",
        "[qq]\ntitle = 'x'\nhosts = []\n[[qq.rules]]\nname = 'a'\nfault = 'L'\nwords = ['a']\nstages = ['later']",
    ],
)
def test_a_table_of_replies_with_a_fault_is_refused(toml: str) -> None:
    with pytest.raises(ProviderRulesRefused):
        read_providers(toml)


def test_each_rule_of_the_shipped_table_can_be_reached() -> None:
    for provider, table in known_providers().items():
        for rule in table.rules:
            stage = min(rule.stages, default=Stage.RCPT)
            code = int((min(rule.codes, default="5") + "99")[:3])
            reached = {classify(stage, code, "", words, provider).rule for words in rule.words}
            assert f"{provider}/{rule.name}" in reached
