"""Which addresses are let in, and what becomes of file names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.errors import AddressRefused
from notifications.mime import check_address, tidy_file_name
from notifications.mime.addresses import is_canonical
from notifications.mime.filenames import is_file_name


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("zhang.san@qq.com", "zhang.san@qq.com"),
        ("12345678@QQ.com", "12345678@qq.com"),
        ("A+b_c-d@Mail.Example.ORG", "A+b_c-d@mail.example.org"),
        ("lianxi@例子.测试", "lianxi@xn--fsqu00a.xn--0zwm56d"),
        ("lianxi@例子。测试", "lianxi@xn--fsqu00a.xn--0zwm56d"),
        (f"{'a' * 64}@example.org", f"{'a' * 64}@example.org"),
    ],
)
def test_an_address_is_stored_in_one_form(typed: str, stored: str) -> None:
    assert check_address(typed) == stored
    assert check_address(stored) == stored
    assert is_canonical(stored)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "empty"),
        ("a@example.org\r\nRCPT TO:<b@example.org>", "control character"),
        ("a@example.org\x00", "control character"),
        ("a\ud800@example.org", "control character"),
        (" a@example.org", "blank"),
        ("a@example.org\u3000", "blank"),
        ("a＠example.org", "full-width"),
        ("example.org", "no @"),
        ("a@b@example.org", "several @"),
        ("a@example.org;b@example.org", "several @"),
        ("张三@example.org", "before the @"),
        ("@example.org", "mailbox name"),
        ("a..b@example.org", "mailbox name"),
        (".a@example.org", "mailbox name"),
        ("a<b>@example.org", "mailbox name"),
        ('"a b"@example.org'.replace(" ", ""), "mailbox name"),
        (f"{'a' * 65}@example.org", "mailbox name"),
        ("a@localhost", "domain"),
        ("a@", "domain"),
        ("a@127.0.0.1", "domain"),
        ("a@[127.0.0.1]", "domain"),
        ("a@-x.example.org", "domain"),
        ("a@example..org", "domain"),
        ("a@exam_ple.org", "domain"),
        (f"a@{'b' * 64}.org", "domain"),
        ("a@example.org>", "domain"),
        (f"a@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.{'f' * 30}.org", "longer"),
    ],
)
def test_an_address_that_would_not_arrive_is_refused_with_the_reason(typed: str, words: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        check_address(typed)
    assert words in refused.value.reason.pattern
    assert str(refused.value).isprintable()
    assert not is_canonical(typed)


@given(st.text())
def test_whatever_is_typed_is_either_refused_or_safe_on_the_wire(typed: str) -> None:
    try:
        address = check_address(typed)
    except AddressRefused:
        return
    assert is_canonical(address)
    assert address.isascii()
    assert address.count("@") == 1
    assert not set(address) & set('<>"\r\n \t,;:\\()[]')


@given(st.text(max_size=100))
def test_a_tidied_file_name_stays_as_it_is(typed: str) -> None:
    name = tidy_file_name(typed)
    assert is_file_name(name)
    assert not set(name) & set("/\\:*?\"'<>| \r\n\t\x00")


@pytest.mark.parametrize(
    ("given_name", "attached_name"),
    [
        ("方案 终稿.docx", "方案_终稿.docx"),
        ("C:\\报告\\检测报告.pdf", "C_报告_检测报告.pdf"),
        ("../../etc/passwd", "etc_passwd.bin"),
        ("没有扩展名", "没有扩展名.bin"),
        ("报告.最终版", "报告.最终版.bin"),
        ("\u202efdp.exe", "fdp.exe"),
        ("", "file.bin"),
        ("....", "file.bin"),
        ("标" * 80 + ".xlsx", "标" * 40 + ".xlsx"),
        ("对标达标（附件3）.xlsx", "对标达标（附件3）.xlsx"),
    ],
)
def test_file_names_are_tidied_so_that_every_mailbox_opens_them(given_name: str, attached_name: str) -> None:
    assert tidy_file_name(given_name) == attached_name
