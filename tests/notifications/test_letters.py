"""Every letter in both languages: what must be there, what must not, and what happens when a template is wrong."""

import dataclasses
import html as entities
import re
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from engine.figures import LATE, MADE_GOOD, NORMAL, Overview
from notifications import facts
from notifications.columns import COLUMNS, width
from notifications.config import letters_found
from notifications.render import LOCALES, LONGEST_SUBJECT, PARTS, LetterFailed, Letters
from notifications.samples import SAMPLES, sample

LETTERS = Letters()
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
HTML_LIMIT = 100_000
LIGHTS = (LATE, MADE_GOOD, NORMAL)
EVERY = [(name, locale) for name in LETTERS.names for locale in LOCALES]
ODD = "<b>&\"'"


def shown(page: str) -> str:
    """What a person sees of an HTML page, without its hidden preheader."""
    body = page[page.index("<body") :]
    body = re.sub(r'<div style="display:none.*?</div>', "", body, flags=re.DOTALL)
    body = re.sub(r"<(br|/td|/th|/p|/h1|/h2|/tr)[^>]*>", " ", body)
    return entities.unescape(re.sub(r"<[^>]+>", "", body)).replace("\xa0", " ")


def figures_and_names(value: Any) -> set[str]:
    """The texts and numbers among facts, as far as they are shown as they are."""
    found: tuple[str, ...] = ()
    match value:
        case str():
            found = (value,)
        case tuple():
            found = tuple(one for part in value for one in figures_and_names(part))
        case facts.Frame():
            head = value.head
            found = (value.addressee, value.reference, head.contact, head.phone, head.link, *value.copies)
        case facts.OpenCases():
            found = (value.district, *(row.name for row in value.rows))
        case facts.Extension() | facts.Happening():
            found = (value.subject, value.reason)
        case Overview():
            found = (*(row.name for row in value.rows), *(word for light in LIGHTS for word in light.label.values()))
    return set(found)


def replaced(value: Any, mark: str) -> Any:
    """The same facts with a mark in every text that people typed."""
    if isinstance(value, str):
        return f"{value}{mark}"
    if isinstance(value, tuple):
        return tuple(replaced(one, mark) for one in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, facts.Digest):
        return dataclasses.replace(
            value, **{field.name: replaced(getattr(value, field.name), mark) for field in fields(value)}
        )
    return value


def test_every_letter_has_facts_and_all_its_parts_in_both_languages() -> None:
    assert LETTERS.missing() == ()
    assert set(LETTERS.names) == set(SAMPLES) == set(letters_found())
    assert all(found == set(LOCALES) for found in letters_found().values())


@pytest.mark.parametrize(("name", "locale"), EVERY)
def test_a_letter_keeps_its_forms(name: str, locale: str) -> None:
    letter = LETTERS.render(name, locale, sample(name))

    assert 0 < len(letter.subject) <= LONGEST_SUBJECT
    assert "\n" not in letter.subject
    assert letter.subject.startswith(("【对标达标】", "[对标达标] "))
    assert max(width(line) for line in letter.text.splitlines()) <= COLUMNS
    assert "\n\n\n" not in letter.text
    assert len(letter.html.encode()) < HTML_LIMIT
    assert "style=" in letter.html
    assert not re.search(r"<(img|script|link|form)\b", letter.html)
    signed = "本邮件由系统自动发送" if locale == "zh_CN" else "This mail was sent automatically."
    assert signed in letter.text
    assert signed in letter.html
    assert "标准化处" in letter.text


@pytest.mark.parametrize(("name", "locale"), EVERY)
def test_the_text_says_everything_the_page_says(name: str, locale: str) -> None:
    given = sample(name)
    letter = LETTERS.render(name, locale, given)
    text = letter.text.replace("\n", "").replace(" ", "")
    page = shown(letter.html)
    known = set().union(*(figures_and_names(getattr(given, field.name)) for field in fields(given)))  # type: ignore[arg-type]
    said = {fact for fact in known if fact in page}

    assert said
    for fact in sorted(said):
        assert fact.replace(" ", "") in text, fact
    # and whatever numbers or days stand in the page's running text stand in the plain text too
    for number in set(re.findall(r"\d{4}年\d+月\d+日|\d+ \w+ 20\d\d|\d+\.\d%|\d+", page)):
        assert number.replace(" ", "") in text, number


@pytest.mark.parametrize("name", LETTERS.names)
def test_an_english_letter_has_no_chinese_outside_its_facts(name: str) -> None:
    folder = Path(__file__).parents[2] / "notifications" / "letters"
    for part in PARTS:
        assert not CHINESE.search((folder / name / "en" / part).read_text(encoding="utf-8")), f"{name}/en/{part}"


def test_the_common_parts_of_english_letters_have_no_chinese_either() -> None:
    layout = Path(__file__).parents[2] / "notifications" / "letters" / "_layout"
    for path in [*layout.glob("*.html"), *(layout / "en").iterdir()]:
        assert not CHINESE.search(path.read_text(encoding="utf-8")), path.name


@pytest.mark.parametrize(("name", "locale"), EVERY)
def test_what_people_typed_is_shown_and_never_obeyed(name: str, locale: str) -> None:
    letter = LETTERS.render(name, locale, replaced(sample(name), ODD))

    assert "<b>&" not in letter.html
    assert "&amp;" not in letter.subject
    assert "&amp;" not in letter.text
    if name != "digest":
        assert ODD in letter.text.replace("\n", "")
        assert "&lt;b&gt;&amp;" in letter.html


@pytest.mark.parametrize(("name", "locale"), EVERY)
def test_no_name_is_too_long_for_a_subject(name: str, locale: str) -> None:
    letter = LETTERS.render(name, locale, replaced(sample(name), "极长的名称" * 30))

    assert len(letter.subject) <= LONGEST_SUBJECT


def test_a_wrong_name_in_a_template_fails_with_its_place(tmp_path: Path) -> None:
    part = tmp_path / "test" / "zh_CN"
    part.mkdir(parents=True)
    (part / "subject.txt").write_text("好", encoding="utf-8")
    (part / "body.txt").write_text("第一行\n{{ relay }}\n{{ nobody_knows }}\n", encoding="utf-8")
    (part / "body.html").write_text("<p>{{ relay }}</p>", encoding="utf-8")

    with pytest.raises(LetterFailed) as failed:
        Letters(tmp_path).render("test", "zh_CN", sample("test"))

    assert (failed.value.template, failed.value.line) == ("test/zh_CN/body.txt", 3)
    assert "nobody_knows" in failed.value.fault


@pytest.mark.parametrize(
    "attack", ["{{ relay.__class__ }}", "{{ frame.copies.append('x') }}", "{{ ''.__class__.mro() }}"]
)
def test_a_template_cannot_reach_behind_its_facts(tmp_path: Path, attack: str) -> None:
    part = tmp_path / "test" / "zh_CN"
    part.mkdir(parents=True)
    for name in PARTS:
        (part / name).write_text(attack if name == "body.html" else "好", encoding="utf-8")

    with pytest.raises(LetterFailed) as failed:
        Letters(tmp_path).render("test", "zh_CN", sample("test"))

    assert failed.value.template == "test/zh_CN/body.html"


def test_a_subject_of_two_lines_or_none_is_refused(tmp_path: Path) -> None:
    part = tmp_path / "test" / "zh_CN"
    part.mkdir(parents=True)
    for name in PARTS:
        (part / name).write_text("第一行\n第二行", encoding="utf-8")

    with pytest.raises(LetterFailed, match="one line"):
        Letters(tmp_path).render("test", "zh_CN", sample("test"))


def test_another_wording_is_another_version(tmp_path: Path) -> None:
    part = tmp_path / "test" / "zh_CN"
    part.mkdir(parents=True)
    (part / "subject.txt").write_text("甲", encoding="utf-8")
    before = Letters(tmp_path).version
    (part / "subject.txt").write_text("乙", encoding="utf-8")

    assert Letters(tmp_path).version != before


def test_a_quiet_week_is_told_in_one_line() -> None:
    digest = sample("digest")
    assert isinstance(digest, facts.Digest)
    quiet = LETTERS.render("digest", "zh_CN", dataclasses.replace(digest, quiet=True))

    assert "本周无变化" in quiet.text
    assert "进度表（完成率" not in quiet.text
    assert "进度表（完成率" not in quiet.html


def test_a_digest_over_a_year_not_yet_published_says_so() -> None:
    digest = sample("digest")
    assert isinstance(digest, facts.Digest)
    overview = dataclasses.replace(digest.overview, provisional=True)
    letter = LETTERS.render("digest", "zh_CN", dataclasses.replace(digest, overview=overview))

    assert "2020年放假安排尚未公布" in letter.text
    assert "2020年放假安排尚未公布" in letter.html


def test_who_gets_a_letter_in_place_of_somebody_else_is_told_so() -> None:
    reminder = sample("reminder")
    assert isinstance(reminder, facts.Reminder)
    frame = dataclasses.replace(reminder.frame, instead_of=("甲区",))
    letter = LETTERS.render("reminder", "zh_CN", dataclasses.replace(reminder, frame=frame))

    assert letter.text.startswith("甲区没有登记可用的联系人邮箱")
    assert "甲区没有登记可用的联系人邮箱" in letter.html


def test_days_and_moments_are_written_in_the_language_of_the_letter() -> None:
    test = sample("test")
    assert isinstance(test, facts.Test)
    frame = dataclasses.replace(test.frame, on=date(2020, 6, 5), cutoff=datetime(2020, 6, 5, 14, 5))  # noqa: DTZ001
    given = dataclasses.replace(test, frame=frame)

    assert "2020年6月5日14时05分" in LETTERS.render("test", "zh_CN", given).text
    assert "5 June 2020, 14:05" in LETTERS.render("test", "en", given).text
