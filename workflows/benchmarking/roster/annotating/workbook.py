"""A sent workbook with its faulty cells marked: only what has to change is changed, macros never come back."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from workflows.benchmarking.roster.annotating import comments, results, shapes
from workflows.benchmarking.roster.annotating.cells import Cells
from workflows.benchmarking.roster.annotating.comments import Comments
from workflows.benchmarking.roster.annotating.marks import Mark
from workflows.benchmarking.roster.annotating.overlays import with_ours, without_ours
from workflows.benchmarking.roster.annotating.package import KINDS, Package, relations_name
from workflows.benchmarking.roster.annotating.shedding import shed
from workflows.benchmarking.roster.annotating.splice import Edit, NotCarried, attributes_of, check, spliced
from workflows.benchmarking.roster.annotating.styles import Styles
from workflows.benchmarking.roster.annotating.words import comment_text
from workflows.benchmarking.roster.annotating.worksheets import head_of, tail_of, with_drawing
from workflows.benchmarking.roster.archive import Archive, Survey
from workflows.benchmarking.roster.faults import Severity
from workflows.benchmarking.roster.ownsheets import RESULTS, is_own
from workflows.benchmarking.roster.report import Report
from workflows.benchmarking.roster.sheets import Place, Spot
from workflows.benchmarking.roster.xlsx import read_workbook
from workflows.benchmarking.roster.xlsxparts import SheetPart, part_of_kind, sheet_parts

Target = Callable[[Place, Spot], tuple[str, Spot]]

_MAIN: Final = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEETS_END = re.compile(rb"</((?:[\w.-]+:)?)sheets\s*>")
_SHEET = re.compile(rb"<(?:[\w.-]+:)?sheet\s[^<>]*>")
MOST_COMMENTS: Final = 5_000
"""Comments of one sheet; office programs take minutes to open a file with ten times as many."""
_THREADED: Final = "threadedComment"


@dataclass(slots=True)
class Workbook:
    """The workbook on its way back; `target` tells where in it a cell of the list stands."""

    archive: Archive
    survey: Survey
    report: Report
    target: Target
    package: Package = field(init=False)
    book: str = field(init=False)
    styles: Styles = field(init=False)
    lost: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.package = Package(self.archive)
        self.book = part_of_kind(self.package, "", "officeDocument")
        if _MAIN not in self.package.read(self.book):
            raise NotCarried
        kinds = dict(self.package.related(self.book).values())
        theme = kinds.get("theme", "")
        themed = self.package.read(theme) if theme in self.package else b""
        self.styles = Styles(self.package.read(kinds.get("styles", "")), themed)

    def marked(self, marks: Sequence[Mark], *, on: date, lost: Sequence[str]) -> bytes:
        """The finished file; `lost` is what was lost before."""
        self.lost += shed(self.package, self.book)
        wanted = self._by_sheet(marks)
        parts = sheet_parts(self.package)
        own = self._own_sheets(parts)
        known = {part.part: self._comments_of(part) for part in parts}
        seen_before = bool(own) or any(found and found[1].memory() for found in known.values())
        for part in parts:
            if part.name not in own:
                ours = self.styles.own() if seen_before else frozenset()
                _Sheet(self, part, known[part.part], wanted.get(part.name, {}), ours).mark()
        lines = results.summary(self.report, on, [*lost, *self.lost, *self.remarks])
        looks = results.add_looks(self.styles)
        self._put_results(results.write_results(self.report, lines, self.target, looks), parts, own)
        self.package.write(self._part("styles"), self.styles.finished())
        for content in self.package.changed_markup():
            check(content)
        return self.package.content()

    def _by_sheet(self, marks: Sequence[Mark]) -> dict[str, dict[Spot, Mark]]:
        found: dict[str, dict[Spot, Mark]] = {}
        for mark in marks:
            sheet, spot = self.target(mark.place, mark.spot)
            found.setdefault(sheet, {})[spot] = mark
        return found

    def _own_sheets(self, parts: Sequence[SheetPart]) -> dict[str, SheetPart]:
        """Our sheets of before, by name."""
        named = {part.name: part for part in parts if RESULTS in part.name}
        if not named:
            return {}
        ours = {sheet.place.sheet for sheet in read_workbook(self.archive, self.survey) if is_own(sheet)}
        return {name: part for name, part in named.items() if name in ours}

    def _comments_of(self, part: SheetPart) -> tuple[str, Comments] | None:
        related = self.package.related(part.part).values()
        if any(kind == _THREADED for kind, _ in related):
            self.remarks.append(f"工作表“{part.name}”有会话式批注，同一单元格的核对意见可能只在本表中看得到。")
        name = next((target for kind, target in related if kind == "comments" and target in self.package), None)
        return (name, Comments(self.package.read(name))) if name else None

    def _put_results(self, content: bytes, parts: Sequence[SheetPart], own: Mapping[str, SheetPart]) -> None:
        """In place of our sheet of before, or as the last one."""
        if own:
            for part in own.values():
                self.package.write(part.part, content)
                if relations_name(part.part) in self.package:
                    self.package.drop(relations_name(part.part))
            return
        name = self.package.free_name("xl/worksheets/results{}.xml")
        self.package.write(name, content)
        self.package.declare(name, results.MEDIA_TYPE)
        relation = self.package.relate(self.book, "worksheet", name)
        self._name_sheet(_free({part.name for part in parts}), relation)

    def _name_sheet(self, name: str, relation: str) -> None:
        content = self.package.read(self.book)
        ends = list(_SHEETS_END.finditer(content))
        if len(ends) != 1:
            raise NotCarried
        number = 1 + max((int(attributes_of(tag).get("sheetId", "0")) for tag in _SHEET.findall(content)), default=0)
        prefix = ends[0][1].decode()
        row = f'<{prefix}sheet xmlns:rel="{KINDS}" name="{name}" sheetId="{number}" rel:id="{relation}"/>'
        self.package.write(self.book, spliced(content, [Edit(ends[0].start(), ends[0].start(), row.encode())]))

    def _part(self, kind: str) -> str:
        return next(part for found, part in self.package.related(self.book).values() if found == kind)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One worksheet with its comments."""

    book: Workbook
    part: SheetPart
    commented: tuple[str, Comments] | None
    marks: Mapping[Spot, Mark]
    ours: frozenset[int]

    def mark(self) -> None:
        """Colour and comment what is wrong now; take away what was before."""
        memory = self.commented[1].memory() if self.commented else {}
        if not (self.marks or memory or self.ours):
            return
        package = self.book.package
        content = package.read(self.part.part)
        levels = {spot: mark.level for spot, mark in self.marks.items()}
        cells = Cells(without_ours(content), levels, self.book.styles, memory, self.ours)
        marked = self._overlaid(cells.marked(), levels)
        if self.marks or memory:
            marked = self._comment(marked, cells, memory)
        if marked != content:
            package.write(self.part.part, marked)

    def _overlaid(self, content: bytes, levels: Mapping[Spot, Severity]) -> bytes:
        """Rules of the sender's that colour cells do not hide ours."""
        if not levels:
            return content
        tail = tail_of(content)
        if tail.protected:
            self.book.remarks.append(f"工作表“{self.part.name}”设有保护，撤销保护后才能修改。")
        return (
            with_ours(content, tail, levels, self.book.styles) if tail.ruled and self.book.styles.overlaid else content
        )

    def _said(self) -> dict[Spot, tuple[str, ...]]:
        """What is said at which cell; more comments than a program opens in a while are left to the added sheet."""
        said = {spot: mark.sentences for spot, mark in self.marks.items()}
        if len(said) <= MOST_COMMENTS:
            return said
        self.book.remarks.append(
            f"工作表“{self.part.name}”有 {len(said)} 个单元格标了色，"
            f"批注只加在其中 {MOST_COMMENTS} 个上（先错误后提示），其余的问题见下表。"
        )
        ordered = sorted(said, key=lambda spot: (self.marks[spot].level != "error", spot))
        return {spot: said[spot] for spot in ordered[:MOST_COMMENTS]}

    def _comment(self, content: bytes, cells: Cells, memory: Mapping[Spot, str | None]) -> bytes:
        package, owner = self.book.package, self.part.part
        said = self._said()
        name, found = self.commented or (package.free_name("xl/comments/marks{}.xml"), Comments(comments.EMPTY))
        package.write(name, found.renewed(said, cells.colours))
        if self.commented is None:
            package.relate(owner, "comments", name)
            package.declare(name, comments.MEDIA_TYPE)
        tail = tail_of(content)
        drawing = package.related(owner).get(tail.drawing or "", ("", ""))[1]
        if tail.drawing is None:
            drawing = package.free_name("xl/drawings/marks{}.vml")
            content = with_drawing(content, tail, package.relate(owner, "vmlDrawing", drawing))
            package.write(drawing, shapes.EMPTY)
            package.declare_ending("vml", shapes.MEDIA_TYPE)
        gone = [spot for spot in memory if spot not in said and spot not in found.theirs()]
        texts = dict(_shown(said, found.theirs(), cells.colours))
        geometry = shapes.geometry_of(head_of(content), cells.heights)
        package.write(drawing, shapes.renewed(package.read(drawing), gone, texts, geometry))
        return content


def _shown(
    said: Mapping[Spot, tuple[str, ...]], theirs: Mapping[Spot, str], colours: Mapping[Spot, str]
) -> Iterator[tuple[Spot, str]]:
    for spot, sentences in said.items():
        behind = theirs.get(spot, "")
        yield spot, behind + comment_text(sentences, colour=colours.get(spot), behind=behind)


def _free(taken: set[str]) -> str:
    """A name for our sheet beside those of the sender."""
    lowered = {name.lower() for name in taken}
    names = (RESULTS, *(f"{RESULTS} ({number})" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in lowered)
