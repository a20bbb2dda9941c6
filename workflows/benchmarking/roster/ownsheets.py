"""The sheets that the house itself puts into a workbook, and how they are known again: they are never a list."""

from typing import Final

from workflows.benchmarking.roster.sheets import Scalar, Sheet

RESULTS: Final = "核对结果"
RESULTS_MARK: Final = "核对结果（本表由系统生成，不是名单）"
GUIDE: Final = "填写说明"
GUIDE_MARK: Final = "填写说明（本表不是名单，不会被读取）"
"""Names of the sheets, and what their first cell begins with; the name may be changed, the cell stays."""


def is_own(sheet: Sheet) -> bool:
    """Whether the house wrote this sheet, whatever program has saved it since."""
    return begins_own(sheet.at(0, 0), RESULTS_MARK) or begins_own(sheet.at(0, 0), GUIDE_MARK)


def begins_own(value: Scalar, mark: str) -> bool:
    """Whether the first cell of a sheet says that it is this one of ours."""
    return isinstance(value, str) and value.strip().startswith(mark)
