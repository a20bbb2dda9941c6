"""Which enterprises on record may be one: scored by names and codes, with the reasons; decided by people. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from engine.words import Sentence, tr
from workflows.benchmarking.model import Enterprise, FormerName
from workflows.benchmarking.names import name_key

CROWD: Final = 20
"""With more bearers of one likeness, it tells nothing about any two of them."""

_WEIGHTS: Final[Mapping[str, tuple[int, Sentence]]] = {
    "former": (95, tr("one bears a name that the other had")),
    "code": (90, tr("their credit codes differ only in signs that look alike")),
    "name": (90, tr("they have the same name")),
    "slip": (70, tr("their credit codes differ in two signs")),
    "core": (80, tr("their names differ only in the place or the legal form")),
    "spelling": (60, tr("their names differ in one sign")),
}
_LEGAL_FORM = re.compile(r"(?:股份有限公司|有限责任公司|集团有限公司|有限公司|集团公司|公司|集团|总厂|厂)$")
_BRACKETS = re.compile(r"\([^()]*\)")
_PLACE = re.compile(r"^(?:浙江省?)?(?:宁波市?)?(?:[一-鿿]{2,3}[区县市](?=[一-鿿]{4}))?")
_ALIKE: Final = str.maketrans("0DQOU1IL2Z5S8BVY", "0000011122558800")
_SHORTEST_CORE: Final = 3
_TWO: Final = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two enterprises that may be one; `score` goes to 100, two codes that differ speak against it."""

    one: Enterprise
    other: Enterprise
    score: int
    reasons: tuple[Sentence, ...]
    codes_differ: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "one": {"enterprise": self.one.id, "name": self.one.name, "credit_code": self.one.credit_code},
            "other": {"enterprise": self.other.id, "name": self.other.name, "credit_code": self.other.credit_code},
            "score": self.score,
            "reasons": [str(reason) for reason in self.reasons],
            "codes_differ": self.codes_differ,
        }


def candidates(
    known: Iterable[Enterprise], former: Mapping[int, Sequence[FormerName]] | None = None
) -> tuple[Candidate, ...]:
    """Pairs that may be one enterprise, the likeliest first; those merged already are not among them."""
    standing = {one.id: one for one in known if one.merged_into is None}
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    for why, groups in _likenesses(standing.values(), former or {}):
        for numbers in groups.values():
            if len(numbers) <= CROWD:
                for pair in combinations(sorted(numbers), 2):
                    found[pair].add(why)
    scored = [_candidate(standing[one], standing[other], reasons) for (one, other), reasons in found.items()]
    return tuple(sorted(scored, key=lambda pair: (-pair.score, pair.one.id, pair.other.id)))


def _likenesses(
    standing: Iterable[Enterprise], former: Mapping[int, Sequence[FormerName]]
) -> Iterator[tuple[str, Mapping[str, set[int]]]]:
    """For each reason, who shares what; enterprises that share one thing may be one."""
    held = list(standing)
    names = _shared((one.name_key, one.id) for one in held)
    yield "name", names
    yield "former", _bearing(names, former)
    cores = [(core_of(one.name), one.id) for one in held]
    yield "core", _shared((core, key) for core, key in cores if len(core) >= _SHORTEST_CORE)
    yield "spelling", _shared((gap, key) for core, key in cores for gap in _gaps(core))
    codes = [(one.credit_code or "", one.id) for one in held]
    yield "code", _shared((code.translate(_ALIKE), key) for code, key in codes)
    yield "slip", _shared((gap, key) for code, key in codes for gap in _two_gaps(code))


def _bearing(names: Mapping[str, set[int]], former: Mapping[int, Sequence[FormerName]]) -> dict[str, set[int]]:
    """Who bears a name that another had, with that other."""
    had = [(name.name_key, key) for key, found in former.items() for name in found]
    return {name: {*names[name], key} for name, key in had if name in names and key not in names[name]}


def core_of(name: str) -> str:
    """A name without place, brackets and legal form: 样例电器 of 宁波样例电器（集团）有限公司."""
    bare = _BRACKETS.sub("", name_key(name))
    return _LEGAL_FORM.sub("", _PLACE.sub("", bare))


def _gaps(core: str) -> Iterator[str]:
    """The core with each of its signs left out in turn; two that differ in one sign share one of these."""
    if len(core) > _SHORTEST_CORE:
        yield core
        yield from (f"{core[:place]}?{core[place + 1 :]}" for place in range(len(core)))
        yield from (f"{core[:place]}{core[place + 1 :]}" for place in range(len(core)))


def _two_gaps(code: str) -> Iterator[str]:
    """The code without two neighbours: the check characters catch a single slip, and two far apart are chance."""
    yield from (f"{place}{code[:place]}{code[place + _TWO :]}" for place in range(len(code) - 1))


def _candidate(one: Enterprise, other: Enterprise, reasons: set[str]) -> Candidate:
    kept = reasons - ({"core", "spelling"} if "name" in reasons else {"spelling"} if "core" in reasons else set())
    ranked = sorted(kept, key=lambda why: -_WEIGHTS[why][0])
    differ = bool(one.credit_code and other.credit_code and one.credit_code != other.credit_code)
    score = min(100, _WEIGHTS[ranked[0]][0] + 5 * (len(ranked) - 1))
    # a code each makes two enterprises of one name likelier than a slip
    lowered = score - (30 if differ and not {"code", "slip"} & kept else 0)
    return Candidate(one, other, lowered, tuple(_WEIGHTS[why][1] for why in ranked), differ)


def _shared(pairs: Iterable[tuple[str, int]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for key, number in pairs:
        if key:
            found[key].add(number)
    return found
