"""Lists of every kind at a terminal: recognised, previewed, taken once, refused with reasons, shown again."""

from pathlib import Path

import pytest
from lists_of_kinds import CONTACTS, INDUSTRIES, PEOPLE, REPORTS, workbook

BATTERY, ELECTRONICS = "宁波保税区样例电池有限公司", "宁波保税区示例电子有限公司"
LISTS = Path(__file__).parents[2] / "examples" / "ningbo-2020" / "lists"


@pytest.fixture
def listed(tmp_path):
    """Writes a list of some kind into a file."""

    def write(header, *rows, name="list.xlsx"):
        path = tmp_path / name
        path.write_bytes(workbook(header, *rows))
        return path

    return write


@pytest.fixture
def contacts(listed):
    return listed(CONTACTS, [BATTERY, None, "样例", "0574-86000001", None], name="contacts.xlsx")


def test_a_list_of_contacts_is_recognised_and_taken(district, contacts):
    answer = district.ask("import", contacts)

    assert answer["form"] == "contacts"
    assert answer["brought"]["status"] == "taken"
    assert answer["brought"]["new"][0]["enterprise"] == BATTERY
    assert district.ask("show", BATTERY)["enterprise"]["contact"]["phone"] == "0574-86000001"


def test_a_person_reads_what_is_new_and_what_changed(district, contacts, listed):
    assert "1 new, 0 changed, 0 unchanged, 0 left out." in district("import", contacts).out
    changed = listed(CONTACTS, [BATTERY, None, "示例", None, None], [ELECTRONICS, None, "样例", None, None])

    said = district("import", changed).out

    assert "1 new, 1 changed" in said
    assert "联系人 样例 → 示例" in said


def test_a_preview_writes_nothing(district, contacts):
    answer = district.ask("import", contacts, "--preview")

    assert len(answer["difference"]["new"]) == 1
    assert "Nothing was written." in district("import", contacts, "--preview").out
    assert [one["form"] for one in district.ask("import", "--list")["imports"]] == ["annex2"]
    assert district.ask("show", BATTERY)["enterprise"]["contact"] == {}


def test_a_preview_of_the_list_of_enterprises_tells_its_difference(district):
    answer = district.ask("import", LISTS / "13-保税区.xlsx", "--preview")

    assert answer["difference"]["new"] == []
    assert answer["difference"]["unchanged"] == 2


def test_a_preview_of_a_faulty_list_ends_like_a_refusal(district, listed):
    faulty = listed(CONTACTS, ["余姚样例塑化有限公司", None, "样例", None, None])

    answer = district.ask("import", faulty, "--preview", code=1)

    assert answer["rows"][0]["errors"][0]["code"] == "ENTERPRISE_UNKNOWN"
    district("import", faulty, "--preview", "--good-rows", code=1)
    mixed = listed(CONTACTS, ["余姚样例塑化有限公司", None, "样例", None, None], [BATTERY, None, "样例", None, None])
    district("import", mixed, "--preview", "--good-rows")


def test_a_list_without_a_single_good_row_is_not_taken_by_its_good_rows(district, listed):
    faulty = listed(CONTACTS, ["余姚样例塑化有限公司", None, "样例", None, None], [BATTERY, None, None, "12", None])

    answer = district.ask("import", faulty, "--good-rows", code=1)

    assert answer["brought"]["status"] == "refused"
    assert "nothing of it was taken in" in district("import", faulty, "--good-rows", code=1).out


def test_whom_to_ask_is_shown_as_in_an_address_book(district, listed):
    district("import", listed(CONTACTS, [BATTERY, None, "样例", "0574-86000001", "a@example.org"]))

    for verb in (("show",), ("enterprise", "show")):
        assert "样例 0574-86000001 a@example.org" in district(*verb, BATTERY).out


def test_what_was_empty_before_is_told_with_a_dash(district, listed):
    said = district("import", listed(INDUSTRIES, [BATTERY, None, None, None, None, "瞪羚企业"])).out

    assert "企业荣誉 瞪羚企业" in said or "企业荣誉 — → 瞪羚企业" in said


def test_the_same_file_again_says_only_that_it_was_taken(district, contacts):
    district("import", contacts)
    moved = contacts.rename(contacts.with_name("again.xlsx"))

    said = district("import", moved).out

    assert said.count("\n") == 1
    assert "again.xlsx is the very file that 保税区联络员 brought in on 2020-05-26" in said
    assert "then called contacts.xlsx" in said
    assert district.ask("import", moved)["brought"].keys() == {"import", "status", "earlier"}


def test_the_same_list_of_enterprises_again_lists_nobody_as_new(district):
    said = district("import", LISTS / "13-保税区.xlsx").out

    assert "nothing changed" in said
    assert "New enterprises" not in said
    assert "new" not in district.ask("import", LISTS / "13-保税区.xlsx")["enrolment"]


def test_a_file_taken_before_replaces_nobody_and_says_what_does(lingpao):
    lingpao("status", "--at", "2020-06-04")
    lingpao("import", LISTS / "08-余姚.xlsx", login="yuyao")
    lingpao("status", "--at", "2020-08-24")
    lingpao("import", LISTS / "replacement-余姚.xlsx", "--supplementary", login="yuyao")
    leaving = lingpao.ask("cases", login="yuyao")["cases"][0]["subject"]
    lingpao("withdraw", leaving, "--reason", "停产", login="yuyao")

    words = ("import", LISTS / "replacement-余姚.xlsx", "--supplementary", "--replaces", leaving)
    refused = lingpao.ask(*words, code=1, login="yuyao")

    assert "lingpao replace" in refused["error"]["sentence"]
    assert lingpao.ask("show", leaving, login="yuyao")["replaced_by"] is None


def test_a_kind_that_is_said_wins_over_the_header_and_must_exist(district, listed):
    header = ["企业名称", "产品名称", "平台链接", "上传日期"]
    path = listed(header, [BATTERY, "碱性锌锰干电池", "https://example.com/1", "2020-05-25"])

    unclear = district.ask("import", path, code=1)
    assert unclear["file_errors"][0]["code"] == "FORM_AMBIGUOUS"
    assert district.ask("import", path, "--preview", code=1)["file_errors"][0]["code"] == "FORM_AMBIGUOUS"
    assert "FORM_AMBIGUOUS" in district("import", path, "--dry-run", code=1).out
    assert len(district.ask("import", "--list")["imports"]) == 1
    assert district.ask("import", path, "--form", "results")["brought"]["status"] == "taken"
    assert "test_reports" in district.ask("import", path, "--form", "nothing", code=1)["error"]["sentence"]


def test_a_test_report_is_changed_with_a_reason(district, listed):
    row = [1, BATTERY, "碱性锌锰干电池", "样例检验检测研究院", None, "R-1", "2020-05-20", None, "一致"]
    district("import", listed(REPORTS, row))

    told = district.ask("import", listed(REPORTS, [*row[:5], "R-2", *row[6:]]), "--reason", "补测")

    assert told["brought"]["changed"][0]["was"] == {"report_no": "R-1"}
    case = district.ask("show", BATTERY)
    assert case["products"][0]["test_report"]["report_no"] == "R-2"


def test_a_refused_list_stays_on_record_and_is_shown_again(district, listed, tmp_path):
    faulty = listed(INDUSTRIES, [BATTERY, None, "9999", None, None, None])

    answer = district.ask("import", faulty, code=1)
    number = answer["brought"]["import"]

    shown = district.ask("import", "--show", number)
    assert (shown["form"], shown["status"], shown["by"]) == ("industries", "refused", "保税区联络员")
    assert shown["did"]["errors"][0]["code"] == "INDUSTRY_UNKNOWN"
    assert shown["size"] == faulty.stat().st_size
    out = tmp_path / "back.xlsx"
    assert str(out) in district("import", "--show", number, "--save", out).out
    assert out.read_bytes() == faulty.read_bytes()
    assert "there already" in district.ask("import", "--show", number, "--save", out, code=1)["error"]["sentence"]
    assert "9999" in district("import", "--show", number).out


def test_imports_are_shown_within_what_one_may_see(district, contacts, listed):
    unknown = ["样例丙有限公司", None, "样例", None, None]
    both = listed(CONTACTS, [BATTERY, None, "示例", None, None], unknown)
    district("import", contacts)
    number = district.ask("import", both, "--good-rows")["brought"]["import"]

    assert [one["form"] for one in district.ask("import", "--list")["imports"]] == ["contacts", "contacts", "annex2"]
    assert district.ask("import", "--list", login="haishu")["imports"] == []
    assert len(district.ask("import", "--list", "--district", "保税区", login="city-1")["imports"]) == 3
    assert district.ask("import", "--list", "--district", "海曙", login="city-1")["imports"] == []
    assert district.ask("import", "--show", number, login="haishu", code=1)["error"]["code"] == "NOT_FOUND"
    assert district.ask("import", "--show", 99, code=1)["error"]["code"] == "NOT_FOUND"
    assert "样例丙有限公司" in district("import", "--show", number).out
    assert "联系人" in district("import", "--list").out


def test_a_long_difference_is_not_shown_to_its_end(district, listed):
    lingpao = district
    lingpao("status", "--at", "2020-06-04")
    lingpao("import", LISTS / "08-余姚.xlsx", login="yuyao")
    names = [one["subject"] for one in lingpao.ask("cases", login="yuyao")["cases"]]
    people = [[name, None, "样例", None, None] for name in names]

    said = lingpao("import", listed(CONTACTS, *people), login="yuyao").out

    assert f"{len(names)} new" in said
    assert ("more rows" in said) is (len(names) > 20)


def test_without_a_file_it_says_what_can_be_said(district):
    assert "--list" in district.ask("import", code=2)["error"]["sentence"]


def test_the_bureau_says_whose_contacts_they_are(district, contacts):
    assert "--district" in district.ask("import", contacts, login="city-1", code=1)["error"]["sentence"]
    assert "--district" in district.ask("import", contacts, "--preview", login="city-1", code=1)["error"]["sentence"]
    answer = district.ask("import", contacts, "--district", "保税区", login="city-1")
    assert answer["brought"]["status"] == "taken"


class TestPeople:
    """Lists of people are for administrators."""

    @pytest.fixture
    def people(self, listed):
        return listed(
            PEOPLE,
            ["baoshui-2", "保税样例", "保税区", "区县（市）局经办", "0574-86000002", "B2@Example.com"],
            ["baoshui", "保税区联络员", "保税区", None, "0574-86000009", None],
            ["tester-2", "样例检测员", "laboratory", "检验检测机构", None, None],
            name="people.xlsx",
        )

    def test_people_are_added_and_changed(self, district, people):
        answer = district.ask("import", people, login="admin")

        assert answer["brought"]["status"] == "taken"
        assert [one["login"] for one in answer["brought"]["new"]] == ["baoshui-2", "tester-2"]
        assert [one["fields"] for one in answer["brought"]["changed"]] == [["phone"]]
        known = {one["login"]: one for one in district.ask("people", "list", login="admin")["people"]}
        assert known["baoshui-2"]["email"] == "B2@example.com"
        assert known["baoshui-2"]["roles"] == [{"role": "district_coordinator", "over": "baoshui"}]
        assert known["tester-2"]["roles"] == [{"role": "laboratory", "over": "ningbo"}]
        assert known["baoshui"]["phone"] == "0574-86000009"

    def test_no_number_and_no_address_is_kept_beside_the_file(self, district, people):
        told = district("import", people, "--json", login="admin").json["brought"]
        shown = district("import", "--show", told["import"], "--json", login="admin").json["did"]

        assert "0574" not in str(shown)
        assert "@" not in str(shown)

    def test_the_same_people_again_change_nothing(self, district, people, listed):
        district("import", people, login="admin")
        assert district.ask("import", people, login="admin")["brought"]["status"] == "repeated"
        same = listed(PEOPLE, ["baoshui-2", "保税样例", "保税区", "经办", None, "b2@EXAMPLE.com"])

        answer = district.ask("import", same, "--preview", login="admin")["difference"]

        assert (answer["new"], [one["fields"] for one in answer["changed"]]) == ([], [["email"]])

    def test_a_further_role_is_given(self, district, listed):
        path = listed(PEOPLE, ["baoshui", "保税区联络员", "保税区", "分管领导", None, None])

        said = district("import", path, login="admin").out

        assert "0 new, 1 changed" in said
        known = {one["login"]: one for one in district.ask("people", "list", login="admin")["people"]}
        assert {one["role"] for one in known["baoshui"]["roles"]} == {"district_coordinator", "district_deputy_head"}

    def test_whom_it_cannot_be_about_is_refused_with_the_reason(self, district, listed):
        district("people", "deactivate", "haishu", "--reason", "调离", login="admin")
        path = listed(
            PEOPLE,
            ["haishu", "海曙联络员", "海曙", None, None, None],
            ["baoshui", "保税区联络员", "海曙", None, None, None],
            ["new-1", "样例", "没有这里", "经办", None, None],
            ["new-2", "样例", "海曙", None, None, None],
            ["new-3", "样例", "海曙", "经办", None, "sample@-example.com"],
            [None, "样例", "海曙", "经办", None, None],
        )

        answer = district.ask("import", path, login="admin", code=1)

        assert [[fault["code"] for fault in row["errors"]] for row in answer["rows"]] == [
            ["ACCOUNT_CLOSED"],
            ["PERSON_OF_ANOTHER_ORGANISATION"],
            ["ORGANISATION_UNKNOWN"],
            ["ROLE_NEEDED"],
            ["MAIL_INVALID"],
            ["CELL_MISSING"],
        ]
        assert answer["brought"]["status"] == "refused"
        assert len(answer["brought"]["left"]) == 6

    def test_only_an_administrator_brings_people(self, district, people):
        assert district.ask("import", people, code=1)["error"]["code"] == "NOT_ALLOWED"
        assert district.ask("import", people, "--preview", login="city-1", code=1)["error"]["code"] == "NOT_ALLOWED"
