"""What files are by their content: whole ones of five types are taken, everything else is refused by its name."""

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import ningbo
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.rehearsal import samples
from workflows.benchmarking.evidence import FileNotTaken, Upload, check_file, type_of
from workflows.benchmarking.filetypes import MOST_PARTS, NotTaken, look_at

TYPES = "[Content_Types].xml"
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080001000101011100ffd9")
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED_PDF = b"%PDF-1.6\ntrailer << /Size 5 /Root 1 0 R /Encrypt 4 0 R >>\nstartxref\n9\n%%EOF\n"
LOCKED_STREAM = (
    b"%PDF-1.7\n9 0 obj << /Encrypt 8 0 R /Type /XRef /W [1 2 1] >> stream\nx\nendstream\nstartxref\n9\n%%EOF"
)


def package(*names: str, types: str = "sample") -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, types if name == TYPES else "sample")
    return stream.getvalue()


def flagged() -> bytes:
    """A package one of whose parts asks for a password."""
    content = bytearray(package(TYPES, "word/document.xml"))
    place = content.rfind(b"PK\x01\x02") + 8
    content[place] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (ningbo.PDF.content, "pdf"),
        (samples.pdf("样张", "样张", ["/Encrypt 4 0 R 不在文件尾部"]).content, "pdf"),
        (ningbo.PNG.content, "png"),
        (samples.png("样张", "样张").content, "png"),
        (JPEG, "jpg"),
        (JPEG[:2] + b"\xff\xff\xd0" + JPEG[2:], "jpg"),
        (package(TYPES, "word/document.xml"), "docx"),
        (package(TYPES, "xl/workbook.xml"), "xlsx"),
    ],
)
def test_a_whole_file_is_known_by_its_content_whatever_its_name(content: bytes, extension: str) -> None:
    assert check_file(Upload("报告.exe", content)).extension == extension


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "FILE_EMPTY"),
        (b"<html></html>", "UNSUPPORTED_FORMAT"),
        (b"MZ\x90\x00", "UNSUPPORTED_FORMAT"),
        (package("readme.txt"), "UNSUPPORTED_FORMAT"),
        (package(TYPES, "ppt/presentation.xml"), "UNSUPPORTED_FORMAT"),
        (COMPOUND + "WordDocument".encode("utf-16-le"), "UNSUPPORTED_FORMAT"),
        (COMPOUND + "EncryptedPackage".encode("utf-16-le"), "FILE_ENCRYPTED"),
        (flagged(), "FILE_ENCRYPTED"),
        (LOCKED_PDF, "FILE_ENCRYPTED"),
        (LOCKED_STREAM, "FILE_ENCRYPTED"),
        (ningbo.PDF.content[:12], "FILE_DAMAGED"),
        (ningbo.PNG.content[:40], "FILE_DAMAGED"),
        (JPEG[:-2], "FILE_DAMAGED"),
        (JPEG[:20], "FILE_DAMAGED"),
        (b"\xff\xd8\xff" + b"\xff" * 20_000, "FILE_DAMAGED"),
        (b"PK\x03\x04 broken", "FILE_DAMAGED"),
        (package(TYPES, "word/document.xml")[:-30], "FILE_DAMAGED"),
        (package(TYPES, "word/document.xml", *(f"word/{n}" for n in range(MOST_PARTS))), "FILE_DAMAGED"),
        (package(TYPES, "xl/workbook.xml", "xl/vbaProject.bin"), "FILE_HAS_MACROS"),
        (package(TYPES, "word/document.xml", types="application/vnd.ms-word.document.macroEnabled.main+xml"),
         "FILE_HAS_MACROS"),
    ],
)  # fmt: skip
def test_a_file_that_proves_nothing_is_refused_with_its_reason(content: bytes, why: str) -> None:
    with pytest.raises(FileNotTaken) as refused:
        check_file(Upload("报告.pdf", content))
    assert refused.value.why == why
    assert "报告.pdf" in str(refused.value)


def test_the_sentence_about_a_locked_pdf_names_the_lock() -> None:
    with pytest.raises(FileNotTaken, match="encrypted"):
        check_file(Upload("报告.pdf", LOCKED_PDF))


def test_what_is_too_large_is_said_in_megabytes_and_never_rounded_to_what_is_allowed() -> None:
    with pytest.raises(FileNotTaken, match=r"1\.1 MB; at most 1 MB"):
        check_file(Upload("报告.pdf", b"%PDF-1.7" + b" " * 1_000_000), most=1_000_000)


def test_a_name_in_a_refusal_turns_no_line_around() -> None:
    with pytest.raises(FileNotTaken) as refused:
        check_file(Upload("报告\u202efdp.exe\n", b"MZ"))
    assert "\u202e" not in str(refused.value)


def test_a_list_of_contents_that_unpacks_to_a_mountain_is_read_only_at_its_foot() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr(ZipInfo(TYPES), b" " * 50_000_000, ZIP_DEFLATED)
        archive.writestr("word/document.xml", "sample")
    assert type_of(stream.getvalue()) is not None


@given(
    content=st.binary(max_size=300), start=st.sampled_from([b"", b"%PDF-", b"\xff\xd8\xff", b"PK\x03\x04", COMPOUND])
)
def test_any_bytes_have_a_type_or_a_reason(content: bytes, start: bytes) -> None:
    found = look_at(start + content)

    assert isinstance(found, NotTaken) == (type_of(start + content) is None)


@given(cut=st.integers(0, 60))
def test_a_picture_that_did_not_arrive_whole_is_no_picture(cut: int) -> None:
    whole = samples.png("样张", zlib.compress(b"sample").hex()).content

    assert type_of(whole[: len(whole) - 20 - cut]) is None
