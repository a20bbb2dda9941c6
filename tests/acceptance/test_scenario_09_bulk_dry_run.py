"""Scenario 9: what a dry run foretells is what comes, and it changes nothing."""

import pytest
from acceptance.following import history
from acceptance.grounds import Grounds, counted

pytestmark = pytest.mark.acceptance(9)


def test_a_dry_run_foretells_every_result_and_changes_nothing(grounds: Grounds) -> None:
    before = [history(grounds.field, case_id) for case_id in grounds.ids]

    foretold = grounds.run(dry_run=True)

    assert [history(grounds.field, case_id) for case_id in grounds.ids] == before
    came = grounds.run()
    assert [(one.case_id, one.outcome.replace("possible", "done"), one.reasons) for one in foretold] == [
        (one.case_id, one.outcome, one.reasons) for one in came
    ]
    # a second dry run knows what the first real one has done
    assert counted(grounds.run(dry_run=True)) == counted(grounds.run())
