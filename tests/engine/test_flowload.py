"""Flow files: every fault at once with its place, short forms, and the canonical form that is stored and hashed."""

import copy
import json
from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.faults import FaultsFound
from engine.flow import Due
from engine.flowload import Known, digest_of, flow_body, flow_from_body, load_flow, load_flows, parse_flow, read_flow
from engine.flowshape import flow_schema
from engine.yamlsource import parse_document

FLOW = """\
flow: small
version: 1
label: 小流程
initial: open
states:
  open: 待办
  done: {label: {zh: 已办, en: Done}}
  gone: {label: 已退出, side: true}
slots:
  paper: {label: 文件, each: part, brought_by: clerk}
steps:
  finish:
    label: 办结
    sources: open
    target: done
    roles: [clerk]
    guards: [paper_is_there]
    slots: [paper]
  reopen:
    label: 退回
    kind: send_back
    sources: [done]
    target: open
    roles: [clerk]
    reason: true
    rework: 3 workdays
    limit: 2
    letters: [sent_back]
  leave:
    label: 退出
    kind: withdraw
    sources: any_open
    target: gone
    roles: [clerk]
    reason: true
milestones:
  finished: {label: 办结, reached: done, due: {workdays: 10 workdays, after: open}}
"""


def faults_of(text, known=None):
    try:
        parse_flow(text, known)
    except FaultsFound as refusal:
        return [(fault.code, fault.line, fault.path) for fault in refusal.faults]
    return []


def changed(old, new):
    assert FLOW.count(old) == 1
    return FLOW.replace(old, new)


def test_a_flow_reads_as_it_is_written():
    flow = parse_flow(FLOW)
    assert (flow.name, flow.version, flow.initial, flow.line) == ("small", 1, "open", ("open", "done"))
    assert flow.label == {"zh": "小流程"}
    assert flow.state_by_name["done"].label == {"zh": "已办", "en": "Done"}
    assert flow.state_by_name["gone"].side
    assert flow.slot_by_name["paper"].each == "part"
    finish, reopen, leave = flow.steps
    assert (finish.kind, finish.sources, finish.target, finish.guards) == (
        "step",
        ("open",),
        "done",
        ("paper_is_there",),
    )
    assert (reopen.kind, reopen.rework, reopen.limit, reopen.reason) == ("send_back", 3, 2, True)
    assert (leave.kind, flow.withdrawn) == ("withdraw", "gone")
    assert flow.milestones[0].due == Due("workdays", after="open", workdays=10)


def test_any_open_stands_for_every_state_of_the_line():
    assert parse_flow(FLOW).step_by_name["leave"].sources == ("open", "done")


def test_days_are_short_words_or_yearly_pairs():
    def due(text):
        return parse_flow(changed("{workdays: 10 workdays, after: open}", text)).milestones[0].due

    assert due("day") == Due("day")
    assert due("none") == Due("none")
    assert due("{yearly: [[1, 5], [7, 5]]}") == Due("yearly", ((1, 5), (7, 5)))


def test_the_published_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(flow_schema())


def test_every_fault_of_the_shape_is_reported_at_its_place():
    text = FLOW
    for old, new in [
        ("version: 1", "version: nought"),
        ("  open: 待办", "  Open-1: 待办\n  open: 待办"),
        ("    rework: 3 workdays", "    rework: soon"),
        ("    limit: 2", "    limit: -2"),
        ("    kind: withdraw", "    kind: withdrew"),
        ("    target: done", "    targt: done"),
        ("side: true", "side: perhaps"),
        ("{workdays: 10 workdays, after: open}", "{workdays: 10 workdays, yearly: [[13, 1], [5]]}"),
    ]:
        text = text.replace(old, new)
    assert faults_of(text) == [
        ("WRONG_VALUE", 2, "version"),
        ("WRONG_NAME", 6, "states.Open-1"),
        ("WRONG_VALUE", 9, "states.gone.side"),
        ("MISSING_KEY", 13, "steps.finish.target"),
        ("UNKNOWN_KEY", 16, "steps.finish.targt"),
        ("WRONG_VALUE", 27, "steps.reopen.rework"),
        ("WRONG_VALUE", 28, "steps.reopen.limit"),
        ("WRONG_VALUE", 32, "steps.leave.kind"),
        ("MISSING_KEY", 38, "milestones.finished.due.after"),
        ("WRONG_VALUE", 38, "milestones.finished.due"),
        ("WRONG_VALUE", 38, "milestones.finished.due.yearly[0][0]"),
        ("WRONG_VALUE", 38, "milestones.finished.due.yearly[1]"),
    ]


def test_a_misspelt_key_comes_with_the_nearest_known_one():
    with pytest.raises(FaultsFound, match=r"did you mean target\?"):
        parse_flow(changed("    target: done", "    targt: done"))
    with pytest.raises(FaultsFound, match=r"did you mean withdraw\?"):
        parse_flow(changed("kind: withdraw", "kind: withdrew"))


@pytest.mark.acceptance(3)
def test_a_definition_with_five_kinds_of_fault_is_refused_with_all_five_and_their_lines():
    text = FLOW
    for old, new in [
        ("    target: open", "    target: opened"),
        ("  done: {label", "  lost: 失联\n  stuck: 卡住\n  done: {label"),
        ("    rework: 3 workdays", "    rework: -3 workdays"),
        ("  leave:", "  stick: {label: 卡, sources: open, target: stuck, roles: [clerk]}\n  leave:"),
    ]:
        assert text.count(old) == 1
        text = text.replace(old, new)
    known = Known(letters={"sent_back": ["zh_CN"]})
    assert faults_of(text, known) == [
        ("UNREACHABLE_STATE", 7, "states.lost"),
        ("TRAP", 7, "states.lost"),
        ("TRAP", 8, "states.stuck"),
        ("UNKNOWN_STATE", 25, "steps.reopen.target"),
        ("WRONG_VALUE", 28, "steps.reopen.rework"),
        ("LETTER_WITHOUT_LOCALE", 30, "steps.reopen.letters[0]"),
    ]


@pytest.mark.acceptance(4)
@pytest.mark.parametrize(
    "guard",
    [
        "\"__import__('os').system('touch pwned')\"",
        "a.b",
        "quota()",
        "__class__",
        "'lambda: 1'",
        "'x or y'",
        "'{{ 7 * 7 }}'",
        "'a\\nb'",
        "Quota",
        "{call: quota}",
        "1",
        "true",
    ],
)
def test_a_guard_that_is_anything_but_a_bare_name_is_refused_at_load(guard, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = faults_of(changed("[paper_is_there]", f"[{guard}]"), Known(guards=["paper_is_there"]))
    assert {(line, path) for _, line, path in found} == {(17, "steps.finish.guards[0]")}
    assert list(tmp_path.iterdir()) == []


def test_faults_of_all_files_come_in_one_refusal(tmp_path):
    (tmp_path / "a.yaml").write_text(changed("initial: open", "initial: opn"))
    (tmp_path / "b.yaml").write_text("flow: [\n")
    (tmp_path / "c.yaml").write_text(FLOW.replace("flow: small", "flow: other"))
    with pytest.raises(FaultsFound) as refusal:
        load_flows([tmp_path / name for name in ("a.yaml", "b.yaml", "c.yaml", "d.yaml")])
    codes = [(fault.file.removeprefix(f"{tmp_path}/"), fault.code) for fault in refusal.value.faults]
    assert codes == [
        ("a.yaml", "UNKNOWN_STATE"),
        ("b.yaml", "NOT_YAML"),
        ("c.yaml", "DUPLICATE_NAME"),
        ("d.yaml", "FILE_UNREADABLE"),
    ]


def test_two_flows_of_a_kind_share_neither_name_nor_milestone(tmp_path):
    (tmp_path / "a.yaml").write_text(FLOW)
    (tmp_path / "b.yaml").write_text(FLOW)
    with pytest.raises(FaultsFound) as refusal:
        load_flows([tmp_path / "a.yaml", tmp_path / "b.yaml"])
    assert [fault.path for fault in refusal.value.faults] == ["flow", "milestones.finished"]
    assert load_flow(tmp_path / "a.yaml") == parse_flow(FLOW)


def test_a_file_that_is_no_flow_at_all_is_refused_with_one_fault():
    assert faults_of("- a\n- b\n") == [("WRONG_VALUE", 1, "")]
    assert {code for code, _, _ in faults_of("flow: x\n")} == {"MISSING_KEY"}


def test_broken_parts_do_not_hide_each_other():
    text = changed("steps:\n", "steps:\n  odd: 3\n  odder: {label: [x], sources: 5, target: open, roles: clerk}\n")
    assert faults_of(text) == [
        ("WRONG_VALUE", 12, "steps.odd"),
        ("WRONG_VALUE", 13, "steps.odder.label"),
        ("WRONG_VALUE", 13, "steps.odder.sources"),
        ("WRONG_VALUE", 13, "steps.odder.roles"),
    ]
    assert faults_of(changed("states:", "states: 5\nstates_of_old:"))[0] == ("WRONG_VALUE", 5, "states")


def test_a_faulty_label_hides_no_trap_but_a_faulty_table_of_states_makes_none():
    trap = FLOW.replace("  open: 待办", "  open: 待办\n  stuck: 5")
    assert {(code, path) for code, _, path in faults_of(trap)} == {("WRONG_VALUE", "states.stuck")}
    labelled = FLOW.replace("  open: 待办", "  open: 待办\n  stuck: {label: 5}")
    assert ("WRONG_VALUE", 7, "states.stuck.label") in faults_of(labelled)
    assert ("TRAP", 7, "states.stuck") in faults_of(labelled)


def test_the_stored_form_reads_back_equal():
    flow = parse_flow(FLOW)
    stored = json.loads(json.dumps(flow_body(flow), sort_keys=True))
    assert flow_from_body(stored) == flow
    assert flow_from_body(stored).digest == flow.digest == digest_of(flow)
    assert "digest" not in stored


def test_remarks_short_forms_and_the_order_of_keys_do_not_change_the_digest():
    written_out = changed("sources: any_open", "sources: [open, done]")
    written_out = written_out.replace("open: 待办", "open: {label: {zh: 待办}, side: false}")
    written_out = written_out.replace("rework: 3 workdays", "rework: 3  # workdays")
    lines = written_out.splitlines()
    lines[0], lines[1] = lines[1], lines[0]
    assert parse_flow("\n".join(lines)).digest == parse_flow(FLOW).digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version: 1", "version: 2"),
        ("办结\n    sources", "完成\n    sources"),
        ("limit: 2", "limit: 3"),
        ("10 work", "11 work"),
    ],
)
def test_every_change_of_meaning_changes_the_digest(old, new):
    assert parse_flow(changed(old, new)).digest != parse_flow(FLOW).digest


@settings(deadline=None)
@given(st.data())
def test_any_flow_survives_storing(data):
    """Labels, orders and numbers at random: what is stored reads back equal, with the same digest."""
    flow = parse_flow(FLOW)
    label = {"zh": data.draw(st.text(min_size=1, max_size=9)), "en": data.draw(st.text(max_size=9))}
    steps = tuple(replace(step, label=label) for step in data.draw(st.permutations(flow.steps)))
    drawn = replace(flow, steps=steps, version=data.draw(st.integers(1, 9999)), label=label)
    drawn = replace(drawn, digest=digest_of(drawn))
    assert flow_from_body(json.loads(json.dumps(flow_body(drawn)))) == drawn


def places(content, path=()):
    yield path
    inside = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for key, value in inside:
        yield from places(value, (*path, key))


CONTENT = parse_document(FLOW, "f.yaml").content
odd = st.sampled_from([None, True, -1, 1.5, "", "x", "any_open", "3 workdays", [], {}, [[]], ["x", 3], {"x": [1]}])


@settings(deadline=None)
@given(st.sampled_from([path for path in places(CONTENT) if path]), odd)
def test_no_nonsense_anywhere_breaks_the_loader(path, value):
    """Any value anywhere: a flow that reads back equal, or faults with a place."""
    content = copy.deepcopy(CONTENT)
    inner = content
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    flow, faults = read_flow(parse_document(json.dumps(content, ensure_ascii=False), "f.yaml"))
    assert flow_from_body(flow_body(flow)).digest == flow.digest
    assert all(fault.line >= 1 and str(fault.sentence) for fault in faults)
