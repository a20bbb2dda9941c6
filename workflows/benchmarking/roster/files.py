"""Recognising a sent file by what is in it, never by its ending, and refusing what is not read."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath

from workflows.benchmarking.roster.archive import Archive, Survey, open_archive, survey
from workflows.benchmarking.roster.bytescan import TEXT_BOX
from workflows.benchmarking.roster.compound import MAGIC, open_container
from workflows.benchmarking.roster.limits import Limits
from workflows.benchmarking.roster.refusals import FileRefused, damaged, encrypted, too_large, unsupported

_ZIP = b"PK\x03\x04"
_HEAD = 4096
_OLD_ENDINGS = {".et": " WPS 表格（.et）", ".ett": " WPS 表格模板（.ett）", ".wps": " WPS 文字（.wps）"}
_STARTS = (
    (b"%PDF", " PDF 文件"),
    (b"{\\rtf", " RTF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
)
_PACKAGES = (
    ("xl/workbook.bin", "二进制工作簿（.xlsb）"),
    ("ppt/presentation.xml", "演示文稿"),
    ("content.xml", " OpenDocument 文件（.ods 或 .odt）"),
)
_NO_SHEET = (
    "请找到原来的表格或文档，在 WPS（或 Excel、Word）中另存为 .xlsx 或 .docx 后报送；没有原件的，按发下的表样重新填写。"
)
_UNPACK = "请先解压，把其中的名单另存为 .xlsx 或 .docx，单独报送。"
_REMEDIES = {" PDF 文件": _NO_SHEET, "图片": _NO_SHEET, "压缩包": _UNPACK}
_TEXT_ENCODINGS = ("utf-8", "gb18030")


class Kind(StrEnum):
    """The kinds of file that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    DOCX = "docx"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is of a readable kind and within the limits."""

    name: str
    # Of an old workbook its own stream, of everything else the whole file.
    content: bytes
    kind: Kind
    archive: Archive | None = None
    survey: Survey | None = None
    pictured: bool = False

    def beside(self) -> list[str]:
        """What the file shows that is no cell: a list may stand in it and cannot be read."""
        if self.archive is None or self.survey is None:
            return ["图片"] if self.pictured else []
        names = list(self.archive.entries)
        found = ["图片"] if any("/media/" in name for name in names) else []
        if self.survey.carries(TEXT_BOX):
            found.append("文本框")
        if any("comments" in name for name in names):
            found.append("批注")
        return found


def open_upload(source: Path | bytes, *, name: str, limits: Limits) -> Upload:
    """The file as something that can be read, or the reason why not."""
    content = _take(source, limits)
    if not content:
        raise damaged("文件是空的")
    if content.startswith(_ZIP):
        return _open_package(content, name, limits)
    if content.startswith(MAGIC):
        return _open_compound(content, name)
    said = _describe(content)
    raise unsupported(f"这是{said}", _REMEDIES.get(said, ""))


def _take(source: Path | bytes, limits: Limits) -> bytes:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > limits.file_bytes:
        raise too_large(f"文件 {size / 1_000_000:.1f} MB，上限 {limits.file_bytes / 1_000_000:.0f} MB")
    return source if isinstance(source, bytes) else source.read_bytes()


def _open_package(content: bytes, name: str, limits: Limits) -> Upload:
    archive = open_archive(content, limits)
    for part, said in _PACKAGES:
        if part in archive:
            raise unsupported(f"这是{said}")
    if "[Content_Types].xml" not in archive:
        raise unsupported("这是压缩包，不是表格或文档", _UNPACK)
    found = survey(archive)
    if any(part.startswith("xl/") for part in archive.entries):
        return Upload(name, content, Kind.XLSX, archive, found)
    if any(part.startswith("word/") for part in archive.entries):
        return Upload(name, content, Kind.DOCX, archive, found)
    raise unsupported("压缩包里没有工作簿，也没有文档", _UNPACK)


def _open_compound(content: bytes, name: str) -> Upload:
    """The old container of .xls, .doc, .et and .wps, and of everything that asks for a password."""
    ending = PurePath(name).suffix.lower()
    if ending in _OLD_ENDINGS:
        raise unsupported(f"这是{_OLD_ENDINGS[ending]}")
    try:
        container = open_container(content)
    except FileRefused:
        if ending == ".xls":
            raise
        raise unsupported("这是旧式文档（可能是 .et、.wps、.doc）") from None
    streams = container.streams.keys()
    if streams & {"EncryptedPackage", "EncryptionInfo"}:
        raise encrypted("文件设有密码")
    if "WordDocument" in streams:
        raise unsupported("这是旧式 Word 或 WPS 文档（.doc、.wps）")
    for workbook in ("Workbook", "Book", "WORKBOOK", "BOOK"):
        if workbook in streams:
            return Upload(name, container.read(workbook), Kind.XLS, pictured=_has_picture(content))
    if ending == ".xls":
        raise damaged("里面找不到工作簿，可能没有传完整")
    raise unsupported("这是旧式文档，里面没有工作簿")


def _has_picture(content: bytes) -> bool:
    return any(start in content for start in (b"\x89PNG\r\n", b"\xff\xd8\xff\xe0"))


def _describe(content: bytes) -> str:
    head = content[:_HEAD]
    for start, said in _STARTS:
        if head.startswith(start):
            return said
    lowered = head.lower()
    if b"<html" in lowered or b"<table" in lowered or b"<!doctype html" in lowered:
        return "网页（HTML）"
    if lowered.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
        return " XML 文本"
    return "纯文本（可能是 .csv）" if _is_text(head) else "不认识的文件"


def _is_text(head: bytes) -> bool:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    if b"\0" in head:
        return False
    for encoding in _TEXT_ENCODINGS:
        for cut in range(4):
            try:
                head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return True
    return False
