"""Cells of standard numbers with what they mean: the samples of the campaign and a table of our own."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from workflows.benchmarking.standards import Reference, scan
from workflows.benchmarking.standards.cell import FLAGS

DATA = Path(__file__).parent / "data"
SAMPLES = json.loads((DATA / "standard_refs.json").read_text(encoding="utf-8"))["cases"]
# Signs that show what cannot be seen: a line break, a zero-width space, a no-break space, a tab.
SHOWN = str.maketrans({"⏎": "\n", "␢": "\u200b", "⍽": "\u00a0", "⇥": "\t"})


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: str(sample["id"]))
def test_a_sample_is_read_as_the_samples_say(sample: dict[str, object]) -> None:
    assert scan(str(sample["input"]), year=2020).as_json() == {
        "severity": sample["severity"],
        "cell_errors": sample["cell_errors"],
        "refs": sample["refs"],
    }


def table() -> Iterator[tuple[str, str]]:
    """A cell, then indented what it says: the severity, and one line for each reference."""
    cell, said = "", []
    for line in (DATA / "standard_cells.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            continue
        if line.startswith("  "):
            said.append(line.strip())
        else:
            if said:
                yield cell, "\n".join(said)
            cell, said = line, []
    yield cell, "\n".join(said)


def print_reference(reference: Reference) -> str:
    fields = (
        reference.number or "—",
        reference.kind + (f"/{reference.nature}" if reference.nature else ""),
        str(reference.year or "—"),
        reference.title or "",
        ", ".join(reference.also),
        " ".join(reference.flags),
        " ".join(reference.errors),
    )
    return " | ".join(fields).rstrip(" |")


@pytest.mark.parametrize(("written", "meaning"), list(table()))
def test_a_cell_is_read_as_the_table_says(written: str, meaning: str) -> None:
    cell = scan(written.translate(SHOWN), year=2020)
    lines = [" ".join([cell.severity, *cell.errors]), *map(print_reference, cell.references)]
    assert "\n".join(lines) == meaning


def test_the_table_is_there_in_full() -> None:
    assert len(list(table())) > 500


def test_every_flag_and_every_error_of_the_grammar_has_a_cell_that_earns_it() -> None:
    cells = [str(sample["input"]) for sample in SAMPLES] + [written.translate(SHOWN) for written, _ in table()]

    earned = set()
    for cell in (scan(written, year=2020) for written in cells):
        earned |= {*cell.errors, *(code for one in cell.references for code in (*one.flags, *one.errors))}

    errors = {
        *("NO_STANDARD_NUMBER", "NUMBER_MISSING", "NUMBER_MALFORMED", "YEAR_MALFORMED", "YEAR_OUT_OF_RANGE"),
        *("INDUSTRY_CODE_UNKNOWN", "REGION_CODE_UNKNOWN", "GROUP_CODE_MISSING", "ENTERPRISE_CODE_MISSING"),
        "RANGE_NOT_SUPPORTED",
    }
    assert {*FLAGS, *errors} - earned == set()
    assert any(code.startswith("confirmed_") for code in earned)
