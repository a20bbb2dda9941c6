"""A fast look over the raw bytes of a package part: is it plain enough for the fast reader, and what does it carry?

The fast reader trusts what a file says of itself: one cell in the last corner of a sheet or one invented count makes it
reserve more memory than there is and takes the whole process down. Only parts proven plain by their bytes reach it.
"""

import re
from dataclasses import dataclass, field

from workflows.benchmarking.roster.refusals import damaged

# An ordinary cell (columns A to AZ, rows up to 49,999), an empty one anywhere, or another tag beginning with c.
_PLAIN = re.compile(
    rb'<c(?: r="A?[A-Z](?:[0-9]{1,4}|[1-4][0-9]{4})"'
    rb'|(?:\s+[\w:]+="[^"<>]*")*\s*(?:/>|></c>)'
    rb"|[A-Za-z])"
)
_PREFIXED = re.compile(rb":(?:c|si|sst)[\s/>]")
_COUNT = re.compile(rb"ount\s*=")
_PLAIN_COUNT = re.compile(rb'ount="[0-9]{1,7}"')
_FORMULA = re.compile(rb"<f[\s/>]")
_ENCODING = re.compile(rb"""^<\?xml[^>]*?encoding=["']([A-Za-z0-9._-]+)["']""")
_KNOWN_ENCODINGS = (b"utf-8", b"us-ascii", b"ascii")
_LONGEST_CARRY = 4 * 1024 * 1024
# The fast reader takes its parts from these; whatever else is read as markup is read carefully.
MARKUP = (".xml", ".rels")
_BOM = b"\xef\xbb\xbf"

HIDDEN, FORMULA, ERROR, STRIKE, TEXT_BOX = "hidden", "formula", "error", "strike", "text_box"
_NEEDLES = ((HIDDEN, b"hidden"), (ERROR, b'"e"'), (STRIKE, b"strike"))
_DRAWN = (b"txBody", b"txbxContent")
_DRAWING_PARTS = ("drawing", "document")


@dataclass(slots=True)
class PartScan:
    """What the bytes of one part say, fed in chunks of any size."""

    name: str
    plain: bool = True
    cells: int = 0
    longest_string: int = 0
    carries: set[str] = field(default_factory=set)
    _carry: bytes = b""
    _string: int = 0
    _begun: bool = False
    _xml: bool = False

    def feed(self, chunk: bytes) -> None:
        """Look at the next bytes; a tag that is not complete yet waits for the following chunk."""
        text = self._carry + chunk
        if not self._begun:
            text = self._begin(text)
        if not self._xml:
            return
        cut = text.rfind(b"<c")
        if cut <= 0:
            cut = text.rfind(b"<")
        cut = max(0, cut)
        if len(text) - cut > _LONGEST_CARRY:
            self.plain = False
            cut = len(text)
        self._carry = text[cut:]
        self._look(text[:cut])

    def close(self) -> None:
        """Look at what is left."""
        if self._xml:
            self._look(self._carry)
        self._carry = b""

    def _begin(self, text: bytes) -> bytes:
        self._begun = True
        text = text.removeprefix(_BOM)
        if text[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"):
            raise damaged(f"{self.name} 不是 UTF-8 编码")
        self._xml = text.lstrip()[:1] == b"<"
        if not self._xml and self.name.lower().endswith(MARKUP):
            self.plain = False
        found = _ENCODING.match(text) if self._xml else None
        if found and found[1].lower() not in _KNOWN_ENCODINGS:
            raise damaged(f"{self.name} 不是 UTF-8 编码")
        return text

    def _look(self, text: bytes) -> None:
        if b"<!DOCTYPE" in text:
            raise damaged(f"{self.name} 含有外部定义")
        self._prove_plain(text)
        self._measure_strings(text)
        for what, needle in _NEEDLES:
            if what not in self.carries and needle in text:
                self.carries.add(what)
        if FORMULA not in self.carries and _FORMULA.search(text):
            self.carries.add(FORMULA)
        if any(part in self.name for part in _DRAWING_PARTS) and any(needle in text for needle in _DRAWN):
            self.carries.add(TEXT_BOX)

    def _prove_plain(self, text: bytes) -> None:
        cells = len(_PLAIN.findall(text))
        self.cells += cells
        if (
            cells != text.count(b"<c")
            or _PREFIXED.search(text)
            or (b"ount" in text and len(_COUNT.findall(text)) != len(_PLAIN_COUNT.findall(text)))
        ):
            self.plain = False

    def _measure_strings(self, text: bytes) -> None:
        if b"<si" not in text and not self._string:
            return
        first, *others = text.split(b"</si>")
        self._string += len(first)
        self.longest_string = max(self.longest_string, self._string)
        if others:
            self._string = len(others[-1])
            self.longest_string = max(self.longest_string, *map(len, others))
