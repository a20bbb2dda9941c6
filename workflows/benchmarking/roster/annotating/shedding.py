"""What a workbook does not keep on its way back: macros always, and what would no longer be true."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workflows.benchmarking.roster.annotating.package import Package
from workflows.benchmarking.roster.annotating.splice import NotCarried

_BOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


@dataclass(frozen=True, slots=True)
class _Shed:
    """Relations of the package or of the workbook that end, and what is said about it."""

    kinds: frozenset[str]
    sentence: str


MACROS: Final = "宏没有带回（本系统从不运行宏，也不转发宏），文件因此存为 .xlsx。"
_SHED: Final = (
    _Shed(frozenset({"vbaProject", "attachedToolbars", "extensibility", "userCustomization"}), MACROS),
    _Shed(frozenset({"origin"}), "数字签名没有带回：内容有改动，签名已经失效。"),
    _Shed(frozenset({"revisionHeaders", "usernames"}), "共享工作簿的修订记录没有带回。"),
)
_SHEETS_OF_MACROS: Final = frozenset({"xlMacrosheet", "xlIntlMacrosheet", "dialogsheet"})


def shed(package: Package, book: str) -> Iterator[str]:
    """Take these parts out and say what they were."""
    if any(kind in _SHEETS_OF_MACROS for kind, _ in package.related(book).values()):
        raise NotCarried
    for one in _SHED:
        ended = [*package.unrelate("", one.kinds), *package.unrelate(book, one.kinds)]
        for part in ended:
            _drop(package, part)
        if ended:
            yield one.sentence
    if package.type_of(book) != _BOOK:
        package.redeclare(book, _BOOK)


def _drop(package: Package, part: str) -> None:
    """A part with what only it refers to."""
    waiting = [part]
    while waiting:
        name = waiting.pop()
        if name in package:
            waiting += (inner for _, inner in package.related(name).values())
            package.drop(name)
