"""The lists of the demonstration as they came, two of them refused first, and the records behind every step."""

import csv
import hashlib
import io
import json
import sqlite3
from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from listlooks import EXAMPLE, messes_in

from console.bootstrap import House, open_house
from console.rehearsal.arrivals import Corrected, corrected_lists
from console.settings import load_settings
from engine.flow import Flow
from engine.model import Recorded
from engine.store import cases, definitions, journal
from workflows.benchmarking.model import Import
from workflows.benchmarking.records import imports

ROOT = Path(__file__).parents[3]
CAMPAIGN = "ningbo-2020"
REFUSED = {
    "08-余姚-初次.xlsx": (
        "YEAR_MISMATCH",
        "PRODUCT_NAME_MISSING",
        "FORMULA_WITHOUT_VALUE",
        "STANDARD_NUMBER_INVALID",
        "STRUCK_THROUGH",
    ),
    "10-象山-初次.docx": ("REPORTING_UNIT_MISMATCH", "SUPPORT_FLAG_INVALID", "CELL_ERROR", "DUPLICATE_ENTRY"),
}
RECORDS = {
    "plan_file": "plan_link",
    "platform_record": "platform_plan",
    "training_record": "training",
    "test_report": "test_report",
    "publication_notice": "publication",
    "result_record": "result",
    "declaration": "declaration",
    "list_file": "list",
    "report_form": "report_form",
}
"""What the journal calls the record that fills a slot."""
OF_PRODUCTS = ("plan_link", "test_report", "publication", "result")
"""Records that name their product in the journal."""
OF_NEW_PLANS = ("plan_link", "platform_plan")
BEHIND = {
    "plan_uploaded": "select 1 from platform_plans r join plan_products l using (plan_id) where l.product_id = p.id",
    "verified": "select 1 from test_reports r join blobs b on b.sha256 = r.file_sha where r.product_id = p.id",
    "published": "select 1 from platform_results r join blobs b on b.sha256 = r.screenshot_sha"
    " join publication_entries e using (product_id) where r.product_id = p.id",
}
"""What lies in the tables behind each product of an enterprise that has come as far."""


@pytest.fixture(scope="module")
def house(demonstration: Path) -> Iterator[House]:
    house = open_house(load_settings(ROOT / "config.yaml"), url=f"sqlite:///{demonstration / 'rehearsal.db'}")
    yield house
    house.close()


@pytest.fixture(scope="module")
def tables(demonstration: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(demonstration / "rehearsal.db")
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def brought(house: House) -> list[Import]:
    with house.engine.look() as work:
        return sorted((one for one, _ in imports.of_campaign(work, CAMPAIGN)), key=lambda one: one.id)


@pytest.fixture(scope="module")
def refused(demonstration: Path) -> list[EmailMessage]:
    paths = sorted((demonstration / "mails").glob("*_list_refused.*.eml"))
    return [message_from_bytes(path.read_bytes(), policy=default) for path in paths]


def test_the_lists_that_were_taken_are_the_files_of_the_example_with_most_of_the_messes(brought: list[Import]) -> None:
    taken = [one for one in brought if one.status == "taken" and not one.supplementary]

    for one in brought:
        assert hashlib.sha256((EXAMPLE / "lists" / one.file_name).read_bytes()).hexdigest() == one.file_sha
    assert len(taken) == 15
    assert len(set().union(*(messes_in(EXAMPLE / "lists" / one.file_name) for one in taken))) >= 24


def test_exactly_two_lists_were_refused_first_each_with_all_its_faults_at_once(brought: list[Import]) -> None:
    found = {one.file_name: one.did["errors"] for one in brought if one.status == "refused"}

    assert {name: tuple(dict.fromkeys(fault["code"] for fault in errors)) for name, errors in found.items()} == REFUSED
    assert all(fault["remedy"] for errors in found.values() for fault in errors)


def test_the_corrected_lists_came_some_working_days_later_and_in_time(house: House) -> None:
    told = [(one.district, one.refused_on, one.taken_on, one.taken_file) for one in corrected(house)]

    assert told == [
        ("余姚", date(2020, 6, 1), date(2020, 6, 4), "08-余姚.xlsx"),
        ("象山", date(2020, 6, 2), date(2020, 6, 5), "10-象山.xlsx"),
    ]


def test_the_letter_takes_the_annotated_sheet_along_that_came_back_corrected(
    house: House, demonstration: Path, refused: list[EmailMessage]
) -> None:
    assert [letter["To"].addresses[0].username for letter in refused] == ["yuyao", "xiangshan"]
    for letter, one in zip(refused, corrected(house), strict=True):
        (paper,) = letter.iter_attachments()
        content = paper.get_payload(decode=True)
        assert isinstance(content, bytes)
        assert paper.get_filename() == one.annotated
        assert content in [path.read_bytes() for path in (demonstration / "papers").glob("*核对结果.xlsx")]
        kept = EXAMPLE / "sources" / "returned" / f"{one.district}_附件2_核对结果.xlsx"
        assert marked(io.BytesIO(content)) == marked(kept)
        assert set(marked(EXAMPLE / "lists" / one.taken_file)) <= set(marked(kept))


def test_what_the_tables_mean_is_what_lies_in_the_database(tables: sqlite3.Connection) -> None:
    stored = tables.execute(
        "select e.name, p.name, p.implemented_standards, p.benchmark_standards, p.existing_plan_no, p.support_needed"
        " from products p join enterprises e on e.id = p.enterprise_id"
    )
    found = {(row[0], row[1]): (printed(row[2]), printed(row[3]), row[4] or "", bool(row[5])) for row in stored}

    assert found == meant()


def test_no_step_was_taken_without_the_records_that_it_rests_on(house: House) -> None:
    looked_at = 0
    with house.engine.look() as work:
        for name in ("enterprise", "nomination_list", "progress_report"):
            flow = definitions.latest(work, name)[1]
            for case in cases.of_campaign(work, CAMPAIGN, name):
                history = journal.of_case(work, case.id)
                for entry in history:
                    if entry.kind == "step":
                        looked_at += rests_on(flow, entry, history)

    assert looked_at > 800


def test_the_records_lie_in_their_tables_with_their_files(tables: sqlite3.Connection) -> None:
    line = ["nominated", "plan_drafted", "plan_uploaded", "verified", "published", "leader_candidate"]
    for state, behind in BEHIND.items():
        reached = ", ".join(f"'{one}'" for one in line[line.index(state) :])
        own = " and p.plan_source = 'new'" if state == "plan_uploaded" else ""
        of_those = f"from products p join cases c on c.id = p.case_id where p.active and c.state in ({reached}){own}"
        (every,) = tables.execute(f"select count(*) {of_those}").fetchone()
        (without,) = tables.execute(f"select count(*) {of_those} and not exists ({behind})").fetchone()
        assert every > 90
        assert without == 0
    (candidates,) = tables.execute("select count(*) from cases where state = 'leader_candidate'").fetchone()
    (declared,) = tables.execute(
        "select count(distinct case_id) from declarations join products on products.id = product_id"
    ).fetchone()
    assert candidates == declared == 24


def rests_on(flow: Flow, step: Recorded, history: tuple[Recorded, ...]) -> int:
    """Every slot of the step was filled by a record before it, for each product; answers how many were looked at."""
    before = [entry.data for entry in history if entry.kind == "record" and entry.seq < step.seq]
    products = history[0].data.get("products", ())
    slots = next(one.slots for one in flow.steps if one.name == step.step)
    for slot in slots:
        what = RECORDS[slot]
        found = [one for one in before if one["what"] == what]
        asked = {one["name"] for one in products if what not in OF_NEW_PLANS or one["plan_source"] == "new"}
        assert found or (what in OF_NEW_PLANS and not asked), (step, slot)
        if what in OF_PRODUCTS:
            assert asked <= {one["product"] for one in found}, (step, slot)
        if what == "list":
            assert found[-1]["status"] == "taken", step
    return len(slots)


def corrected(house: House) -> tuple[Corrected, ...]:
    return corrected_lists(house.engine, CAMPAIGN)


def marked(file: Any) -> dict[str, str]:
    """The comments of the first sheet by cell."""
    sheet = openpyxl.load_workbook(file).worksheets[0]
    return {cell.coordinate: cell.comment.text for line in sheet.iter_rows() for cell in line if cell.comment}


def printed(stored: str) -> str:
    return "；".join(f"{one['number']}《{one['title']}》" for one in json.loads(stored))


def meant() -> dict[tuple[str, str], tuple[str, str, str, bool]]:
    """Every product with its standards, plan and support by enterprise, from the tables kept by hand."""
    products = {line["product"]: line for line in table("products")}
    found = {}
    for line in (*table("nominations"), *table("spares")):
        product = products[line["product"]]
        implemented = "；".join(filter(None, (product["implemented"], line["own_standard"])))
        plan = product["existing_plan_no"] if line["plan"] == "existing" else ""
        found[line["name"], line["product"]] = (implemented, product["benchmark"], plan, line["support"] == "是")
    return found


def table(name: str) -> list[dict[str, str]]:
    with (EXAMPLE / "sources" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
