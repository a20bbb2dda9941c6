"""YAML files as plain values with places; everything suspicious is a fault with line and column."""

import json
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.faults import Fault, FaultsFound, did_you_mean, dotted, nearest, shown
from engine.words import say, tr
from engine.yamlsource import MAX_BYTES, Document, parse_document, read_document


def faults_of(text):
    try:
        document = parse_document(text, "f.yaml")
    except FaultsFound as refusal:
        return refusal.faults
    return document.faults


def codes_at(text):
    return [(fault.code, fault.line, fault.column) for fault in faults_of(text)]


def test_every_value_and_key_knows_its_line_and_column():
    document = parse_document("a: 1\nlist:\n  - x\n  - deep: {er: y}\n", "f.yaml")
    assert document.content == {"a": 1, "list": ["x", {"deep": {"er": "y"}}]}
    assert document.places[("a",)] == (1, 4)
    assert document.keys[("list",)] == (2, 1)
    assert document.places[("list", 0)] == (3, 5)
    assert document.places[("list", 1, "deep", "er")] == (4, 16)
    assert document.faults == ()


def test_only_what_everybody_reads_alike_is_more_than_text():
    text = (
        "[yes, no, on, 08:30, 12:30, 2020-06-05, 0574, 1_000, 0x10, .inf, =, <<, '1', true, False, 1, -2, 1.5, ~, null]"
    )
    assert parse_document(text, "f.yaml").content == [
        *("yes", "no", "on", "08:30", "12:30", "2020-06-05", "0574", "1_000", "0x10", ".inf", "=", "<<", "1"),
        *(True, False, 1, -2, 1.5, None, None),
    ]


def test_a_key_that_stands_twice_is_a_fault_at_its_second_place():
    (fault,) = faults_of("a: 1\nb: 2\na: 3\n")
    assert (fault.code, fault.line, fault.column, fault.path) == ("DUPLICATE_KEY", 3, 1, "a")
    assert "line 1" in str(fault)


def test_all_faults_of_a_text_are_reported_at_once():
    text = "a: 1\na: 2\nb: !!python/object/apply:os.system [ls]\n? [x]\n: 1\n3: c\nd: !secret x\ne: !!bool perhaps\n"
    assert codes_at(text) == [
        ("DUPLICATE_KEY", 2, 1),
        ("TAG_REFUSED", 3, 4),
        ("KEY_NOT_TEXT", 4, 3),
        ("KEY_NOT_TEXT", 6, 1),
        ("TAG_REFUSED", 7, 4),
        ("TAG_REFUSED", 8, 4),
    ]


@pytest.mark.parametrize("tag", ["!!python/name:os.system", "!!python/object/new:os.system", "!!set", "!!binary", "!x"])
def test_no_tag_makes_anything_else_than_plain_values(tag):
    assert [code for code, _, _ in codes_at(f"a: {tag} {{x: y}}\n")] == ["TAG_REFUSED"]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("a: [\n", 2, 1), ("a:\n\t- b\n", 2, 1), ("a: b: c\n", 1, 5), ("a: *nobody\n", 1, 4), ("a: 1\n  b: 2\n", 2, 4)],
)
def test_unreadable_yaml_is_refused_where_it_breaks(text, line, column):
    assert codes_at(text) == [("NOT_YAML", line, column)]


def test_an_empty_file_and_a_second_document_are_refused():
    assert codes_at("# nothing but a remark\n") == [("EMPTY_FILE", 1, 1)]
    assert codes_at("a: 1\n---\nb: 2\n") == [("SEVERAL_DOCUMENTS", 2, 1)]


def test_a_bomb_of_aliases_is_refused():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert [code for code, _, _ in codes_at("\n".join(lines))] == ["TOO_LARGE"]


def test_an_alias_used_as_people_use_it_is_welcome():
    assert parse_document("a: &team [x, y]\nb: *team\n", "f.yaml").content == {"a": ["x", "y"], "b": ["x", "y"]}


@pytest.mark.parametrize("text", ["a: &a [*a]", "[" * 100_000, "{" * 5_000, "- " * 20_000, "? " * 20_000])
def test_what_nests_without_end_is_refused_before_anything_recursive_sees_it(text):
    assert [code for code, _, _ in codes_at(text)] == ["TOO_LARGE"]


def test_a_file_beyond_the_limit_is_refused(tmp_path):
    path = tmp_path / "large.yaml"
    path.write_bytes(("# " + "宁" * MAX_BYTES).encode())
    with pytest.raises(FaultsFound) as refusal:
        read_document(path)
    assert refusal.value.faults[0].code == "TOO_LARGE"
    assert [code for code, _, _ in codes_at("#" * (MAX_BYTES + 1))] == ["TOO_LARGE"]
    assert [code for code, _, _ in codes_at("- x\n" * 60_000)] == ["TOO_LARGE"]


@pytest.mark.parametrize(("text", "column"), [("a: \x07", 4), ("\x00", 1), ("ab: \ud800", 5)])
def test_what_cannot_be_printed_is_refused(text, column):
    assert codes_at(text) == [("NOT_YAML", 1, column)]


def test_an_escape_cannot_bring_in_what_cannot_be_printed():
    assert codes_at('a: "x\\0y"\n') == [("NOT_PRINTABLE", 1, 4)]


def test_a_file_in_another_encoding_is_refused_with_the_remedy(tmp_path):
    path = tmp_path / "gb.yaml"
    path.write_bytes("a: 1\nname: 宁波\n".encode("gb18030"))
    with pytest.raises(FaultsFound) as refusal:
        read_document(path, name="gb.yaml")
    (fault,) = refusal.value.faults
    assert (fault.code, fault.line, fault.column) == ("NOT_UTF8", 2, 7)
    assert "save the file as UTF-8" in str(fault)


def test_a_byte_order_mark_and_windows_lines_do_no_harm(tmp_path):
    path = tmp_path / "bom.yaml"
    path.write_bytes("\ufeffa: 1\r\nb: 宁波\r\n".encode())
    document = read_document(path)
    assert document.content == {"a": 1, "b": "宁波"}
    assert document.places[("b",)] == (2, 4)


def test_a_file_that_is_not_there_is_refused_by_its_name(tmp_path):
    with pytest.raises(FaultsFound) as refusal:
        read_document(tmp_path / "none.yaml")
    assert refusal.value.faults[0].code == "FILE_UNREADABLE"
    assert "none.yaml:1:1" in str(refusal.value)


def test_a_fault_reads_as_file_line_column_path_and_what_was_expected():
    fault = Fault("config.yaml", 6, 15, "campaigns[0].milestones.list_in", tr("expected a day, got 'x'"))
    assert str(fault) == "config.yaml:6:15  campaigns[0].milestones.list_in: expected a day, got 'x'"
    hinted = Fault("config.yaml", 1, 1, "", tr("expected {a}", a=tr("this")), tr("did you mean {name}?", name="that"))
    assert str(hinted) == "config.yaml:1:1  expected this (did you mean that?)"
    assert json.loads(json.dumps(hinted.as_json("en")))["hint"] == "did you mean that?"
    assert fault.as_json("en")["hint"] is None


def test_a_refusal_holds_each_fault_once_in_the_order_of_files_and_lines():
    late, early = Fault("b.yaml", 1, 1, "", tr("one")), Fault("a.yaml", 9, 1, "", tr("two"))
    refusal = FaultsFound([late, early, late])
    assert refusal.faults == (early, late)
    assert str(refusal) == "a.yaml:9:1  two\nb.yaml:1:1  one"
    assert say(refusal.sentence, "en") == str(refusal)
    assert [entry["file"] for entry in refusal.as_json()] == ["a.yaml", "b.yaml"]


def test_the_nearest_known_key_is_offered_and_nothing_when_none_is_near():
    assert nearest("milestone", ["milestones", "mail"]) == "milestones"
    assert nearest("Quota", ["quota", "kind"]) == "quota"
    assert nearest("zzz", ["milestones", "mail"]) is None
    assert nearest("m" * 10_000, ["mail"]) is None
    assert did_you_mean(3, ["mail"]) is None


def test_values_are_shown_short_and_in_one_line():
    assert shown("a\nb") == "'a b'"
    assert len(str(shown("x" * 500))) < 70
    assert [str(shown(value)) for value in (True, 3, 1.5)] == ["true", "3", "1.5"]
    assert [say(shown(value), "en") for value in (None, {}, [])] == ["nothing", "a table of keys", "a list"]
    assert dotted(("a", 0, "b")) == "a[0].b"


@settings(deadline=None)
@given(st.text(alphabet=string.printable + "宁&*!:-{}[]\x85\u2028", max_size=80))
def test_no_text_whatever_raises_anything_but_a_refusal(text):
    for fault in faults_of(text):
        assert fault.line >= 1
        assert fault.column >= 1


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.text("abc 宁:#-'\"", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.dictionaries(st.text("abcxyz", min_size=1, max_size=5), plain, min_size=1, max_size=4))
def test_json_reads_back_as_it_was_written_with_a_place_for_every_value(content):
    document = parse_document(json.dumps(content, ensure_ascii=False), "f.yaml")
    assert isinstance(document, Document)
    assert document.content == content
    assert set(document.keys) <= set(document.places)
