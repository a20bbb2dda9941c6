"""What the merged cells of a list say: the value of the top-left cell for every row of the range."""

from collections.abc import Iterable, Mapping

from workflows.benchmarking.roster.headers import Header
from workflows.benchmarking.roster.limits import Limits
from workflows.benchmarking.roster.refusals import too_large
from workflows.benchmarking.roster.sheets import Merge, Scalar, Spot


def values_downwards(header: Header, limits: Limits) -> Mapping[Spot, Scalar]:
    """The value that a merge gives to each cell below its first, for the columns of the list."""
    sheet = header.sheet
    wanted = {*header.columns.values(), *header.titles.values()}
    found: dict[Spot, Scalar] = {}
    steps = 0
    for merge in _below(sheet.merges, header.first_row):
        if merge.left not in wanted or merge.bottom == merge.top:
            continue
        value = sheet.at(merge.top, merge.left)
        for row in range(merge.top + 1, min(merge.bottom + 1, len(sheet.rows))):
            found[row, merge.left] = value
            steps += 1
            if steps > limits.cells:
                raise too_large("合并的单元格过多")
    return found


def headings(header: Header, columns: int) -> frozenset[int]:
    """The rows of which one cell is merged over so many columns of the list."""
    named = header.columns.values()
    return frozenset(
        merge.top
        for merge in _below(header.sheet.merges, header.first_row)
        if merge.top == merge.bottom
        and merge.right - merge.left >= columns - 1
        and sum(merge.left <= column <= merge.right for column in named) >= columns
    )


def _below(merges: Iterable[Merge], row: int) -> Iterable[Merge]:
    return (merge for merge in merges if merge.top >= row)
