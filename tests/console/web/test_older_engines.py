"""Nothing newer than Chromium 95: offices keep their browsers long, and what such a browser does not know it drops."""

import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[3] / "console" / "web"
NEWER_STYLES = {
    "the parent selector (105)": r":has\(",
    "container queries (105)": r"@container|container-(type|name)\s*:|\d(cqw|cqh|cqi|cqb)\b",
    "layers (99)": r"@layer\b",
    "scopes and starting styles (117)": r"@scope\b|@starting-style\b",
    "newer colours (111)": r"\b(color-mix|oklch|oklab|lch|lab|light-dark|color-contrast)\(",
    "newer heights of the window (108)": r"\d(dvh|svh|lvh|dvw|svw|lvw|dvi|svi)\b",
    "wrapping of lines (114)": r"text-wrap\s*:|white-space-collapse",
    "fields that grow (123)": r"field-sizing|interpolate-size",
    "transforms by themselves (104)": r"[;{]\s*(rotate|scale|translate)\s*:",
    "subgrids (117)": r"\bsubgrid\b",
    "ranges in media queries (104)": r"@media[^{]*[<>]",
    "sines (111)": r":\s*[^;]*\b(sin|cos|tan|round|mod|rem)\(",
    "popovers and anchors (114)": r":popover-open|anchor-name|position-anchor|@position-try",
}
NEWER_SCRIPT = {
    "arrays from behind (97)": r"\.findLast(Index)?\(",
    "changed copies of arrays (110)": r"\.(toSorted|toReversed|toSpliced)\(",
    "groups (117)": r"\b(Object|Map)\.groupBy\(",
    "deep copies (98)": r"\bstructuredClone\(",
    "time limits of signals (103)": r"AbortSignal\.(timeout|any)\(",
    "checked addresses (120)": r"URL\.canParse\(",
    "popovers (114)": r"\.(showPopover|hidePopover|togglePopover)\(",
    "promises from outside (119)": r"Promise\.(withResolvers|try)\(",
    "moves of nodes (133)": r"\.moveBefore\(",
    "navigation (102)": r"\bnavigation\.(navigate|addEventListener)\(|startViewTransition\(",
}
NEWER_PAGES = {
    "popovers (114)": r"\bpopover(target)?\b=|\spopover>",
    "inert parts (102)": r"\sinert[\s>]",
    "searches as elements (118)": r"<search\b",
    "doors that close each other (120)": r"<details[^>]*\sname=",
    "lazy frames and priorities (101)": r"fetchpriority=",
}


def words_of(file: Path) -> str:
    """A file without its comments."""
    return re.sub(
        r"/\*.*?\*/|\{#.*?#\}|^\s*//.*?$", "", file.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )


def found_in(file: Path, newer: dict[str, str]) -> list[str]:
    words = words_of(file)
    return [why for why, pattern in newer.items() if re.search(pattern, words)]


STYLES = sorted((WEB / "static").rglob("*.css"))
SCRIPTS = sorted((WEB / "static").glob("*.js"))
PAGES = sorted((WEB / "templates").rglob("*.html"))


@pytest.mark.parametrize("file", STYLES, ids=lambda file: file.name)
def test_styles_use_nothing_that_an_older_engine_drops(file: Path) -> None:
    assert found_in(file, NEWER_STYLES) == []


@pytest.mark.parametrize("file", [one for one in STYLES if "vendor" not in one.parts], ids=lambda file: file.name)
def test_rules_do_not_stand_inside_rules(file: Path) -> None:
    open_rules, inside = list[str](), list[str]()
    for part in re.findall(r"[^{}]+\{|\}", words_of(file)):
        if part == "}":
            open_rules.pop()
            continue
        if any(not one.startswith("@") for one in open_rules):
            inside.append(part)
        open_rules.append(part.strip())
    assert inside == []


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_scripts_call_nothing_that_an_older_engine_has_not(file: Path) -> None:
    assert found_in(file, NEWER_SCRIPT) == []


def test_pages_have_no_elements_of_newer_engines() -> None:
    found = {file.name: newer for file in PAGES if (newer := found_in(file, NEWER_PAGES))}

    assert found == {}


@pytest.mark.parametrize("words", ["main:has(p) {}", "a { color: oklch(1 0 0); }", "p { height: 10dvh; }"])
def test_what_is_newer_is_noticed(words: str, tmp_path: Path) -> None:
    file = tmp_path / "newer.css"
    file.write_text(words)

    assert found_in(file, NEWER_STYLES)
