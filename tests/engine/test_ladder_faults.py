"""Ladders that cannot be climbed are refused, with every fault at its place."""

import pytest

from engine.ladder import Ladder, Level, Rung, default_ladder, ladder_faults


def test_the_default_ladder_has_no_fault() -> None:
    assert ladder_faults(default_ladder().rungs) == ()


def test_a_level_may_be_written_as_a_word() -> None:
    rung = Rung("chase", "chase", 1)  # type: ignore[arg-type]
    assert rung.level is Level.CHASE
    with pytest.raises(ValueError, match="shout"):
        Rung("chase", "shout", 1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rungs", "found"),
    [
        ([Rung("late", Level.REMINDER, 1)], [("LADDER_ORDER", 0, "at")]),
        ([Rung("b", Level.CHASE, 3), Rung("a", Level.CHASE, 1)], [("LADDER_ORDER", 1, "at")]),
        ([Rung("b", Level.SUPERVISION, 1), Rung("a", Level.CHASE, 3)], [("LADDER_ORDER", 1, "level")]),
        ([Rung("a", Level.CHASE, 1), Rung("a", Level.CHASE, 3)], [("LADDER_NAME", 1, "name")]),
        ([Rung("", Level.CHASE, 1)], [("LADDER_NAME", 0, "name")]),
        ([Rung("x" * 41, Level.CHASE, 1)], [("LADDER_NAME", 0, "name")]),
        ([Rung("a", Level.CHASE, 1, every=0)], [("LADDER_REPEAT", 0, "every")]),
        ([Rung("a", Level.CHASE, 1, until="b"), Rung("b", Level.CHASE, 3)], [("LADDER_REPEAT", 0, "until")]),
        ([Rung("a", Level.CHASE, 1, every=3, until="b")], [("LADDER_REPEAT", 0, "until")]),
        ([Rung("a", Level.CHASE, 1, every=3, until="a")], [("LADDER_REPEAT", 0, "until")]),
        ([Rung("a", Level.CHASE, 1, after=("b", 2)), Rung("b", Level.CHASE, 3)], [("LADDER_AFTER", 0, "after")]),
        ([Rung("a", Level.REMINDER, -1), Rung("b", Level.CHASE, 3, after=("a", 2))], [("LADDER_AFTER", 1, "after")]),
        ([Rung("a", Level.CHASE, 1), Rung("b", Level.CHASE, 3, after=("a", 0))], [("LADDER_AFTER", 1, "after")]),
    ],
)
def test_a_fault_is_named_with_its_place(rungs: list[Rung], found: list[tuple[str, int, str]]) -> None:
    assert [(one.code, *one.path[1:]) for one in ladder_faults(rungs)] == found
    with pytest.raises(ValueError, match="ladder crooked"):
        Ladder("crooked", tuple(rungs))


def test_all_faults_are_told_at_once() -> None:
    rungs = [Rung("a", Level.CHASE, 1, every=0, until="nobody", after=("nobody", 0)), Rung("a", Level.REMINDER, 3)]
    codes = [one.code for one in ladder_faults(rungs, send_at="half past eight")]
    assert codes.count("LADDER_REPEAT") == 2
    assert codes.count("LADDER_AFTER") == 2
    assert codes.count("LADDER_ORDER") == 2
    assert {"LADDER_TIME", "LADDER_NAME"} <= set(codes)
