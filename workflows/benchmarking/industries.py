"""Classes of GB/T 4754-2017: found by code or name, searched by words, with what stands above them."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

UNKNOWN: Final = "-"
"""Where an enterprise's industry is not recorded, or no finer than a section."""
_LEVELS: Final[Mapping[int, str]] = MappingProxyType({1: "门类", 2: "大类", 3: "中类", 4: "小类"})
_CODE = re.compile(r"(?P<section>[A-T])?(?P<number>[0-9]{2,4})?")
_CODE_AND_NAME = re.compile(r"([A-T]?[0-9]{2,4}|[A-T])[\s:：、.-]*(?=[\u3400-\u9fff])")


@dataclass(frozen=True, slots=True)
class Industry:
    """A section (门类), division (大类), group (中类) or class (小类); its code stands without the letter: 3852."""

    code: str
    name: str
    section: str

    @property
    def level(self) -> str:
        """门类, 大类, 中类 or 小类."""
        return _LEVELS[len(self.code)]

    @property
    def label(self) -> str:
        return f"{self.code} {self.name}"

    def as_json(self) -> dict[str, str]:
        return {"code": self.code, "name": self.name, "level": self.level, "section": self.section}


def find(text: str) -> Industry | None:
    """The industry of a code (3852, C3852, C) or of a name in full; of two with one name the narrower."""
    said = _folded(text)
    whole = _by_code(said)
    if whole is not None:
        return whole
    both = _CODE_AND_NAME.match(said)
    if both is None:
        return _by_name().get(said)
    # a code and a name in one cell must mean the same
    coded = _by_code(both[1])
    return coded if coded is not None and _folded(coded.name) == said[both.end() :] else None


def search(words: str, *, limit: int = 20) -> tuple[Industry, ...]:
    """Industries whose names hold all the words, or whose codes begin with the number; classes first."""
    said = unicodedata.normalize("NFKC", words).upper().split()
    if not said:
        return ()
    held = [one for one in every().values() if all(_holds(one, word) for word in said)]
    return tuple(sorted(held, key=lambda one: (-len(one.code), len(one.name), one.code))[:limit])


def suggest(text: str, *, limit: int = 5) -> tuple[Industry, ...]:
    """What was probably meant by a text that names no industry, the likeliest first."""
    said = _folded(text)
    number = _CODE.fullmatch(said)
    if number is not None and number["number"]:
        return _near_code(number["number"], limit)
    words = _CODE_AND_NAME.sub("", said)
    names = get_close_matches(words, _by_name(), n=limit, cutoff=0.5)
    near = {name: _by_name()[name] for name in names}
    for one in search(words, limit=limit):
        near.setdefault(_folded(one.name), one)
    return tuple(sorted(near.values(), key=lambda one: (-_likeness(words, one), one.code))[:limit])


def parents(industry: Industry) -> tuple[Industry, ...]:
    """What an industry lies in, widest first: section, division, group."""
    if industry.code == industry.section:
        return ()
    above = [industry.section, *(industry.code[:length] for length in range(2, len(industry.code)))]
    return tuple(every()[code] for code in above)


def division(code: str | None) -> Industry | None:
    """The two-digit division of a stored code, by which overviews are grouped; None for a whole section."""
    return every().get(code[:2]) if code and len(code) > 1 else None


def divisions() -> tuple[str, ...]:
    """The codes of all divisions, and of none."""
    return (*(code for code in every() if code.isdecimal() and len(code) == len("01")), UNKNOWN)


def topic(code: str | None) -> str:
    """What a case is sorted under: the division of its enterprise's industry, or that it has none."""
    found = division(code)
    return found.code if found else UNKNOWN


def label(code: str | None) -> str:
    """How a stored code is shown: with its name, or as it stands where the classification does not know it."""
    known = every().get(code or "")
    return known.label if known else code or ""


@cache
def every() -> Mapping[str, Industry]:
    """All industries by code, in the order of the standard."""
    found: dict[str, Industry] = {}
    section = ""
    for line in files("workflows.benchmarking").joinpath("industries.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, name = line.split(" ", maxsplit=1)
            section = code if code.isalpha() else section
            found[code] = Industry(code, name, section)
    return MappingProxyType(found)


@cache
def _by_name() -> Mapping[str, Industry]:
    """Longer codes come later and win: a group and its only class share one name, and the class is meant."""
    ordered = sorted(every().values(), key=lambda one: len(one.code))
    return MappingProxyType({_folded(one.name): one for one in ordered})


def _by_code(said: str) -> Industry | None:
    match = _CODE.fullmatch(said)
    if match is None:
        return None
    known = every().get(match["number"] or match["section"] or "")
    return known if known is not None and match["section"] in {None, known.section} else None


def _near_code(number: str, limit: int) -> tuple[Industry, ...]:
    """Those of the same group first, then of the same division."""
    for length in range(len(number) - 1, 1, -1):
        near = [one for code, one in every().items() if code.startswith(number[:length]) and len(code) > length]
        if near:
            return tuple(near[:limit])
    return ()


def _holds(one: Industry, word: str) -> bool:
    number = word[1:] if word[0] == one.section else word
    return one.code.startswith(number) if number.isdecimal() else word in one.name.upper()


def _likeness(words: str, one: Industry) -> float:
    return SequenceMatcher(None, words, one.name).ratio()


def _folded(text: str) -> str:
    """Half-width, upper case and without blanks, so that 三维（3D）打印 and 三维(3d) 打印 are one."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())
