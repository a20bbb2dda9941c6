"""Scenario 1: each step by the permitted role with its evidence, and the whole way is on record."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import toy
from acceptance.following import ask_and_confirm, case_of, codes, history, standing, take

from engine.cases import Done
from engine.flow import Flow
from engine.flowload import digest_of, load_flow
from engine.setup import register_flows
from workflows import benchmarking

pytestmark = pytest.mark.acceptance(1)


def test_each_step_by_its_role_leads_to_the_end_with_every_entry_in_place(field: toy.Field) -> None:
    case = field.open()

    open_after = [_open(field, case.id)]
    for step in ("plant", "water"):
        assert isinstance(take(field, "east", case.id, step), Done)
        open_after.append(_open(field, case.id))
    assert codes(take(field, "east", case.id, "show")) == ["NEEDS_CONFIRMATION"]
    assert isinstance(ask_and_confirm(field, "east", "city", case.id, "show"), Done)
    open_after.append(_open(field, case.id))

    # after each step exactly the milestones not yet reached are open
    assert open_after == [["planted", "watered", "shown"], ["watered", "shown"], ["shown"], []]
    entries = history(field, case.id)
    assert [(entry.seq, entry.kind, entry.source, entry.target, entry.role) for entry in entries] == [
        (1, "open", None, "named", ""),
        (2, "step", "named", "planted", "district_coordinator"),
        (3, "step", "planted", "watered", "district_coordinator"),
        (4, "propose", "watered", "watered", "district_coordinator"),
        (5, "step", "watered", "shown", "municipal_coordinator"),
    ]
    assert all(entry.data["evidence"] == {"frost": False} for entry in entries[1:])
    assert [one.verdict for one in standing(field, case.id).values()] == ["on_time"] * 3


def test_a_milestone_met_after_its_day_is_on_record_as_late(field: toy.Field) -> None:
    case = field.open()
    field.at(field.clock.now().replace(month=6, day=6))

    take(field, "east", case.id, "plant")

    planted = standing(field, case.id)["planted"]
    assert (planted.due_on, planted.met_on, planted.verdict) == (date(2020, 6, 5), date(2020, 6, 6), "late")


def test_the_campaigns_own_flow_is_walked_from_the_list_to_the_candidate(field: toy.Field) -> None:
    flow = load_flow(Path(benchmarking.__file__).with_name("enterprise.yaml"))
    let_new_cases_follow(field, flow)
    case = field.open()

    for step in ("draft_plan", "upload_plan"):
        assert isinstance(take(field, "east", case.id, step), Done)
    for step in ("verify", "publish", "nominate_leader"):
        assert isinstance(ask_and_confirm(field, "east", "city", case.id, step), Done)

    moved = [entry.target for entry in history(field, case.id) if entry.kind in {"open", "step"}]
    assert moved == list(flow.line)
    assert case_of(field, case.id).state == "leader_candidate"
    assert [entry.seq for entry in history(field, case.id)] == list(range(1, 10))


def let_new_cases_follow(field: toy.Field, flow: Flow) -> None:
    """Give the gardens another flow under their own name, with guards that have nothing to object."""
    second = replace(flow, name="garden", version=2)
    field.kind.guards = {name: lambda _: None for step in flow.steps for name in step.guards}
    with field.engine.work() as work:
        register_flows(work, (replace(second, digest=digest_of(second)),))


def _open(field: toy.Field, case_id: int) -> list[str]:
    return [name for name, one in standing(field, case_id).items() if one.state == "open"]
