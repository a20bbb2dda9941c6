"""Scenario 4: a guard is a bare name; text that calls something is refused when it is loaded and never run."""

from pathlib import Path

import pytest
import toy

from engine.faults import FaultsFound
from engine.flowload import Known, parse_flow

pytestmark = pytest.mark.acceptance(4)

KNOWN = Known(guards=["no_frost"])


@pytest.mark.parametrize(
    "guard",
    [
        "\"__import__('pathlib').Path('pwned').touch()\"",
        '\'open("pwned", "w")\'',
        "no_frost()",
        "no_frost.__globals__",
        "__builtins__",
        "'no_frost or 1'",
        "'{{ cycler.__init__.__globals__ }}'",
    ],
)
def test_a_guard_that_calls_or_reaches_is_refused_at_load(
    guard: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = toy.GARDEN.replace("guards: [no_frost]", f"guards: [{guard}]")

    with pytest.raises(FaultsFound) as refusal:
        parse_flow(text, KNOWN)

    assert [fault.path for fault in refusal.value.faults] == ["steps.water.guards[0]"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("tag", ["!!python/object/apply:pathlib.Path.touch [pwned]", "!!python/name:os.system ''"])
def test_a_yaml_tag_that_would_make_an_object_is_refused(
    tag: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(FaultsFound):
        parse_flow(toy.GARDEN.replace("initial: named", f"initial: {tag}"), KNOWN)

    assert list(tmp_path.iterdir()) == []


def test_a_guard_nobody_registered_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(FaultsFound) as refusal:
        parse_flow(toy.GARDEN.replace("[no_frost]", "[no_frosts]"), KNOWN)

    (fault,) = refusal.value.faults
    assert (fault.code, fault.path) == ("UNKNOWN_GUARD", "steps.water.guards[0]")
    assert "no_frost?" in str(fault)
