"""The Chinese that people read: whole, current, and in the words of the glossary."""

import gettext
import re
import string
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import typer
from house import catalogues

from console.cli.main import app

GLOSSARY = catalogues.ROOT / "docs/glossary.md"
HAN = r"[\u4e00-\u9fff]"
CODE = re.compile(
    r"`[^`]*`|\{[^{}]*\}|'[^']*'|<[^<>]*>|https?://|mailto:|--[a-z-]+|[\w./-]+[=|][\w./|=-]+"
    r"|\w+: true|\w+: send_back|\w+-\d+|[\w*/-]*[\w-][./_:@][\w*][\w./*:_@-]*|\[[^\]]*\]|\.[a-z]+"
)
"""What is typed or filled in: commands, gaps, quoted values, options, addresses, file names and endings."""
NAMES = frozenset({"Ctrl", "Excel", "KB", "Mermaid", "PostgreSQL", "Python", "SQLite", "Word"})
"""Names of things that are called so in Chinese too; so are abbreviations in capitals that the English has."""
ASIDE: dict[str, tuple[str, ...]] = {
    "enterprise": ("enterprises",),
    "login": ("A login needs both a user name and a password.",),
    "step": ("the step towards Top Runner",),
    "reason": ("The letter cannot be written as a mail ({count} reasons). {field}: {reason}",),
}
"""Sentences in which an English word means something else than the glossary has."""


@cache
def translations() -> list[tuple[str, str]]:
    return [(str(one.id), str(one.string)) for one in catalogues.updated() if one.id]


@cache
def terms() -> dict[str, str]:
    """The marked words of the glossary: English, and what they are called."""
    rows = [line.strip("| ").split(" | ") for line in GLOSSARY.read_text(encoding="utf-8").splitlines()]
    return {row[1]: row[0].removesuffix(" •") for row in rows if row[0].endswith(" •")}


def test_the_catalogue_is_whole_and_compiled(capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogues.main(["--check"]) == 0, capsys.readouterr().out


def test_the_compiled_catalogue_says_what_the_source_of_it_says() -> None:
    with catalogues.MO.open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    for pattern, chinese in translations():
        assert compiled.gettext(pattern) == chinese


def test_compiling_gives_the_same_bytes_each_time() -> None:
    first, second = catalogues.updated(), catalogues.updated()
    assert catalogues.as_mo(first) == catalogues.as_mo(second)
    assert catalogues.as_po(first) == catalogues.as_po(second)
    assert not re.search(rb"Creation-Date|Revision-Date|Generated-By", catalogues.as_mo(first))


def test_messages_are_found_wherever_they_are_written() -> None:
    found = set(catalogues.messages())
    assert "Only a rehearsal database has a clock that can be set." in found, "the docstring of a refusal"
    assert "The command line cannot be understood." in found, "a refusal that is not in errors.py"
    assert "the milestone has been reached meanwhile" in found, "a table of a module"
    assert "Skip to the content" in found, "a page"
    assert any(len(pattern) > 120 for pattern in found), "a text over several lines"
    assert not any("  " in pattern.strip() for pattern in found)


def test_every_help_page_is_in_the_catalogue() -> None:
    found = set(catalogues.messages())
    for page in help_texts(typer.main.get_command(app)):
        assert " ".join(page.split()) in found


def test_the_gaps_are_the_same_in_both_languages() -> None:
    assert not [pattern for pattern, chinese in translations() if gaps(pattern) != gaps(chinese)]


def test_gaps_are_filled_as_they_stand() -> None:
    """No `!r` in Chinese: quotation marks are written out, as the language has them."""
    for _, chinese in translations():
        assert not [one for one in string.Formatter().parse(chinese) if one[2] or one[3]], chinese


def test_what_is_to_be_typed_is_the_same_in_both_languages() -> None:
    for pattern, chinese in translations():
        for word in (*re.findall(r"`[^`]+`", pattern), *re.findall(r"--[a-z][a-z-]*", pattern)):
            assert word in chinese, pattern


def test_no_english_is_left_in_the_chinese() -> None:
    """A word that is typed stands in the English too; everything else is a name."""
    for pattern, chinese in translations():
        typed = set(re.findall(r"[A-Za-z]+", pattern)) if re.search(HAN, chinese) else set()
        words = re.findall(r"[A-Za-z]{2,}", CODE.sub(" ", chinese))
        prose = [word for word in words if not (word in NAMES or (word in typed and is_typed(word, chinese)))]
        assert not prose, f"{chinese}: {prose}"


def test_every_sentence_is_chinese_unless_it_has_no_words() -> None:
    for pattern, chinese in translations():
        if set(re.findall(r"[A-Za-z]{3,}", CODE.sub(" ", pattern))) - NAMES:
            assert re.search(HAN, chinese), pattern


def test_the_punctuation_is_chinese() -> None:
    half = re.compile(rf"{HAN}[,;:?!()]|[,;:?!()]{HAN}|{HAN}\.(?!\w)")
    for _, chinese in translations():
        assert not half.search(CODE.sub(lambda found: "x" * len(found.group()), chinese)), chinese
        assert not re.search(r'"|\}[,;:]\s', chinese), chinese
        assert chinese.count("“") == chinese.count("”"), chinese
        assert chinese.count("（") == chinese.count("）"), chinese


def test_a_whole_sentence_stays_a_whole_sentence() -> None:
    for pattern, chinese in translations():
        if re.search(r"[A-Za-z]\.$", pattern):
            assert chinese.endswith(("。", "。）")), chinese
        elif not pattern.endswith((".", "?", ")")):
            assert not chinese.endswith("。"), chinese


def test_the_tone_is_calm_and_polite() -> None:
    for _, chinese in translations():
        assert not re.search(r"[!！你咱]|哦|啦|亲", chinese), chinese


@pytest.mark.parametrize("english", terms())
def test_a_thing_has_one_name_everywhere(english: str) -> None:
    said = re.compile(rf"\b[{english[0]}{english[0].upper()}]{english[1:]}s?\b")
    found = [(pattern, chinese) for pattern, chinese in translations() if said.search(CODE.sub(" ", pattern))]
    assert found, "a word of the glossary that nobody uses"
    assert not [pair for pair in found if terms()[english] not in pair[1] and pair[0] not in ASIDE.get(english, ())]


def help_texts(command: Any) -> Iterator[str]:
    """What a command says about itself, its parameters and its own commands."""
    yield command.help
    yield from (param.help for param in command.params if getattr(param, "help", None))
    for name in [*getattr(command, "commands", ()), *getattr(command, "verbs", ())]:
        yield from help_texts(command.get_command(None, name))


def gaps(pattern: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(pattern) if name}


def is_typed(word: str, chinese: str) -> bool:
    """An abbreviation, or something one may write, standing by itself and not in a row of words."""
    return word.isupper() or bool(re.search(rf"(?<![A-Za-z])(?<![A-Za-z] ){word}(?! ?[A-Za-z])", chinese))
