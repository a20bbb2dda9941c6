"""The enterprise behind a case: described by form, industries found by words, its contact masked, shown on demand."""

from typing import Any

from browsers import Shown, Web
from sqlalchemy import select

from engine.model import Case
from engine.store.schema import disclosures
from workflows.benchmarking.model import Enterprise
from workflows.benchmarking.records import enterprises
from workflows.benchmarking.records.nominations import enterprise_id_of

CONTACT = {"name": "样例联系人", "phone": "13800001234", "email": "sample@example.org"}


def url(case: Case) -> str:
    return f"/cases/{case.id}/enterprise"


def known(web: Web, case: Case) -> Enterprise:
    with web.ningbo.engine.look() as work:
        return enterprises.get(work, enterprise_id_of(case))


def form(web: Web, case: Case, **typed: Any) -> dict[str, Any]:
    shown = Shown(web.at("haishu").get(url(case)))
    return {**shown.form(f"{url(case)}#details"), **typed}


def described(web: Web, case: Case, **typed: Any) -> Any:
    return web.at("haishu").post(url(case), data=form(web, case, **typed))


def test_what_is_known_is_written_down(web: Web) -> None:
    case = web.ningbo.one()

    answer = described(
        web,
        case,
        industry="3852",
        size="yes",
        honours="高企\n隐形冠军",
        contact_name=CONTACT["name"],
        contact_phone=CONTACT["phone"],
    )

    assert answer.status_code == 303
    found = known(web, case)
    assert (found.industry_code, found.above_designated_size) == ("3852", True)
    assert found.honours == ("高新技术企业", "隐形冠军")
    assert found.contact == {"name": "样例联系人", "phone": "13800001234"}
    assert "已登记" in Shown(web.at("haishu").get(answer.headers["location"])).text


def test_industries_are_found_by_words_and_nothing_is_stored_meanwhile(web: Web) -> None:
    case = web.ningbo.one()

    answer = described(web, case, industry="家用", find="1", contact_name="样例联系人")

    shown = Shown(answer)
    assert answer.status_code == 200
    assert "3852 家用空气调节器制造" in shown.text
    assert shown.form(f"{url(case)}#details")["contact_name"] == "样例联系人"
    assert known(web, case).industry_code is None


def test_words_that_no_industry_has_are_told(web: Web) -> None:
    case = web.ningbo.one()

    assert "没有含这些字的行业" in Shown(described(web, case, industry="〇〇〇〇", find="1")).text


def test_every_fault_stands_at_its_field_at_once(web: Web) -> None:
    case = web.ningbo.one()

    answer = described(
        web, case, credit_code="123", industry="没有这种行业", contact_phone="12", contact_email="不是邮箱"
    )

    assert answer.status_code == 422
    shown = Shown(answer)
    faults = {"#field-credit_code", "#field-industry", "#field-contact_phone", "#field-contact_email"}
    assert faults <= set(shown.links)
    assert shown.form(f"{url(case)}#details")["credit_code"] == "123"
    assert known(web, case).contact == {}


def test_a_part_of_the_contact_that_is_left_empty_stays(web: Web) -> None:
    case = web.ningbo.one()
    described(web, case, contact_name=CONTACT["name"], contact_phone=CONTACT["phone"])

    assert described(web, case, contact_email=CONTACT["email"]).status_code == 303

    assert known(web, case).contact == CONTACT


def test_a_contact_is_masked_until_somebody_asks_and_that_is_written_down(web: Web) -> None:
    case = web.ningbo.one()
    described(web, case, contact_name=CONTACT["name"], contact_phone=CONTACT["phone"])

    page = web.at("city").get(url(case))
    whole = web.at("city").post(f"/cases/{case.id}/contact")

    assert "13800001234" not in page.text
    assert "138****1234" in page.text
    assert "13800001234" in whole.text
    assert whole.headers["cache-control"] == "no-store"
    with web.ningbo.engine.look() as work:
        rows = work.connection.execute(select(disclosures.c.kind, disclosures.c.about)).all()
    assert [tuple(row) for row in rows] == [("unmask", f"case {case.id} contact")]


def test_nobody_shows_the_contact_of_another_district(web: Web) -> None:
    case = web.ningbo.one(district="cixi")

    assert web.at("haishu").post(f"/cases/{case.id}/contact").status_code == 404


def test_leaders_read_and_do_not_write(web: Web) -> None:
    case = web.ningbo.one()

    shown = Shown(web.at("leader").get(url(case)))

    assert "该企业首次参加" in shown.text
    assert f"{url(case)}#details" not in shown.forms


def test_nothing_new_is_said_to_be_nothing_new(web: Web) -> None:
    case = web.ningbo.one()
    described(web, case, industry="3852")

    answer = described(web, case)

    assert "没有变化" in Shown(web.at("haishu").get(answer.headers["location"])).text
