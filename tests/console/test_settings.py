"""config.yaml as a whole: Ningbo 2020 as the plan has it, and every way in which its parts may not fit each other."""

import contextlib
import copy
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.crosschecks import cross_findings
from console.reference import page
from console.seeds import bureau_seed, organisation_seeds, person_seeds
from console.settings import flows_of, inspect_document, inspect_settings, load_settings, read_secrets
from engine.faults import FaultsFound
from engine.ladder import default_ladder
from engine.model import Campaign
from engine.terms import terms_of
from engine.yamlsource import parse_document
from notifications.config import letters_found
from workflows.config import flow_paths, kinds

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "config.yaml").read_text(encoding="utf-8")
SETTINGS = load_settings(ROOT / "config.yaml")
NINGBO = SETTINGS.campaign("ningbo-2020")
ANNEX_1 = [
    *(("海曙", 10), ("江北", 8), ("镇海", 8), ("北仑", 11), ("鄞州", 15), ("奉化", 8), ("慈溪", 15), ("余姚", 15)),
    *(("宁海", 10), ("象山", 8), ("高新区", 3), ("杭州湾", 3), ("保税区", 2), ("大榭", 2), ("东钱湖", 2)),
]


@pytest.fixture
def faults_of(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def faults_of(*changes):
        text = TEXT
        for old, new in changes:
            assert text.count(old) >= 1, old
            text = text.replace(old, new, 1)
        Path("config.yaml").write_text(text, encoding="utf-8")
        return [(fault.code, fault.path) for fault in inspect_settings()[1]]

    return faults_of


def test_the_districts_and_quotas_are_those_of_annex_1_in_its_order():
    assert [(district.name, district.quota) for district in NINGBO.districts] == ANNEX_1
    assert NINGBO.quota_total == sum(quota for _, quota in ANNEX_1) == 120
    assert [district.kind for district in NINGBO.districts] == ["district"] * 10 + ["zone"] * 5
    codes = [district.gb2260 for district in NINGBO.districts]
    assert codes[:4] == ["330203", "330205", "330211", "330206"]
    assert codes[10:] == [None] * 5


def test_the_days_are_those_of_the_plan():
    assert NINGBO.milestones == {
        "list_in": date(2020, 6, 5),
        "quota_met": date(2020, 6, 5),
        "plan_drafted": date(2020, 6, 30),
        "plan_uploaded": date(2020, 6, 30),
        "verified": date(2020, 10, 31),
        "published": date(2020, 10, 31),
        "leader_candidate": None,
    }
    assert (NINGBO.opens, NINGBO.closes) == (date(2020, 5, 15), date(2021, 1, 31))
    assert len(NINGBO.clusters) == 9


def test_the_ladder_is_the_default_one():
    assert SETTINGS.ladder("default") == default_ladder()


def test_the_engine_reads_its_terms_from_the_stored_section():
    body = json.loads(json.dumps(SETTINGS.campaign_body("ningbo-2020")))
    terms = terms_of(Campaign("ningbo-2020", "benchmarking", body, 1, None))
    assert terms.days["verified"] == date(2020, 10, 31)
    assert terms.quotas["haishu"] == 10
    assert terms.report_days == ((1, 5), (7, 5))
    assert terms.ladders["default"] == default_ladder()


def test_the_whole_is_plain_json():
    assert json.loads(json.dumps(SETTINGS.model_dump(mode="json")))["mail"]["relay"]["port"] == 465


def test_every_district_has_three_people_and_the_bureau_two_who_can_confirm_each_other():
    people = {person.login: person for person in person_seeds(SETTINGS)}
    assert len(people) == 15 * 3 + 4 + 2
    assert people["cixi"].roles == ("district_coordinator",)
    assert people["cixi-section"].roles == ("district_section_head",)
    assert people["cixi-deputy"].organisation == people["cixi-deputy"].scope == "cixi"
    assert people["cixi"].name == "慈溪联络员"
    assert people["city-1"].roles == people["city-2"].roles == ("municipal_coordinator",)
    assert (people["laboratory"].organisation, people["laboratory"].scope) == ("laboratory", "ningbo")
    assert all(person.email.endswith("@lingpao.example") for person in people.values())


def test_the_tree_has_the_bureau_above_districts_and_institutes():
    assert bureau_seed(SETTINGS).full_name == "宁波市市场监督管理局"
    below = organisation_seeds(SETTINGS)
    assert [one.name for one in below[:15]] == [name for name, _ in ANNEX_1]
    assert [one.kind for one in below[15:]] == ["institute", "laboratory"]


def test_people_of_a_single_district_stand_instead_of_the_common_ones(faults_of):
    own = "own: {daxie: [{login: daxie-1, name: 大榭经办, roles: [district_coordinator]}]}"
    assert faults_of(("own: {}", own)) == []
    logins = {person.login for person in person_seeds(load_settings())}
    assert "daxie-1" in logins
    assert "daxie" not in logins


def test_the_comments_explain_every_key_in_chinese():
    lines = [line for line in TEXT.splitlines() if line and not line.lstrip().startswith("- {")]
    assert len(TEXT.splitlines()) <= 220
    assert sum("#" in line for line in lines) >= len(lines) // 2


def test_a_fault_names_file_line_column_path_and_what_was_expected(faults_of):
    faults_of(("list_in: 2020-06-05 ", "list_in: x "))
    with pytest.raises(FaultsFound) as refusal:
        load_settings("config.yaml")
    line = TEXT[: TEXT.index("list_in: 2020-06-05")].count("\n") + 1
    expected = f"config.yaml:{line}:16  campaigns[0].milestones.list_in: expected a day such as 2020-06-05, got 'x'"
    assert str(refusal.value) == expected


def test_faults_of_every_kind_and_section_come_in_one_list(faults_of):
    found = faults_of(
        ("zone: Asia/Shanghai", "zone: Asia/Ningbo"),
        ("short: 市局 ", "shrt: 市局 "),
        ("quota_total: 120", "quota_total: 121"),
        ("verified: 2020-10-31", "verfied: 2020-10-31"),
        ("plan_drafted: 2020-06-30", "plan_drafted: 2020-06-31"),
        ("code: jiangbei", "code: haishu"),
        ("at: -5}", "at: -50}"),
        ("to: [municipal_coordinator, leader]", "to: [municipal_coordinator, leadr]"),
        ("port: 465", "port: 0"),
        ("actors: {root: admin}", "actors: {root: amdin}"),
        ("own: {}", "own: {}\n  own: {}"),
    )
    assert sorted(found) == sorted(
        [
            ("WRONG_VALUE", "zone"),
            ("MISSING_KEY", "bureau.short"),
            ("UNKNOWN_KEY", "bureau.shrt"),
            ("QUOTAS_DIFFER", "campaigns[0].quota_total"),
            ("UNKNOWN_MILESTONE", "campaigns[0].milestones.verfied"),
            ("MISSING_KEY", "campaigns[0].milestones.verified"),
            ("WRONG_VALUE", "campaigns[0].milestones.plan_drafted"),
            ("DUPLICATE_NAME", "campaigns[0].districts[1].code"),
            ("LADDER_ORDER", "ladders.default.rungs[1].at"),
            ("UNKNOWN_ROLE", "digest.to[1]"),
            ("WRONG_VALUE", "mail.relay.port"),
            ("UNKNOWN_LOGIN", "actors.root"),
            ("DUPLICATE_KEY", "people.own"),
        ]
    )


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ([("kind: benchmarking", "kind: benchmarks")], [("UNKNOWN_KIND", "campaigns[0].kind")]),
        ([("closes: 2021-01-31", "closes: 2020-05-01")], [("CLOSES_EARLY", "campaigns[0].closes")]),
        (
            [("list_in: 2020-06-05", "list_in: 2020-05-14")],
            [("OUTSIDE_CAMPAIGN", "campaigns[0].milestones.list_in")],
        ),
        (
            [("quota_met: 2020-06-05", "quota_met: 2020-06-04")],
            [("DAYS_OUT_OF_ORDER", "campaigns[0].milestones.quota_met")],
        ),
        (
            [("closes: 2021-01-31", "closes: 2020-11-12")],
            [
                ("RUNG_AFTER_CLOSE", "campaigns[0].milestones.verified"),
                ("RUNG_AFTER_CLOSE", "campaigns[0].milestones.published"),
            ],
        ),
        (
            [("leader_candidate: null", "leader_candidate: 2020-12-01")],
            [("NO_DEADLINE", "campaigns[0].milestones.leader_candidate")],
        ),
        (
            [("leader_candidate: null", "leader_candidate: null\n      handed_in: 2020-12-01")],
            [("UNKNOWN_MILESTONE", "campaigns[0].milestones.handed_in")],
        ),
        (
            [("aliases: [江北区]", "aliases: [江北, 海曙区]")],
            [("DUPLICATE_NAME", "campaigns[0].districts[1].aliases[1]")],
        ),
        ([('gb2260: "330205"', 'gb2260: "330203"')], [("DUPLICATE_NAME", "campaigns[0].districts[1].gb2260")]),
        (
            [("aliases: [海曙区]", "aliases: [海曙区], valid_from: 2020-01-01, valid_to: 2019-12-31")],
            [("CLOSES_EARLY", "campaigns[0].districts[0].valid_to")],
        ),
        ([('"01-05", "07-05"', '"01-05", "07-06"')], [("REPORT_DAYS_DIFFER", "campaigns[0].reports.days")]),
        ([("  default:\n", "  steep:\n")], [("MISSING_LADDER", "ladders.default")]),
        ([("until: supervision", "until: circulars")], [("LADDER_REPEAT", "ladders.default.rungs[3].until")]),
        (
            [("level: chase, at: 1,", "level: chases, at: 1,"), ("at: -5}", "at: -50}")],
            [("WRONG_VALUE", "ladders.default.rungs[3].level")],
        ),
        ([("after: [chase, 2]", "after: [reminder, 2]")], [("LADDER_AFTER", "ladders.default.rungs[4].after")]),
        ([("  sent_back: {to", "  sentback: {to")], [("MISSING_LETTER", "letters.sent_back")]),
        ([("  chase: {to", "  chasing: {to")], [("MISSING_LETTER", "letters.chase")]),
        ([("cc: [leader]", "cc: [system]")], [("UNKNOWN_ROLE", "letters.circular.cc[0]")]),
        (
            [("security: tls ", "security: none ")],
            [("MAIL_UNPROTECTED", "mail.relay.security"), ("PASSWORD_UNPROTECTED", "mail.relay.security")],
        ),
        ([("address: standards@", "address: standards＠")], [("WRONG_VALUE", "mail.sender.address")]),
        ([('email: "{code}@lingpao', 'email: "{name}@lingpao')], [("WRONG_ADDRESS", "people.each_district[0].email")]),
        ([('login: "{code}-deputy"', 'login: "{code}"')], [("DUPLICATE_LOGIN", "people.each_district[2].login")]),
        (
            [("roles: [institute]", "roles: [institut]")],
            [("UNKNOWN_ROLE", "people.organisations[0].people[0].roles[0]")],
        ),
        ([('{login: "{code}", name', "{name")], [("MISSING_KEY", "people.each_district[0].login")]),
        ([("over: ningbo", "over: ningb")], [("UNKNOWN_ORGANISATION", "people.organisations[0].people[0].over")]),
        ([("own: {}", "own: {daxi: []}")], [("UNKNOWN_DISTRICT", "people.own.daxi")]),
    ],
)
def test_parts_that_do_not_fit_are_refused(faults_of, changes, faults):
    assert faults_of(*changes) == faults


def test_plain_mail_inside_the_house_is_possible_when_it_is_said(faults_of):
    changes = [("security: tls ", "security: none "), ("allow_plaintext: false", "allow_plaintext: true")]
    assert faults_of(*changes) == [("PASSWORD_UNPROTECTED", "mail.relay.security")]
    assert faults_of(*changes, ("    username: standards@lingpao.example", "    username: null")) == []


def test_the_order_of_two_campaigns_does_not_matter_but_their_keys_do(faults_of):
    start, end = TEXT.index("  - key: ningbo-2020"), TEXT.index("# ── 提醒 →")
    again = TEXT[start:end]
    assert faults_of((again, again + again)) == [("DUPLICATE_NAME", "campaigns[1].key")]
    assert faults_of((again, again + again.replace("key: ningbo-2020", "key: ningbo-2021"))) == []


@pytest.mark.parametrize(
    "content", [None, [], "x", {"campaigns": [3, {"districts": 5, "milestones": []}], "ladders": []}]
)
def test_the_checks_between_parts_pass_over_what_has_no_shape(content):
    found = list(cross_findings(content, {kind: flows_of(kind) for kind in kinds()}))
    assert {finding.code for finding in found} <= {"MISSING_LADDER"}


def places(content, path=()):
    yield path
    inside = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for key, value in inside:
        yield from places(value, (*path, key))


CONTENT = parse_document(TEXT, "config.yaml").content
odd = st.sampled_from([None, True, -1, 1.5, "", "x", "2020-06-05", [], {}, [[]], ["x", 3], {"x": [1]}, [{"name": []}]])


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from([path for path in places(CONTENT) if path]), odd), min_size=1, max_size=3))
def test_no_nonsense_anywhere_breaks_the_checks(changes):
    """Any values anywhere: there are faults or there are settings, and every fault has a place in the file."""
    content = copy.deepcopy(CONTENT)
    for path, value in changes:
        inner = content
        # what an earlier change has taken away is not changed any more
        with contextlib.suppress(KeyError, IndexError, TypeError):
            for step in path[:-1]:
                inner = inner[step]
            inner[path[-1]] = copy.deepcopy(value)
    document = parse_document(json.dumps(content, ensure_ascii=False), "config.yaml")
    read, faults = inspect_document(document)
    assert (read is None) == bool(faults)
    assert all(fault.line >= 1 and fault.sentence.pattern for fault in faults)


def test_faults_of_flow_files_and_of_the_configuration_come_in_one_list(tmp_path):
    folder = tmp_path / "benchmarking"
    folder.mkdir()
    for path in flow_paths("benchmarking"):
        folder.joinpath(path.name).write_text(path.read_text("utf-8").replace("initial: due", "initial: deu"), "utf-8")
    document = parse_document(TEXT.replace("port: 465", "port: 0"), "config.yaml")
    _, faults = inspect_document(document, tmp_path)
    assert [(Path(fault.file).name, fault.code) for fault in faults] == [
        ("progress_report.yaml", "UNKNOWN_STATE"),
        ("config.yaml", "WRONG_VALUE"),
    ]


def test_a_file_that_is_not_there_is_refused(faults_of):
    read, (fault,) = inspect_settings("nowhere.yaml")
    assert read is None
    assert fault.code == "FILE_UNREADABLE"


def test_secrets_come_from_the_environment_and_are_not_shown():
    secrets = read_secrets({"LINGPAO_SMTP_PASSWORD": "open sesame", "LINGPAO_DATABASE_URL": ""})
    assert secrets.smtp_password.get_secret_value() == "open sesame"
    assert secrets.database_url is None
    assert "sesame" not in repr(secrets) + secrets.model_dump_json()
    assert "password" not in json.dumps(SETTINGS.model_dump(mode="json"))


def test_the_page_of_keys_is_current():
    assert (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8") == page()


def test_every_kind_of_campaign_is_a_folder_with_flows():
    assert kinds() == ("benchmarking",)
    assert [path.name for path in flow_paths("benchmarking")] == [
        "enterprise.yaml",
        "nomination_list.yaml",
        "progress_report.yaml",
    ]
    assert all(locales <= {"zh_CN", "en"} for locales in letters_found().values())


def test_reading_the_configuration_loads_neither_database_nor_web_nor_mail():
    code = (
        "import sys; from console.settings import load_settings; load_settings(sys.argv[1]);"
        "print(sorted({'sqlalchemy', 'transitions', 'jinja2', 'aiosmtplib', 'typer', 'docx'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(ROOT / "config.yaml")], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
