"""The campaigns' part of config.yaml: what it may say, and the campaign kinds that the package holds."""

import pytest
from pydantic import ValidationError

from workflows.config import DistrictSection, LimitsSection, PlatformSection, flow_paths, kinds

DISTRICT = {"code": "haishu", "name": "海曙", "full_name": "海曙区市场监督管理局", "quota": 10}


def test_a_campaign_kind_is_a_folder_with_flows_in_it(tmp_path):
    for name in ("walking", "benchmarking", "empty"):
        (tmp_path / name).mkdir()
    (tmp_path / "benchmarking" / "enterprise.yaml").touch()
    (tmp_path / "walking" / "second.yaml").touch()
    (tmp_path / "walking" / "first.yaml").touch()
    (tmp_path / "loose.yaml").touch()

    assert kinds(tmp_path) == ("benchmarking", "walking")
    assert [path.name for path in flow_paths("walking", tmp_path)] == ["first.yaml", "second.yaml"]


def test_the_package_holds_the_benchmarking_kind_with_its_three_flows():
    assert kinds() == ("benchmarking",)
    assert [path.stem for path in flow_paths("benchmarking")] == ["enterprise", "nomination_list", "progress_report"]


def test_what_is_not_said_has_its_usual_value():
    district, limits = DistrictSection(**DISTRICT), LimitsSection()

    assert (district.kind, district.gb2260, district.aliases) == ("district", None, ())
    assert (limits.list_mb, limits.unpacked_mb, limits.list_rows) == (20, 400, 20_000)


@pytest.mark.parametrize("wrong", [{"gb2260": "3302"}, {"kind": "province"}, {"quota": -1}, {"capital": "海曙"}])
def test_a_district_that_cannot_be_is_refused_at_its_place(wrong):
    with pytest.raises(ValidationError) as refused:
        DistrictSection(**DISTRICT | wrong)

    assert [fault["loc"][0] for fault in refused.value.errors()] == list(wrong)


def test_the_platform_has_an_address_that_a_browser_opens():
    assert PlatformSection(name="样例平台", url="https://www.example.org").url == "https://www.example.org"
    with pytest.raises(ValidationError):
        PlatformSection(name="样例平台", url="www.example.org")
