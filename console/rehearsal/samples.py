"""Sample evidence for rehearsals: real files of a page each, marked as samples, made from nothing but their words."""

import struct
import zlib
from collections.abc import Sequence
from typing import Final

from workflows.benchmarking.evidence import Upload

_LINE: Final = 26
_SIGN: Final = 8
_PAGE: Final = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
)
_FONT: Final = (
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 7 0 R >>"
)
_DESCRIPTOR: Final = (
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
    b"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
)


def pdf(name: str, title: str, lines: Sequence[str]) -> Upload:
    """A one-page PDF (1.4) in a Chinese font that every reader brings along, so none needs to be embedded."""
    content = _page([title, "（演练样张，非真实文件）", "", *lines])
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        _FONT,
        _DESCRIPTOR,
    ]
    return Upload(f"{name}.pdf", _assembled(objects))


def png(name: str, words: str) -> Upload:
    """A small picture whose stripes are the bytes of its words: a screenshot that is different for every record."""
    signs = words.encode()[:120]
    row = b"\x00" + b"".join(bytes([sign]) * _SIGN for sign in signs)
    body = zlib.compress(row * 60, 9)
    header = struct.pack(">IIBBBBB", len(signs) * _SIGN, 60, 8, 0, 0, 0, 0)
    chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", body), _chunk(b"IEND", b""))
    return Upload(f"{name}.png", b"\x89PNG\r\n\x1a\n" + b"".join(chunks))


def _page(lines: Sequence[str]) -> bytes:
    shown = [
        b"BT /F1 %d Tf 56 %d Td <%s> Tj ET"
        % (16 if number == 0 else 11, 770 - number * _LINE, line.encode("utf-16-be").hex().encode())
        for number, line in enumerate(lines)
    ]
    return b"\n".join(shown)


def _assembled(objects: Sequence[bytes]) -> bytes:
    written = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return (
        written
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (
            count,
            table,
            count,
            len(written),
        )
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
