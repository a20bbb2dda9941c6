"""The checks of a flow definition, each with the smallest definition that breaks it."""

from dataclasses import replace

import pytest

from engine.flow import Due, Flow, Milestone, Slot, State, Step
from engine.flowcheck import Known, check
from engine.flowload import digest_of

ZH = {"zh": "某"}


def step(name, source, target, **more):
    sources = tuple(source.split("|")) if source else ()
    return Step(name, ZH, sources, target, **{"roles": ("clerk",), **more})


def back(name, source, target, **more):
    return step(name, source, target, **{"kind": "send_back", "reason": True, "limit": 3, **more})


def milestone(name, reached, due=None, **more):
    return Milestone(name, ZH, reached, due or Due("day"), **more)


GOOD = Flow(
    name="small",
    version=2,
    label=ZH,
    initial="a",
    states=(State("a", ZH), State("b", ZH), State("c", ZH), State("gone", ZH, side=True)),
    steps=(
        step("go", "a", "b", guards=("fits",), slots=("paper",), confirm=("chief",)),
        step("end", "b", "c"),
        back("return", "b", "a", letters=("sent_back",), beyond=("chief",), rework=3),
        step("leave", "a|b|c", "gone", kind="withdraw", reason=True),
    ),
    milestones=(milestone("m", "b"), milestone("n", "c", Due("yearly", ((1, 5),)))),
    slots=(Slot("paper", ZH, "part", "clerk"),),
)
KNOWN = Known(
    guards={"fits"},
    roles={"clerk", "chief"},
    slots={"paper"},
    ladders={"default"},
    letters={"sent_back": {"zh_CN", "en"}},
    campaign_workdays=100,
)


def with_step(name, **changes):
    return replace(GOOD, steps=tuple(replace(one, **changes) if one.name == name else one for one in GOOD.steps))


def plus(*steps):
    return replace(GOOD, steps=(*GOOD.steps, *steps))


def with_due(due):
    return replace(GOOD, milestones=(milestone("m", "b", due),))


def states(*names):
    return (*(State(name, ZH) for name in names), State("gone", ZH, side=True))


def test_a_good_definition_has_no_fault():
    assert check(GOOD, KNOWN) == ()
    assert check(GOOD, Known()) == ()


CASES = [
    ("a name that is none", replace(GOOD, slots=(Slot("pa.per", ZH),)), {"WRONG_NAME", "UNKNOWN_SLOT"}),
    ("a state twice", replace(GOOD, states=states("a", "b", "b", "c")), {"DUPLICATE_NAME"}),
    ("a step twice with one source", plus(step("end", "b", "c")), {"DUPLICATE_NAME", "TWO_WAYS"}),
    ("a milestone twice", replace(GOOD, milestones=GOOD.milestones * 2), {"DUPLICATE_NAME"}),
    ("no initial state", replace(GOOD, initial=""), {"UNKNOWN_STATE"}),
    ("an unknown initial state", replace(GOOD, initial="aa"), {"UNKNOWN_STATE"}),
    ("an initial state beside the line", replace(GOOD, initial="gone"), {"INITIAL_BESIDE"}),
    ("no line at all", replace(GOOD, states=states(), initial="gone", steps=(), milestones=()), {"NO_LINE"}),
    ("an unknown source", with_step("end", sources=("bb", "b")), {"UNKNOWN_STATE"}),
    ("an unknown target", with_step("end", target="cc"), {"UNKNOWN_STATE", "UNREACHABLE_STATE"}),
    ("no source", plus(step("odd", "", "b")), {"NO_SOURCE"}),
    ("a source twice", with_step("end", sources=("b", "b")), {"TWO_WAYS"}),
    ("an unreachable state", replace(GOOD, states=states("a", "x", "b", "c")), {"UNREACHABLE_STATE", "TRAP"}),
    ("a trap", replace(plus(step("odd", "a", "x")), states=states("a", "x", "b", "c")), {"TRAP"}),
    (
        "a loop without an end",
        replace(
            plus(step("in", "a", "x"), step("on", "x", "y"), back("off", "y", "x")),
            states=states("a", "x", "y", "b", "c"),
        ),
        {"NO_WAY_TO_END"},
    ),
    ("an edge out of the end", plus(step("on", "c", "gone")), {"EDGE_OUT_OF_END"}),
    ("an edge out of the withdrawn", plus(back("home", "gone", "a")), {"EDGE_OUT_OF_END", "NOT_BACK"}),
    ("a step without role", with_step("end", roles=()), {"NO_ROLE"}),
    ("an unknown role", with_step("end", roles=("clark",)), {"UNKNOWN_ROLE"}),
    ("an unknown role that confirms", with_step("go", confirm=("chef",)), {"UNKNOWN_ROLE"}),
    ("an unknown role beyond the limit", with_step("return", beyond=("chef",)), {"UNKNOWN_ROLE"}),
    ("an unknown role that brings", replace(GOOD, slots=(Slot("paper", ZH, "part", "x"),)), {"UNKNOWN_ROLE"}),
    ("four eyes of one role", with_step("go", confirm=("clerk",)), {"FOUR_EYES_OF_ONE"}),
    ("an unknown guard", with_step("go", guards=("fit",)), {"UNKNOWN_GUARD"}),
    ("a guard that is code", with_step("go", guards=("__import__('os')",)), {"GUARD_NOT_A_NAME"}),
    ("an undeclared slot", with_step("go", slots=("papier",)), {"UNKNOWN_SLOT"}),
    ("a slot nobody records", replace(GOOD, slots=(*GOOD.slots, Slot("photo", ZH))), {"UNKNOWN_SLOT"}),
    ("an unknown letter", with_step("return", letters=("sent",)), {"UNKNOWN_LETTER"}),
    ("a way back without reason", with_step("return", reason=False), {"NO_REASON"}),
    ("a way back without limit", with_step("return", limit=None), {"NO_LIMIT"}),
    ("a way back that leads on", with_step("return", target="c"), {"NOT_BACK"}),
    ("a way back beside the line", with_step("return", target="gone"), {"NOT_BACK"}),
    ("a step that leads back", plus(step("redo", "b", "a")), {"NOT_FORWARD"}),
    ("a step in place", plus(step("stay", "b", "b")), {"NOT_FORWARD"}),
    ("a withdrawal without reason", with_step("leave", reason=False), {"NO_REASON"}),
    (
        "a withdrawal to the line",
        with_step("leave", target="c"),
        {"WITHDRAWN_ON_THE_LINE", "UNREACHABLE_STATE", "EDGE_OUT_OF_END"},
    ),
    (
        "two places to withdraw to",
        replace(
            plus(step("flee", "a", "off", kind="withdraw", reason=True)),
            states=(*GOOD.states, State("off", ZH, side=True)),
        ),
        {"TWO_WITHDRAWN"},
    ),
    ("no time for rework", with_step("return", rework=0), {"WRONG_DURATION"}),
    ("a negative limit", with_step("return", limit=-1), {"WRONG_DURATION"}),
    ("a negative deadline", with_due(Due("workdays", after="a", workdays=-5)), {"WRONG_DURATION"}),
    ("a deadline after nothing", with_due(Due("workdays", after="z", workdays=5)), {"UNKNOWN_STATE"}),
    (
        "a deadline longer than the campaign",
        with_due(Due("workdays", after="a", workdays=101)),
        {"LONGER_THAN_CAMPAIGN"},
    ),
    ("a yearly rule without days", with_due(Due("yearly")), {"NO_DAY"}),
    ("a day not every year has", with_due(Due("yearly", ((2, 29), (13, 1)))), {"NO_SUCH_DAY"}),
    ("a milestone nobody reaches", replace(GOOD, milestones=(milestone("m", "z"),)), {"UNKNOWN_STATE"}),
    ("a milestone beside the line", replace(GOOD, milestones=(milestone("m", "gone"),)), {"MILESTONE_BESIDE"}),
    ("an unknown ladder", replace(GOOD, milestones=(milestone("m", "b", ladder="steep"),)), {"UNKNOWN_LADDER"}),
]


@pytest.mark.parametrize(("what", "flow", "codes"), CASES, ids=[case[0] for case in CASES])
def test_is_refused(what, flow, codes):
    found = check(flow, KNOWN)
    assert {finding.code for finding in found} == codes, what
    for finding in found:
        assert str(finding.sentence)


def test_the_many_faults_of_one_definition_are_reported_together():
    flow = with_step("go", roles=(), guards=("nope",), slots=("none",), confirm=("x",), target="nowhere")
    assert {finding.code for finding in check(flow, KNOWN)} >= {
        *("NO_ROLE", "UNKNOWN_GUARD", "UNKNOWN_SLOT", "UNKNOWN_ROLE", "UNKNOWN_STATE"),
    }


def test_what_follows_from_an_unknown_target_is_reported_once():
    found = check(with_step("go", target="nowhere"), KNOWN)
    assert [(finding.code, finding.path) for finding in found] == [
        ("UNKNOWN_STATE", ("steps", "go", "target")),
        ("UNREACHABLE_STATE", ("states", "b")),
    ]


def test_a_letter_is_needed_in_every_locale():
    known = replace(KNOWN, letters={"sent_back": {"zh_CN"}})
    (finding,) = check(GOOD, known)
    assert finding.code == "LETTER_WITHOUT_LOCALE"
    assert finding.path == ("steps", "return", "letters", 0)
    assert check(GOOD, replace(known, locales=("zh_CN",))) == ()


def test_a_step_that_somebody_else_may_take_too_may_be_confirmed_by_one_of_its_roles():
    assert check(with_step("go", roles=("clerk", "chief"), confirm=("chief",)), KNOWN) == ()


def test_a_state_in_which_cases_stand_cannot_be_removed():
    known = replace(KNOWN, occupied={"small": {"b", "testing", "archived"}, "other": {"x"}})
    assert [finding.code for finding in check(GOOD, known)] == ["OCCUPIED_STATE_REMOVED"] * 2


def test_another_text_needs_another_version():
    flow = replace(GOOD, digest=digest_of(GOOD))
    assert check(flow, replace(KNOWN, stored={("small", 2): flow.digest, ("small", 1): "older"})) == ()
    assert check(flow, replace(KNOWN, stored={("small", 1): "older", ("large", 9): "another"})) == ()
    (changed,) = check(flow, replace(KNOWN, stored={("small", 2): "another"}))
    assert (changed.code, changed.path) == ("CHANGED_UNDER_VERSION", ("version",))
    (behind,) = check(flow, replace(KNOWN, stored={("small", 3): "newer"}))
    assert behind.code == "VERSION_BEHIND"


def test_a_side_state_may_be_an_end_or_lead_back_to_the_line():
    aside = replace(
        plus(step("fail", "b", "retest"), step("pass", "retest", "c")),
        states=(*GOOD.states, State("retest", ZH, side=True)),
    )
    assert check(aside, KNOWN) == ()


def test_a_line_of_one_state_is_begin_and_end():
    single = Flow("one", 1, ZH, "a", (State("a", ZH),), (), ())
    assert check(single, Known()) == ()
