"""The two given lists, point by point against the answers given with them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from roster_files import expecting

from workflows.benchmarking.roster.reading import read_roster

SAMPLES = Path(__file__).parent / "samples"
QUOTAS = {"330203": 10, "330281": 15}
# Explanations of the given answers that no program has to say.
UNSAID = {"must_accept", "note", "memo"}


def assert_contains(found: Any, expected: Any, path: str = "") -> None:
    if isinstance(expected, dict):
        for key, value in expected.items():
            if key not in UNSAID:
                assert key in found, f"{path}/{key}"
                assert_contains(found[key], value, f"{path}/{key}")
    elif isinstance(expected, list):
        assert len(found) == len(expected), path
        for number, (one, other) in enumerate(zip(found, expected, strict=True)):
            assert_contains(one, other, f"{path}[{number}]")
    else:
        assert found == expected, path


@pytest.mark.parametrize("name", ["a_haishu_clean.xlsx", "c_yuyao.docx"])
def test_a_given_list_is_answered_point_by_point(name: str) -> None:
    path = SAMPLES / name
    report = read_roster(path, expectation=expecting(quotas=QUOTAS, today=date(2020, 6, 5)))
    expected = json.loads((SAMPLES / f"{path.stem}.expected.json").read_text(encoding="utf-8"))
    answer = json.loads(json.dumps(report.as_json(), ensure_ascii=False))
    assert_contains(answer, expected)
    assert report.clean
