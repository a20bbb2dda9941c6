"""The machine, the table read from it and the definition say the same, for every state and step."""

import logging
from dataclasses import replace
from importlib.resources import files
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.flow import Flow, State, Step
from engine.flowload import digest_of, load_flows
from engine.machine import legal, mermaid, table

FLOWS = load_flows(
    sorted(path for path in files("workflows").joinpath("benchmarking").iterdir() if path.name.endswith(".yaml"))
)
ZH = {"zh": "某"}


def defined(flow):
    return {(source, step.name): step.target for step in flow.steps for source in step.sources}


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)
def test_machine_table_and_definition_agree_for_every_state_and_step(flow):
    ways = defined(flow)
    assert dict(table(flow)) == ways
    for state, step in product(flow.state_by_name, flow.step_by_name):
        assert legal(flow, state, step) == ways.get((state, step)), (state, step)


@settings(deadline=None)
@given(st.data())
def test_they_agree_for_flows_drawn_at_random(data):
    names = data.draw(st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=1))
    some = st.sampled_from(names)
    drawn = data.draw(st.lists(st.tuples(st.lists(some, unique=True, min_size=1), some), max_size=6))
    steps = tuple(Step(f"s{n}", ZH, tuple(sources), target, ("clerk",)) for n, (sources, target) in enumerate(drawn))
    flow = Flow("drawn", 1, ZH, names[0], tuple(State(name, ZH) for name in names), steps, ())
    flow = replace(flow, digest=data.draw(st.sampled_from(["", digest_of(flow)])))
    assert dict(table(flow)) == defined(flow)
    for state, step in product(names, flow.step_by_name):
        assert legal(flow, state, step) == defined(flow).get((state, step))


def test_what_the_flow_does_not_know_is_not_legal():
    flow = FLOWS[0]
    assert legal(flow, "nowhere", "draft_plan") is None
    assert legal(flow, "nominated", "no_such_step") is None


def test_two_versions_of_a_flow_have_two_machines():
    old = FLOWS[0]
    steps = tuple(step for step in old.steps if step.name != "adopt_plan")
    new = replace(old, version=2, steps=steps, digest="")
    new = replace(new, digest=digest_of(new))
    assert legal(old, "nominated", "adopt_plan") == "plan_uploaded"
    assert legal(new, "nominated", "adopt_plan") is None


def test_an_illegal_step_says_nothing_in_the_log(caplog):
    with caplog.at_level(logging.DEBUG):
        legal(FLOWS[0], "nominated", "publish")
        legal(FLOWS[0], "nominated", "draft_plan")
    assert caplog.records == []


def test_the_table_cannot_be_changed():
    with pytest.raises(TypeError):
        table(FLOWS[0])["nominated", "publish"] = "published"


def test_the_diagram_names_every_state_and_way_in_chinese():
    flow = FLOWS[0]
    drawn = mermaid(flow)
    assert drawn.startswith("stateDiagram-v2\n")
    for state in flow.states:
        assert f'state "{state.label["zh"]}" as {state.name}\n' in drawn
    for (source, step), target in defined(flow).items():
        assert f"    {source} --> {target}: {flow.step_by_name[step].label['zh']}\n" in drawn
    assert "[*] --> nominated\n" in drawn
    assert "leader_candidate --> [*]\n" in drawn
    assert "class withdrawn side\n" in drawn


def test_the_diagram_counts_cases_and_speaks_english():
    drawn = mermaid(FLOWS[0], {"nominated": 12}, "en")
    assert 'state "Nominated (12)" as nominated' in drawn
    assert 'state "Published (0)" as published' in drawn
    assert "nominated --> plan_drafted: Draft the plan" in drawn


def test_a_flow_without_a_line_is_drawn_without_an_end():
    flow = Flow("aside", 1, ZH, "a", (State("a", ZH, side=True),), (), ())
    assert mermaid(flow).count("[*]") == 1


def test_a_label_cannot_break_the_diagram():
    flow = Flow("odd", 1, ZH, "a", (State("a", {"zh": 'x"; y: z\nclass a'}),), (), ())
    (line,) = [line for line in mermaid(flow).splitlines() if " as a" in line]
    assert line == '    state "x#quot;#59; y#58; z class a" as a'
