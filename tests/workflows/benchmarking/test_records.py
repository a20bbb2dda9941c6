"""The campaign's own tables and pure values: names, files, credit codes, and what the schema itself refuses."""

from collections import Counter
from pathlib import Path

import ningbo
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ningbo import CAMPAIGN, row
from sqlalchemy.exc import IntegrityError

from engine.clock import FixedClock
from engine.errors import Hidden, NotFound
from engine.store import blobs
from engine.store.database import Database
from workflows.benchmarking.evidence import (
    LONGEST_IN_BYTES,
    LONGEST_NAME,
    Upload,
    keep_file,
    read_file,
    safe_name,
)
from workflows.benchmarking.model import PlatformRecord
from workflows.benchmarking.names import name_key
from workflows.benchmarking.recording import PublicNotice, TrainingHeld
from workflows.benchmarking.records import enterprises, files, imports, nominations, plans, products, schema
from workflows.benchmarking.records.sets import CHUNK, chunks, insert_absent

CODE = "91330203XXXXXXX191"


@pytest.fixture
def house(database: Database, clock: FixedClock) -> ningbo.Ningbo:
    return ningbo.prepare(database, clock)


def test_an_enterprise_known_already_is_found_and_not_added_twice(house: ningbo.Ningbo) -> None:
    with house.work() as work:
        first = enterprises.add_missing(work, ["样例（宁波）有限公司", "样例乙有限公司"])
        again = enterprises.add_missing(work, ["样例(宁波)有限公司", "样例丙有限公司"])

    assert {one.id for one in first.values()} & {one.id for one in again.values()} == {1}
    assert {one.name for one in again.values()} == {"样例（宁波）有限公司", "样例丙有限公司"}


def test_of_two_enterprises_of_one_name_the_one_with_a_credit_code_is_meant(house: ningbo.Ningbo) -> None:
    with house.work() as work:
        key = name_key("样例甲有限公司")
        old = enterprises.add_missing(work, ["样例甲有限公司"])[key]
        enterprises.change(work, old.id, {"credit_code": CODE})
        nameless = {"name": "样例甲有限公司", "name_key": key, "honours": [], "contact": {}, "created_at": work.now}
        insert_absent(work, schema.enterprises, [nameless])
        assert enterprises.by_names(work, [key])[key].id == old.id


def test_more_names_than_a_statement_takes_are_asked_in_parts(house: ningbo.Ningbo) -> None:
    names = [f"样例{n}号有限公司" for n in range(CHUNK + 3)]
    with house.work() as work:
        added = enterprises.add_missing(work, names)

    assert len(added) == len(names)


def test_the_database_itself_keeps_a_product_once_for_each_case(house: ningbo.Ningbo) -> None:
    case = house.one()
    with house.engine.look() as work:
        product = products.active_of(work, case.id)[0]
    columns = {
        "case_id": case.id,
        "enterprise_id": product.enterprise_id,
        "name": product.name,
        "name_key": product.name_key,
        "implemented_standards": (),
        "benchmark_standards": (),
        "plan_source": "new",
        "support_needed": False,
        "active": True,
        "seq": 2,
    }

    with pytest.raises(IntegrityError), house.work() as work:
        products.add_many(work, [columns])
    with pytest.raises(IntegrityError), house.work() as work:
        products.add_many(work, [columns | {"name_key": "other", "plan_source": "borrowed"}])


def test_what_is_not_there_is_said_to_be_not_there(house: ningbo.Ningbo) -> None:
    with house.engine.look() as work:
        assert products.by_ids(work, [4711]) == {}
        for get in (enterprises.get, plans.get, imports.get):
            with pytest.raises(NotFound):
                get(work, 4711)


def test_an_import_can_be_shown_again(house: ningbo.Ningbo) -> None:
    enrolment = house.send(row(5, "样例甲有限公司"))

    with house.engine.look() as work:
        kept = imports.get(work, enrolment.import_id)
        assert imports.of_district(work, CAMPAIGN, house.district_id("haishu")) == (kept,)
    assert (kept.status, kept.file_name, kept.did["new"]) == ("taken", "样例名单.xlsx", ["样例甲有限公司"])


def test_an_enterprise_is_found_in_every_district_that_names_it(house: ningbo.Ningbo) -> None:
    first = house.send(row(5, "样例甲有限公司")).opened[0]
    second = house.send(row(5, "样例甲有限公司"), district="cixi").opened[0]

    with house.engine.look() as work:
        found = nominations.of_enterprises(work, CAMPAIGN, [nominations.enterprise_id_of(first)])
    assert [case.id for case in found[nominations.enterprise_id_of(first)]] == [first.id, second.id]


@given(values=st.lists(st.integers()), size=st.integers(1, 7))
def test_chunks_are_the_whole_in_order(values: list[int], size: int) -> None:
    parts = list(chunks(values, size))

    assert [value for part in parts for value in part] == values
    assert all(0 < len(part) <= size for part in parts)


@given(name=st.text(max_size=200))
def test_a_safe_name_is_a_bare_name_with_the_true_extension(name: str) -> None:
    safe = safe_name(name, "pdf")

    assert safe.endswith(".pdf")
    assert len(safe) <= LONGEST_NAME
    assert len(safe.encode()) <= LONGEST_IN_BYTES
    assert Path(safe).name == safe
    assert not set(safe) & set('<>:"/\\|?*\n\r\t\u202e')
    assert not safe.startswith((".", " ", "-"))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("检测报告.docx", "检测报告.pdf"),
        ("..\\..\\etc\\报告.pdf", "报告.pdf"),
        ("v1.2 报告", "v1.2 报告.pdf"),
        ("\u202efdp.exe", "fdp.pdf"),
        ("", "file.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("lpt1.tar.pdf", "_lpt1.tar.pdf"),
        ("-rf 报告.pdf", "rf 报告.pdf"),
        ("检测\u2067报告\u200b\x00.pdf", "检测 报告.pdf"),
        ("长" * 150 + ".pdf", "长" * 65 + ".pdf"),
    ],
)
def test_a_name_keeps_what_people_know_it_by(name: str, safe: str) -> None:
    assert safe_name(name, "pdf") == safe


def test_a_kept_file_is_found_by_its_hash(house: ningbo.Ningbo) -> None:
    with house.work() as work:
        kept = keep_file(work, Upload("样例.docx", ningbo.PDF.content))
        again = keep_file(work, Upload("副本.pdf", ningbo.PDF.content))

    with house.engine.look() as work:
        assert blobs.read(work, kept.sha256) == ("application/pdf", ningbo.PDF.content)
    assert (kept.name, again.name) == ("样例.pdf", "副本.pdf")
    assert kept.sha256 == again.sha256


def test_every_file_of_a_case_is_found_and_nobody_elses(house: ningbo.Ningbo) -> None:
    case = house.published(house.one())
    other = house.one("样例乙有限公司", district="cixi")
    with house.engine.look() as work:
        found = files.of_case(work, case)
        assert {one.what for one in found} == {"plan", "test_report", "training_notice"}
        sha = found[0].sha256
    with house.work("haishu") as work:
        kept, media_type, content = read_file(work, house.actor("haishu"), case.id, sha)
    assert (kept.name, media_type, content) == ("样例.pdf", "application/pdf", ningbo.PDF.content)

    with pytest.raises(Hidden), house.work("cixi") as work:
        read_file(work, house.actor("cixi"), case.id, sha)
    with pytest.raises(Hidden), house.work("cixi") as work:
        read_file(work, house.actor("cixi"), other.id, sha)


def test_the_files_of_a_list_belong_to_its_task(house: ningbo.Ningbo) -> None:
    house.send(row(5, "样例甲有限公司"), row(6, "样例乙有限公司", fault="CELL_ERROR"))
    with house.engine.look() as work:
        task = ningbo.cases.by_subject(work, CAMPAIGN, "nomination_list", "list")[0]
        sent = files.versions_of_case(work, task)
        assert [(one.what, one.name, one.counts) for one in sent] == [("list", "样例名单.xlsx", False)]
        assert files.of_case(work, task) == ()


def test_files_of_a_report_and_of_the_platform_are_found_too(house: ningbo.Ningbo) -> None:
    case = house.one()
    house.with_plan(case)
    house.record("record_platform_plan", case, PlatformRecord(house.today()), screenshot=ningbo.PNG)
    house.record("record_result", case, PlatformRecord(house.today()), screenshot=ningbo.PNG)
    notice = PublicNotice("样例名单", "https://www.example.org", house.today())
    house.record("record_publication", [case.id], notice, file=ningbo.PDF)
    training = TrainingHeld("样例宣贯", house.today())
    house.record("record_training", [case.id], training, attendance=ningbo.PDF)

    with house.engine.look() as work:
        found = Counter(one.what for one in files.of_case(work, case))
    assert found == Counter(["plan", "platform_plan", "result", "publication", "training_attendance"])
