"""Scenario 3: a bad definition is refused with all its faults and their lines, and the one in force stays in force."""

import pytest
import toy
from acceptance.following import codes, take

from engine.cases import Done
from engine.faults import FaultsFound
from engine.flowload import Known, parse_flow
from engine.setup import register_flows
from engine.store import definitions

pytestmark = pytest.mark.acceptance(3)

CHANGES = (
    ("version: 1", "version: 2"),
    ("target: watered\n", "target: watred\n"),
    (
        "  shown: {label: {zh: 已展出, en: Shown}}",
        "  lost: 失联\n  stuck: 卡住\n  shown: {label: {zh: 已展出, en: Shown}}",
    ),
    ("    rework: 3\n", "    rework: -3 workdays\n"),
    ("  withdraw:\n", "  stick: {label: 卡, sources: planted, target: stuck, roles: [institute]}\n  withdraw:\n"),
)
"""An unknown target, an unreachable state, a trap and a bad duration."""
KNOWN = Known(letters={"sent_back": ["zh_CN"]})
"""And a letter that nobody wrote in English."""


def bad() -> str:
    text = toy.GARDEN
    for old, new in CHANGES:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def test_all_faults_come_at_once_each_with_its_line() -> None:
    with pytest.raises(FaultsFound) as refusal:
        parse_flow(bad(), KNOWN)

    lines = bad().splitlines()
    found = {fault.code: (lines[fault.line - 1].strip(), fault.path) for fault in refusal.value.faults}
    assert found["UNKNOWN_STATE"] == ("target: watred", "steps.water.target")
    assert found["UNREACHABLE_STATE"] == ("lost: 失联", "states.lost")
    assert found["TRAP"] == ("stuck: 卡住", "states.stuck")
    assert found["WRONG_VALUE"] == ("rework: -3 workdays", "steps.return_planting.rework")
    assert found["LETTER_WITHOUT_LOCALE"] == ("letters: [sent_back]", "steps.return_planting.letters[0]")


def test_a_refused_definition_leaves_the_one_in_force(field: toy.Field) -> None:
    with pytest.raises(FaultsFound), field.engine.work() as work:
        register_flows(work, (parse_flow(bad(), KNOWN),))

    with field.engine.look() as work:
        _, flow = definitions.latest(work, "garden")
    assert flow == field.kind.flows["garden"]
    assert isinstance(take(field, "east", field.open().id, "plant"), Done)


def test_a_new_version_holds_for_new_cases_and_the_old_ones_keep_theirs(field: toy.Field) -> None:
    before = field.open("before")
    text = toy.GARDEN.replace("version: 1", "version: 2").replace("slots: [photo]}", "slots: [photo], reason: true}")
    with field.engine.work() as work:
        register_flows(work, (parse_flow(text),))
    after = field.open("after")

    assert isinstance(take(field, "east", before.id, "plant"), Done)
    assert codes(take(field, "east", after.id, "plant")) == ["REASON_MISSING"]
