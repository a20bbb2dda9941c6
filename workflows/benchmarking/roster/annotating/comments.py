"""The comments of a worksheet: the sender's stay, ours of before go, and the new ones are put beside or behind them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from workflows.benchmarking.roster.annotating.splice import (
    Edit,
    NotCarried,
    end_of_tag,
    escape,
    prefix_of,
    spliced,
    walk_places,
)
from workflows.benchmarking.roster.annotating.words import AUTHOR, comment_text, without_ours
from workflows.benchmarking.roster.sheets import Spot, column_letters
from workflows.benchmarking.roster.xlsxmarks import spot_of

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
EMPTY: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<comments xmlns="{_MAIN}"><authors></authors><commentList></commentList></comments>'
).encode()


@dataclass(slots=True)
class Comment:
    """A comment as it is found: where it stands in the bytes, where its text does, and what it says."""

    spot: Spot
    begins: int
    ends: int = 0
    inside: int = 0
    inside_ends: int = 0
    runs: bool = False
    text: list[str] = field(default_factory=list)

    @property
    def said(self) -> str:
        return "".join(self.text)


@dataclass(slots=True)
class Comments:
    """The comments part of a worksheet."""

    content: bytes
    found: list[Comment] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    authors_end: int = -1
    list_end: int = -1
    prefix: str = field(init=False)

    def __post_init__(self) -> None:
        self.prefix = prefix_of(self.content, "comments")
        walk_places(self.content, _Survey(self))
        if self.authors_end < 0 or self.list_end < 0:
            raise NotCarried

    def memory(self) -> dict[Spot, str | None]:
        """The cells that carry a comment of ours, with the fill that they had before."""
        told = ((one.spot, without_ours(one.said)) for one in self.found)
        return {spot: colour for spot, (_, colour, is_ours) in told if is_ours}

    def theirs(self) -> dict[Spot, str]:
        """What the sender says at which cell."""
        told = {one.spot: without_ours(one.said)[0] for one in self.found}
        return {spot: text for spot, text in told.items() if text}

    def renewed(self, sentences: Mapping[Spot, tuple[str, ...]], colours: Mapping[Spot, str]) -> bytes:
        """The part with ours of before taken away and these written."""
        edits = list(self._changed(sentences, colours))
        present = {one.spot for one in self.found}
        new = "".join(
            self._comment(spot, comment_text(said, colour=colours.get(spot), behind=""))
            for spot, said in sorted(sentences.items())
            if spot not in present
        )
        if new and AUTHOR not in self.authors:
            name = f"{self.prefix}author"
            edits.append(Edit(self.authors_end, self.authors_end, f"<{name}>{AUTHOR}</{name}>".encode()))
        if new:
            edits.append(Edit(self.list_end, self.list_end, new.encode()))
        return spliced(self.content, edits)

    def _changed(self, sentences: Mapping[Spot, tuple[str, ...]], colours: Mapping[Spot, str]) -> Iterator[Edit]:
        """Comments that were there: ours go, theirs stay alone or get ours behind them."""
        told: set[Spot] = set()
        for one in self.found:
            theirs, _, was_ours = without_ours(one.said)
            said = sentences.get(one.spot, ()) if one.spot not in told else ()
            told.add(one.spot)
            if not said and not was_ours:
                continue
            if not said and not theirs:
                yield Edit(one.begins, one.ends, b"")
                continue
            kept = self._kept(one, theirs, plain=was_ours)
            ours = comment_text(said, colour=colours.get(one.spot), behind=theirs) if said else ""
            yield Edit(one.inside, one.inside_ends, kept + (self._run(ours).encode() if ours else b""))

    def _kept(self, one: Comment, theirs: str, *, plain: bool) -> bytes:
        """What the sender wrote, with its formats as long as nothing of ours was in it."""
        if not plain and one.runs:
            return self.content[one.inside : one.inside_ends]
        return self._run(theirs).encode() if theirs else b""

    def _comment(self, spot: Spot, text: str) -> str:
        name, p = f"{column_letters(spot[1])}{spot[0] + 1}", self.prefix
        inside = f"<{p}text>{self._run(text)}</{p}text>"
        author = self.authors.index(AUTHOR) if AUTHOR in self.authors else len(self.authors)
        return f'<{p}comment ref="{name}" authorId="{author}">{inside}</{p}comment>'

    def _run(self, text: str) -> str:
        p = self.prefix
        look = f'<{p}rPr><{p}sz val="9"/><{p}rFont val="宋体"/><{p}family val="3"/><{p}charset val="134"/></{p}rPr>'
        return f'<{p}r>{look}<{p}t xml:space="preserve">{escape(text)}</{p}t></{p}r>'


@dataclass(frozen=True, slots=True)
class _Survey:
    """One walk through the part."""

    comments: Comments

    def opened(self, path: Sequence[str], attributes: Mapping[str, str], begins: int) -> None:
        found = self.comments.found
        match path[1:]:
            case ["authors", "author"]:
                self.comments.authors.append("")
            case ["commentList", "comment"]:
                spot = spot_of(attributes.get("ref", "").replace("$", ""))
                if spot is None:
                    raise NotCarried
                found.append(Comment(spot, begins))
            case ["commentList", "comment", "text"]:
                found[-1].inside = end_of_tag(self.comments.content, begins)
            case ["commentList", "comment", "text", "r"]:
                found[-1].runs = True

    def closed(self, path: Sequence[str], inside_ends: int | None, ends: int) -> None:
        match path[1:]:
            case ["authors"] if inside_ends is not None:
                self.comments.authors_end = inside_ends
            case ["commentList"] if inside_ends is not None:
                self.comments.list_end = inside_ends
            case ["commentList", "comment"]:
                self.comments.found[-1].ends = ends
            case ["commentList", "comment", "text"]:
                if inside_ends is None:
                    raise NotCarried
                self.comments.found[-1].inside_ends = inside_ends

    def text(self, path: Sequence[str], characters: str) -> None:
        if path[1:] == ["authors", "author"]:
            self.comments.authors[-1] += characters
        if path[1:4] == ["commentList", "comment", "text"] and path[-1] == "t" and "rPh" not in path:
            self.comments.found[-1].text.append(characters)
