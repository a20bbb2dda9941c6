"""What the written mail says when the standard parser reads it back, whatever the letter is made of."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import policy
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import getaddresses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifications.errors import DraftRefused
from notifications.mime import Attachment, Draft, Mailbox, thread_index, tidy_file_name, write

SPEAKABLE = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))
LINES = st.text(SPEAKABLE, max_size=120)
SUBJECTS = LINES.filter(str.strip)
BODIES = st.text(st.one_of(SPEAKABLE, st.sampled_from("\n\t"))).filter(bool)
FILE_NAMES = st.text(max_size=80).map(tidy_file_name)

DRAFT = Draft(
    sender=Mailbox("宁波市市场监督管理局标准化处（样例）", "standards@example.org"),
    to=(Mailbox("余姚市市场监督管理局（示例）", "yuyao@example.org"),),
    subject="【催办】3家企业方案未上传，截止6月30日",
    date=datetime(2020, 7, 1, 0, 30, tzinfo=UTC),
    message_id="<overdue.7f3a.0@mail.example.org>",
    text="您好：\n以下企业……\n",
    html="<p>您好：A&amp;B &lt;测试&gt;</p>",
)


def read(content: bytes) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(content)
    assert isinstance(message, EmailMessage)
    assert [part.defects for part in message.walk()] == [[] for _ in message.walk()]
    return message


def read_plainly(content: bytes) -> Message:
    return BytesParser(policy=policy.compat32).parsebytes(content)


def spoken(raw: object) -> str:
    return str(make_header(decode_header(re.sub(r"\r\n(?=[ \t])", "", str(raw)))))


def mailboxes(content: bytes, header: str) -> list[tuple[str, str]]:
    raw = re.sub(r"\r\n(?=[ \t])", "", str(read_plainly(content)[header]))
    return [(spoken(name), address) for name, address in getaddresses([raw])]


def said(part: Message) -> str:
    text = part.get_payload(decode=True)
    assert isinstance(text, bytes)
    return text.decode().replace("\r\n", "\n")


@given(subject=SUBJECTS, topic=SUBJECTS)
def test_any_subject_comes_back_as_it_was_written(subject: str, topic: str) -> None:
    content = write(replace(DRAFT, subject=subject, thread_topic=topic))
    assert spoken(read_plainly(content)["Subject"]) == subject
    assert spoken(read_plainly(content)["Thread-Topic"]) == topic
    assert read(content)["Subject"] == subject


@given(names=st.lists(LINES, min_size=1, max_size=4))
def test_any_display_name_comes_back_beside_its_own_address(names: list[str]) -> None:
    people = tuple(Mailbox(name, f"p{place}@example.org") for place, name in enumerate(names))
    content = write(replace(DRAFT, sender=people[0], reply_to=people[0], to=people, cc=people))
    expected = [(person.name, person.address) for person in people]
    assert mailboxes(content, "To") == expected
    assert mailboxes(content, "Cc") == expected
    assert mailboxes(content, "From") == mailboxes(content, "Reply-To") == expected[:1]
    assert [address.addr_spec for address in read(content)["To"].addresses] == [person.address for person in people]


@given(text=BODIES, html=BODIES)
def test_any_words_come_back_in_both_bodies(text: str, html: str) -> None:
    message = read(write(replace(DRAFT, text=text, html=html)))
    assert message.get_content_type() == "multipart/alternative"
    assert [said(part) for part in message.iter_parts()] == [text, html]


@given(name=FILE_NAMES, content=st.binary(max_size=300))
def test_any_attachment_comes_back_under_its_name(name: str, content: bytes) -> None:
    file = Attachment(name, "application/octet-stream", content)
    message = read(write(replace(DRAFT, attachments=(file, file))))
    assert message.get_content_type() == "multipart/mixed"
    for part in message.iter_attachments():
        assert part.get_filename() == name
        assert part.get_param("name") == name
        assert part.get_payload(decode=True) == content
    assert len(list(message.iter_attachments())) == 2


@given(subject=SUBJECTS, name=LINES, text=BODIES, file_name=FILE_NAMES)
def test_no_line_is_too_long_and_no_byte_needs_eight_bits(subject: str, name: str, text: str, file_name: str) -> None:
    file = Attachment(file_name, "application/pdf", text.encode())
    someone = Mailbox(name, "someone@example.org")
    content = write(replace(DRAFT, subject=subject, to=(someone,) * 3, text=text, attachments=(file,)))
    assert content.isascii()
    assert content.count(b"\r\n") == content.count(b"\n") == content.count(b"\r")
    head, _, _ = content.partition(b"\r\n\r\n")
    assert max(map(len, head.split(b"\r\n"))) <= 76
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert max(map(len, re.findall(rb"=\?UTF-8\?B\?[^?]*\?=", head)), default=0) <= 75


@given(subject=SUBJECTS, file_name=FILE_NAMES)
def test_two_rehearsals_write_the_same_bytes(subject: str, file_name: str) -> None:
    draft = replace(DRAFT, subject=subject, attachments=(Attachment(file_name, "application/pdf", b"%PDF"),))
    assert write(draft) == write(replace(draft))


def test_the_fixed_headers_say_that_a_machine_wrote_this() -> None:
    message = read(write(DRAFT))
    assert message["Date"] == "Wed, 01 Jul 2020 08:30:00 +0800"
    assert message["Message-ID"] == "<overdue.7f3a.0@mail.example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["MIME-Version"] == "1.0"
    absent = ("Cc", "Reply-To", "In-Reply-To", "References", "List-Id", "List-Unsubscribe", "Thread-Index")
    assert [message[name] for name in absent] == [None] * len(absent)


def test_a_digest_names_its_thread_its_list_and_how_to_leave() -> None:
    index = thread_index("campaign.2020", datetime(2020, 4, 21, tzinfo=UTC), [datetime(2020, 6, 15, tzinfo=UTC)])
    message = read(
        write(
            replace(
                DRAFT,
                in_reply_to="<digest.23.0@mail.example.org>",
                references=("<root.2020@mail.example.org>", "<digest.23.0@mail.example.org>"),
                list_id="digest.example.org",
                list_unsubscribe="https://example.org/u/abc",
                thread_index=index,
                notice_ref="n-42",
            )
        )
    )
    assert message["In-Reply-To"] == "<digest.23.0@mail.example.org>"
    assert message["References"].split() == ["<root.2020@mail.example.org>", "<digest.23.0@mail.example.org>"]
    assert message["List-Id"] == "<digest.example.org>"
    assert message["List-Unsubscribe"] == "<https://example.org/u/abc>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["X-Notice-Ref"] == "n-42"
    assert len(message["Thread-Index"]) == 36


def test_a_mailto_way_out_is_not_promised_to_work_with_one_click() -> None:
    message = read(write(replace(DRAFT, list_unsubscribe="mailto:leave@example.org")))
    assert message["List-Unsubscribe"] == "<mailto:leave@example.org>"
    assert message["List-Unsubscribe-Post"] is None


@pytest.mark.parametrize(
    ("text", "html", "files", "shape"),
    [
        ("甲", "", 0, ["text/plain"]),
        ("", "<p>甲</p>", 0, ["text/html"]),
        ("甲", "<p>甲</p>", 0, ["multipart/alternative", "text/plain", "text/html"]),
        ("甲", "", 1, ["multipart/mixed", "text/plain", "application/pdf"]),
        (
            "甲",
            "<p>甲</p>",
            2,
            [
                "multipart/mixed",
                "multipart/alternative",
                "text/plain",
                "text/html",
                "application/pdf",
                "application/pdf",
            ],
        ),
    ],
)
def test_levels_that_would_hold_one_part_are_left_out(text: str, html: str, files: int, shape: list[str]) -> None:
    file = Attachment("a.pdf", "application/pdf", b"")
    message = read(write(replace(DRAFT, text=text, html=html, attachments=(file,) * files)))
    assert [part.get_content_type() for part in message.walk()] == shape


def test_a_chinese_file_name_stands_there_in_all_three_forms_each_in_one_piece() -> None:
    name = "余姚市二〇二〇年度对标达标提升专项行动企业方案上传情况汇总表（截至六月三十日）.xlsx"
    content = write(replace(DRAFT, attachments=(Attachment(name, "application/pdf", b"x"),)))
    assert len(re.findall(rb'\r\n name="=\?UTF-8\?B\?[^?"]+\?="\r\n', content)) == 1
    assert len(re.findall(rb'\r\n filename="=\?UTF-8\?B\?[^?"]+\?=";\r\n', content)) == 1
    assert len(re.findall(rb"\r\n filename\*=UTF-8''[A-Za-z0-9%._-]+\r\n", content)) == 1
    assert b"filename*0" not in content


def test_an_attachment_may_say_its_character_set() -> None:
    file = Attachment("名单.csv", "text/csv; charset=utf-8", "\ufeff企业\r\n".encode())
    [part] = read(write(replace(DRAFT, attachments=(file,)))).iter_attachments()
    assert part.get_content_charset() == "utf-8"
    assert part.get_payload(decode=True) == "\ufeff企业\r\n".encode()


BROKEN = ["\n", "\r\nBcc: x@example.org", "\x00", "\x7f", "\x85", "\u2028", "\u2029", "\ud800"]


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize(
    ("field", "draft"),
    [
        ("subject", lambda text: replace(DRAFT, subject=f"甲{text}乙")),
        ("thread_topic", lambda text: replace(DRAFT, thread_topic=f"甲{text}乙")),
        ("sender.name", lambda text: replace(DRAFT, sender=Mailbox(f"甲{text}乙", "a@example.org"))),
        ("to[1].name", lambda text: replace(DRAFT, to=(*DRAFT.to, Mailbox(f"甲{text}乙", "a@example.org")))),
        ("cc[0].address", lambda text: replace(DRAFT, cc=(Mailbox("甲", f"a@example.org{text}"),))),
        ("reply_to.address", lambda text: replace(DRAFT, reply_to=Mailbox("甲", f"a{text}@example.org"))),
        ("message_id", lambda text: replace(DRAFT, message_id=f"<a{text}@example.org>")),
        ("references[0]", lambda text: replace(DRAFT, references=(f"<a@example.org>{text}",))),
        ("list_id", lambda text: replace(DRAFT, list_id=f"a.b{text}")),
        ("list_unsubscribe", lambda text: replace(DRAFT, list_unsubscribe=f"https://example.org/{text}")),
        ("notice_ref", lambda text: replace(DRAFT, notice_ref=f"n{text}")),
        ("attachments[0].name", lambda text: replace(DRAFT, attachments=(Attachment(f"a{text}.pdf", "a/b", b""),))),
        (
            "attachments[0].media_type",
            lambda text: replace(DRAFT, attachments=(Attachment("a.pdf", f"application/pdf{text}", b""),)),
        ),
    ],
)
def test_a_character_that_could_end_a_header_is_refused_with_its_field(field: str, draft: object, broken: str) -> None:
    assert callable(draft)
    with pytest.raises(DraftRefused) as refused:
        write(draft(broken))
    assert [objection.field for objection in refused.value.objections] == [field]


@pytest.mark.parametrize(
    ("field", "draft"),
    [
        ("to", replace(DRAFT, to=())),
        ("subject", replace(DRAFT, subject=" \u3000")),
        ("text", replace(DRAFT, text="", html="")),
        ("text", replace(DRAFT, text="半个\udfff")),
        ("html", replace(DRAFT, html="<p>\x00</p>")),
        ("date", replace(DRAFT, date=datetime(2020, 7, 1, 8, 30))),  # noqa: DTZ001 - this is what is refused
        ("message_id", replace(DRAFT, message_id="")),
        ("thread_index", replace(DRAFT, thread_index=b"x" * 23)),
        ("sender.address", replace(DRAFT, sender=Mailbox("甲", "Standards@EXAMPLE.org"))),
        ("attachments[0].media_type", replace(DRAFT, attachments=(Attachment("a.eml", "message/rfc822", b""),))),
        ("attachments[0].name", replace(DRAFT, attachments=(Attachment("../a.pdf", "application/pdf", b""),))),
    ],
)
def test_what_cannot_be_written_is_refused_with_its_field(field: str, draft: Draft) -> None:
    with pytest.raises(DraftRefused) as refused:
        write(draft)
    assert [objection.field for objection in refused.value.objections] == [field]
    assert str(refused.value.objections[0].reason)


def test_all_objections_are_told_at_once() -> None:
    with pytest.raises(DraftRefused) as refused:
        write(replace(DRAFT, subject="甲\n乙", to=(Mailbox("丙", "x"),), text="", html="", notice_ref=" "))
    fields = [objection.field for objection in refused.value.objections]
    assert fields == ["to[0].address", "subject", "text", "notice_ref"]
    assert "4" in str(refused.value)


def test_the_date_is_that_of_the_campaign_wherever_the_clock_stood() -> None:
    elsewhere = datetime(2020, 6, 14, 19, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert read(write(replace(DRAFT, date=elsewhere)))["Date"] == "Mon, 15 Jun 2020 08:30:00 +0800"


@settings(max_examples=50)
@given(
    started=st.datetimes(datetime(1990, 1, 1), datetime(2050, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    days=st.lists(st.integers(0, 4000), max_size=5),
)
def test_answers_of_a_thread_keep_its_mark_and_add_their_own(started: datetime, days: list[int]) -> None:
    answers = [started + timedelta(days=count) for count in days]
    index = thread_index("bureau.yuyao.2020", started, answers)
    assert index[:22] == thread_index("bureau.yuyao.2020", started)
    assert len(index) == 22 + 5 * len(days)
    assert index[0] == 1
    assert index[6:22] != thread_index("bureau.cixi.2020", started)[6:22]
