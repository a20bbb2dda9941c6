"""Deadlines between a district and the bureau: extended or not, chased many at once, answered; and one that leaves."""

from handling import form_of, press, send, write

ASKED = "2020-07-20"


def test_an_extension_is_asked_for_and_refused_and_another_one_granted(people, town, accessible) -> None:
    first, second = (town.of(f"样例余姚{name}有限公司", "yuyao") for name in "甲乙")
    district, bureau = people.of("yuyao"), people.of("city-1")
    for case in (first, second):
        district.goto(f"/cases/{case.id}")
        number = town.deadline(case, "plan_drafted").id
        send(district, write(form_of(district, f"/deadlines/{number}/ask"), on=ASKED, reason="样例理由：样品还在路上"))
        accessible(district)

    for case, verdict in ((first, "no"), (second, "yes")):
        bureau.goto("/tasks")
        accessible(bureau)
        press(bureau, bureau.locator(f"a.task[href*='.{case.id}.']"))
        form = write(form_of(bureau, "/extensions/"), reason="样例答复")
        press(bureau, form.locator(f"button[value={verdict}]"))
        assert "下面是下一项" in bureau.locator("[role=status].band").inner_text()

    assert str(town.deadline(first, "plan_drafted").due_on) == "2020-06-30"
    assert str(town.deadline(second, "plan_drafted").due_on) == ASKED
    district.goto(f"/cases/{second.id}")
    assert ASKED in district.locator("#deadlines").inner_text()


def test_many_are_chased_at_once_after_a_dry_run_and_a_district_answers(people, town, accessible) -> None:
    cases = [town.of(f"样例象山{name}有限公司", "xiangshan") for name in "甲乙"]
    done = town.with_plan_uploaded("样例象山丙有限公司", "xiangshan")
    town.at("2020-07-02")
    bureau, district = people.of("city-1", "/cases?name=样例象山"), people.of("xiangshan")
    accessible(bureau)
    for box in bureau.locator("tbody [name=case]").all():
        box.check()
    press(bureau, "催办")
    accessible(bureau)
    form = form_of(bureau, "/bulk")
    write(form, reason="样例理由：请尽快上传方案")
    send(bureau, form)
    accessible(bureau)
    assert bureau.locator("#rehearsed tbody tr").count() == 3
    assert done.subject_name in bureau.locator("#rehearsed").inner_text()

    send(bureau, bureau.locator("#rehearsed form"))
    accessible(bureau)
    results = bureau.url
    assert bureau.locator("tbody tr").count() == 2
    bureau.reload()
    assert bureau.url == results

    district.goto("/tasks")
    press(district, district.locator(f"a.task[href*='.{cases[0].id}.']"))
    accessible(district)
    answer = form_of(district, "/reply")
    send(district, write(answer, on="2020-07-10", reason="样例答复：方案正在评审，下周上传"))
    promised = {town.deadline(cases[0], name).promised_on for name in ("plan_drafted", "plan_uploaded")}
    assert "2020-07-10" in {str(day) for day in promised}
    bureau.goto(f"/cases/{cases[0].id}")
    assert "方案正在评审" in bureau.locator("main").inner_text()


def test_a_supervision_goes_out_and_waits_until_the_district_has_answered(people, town, accessible) -> None:
    case = town.of("样例奉化甲有限公司", "fenghua")
    town.at("2020-08-10")
    bureau, district = people.of("city-1", "/cases?name=样例奉化"), people.of("fenghua")
    bureau.locator("tbody [name=case]").check()
    press(bureau, "督办")
    send(bureau, write(form_of(bureau, "/bulk"), reason="样例理由：经催办仍未上传方案"))
    accessible(bureau)
    send(bureau, bureau.locator("#rehearsed form"))
    assert case.subject_name in bureau.locator("main").inner_text()

    district.goto("/tasks")
    press(district, district.locator(f"a.task[href*='.{case.id}.']"))
    assert "督办" in district.locator("main").inner_text()
    accessible(district)
    send(district, write(form_of(district, "/reply"), on="2020-08-17", reason="样例答复：方案本周内上传"))
    district.goto(f"/cases/{case.id}")
    assert "方案本周内上传" in (district.locator("main").text_content() or "")


def test_an_enterprise_that_leaves_says_why_and_another_takes_its_place(people, town, accessible) -> None:
    leaving, coming = (town.of(f"样例宁海{name}有限公司", "ninghai") for name in "甲乙")
    window = people.of("city-1", f"/cases/{leaving.id}")
    send(window, write(form_of(window, f"/cases/{leaving.id}/steps/withdraw"), reason="样例理由：企业已停产"))
    accessible(window)
    assert town.case(leaving.id).state == "withdrawn"

    form = write(form_of(window, f"/cases/{leaving.id}/replace"), reason="样例理由：补报")
    form.locator("select").select_option(str(coming.id))
    send(window, form)

    assert town.case(leaving.id).replaced_by_id == coming.id
    window.goto("/overview")
    accessible(window)
