"""Papers as they leave the printer: how many pages, heads on each of them, nothing cut off at the edge."""

import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page

PAGES = re.compile(rb"/Type\s*/Page\b(?!s)")
CUT = """() => [...document.querySelectorAll('th, td, .words')]
    .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"""
A4_ACROSS = 1009
"""Pixels between the margins of an A4 page across."""
PAPERS = {
    "/print/register": ("情况", 3),
    "/print/district": ("里程碑|节点", 2),
    "/print/supervision": ("最近措施", 1),
    "/print/statistics": ("区（县）市", 1),
}
"""What stands on each page of a paper, and how many pages it has at least."""
LETTERS = ("reminder", "supervision", "circular", "digest")


@pytest.fixture
def reader() -> str:
    """The tool that reads the words of a page."""
    tool = shutil.which("pdftotext")
    if tool is None:
        assert not os.environ.get("CI"), "pdftotext is missing; CI must install it"
        pytest.skip("needs pdftotext (Debian's package `poppler-utils`)")
    return tool


def paper_at(windows, path: str) -> Page:
    page = windows.of("city-1", path, width=A4_ACROSS)
    page.emulate_media(media="print")
    return page


def newest(demonstration: Path, letter: str) -> int:
    """The number of the last mail that carries this letter."""
    with closing(sqlite3.connect(demonstration / "october.db")) as database:
        (number,) = database.execute("SELECT max(id) FROM mails WHERE letter = ?", [letter]).fetchone()
    assert number is not None, letter
    return number


def words_of(pdf: bytes, reader: str) -> list[str]:
    """The text of each page."""
    told = subprocess.run([reader, "-layout", "-", "-"], input=pdf, check=True, capture_output=True)
    return told.stdout.decode().split("\f")[:-1]


@pytest.mark.parametrize("path", PAPERS)
def test_a_paper_has_its_pages_and_no_text_is_cut(windows, path: str) -> None:
    page = paper_at(windows, path)

    assert page.evaluate(CUT) == []
    assert len(PAGES.findall(page.pdf(prefer_css_page_size=True))) >= PAPERS[path][1]


@pytest.mark.parametrize("path", PAPERS)
def test_a_paper_has_its_heads_on_each_page(windows, reader: str, path: str) -> None:
    page = paper_at(windows, path)

    pdf = page.pdf(prefer_css_page_size=True)

    words = words_of(pdf, reader)
    assert len(words) == len(PAGES.findall(pdf))
    assert all(re.search(PAPERS[path][0], one) for one in words), words
    assert without_blanks(page.title()) in without_blanks(words[0])


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_is_printed_whole(windows, demonstration: Path, letter: str) -> None:
    page = paper_at(windows, f"/print/letters/{newest(demonstration, letter)}")

    assert page.evaluate(CUT) == []
    assert len(PAGES.findall(page.pdf(prefer_css_page_size=True))) >= 1


@pytest.mark.parametrize("letter", LETTERS)
def test_a_printed_letter_says_what_the_mail_said(windows, demonstration: Path, reader: str, letter: str) -> None:
    page = paper_at(windows, f"/print/letters/{newest(demonstration, letter)}")

    words = words_of(page.pdf(prefer_css_page_size=True), reader)

    assert without_blanks(page.title()) in without_blanks(words[0])
    said = without_blanks("".join(words))
    lines = [line for line in page.locator(".words").inner_text().splitlines() if line.strip()]
    assert lines
    assert [line for line in lines if without_blanks(line) not in said] == []


def without_blanks(text: str) -> str:
    return re.sub(r"\s", "", text)
