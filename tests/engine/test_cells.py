"""What people typed, in tables that spreadsheets open."""

import pytest

from engine.cells import as_cell


@pytest.mark.parametrize("typed", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝HYPERLINK(1)"])
def test_what_a_spreadsheet_would_work_out_stays_text(typed: str) -> None:
    assert as_cell(typed) == f"'{typed}"


@pytest.mark.parametrize("typed", ["", "海曙区", "样例(1)-2", "1=1"])
def test_other_text_stays_as_it_is(typed: str) -> None:
    assert as_cell(typed) == typed
