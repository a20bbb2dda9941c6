"""What is checked beyond the single cell: within a row, and between the rows of a list."""

from collections.abc import Sequence
from typing import cast

from workflows.benchmarking.names import name_key
from workflows.benchmarking.roster.drafts import Draft, RosterDraft
from workflows.benchmarking.roster.faults import Spotted
from workflows.benchmarking.roster.texts import shorten
from workflows.benchmarking.standards import Reference


def benchmark_or_plan(row: Draft) -> None:
    """A row without a plan of the platform is about a benchmark of its own."""
    if row.values.get("existing_plan_no") is None and row.empty.get("benchmark_standards", False):
        row.warn("benchmark_standards", "BENCHMARK_STANDARD_MISSING")


def benchmark_differs(row: Draft) -> None:
    """A standard is not compared with itself."""
    implemented = {one.number for one in _references(row, "implemented_standards")}
    same = [one.number or "" for one in _references(row, "benchmark_standards") if one.number in implemented]
    if same:
        row.warn("benchmark_standards", "BENCHMARK_SAME_AS_IMPLEMENTED", "、".join(same))


def plan_or_support(row: Draft) -> None:
    """Who uses a plan that exists needs no help in writing one."""
    plan = row.values.get("existing_plan_no")
    if plan is not None and row.values.get("plan_support_needed") is True:
        row.warn("plan_support_needed", "PLAN_AND_SUPPORT_CONFLICT", shorten(str(plan)))


def one_name_per_enterprise(roster: RosterDraft) -> None:
    """One enterprise in several spellings is one, under the spelling that came first."""
    name = roster.subject
    for rows in roster.subjects().values():
        first = rows[0]
        for row in rows[1:]:
            row.values[name] = first.values[name]
            if name not in row.carried and row.texts[name] != first.texts[name]:
                row.warn(name, "NAME_VARIANT_MERGED", _row_of(first, row))


def no_entry_twice(roster: RosterDraft) -> None:
    """An enterprise names each product once."""
    for rows in roster.subjects().values():
        seen: dict[str, Draft] = {}
        for row in rows if len(rows) > 1 else ():
            part = row.values.get(roster.part or "")
            first = seen.setdefault(name_key(part), row) if isinstance(part, str) else row
            if first is not row:
                said = f"与{_row_of(first, row)}相同"
                row.error(roster.part, "DUPLICATE_ENTRY", said, duplicate_of_row=first.row + 1)


def not_in_another_district(roster: RosterDraft) -> None:
    """An enterprise in two districts' lists is for the municipal bureau to decide; which district is not told."""
    subjects = roster.subjects()
    for key in roster.expectation.elsewhere(frozenset(subjects)) if subjects else ():
        for row in subjects.get(key, ()):
            row.warn(roster.subject, "CROSS_DISTRICT_DUPLICATE", str(row.values[roster.subject]))


def count_agrees_with_numbers(roster: RosterDraft) -> None:
    """Whoever numbers the enterprises has counted them; gaps and repeats alone say nothing."""
    numbers = [number for row in roster.rows if isinstance(number := row.values.get("seq"), int)]
    nameless = sum(1 for row in roster.rows if row.key is None)
    enterprises = len(roster.subjects()) + nameless
    if numbers and enterprises not in (max(numbers), len(set(numbers))):
        said = f"序号到 {max(numbers)}，企业 {enterprises} 家"
        roster.warn("seq", "ENTERPRISE_COUNT_DIFFERS_FROM_SEQUENCE", said)


def totals_agree(roster: RosterDraft) -> None:
    """A total counts the rows or the enterprises, of the whole list or since the total before it."""
    before = -1
    for place, row, numbers in roster.totals:
        above = [one for one in roster.rows if one.place == place and one.row < row]
        since = [one for one in above if one.row > before]
        right = {len(above), len({one.key for one in above}), len(since), len({one.key for one in since})}
        if numbers and right.isdisjoint(numbers):
            said = f"第{row + 1}行写的是 {numbers[0]}，名单有 {len({one.key for one in above})} 家"
            roster.warn(None, "TOTAL_DIFFERS", said, Spotted(place, row + 1))
        before = row


def _references(row: Draft, name: str) -> Sequence[Reference]:
    return cast("Sequence[Reference]", row.values.get(name) or ())


def _row_of(row: Draft, other: Draft) -> str:
    said = f"第{row.row + 1}行"
    return said if row.place == other.place else f"{row.place.spoken()}{said}"
