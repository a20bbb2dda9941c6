"""What is known of an enterprise: industry, cluster, honours and contact, as they may be written down."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Refused
from notifications.mime import check_address
from workflows.benchmarking.details import (
    HONOURS,
    masked,
    read_cluster,
    read_contact,
    read_honours,
    read_industry,
    read_mail,
    read_phone,
)

CLUSTERS = ("绿色化工", "汽车及零部件", "智能家电", "时尚纺织服装")


@pytest.mark.parametrize("said", ["3852", "C3852", "家用空气调节器制造", "3852 家用空气调节器制造"])
def test_an_industry_is_stored_by_its_code(said):
    assert read_industry(said) == "3852"


@pytest.mark.parametrize(("said", "meant"), [("3858", "3851"), ("家用空调器制造", "3852"), ("纺织", "17")])
def test_an_unknown_industry_is_refused_with_what_was_probably_meant(said, meant):
    with pytest.raises(Refused, match=meant):
        read_industry(said)


@pytest.mark.parametrize("said", ["C", "qqq"])
def test_a_whole_section_or_nonsense_is_no_industry_of_an_enterprise(said):
    with pytest.raises(Refused, match="4754"):
        read_industry(said)


@pytest.mark.parametrize("said", ["智能家电", " 智能家电 ", "智能家电产业", "智能家电产业集群"])
def test_a_cluster_has_one_name(said):
    assert read_cluster(said, CLUSTERS) == "智能家电"


def test_a_cluster_that_the_campaign_does_not_have_is_refused_with_those_it_has():
    with pytest.raises(Refused, match="时尚纺织服装"):
        read_cluster("纺织服装", CLUSTERS)
    with pytest.raises(Refused, match="绿色化工"):
        read_cluster("量子", CLUSTERS)
    assert read_cluster("量子", ()) == "量子"


def test_a_name_that_is_nothing_but_an_ending_is_no_cluster():
    with pytest.raises(Refused):
        read_cluster("产业集群", CLUSTERS)


def test_honours_of_the_plan_have_one_name_each_and_others_stay_as_written():
    said = ["小巨人", '专精特新"小巨人"', "瞪羚", "浙江制造", "样例称号", " "]
    assert read_honours(said) == ("专精特新“小巨人”", "瞪羚企业", "“浙江制造”标准制定企业", "样例称号")
    assert read_honours(tuple(HONOURS)) == tuple(HONOURS)


def test_a_mistyped_honour_is_refused_with_the_right_one():
    with pytest.raises(Refused, match="隐形冠军"):
        read_honours(["隐型冠军"])
    with pytest.raises(Refused, match="longer"):
        read_honours(["样" * 41])


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("13800000000", "13800000000"),
        ("138 0000 0000", "13800000000"),
        ("０５７４—００００００００", "0574-00000000"),
        ("(0574)00000000", "(0574)00000000"),
        ("0574-0000000-801", "0574-0000000-801"),
        ("400-000-0000", "400-000-0000"),
        ("13800000000，0574-00000000", "13800000000、0574-00000000"),
    ],
)
def test_a_telephone_number_is_one_that_can_be_dialled(said, kept):
    assert read_phone(said) == kept


@pytest.mark.parametrize("said", ["", "1380000000", "23800000000", "00000000", "办公室", "13800000000转"])
def test_what_cannot_be_dialled_is_refused(said):
    with pytest.raises(Refused, match="telephone"):
        read_phone(said)


def test_a_mail_address_is_checked():
    assert read_mail(" office@Example.ORG ") == "office@example.org"
    for said in ("office", "office@", "of fice@example.org", "a@b", "a" * 120 + "@example.org"):
        with pytest.raises(Refused, match="mail"):
            read_mail(said)


def test_what_stands_before_the_at_is_no_longer_than_a_mailbox_name_may_be():
    assert read_mail(f"{'a' * 64}@example.org")
    with pytest.raises(Refused, match="mail"):
        read_mail(f"{'a' * 65}@example.org")


@given(st.emails() | st.from_regex(r"[a-z.+-]{1,70}@([A-Za-z0-9-]{1,64}\.){1,3}[a-z]{2,12}", fullmatch=True))
def test_a_mail_address_on_record_is_one_that_letters_can_go_to(said):
    with suppress(Refused):
        assert check_address(read_mail(said)) == read_mail(said)


def test_a_contact_has_name_telephone_and_mail_and_nothing_else():
    assert read_contact({"name": " 样例 ", "phone": "13800000000", "email": ""}) == {
        "name": "样例",
        "phone": "13800000000",
    }
    with pytest.raises(Refused, match="wechat"):
        read_contact({"wechat": "sample"})
    with pytest.raises(Refused, match="longer"):
        read_contact({"name": "样" * 41})


def test_a_list_shows_contacts_masked():
    contact = {"name": "样例人", "phone": "13800001234、110", "email": "office@example.org", "other": "x"}
    assert masked(contact) == {"name": "样**", "phone": "138****1234、****", "email": "o***@example.org"}


@given(st.text(max_size=60))
def test_no_text_is_too_strange_to_be_read_or_refused(text):
    for read in (read_industry, read_phone, read_mail, lambda said: read_cluster(said, CLUSTERS)):
        with suppress(Refused):
            assert read(text)
