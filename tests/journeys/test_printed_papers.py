"""Papers as they leave the printer: how many pages, heads on each of them, nothing cut off at the edge."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

PAGES = re.compile(rb"/Type\s*/Page\b(?!s)")
CUT = """() => [...document.querySelectorAll('th, td, .words')]
    .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"""
A4_ACROSS = 1009
"""Pixels between the margins of an A4 page across."""


def words_of(pdf: bytes, folder: Path) -> list[str]:
    """The text of each page."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is missing, so the words on each page cannot be read")
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    told = subprocess.run([tool, "-layout", file, "-"], check=True, capture_output=True, text=True)
    return told.stdout.split("\f")[:-1]


@pytest.mark.parametrize(
    ("path", "head", "least"),
    [
        ("/print/register", "情况", 3),
        ("/print/district", "里程碑|节点", 2),
        ("/print/supervision", "最近措施", 1),
        ("/print/statistics", "区（县）市", 1),
        ("/print/letters/190", "", 1),
    ],
)
def test_a_paper_has_its_heads_on_each_page_and_no_text_is_cut(
    windows, tmp_path: Path, path: str, head: str, least: int
) -> None:
    page = windows.of("city-1", path, width=A4_ACROSS)
    page.emulate_media(media="print")
    assert page.evaluate(CUT) == []

    pdf = page.pdf(prefer_css_page_size=True)

    n = len(PAGES.findall(pdf))
    assert n >= least
    words = words_of(pdf, tmp_path)
    assert len(words) == n
    assert all(re.search(head, one) for one in words), words
    assert re.sub(r"\s", "", page.title()) in re.sub(r"\s", "", words[0])
