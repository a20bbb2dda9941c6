"""Public lists in the browser: picked, proposed by one, confirmed by another, published, or withdrawn in time."""

import io
import re
from datetime import timedelta
from typing import Any

import docx
import pytest
from browsers import Shown, Web
from ningbo import PDF, PlatformRecord, PublicNotice, TrainingHeld, lab_report

from engine.model import Case

NEW = "/publications/new"


@pytest.fixture
def verified(web: Web) -> Case:
    """An enterprise of 海曙 that is verified and on no list."""
    return make_verified(web, "样例甲有限公司")


def make_verified(web: Web, name: str, district: str = "haishu") -> Case:
    case = web.ningbo.one(name, district=district)
    web.ningbo.with_plan(case, login=district)
    web.ningbo.step("draft_plan", case, login=district)
    today = web.ningbo.today()
    web.ningbo.record("record_platform_plan", case, PlatformRecord(today, "FA-2020-0001"), login=district)
    web.ningbo.record("record_training", [case.id], TrainingHeld("样例宣贯", today), notice=PDF, login=district)
    web.ningbo.step("upload_plan", case, login=district)
    web.ningbo.record("record_test_report", case, lab_report(today), file=PDF, login=district)
    web.ningbo.proposed("verify", case, login=district)
    return web.ningbo.case(case.id)


def tick(web: Web, login: str = "haishu", page: str = NEW) -> str:
    """The first product that can be ticked there."""
    text = web.at(login).get(page).text
    return text.partition('name="product" value="')[2].partition('"')[0]


def drafted(web: Web, **said: str) -> str:
    """The address of a batch that 海曙 drafted."""
    told = {"title": "样例公示名单", "prefix": "甬对标", "product": tick(web), **said}
    answer = web.at("haishu").post("/publications", data=told)
    assert answer.status_code == 303, Shown(answer).text
    return str(answer.headers["location"].partition("?")[0])


def act(web: Web, login: str, address: str, deed: str, **said: str) -> Any:
    """A deed with the form as the page of the batch offers it."""
    fields = Shown(web.at(login).get(address)).form(f"{address}/{deed}")
    return web.at(login).post(f"{address}/{deed}", data={**fields, **said})


def proposed(web: Web, **said: str) -> str:
    address = drafted(web, **said)
    assert act(web, "haishu", address, "propose").status_code == 303
    return address


def confirmed(web: Web, **said: str) -> str:
    address = proposed(web, **said)
    assert act(web, "city", address, "confirm", name="甬对标〔2020〕第1批").status_code == 303
    return address


def test_while_nobody_is_verified_the_page_says_how_many_are_on_the_way(web: Web) -> None:
    web.ningbo.one("样例甲有限公司")

    for address in ("/publications", NEW):
        page = Shown(web.at("haishu").get(address))
        assert "没有已检测验证、尚未列入名单的企业" in page.text
        assert "还有1家企业在办理中" in page.text


def test_verified_enterprises_become_a_draft_that_shows_the_list_as_it_comes_out(web: Web, verified: Case) -> None:
    page = Shown(web.at("haishu").get(drafted(web)))

    assert verified.subject_name in page.text
    assert "GB/T 2664—2017" in page.text
    assert "甬对标〔2020〕第1批" in page.h1
    assert "没有已检测验证、尚未列入名单的企业" in Shown(web.at("haishu").get(NEW)).text


def test_faults_of_a_draft_stand_at_their_fields_and_nothing_typed_is_lost(web: Web, verified: Case) -> None:
    said = {"title": "样例公示名单", "product": tick(web), "starts_on": "2020-06-10", "ends_on": "2020-06-01"}
    answer = web.at("haishu").post("/publications", data=said)
    nobody = web.at("haishu").post("/publications", data={"title": "样例公示名单"})

    assert answer.status_code == nobody.status_code == 422
    assert 'id="fault-ends_on"' in answer.text
    assert Shown(answer).form("/publications")["starts_on"] == "2020-06-10"
    assert "请至少勾选一个产品" in nobody.text


def test_a_second_person_confirms_by_typing_the_name_of_the_batch(web: Web, verified: Case) -> None:
    address = proposed(web)
    wrong = act(web, "city", address, "confirm", name="第2批")
    right = act(web, "city", address, "confirm", name="甬对标〔2020〕 第1批")

    assert wrong.status_code == 422
    assert "不是批次名称" in wrong.text
    assert "1家企业" in Shown(wrong).text
    assert right.status_code == 303
    assert "批次已确认" in web.at("city").get(right.headers["location"]).text


def test_who_proposed_a_batch_is_offered_no_confirmation(web: Web, verified: Case) -> None:
    address = proposed(web)

    assert f"{address}/confirm" not in Shown(web.at("haishu").get(address)).forms
    assert web.at("haishu").post(f"{address}/confirm", data={"version": "2", "name": "x"}).status_code in {403, 422}
    assert f"{address}/confirm" in Shown(web.at("city").get(address)).forms


def test_a_batch_of_the_bureaus_own_greys_the_button_of_a_colleague(web: Web, verified: Case) -> None:
    told = {"title": "样例公示名单", "prefix": "甬对标", "product": tick(web, "city", NEW)}
    address = web.at("city").post("/publications", data=told).headers["location"].partition("?")[0]
    act(web, "city", address, "propose")

    page = Shown(web.at("city-2").get(address))
    assert f"{address}/confirm" not in page.forms
    assert "由本单位领导确认" in page.text
    assert f"{address}/confirm" in Shown(web.at("leader").get(address)).forms


def test_a_returned_batch_is_a_draft_again_with_the_reason(web: Web, verified: Case) -> None:
    address = proposed(web)
    short = act(web, "city", address, "return", reason="")
    act(web, "city", address, "return", reason="请补充产品型号")
    page = Shown(web.at("haishu").get(address))

    assert short.status_code == 422
    assert "请补充产品型号" in page.text
    assert f"{address}/propose" in page.forms


def test_who_comes_second_is_told_and_what_they_typed_stays(web: Web, verified: Case) -> None:
    address = proposed(web)
    stale = Shown(web.at("city-2").get(address)).form(f"{address}/return")
    act(web, "city", address, "confirm", name="甬对标〔2020〕第1批")

    answer = web.at("city-2").post(f"{address}/return", data={**stale, "reason": "请补充产品型号"})

    assert answer.status_code == 409
    assert "已确认" in Shown(answer).text
    assert "仍保留在此：请补充产品型号" in Shown(answer).text


def test_a_confirmed_batch_is_withdrawn_before_its_start(web: Web, verified: Case) -> None:
    address = confirmed(web, starts_on="2020-05-20", ends_on="2020-05-26")
    page = Shown(web.at("haishu").get(address))
    assert "1家企业" in page.text
    assert "2020年5月20日至2020年5月26日" in page.text

    answer = act(web, "haishu", address, "withdraw", name="甬对标〔2020〕第1批", reason="名单需要重新核对")
    assert answer.status_code == 303
    assert verified.subject_name in web.at("haishu").get(NEW).text


def test_a_batch_whose_publicity_has_begun_says_why_it_is_not_withdrawn(web: Web, verified: Case) -> None:
    address = confirmed(web, starts_on="2020-05-16", ends_on="2020-05-26")
    fields = Shown(web.at("haishu").get(address)).form(f"{address}/withdraw")
    web.ningbo.clock.set(web.ningbo.clock.now() + timedelta(hours=16))

    page = Shown(web.at("city-2").get(address))
    said = {**fields, "name": "甬对标〔2020〕第1批", "reason": "名单需要重新核对"}
    answer = web.at("city-2").post(f"{address}/withdraw", data=said)

    assert f"{address}/withdraw" not in page.forms
    assert "公示已于2020年5月16日开始" in page.text
    assert answer.status_code == 422


def test_a_list_that_came_out_is_recorded_with_its_address_or_its_file(web: Web, verified: Case) -> None:
    address = confirmed(web)
    action = f"{address}/publish/upload"
    fields = Shown(web.at("haishu").get(address)).form(action)
    fields.pop("file", None)

    nothing = web.at("haishu").post(action, data=fields)
    done = web.at("haishu").post(action, data=fields, files={"file": (PDF.name, PDF.content, "application/pdf")})

    assert nothing.status_code == 422
    assert done.status_code == 303
    assert web.at("haishu").get(f"{address}/file").content == PDF.content


def test_the_list_is_printed_as_an_official_attachment_and_as_a_document(web: Web, verified: Case) -> None:
    address = drafted(web)
    paper = Shown(web.at("haishu").get(f"/print{address}"))
    document = docx.Document(io.BytesIO(web.at("haishu").get(f"{address}/document").content))

    assert verified.subject_name in paper.text
    assert "草稿" in paper.text
    assert any(verified.subject_name in cell.text for table in document.tables for cell in table._cells)


def test_the_batch_of_another_district_does_not_exist(web: Web, verified: Case) -> None:
    address = drafted(web)

    for path in (address, f"/print{address}", f"{address}/document", f"{address}/sheet", f"{address}/file"):
        assert web.at("cixi").get(path).status_code == 404
    assert web.at("cixi").post(f"{address}/propose", data={"version": "1"}).status_code == 404
    assert verified.subject_name not in web.at("cixi").get(NEW).text


def test_what_waits_for_a_second_person_is_counted_in_the_menu(web: Web, verified: Case) -> None:
    row = re.compile(r'href="/publications"[^>]*>[^<]*<span( hidden)?>(\d+)</span>')
    found = [row.search(web.at("city").get("/publications").text)]
    proposed(web)
    found.append(row.search(web.at("city").get("/publications").text))

    assert [one and one.groups() for one in found] == [(" hidden", "0"), (None, "1")]


def test_a_publication_made_elsewhere_that_a_later_one_took_the_place_of_says_so(web: Web, verified: Case) -> None:
    for title, reason in (("样例第一次公布", None), ("样例第二次公布", "样例：网址有误，重新公布")):
        notice = PublicNotice(title, "https://www.example.org/list", web.ningbo.today())
        web.ningbo.record("record_publication", [verified.id], notice, reason=reason)

    rows = Shown(web.at("city").get("/publications")).text

    assert rows.count("已由后来的公布取代") == 1
    assert rows.index("样例第一次公布") < rows.index("已由后来的公布取代")
