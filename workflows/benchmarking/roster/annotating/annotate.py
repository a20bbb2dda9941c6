"""A sent list as it goes back: the sender's own workbook with every fault at its place."""

from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Final

from workflows.benchmarking.roster.annotating import fresh
from workflows.benchmarking.roster.annotating.fresh import Fresh
from workflows.benchmarking.roster.annotating.marks import marks
from workflows.benchmarking.roster.annotating.shedding import MACROS
from workflows.benchmarking.roster.annotating.splice import NotCarried
from workflows.benchmarking.roster.annotating.workbook import Workbook
from workflows.benchmarking.roster.archive import open_archive, survey
from workflows.benchmarking.roster.files import Kind, Upload, open_upload
from workflows.benchmarking.roster.letter import read_letter
from workflows.benchmarking.roster.limits import DEFAULT_LIMITS, Limits
from workflows.benchmarking.roster.refusals import UNREADABLE, FileRefused
from workflows.benchmarking.roster.report import Report
from workflows.benchmarking.roster.sheets import Place, Spot
from workflows.benchmarking.roster.xlsx import read_workbook

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LOST: Final = {
    Kind.XLS: "原文件是旧式 .xls，带回的是新表：各工作表的内容、合并和隐藏的行列都在，格式、公式、图片和批注没有带回。",
    Kind.DOCX: "原文件是 Word 文档，带回的是新表：名单各行和上面的标题、填报单位都在，其余文字和格式没有带回。",
    Kind.XLSX: "原文件的结构特殊，带回的是新表：各工作表的内容、合并和隐藏的行列都在，格式、公式、图片和批注没有带回。",
}
# What malformed attributes of a part raise where they are read.
_ODD: Final = (NotCarried, FileRefused, ValueError, LookupError, ArithmeticError)


@dataclass(frozen=True, slots=True)
class Annotated:
    """The workbook that goes back; `lost` says in Chinese what of the sender's file it does not carry."""

    content: bytes
    filename: str
    lost: tuple[str, ...]


def annotate(
    report: Report, content: bytes, *, on: date, whose: str = "", limits: Limits = DEFAULT_LIMITS
) -> Annotated | None:
    """The workbook with its faults marked; None where the file cannot be read at all, which the report says.

    `content` is the file that the report is about, `whose` the district in the name of the answer, `on` the day of it.
    The same input gives the same bytes.
    """
    if any(fault.code in UNREADABLE for fault in report.file_errors):
        return None
    try:
        upload = open_upload(content, name=report.file, limits=limits)
        marked, lost = _marked(upload, report, on, limits)
    except FileRefused:
        return None
    return Annotated(marked, filename_for(report, whose), tuple(lost))


def filename_for(report: Report, whose: str = "") -> str:
    """A name that a person knows again: whose list, which list, and what this is."""
    form = f"附件{report.form.annex}" if report.form.annex else report.form.name or report.form.key
    district = whose or report.heading.district_name or PurePath(report.file).stem
    return "_".join(part for part in (district, form, "核对结果") if part) + ".xlsx"


def _marked(upload: Upload, report: Report, on: date, limits: Limits) -> tuple[bytes, list[str]]:
    found = marks(report)
    if upload.kind is Kind.XLSX and upload.archive is not None and upload.survey is not None:
        try:
            book = Workbook(upload.archive, upload.survey, report, _where_it_was)
            return book.marked(found, on=on, lost=()), book.lost
        except _ODD:
            pass
    made, lost = _made_new(upload, report, on, limits)
    archive = open_archive(made.content, limits)
    book = Workbook(archive, survey(archive), report, made.target)
    return book.marked(found, on=on, lost=lost), [*lost, *book.lost]


def _made_new(upload: Upload, report: Report, on: date, limits: Limits) -> tuple[Fresh, list[str]]:
    lost = [_LOST[upload.kind]]
    if upload.archive is None or upload.survey is None:
        from workflows.benchmarking.roster.xls import read_old_workbook

        return fresh.of_sheets(read_old_workbook(upload.content, limits), report, on), lost
    if upload.kind is Kind.DOCX:
        return fresh.of_tables(read_letter(upload.archive).tables, report, on), lost
    if any("vbaproject" in name.lower() or "macrosheets" in name.lower() for name in upload.archive.entries):
        lost.append(MACROS)
    return fresh.of_sheets(read_workbook(upload.archive, upload.survey), report, on), lost


def _where_it_was(place: Place, spot: Spot) -> tuple[str, Spot]:
    return place.sheet or "", spot
