"""Lists in: 10,000 rows beside bare calamine and bare openpyxl, the memory of each, and the grammar cell by cell."""

import json
import multiprocessing
import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import openpyxl
from python_calamine import CalamineWorkbook

from bench.measure import Line, compare
from workflows.benchmarking.annexes.annex2 import annex_2
from workflows.benchmarking.roster.drafts import DistrictName, Expectation
from workflows.benchmarking.roster.reading import read_roster
from workflows.benchmarking.standards import scan

ROWS: Final = 10_000
YEAR: Final = 2020
EXPECTATION: Final = Expectation(campaign_year=YEAR, today=date(2020, 6, 1), districts=[DistrictName("haishu", "海曙")])
_SHAPES: Final = (
    "GB/T {n}-{y}《样例产品通用规范》",
    "GB {n}.{p}-{y}",
    "Q/YLSB {p:03}-2019",
    "ISO {n}-{p}:{y}《样例产品 安全要求》；EN {n}-{p}:{y}",
    "ASTM D{n}-{s}，GB/T {n}-{y}（idt ISO {n}:{y}）",
    "JIS B {n}:{y}\nGB/T {n}.{p}-{y}《样例产品 第{p}部分：试验方法》",
)


def list_lines(folder: Path) -> Iterator[object]:
    """What `make bench` prints about lists."""
    path = folder / "list.xlsx"
    path.write_bytes(a_list(ROWS))
    yield one_import(path)
    yield one_reading(path)
    for name, read in (("ours", _ours), ("bare calamine", _calamine), ("bare openpyxl", _openpyxl)):
        yield f"memory of a list of 10,000 rows     {_memory(read, path) / 1024:>8.1f} MB  {name}"
    yield grammar()


def a_list(rows: int) -> bytes:
    """A list whose cells differ, as those of a whole city would; the same for the same number of rows."""
    lot = random.Random(rows)
    cells = [
        (f"海曙样例企业{n}有限公司", f"样例产品{n}", _cell(lot), _cell(lot), "", "是" if n % 4 else "")
        for n in range(rows)
    ]
    return annex_2(year=YEAR, city="宁波市", unit="海曙区市场监管局", reported_on=date(2020, 5, 28), rows=cells).content


def one_import(path: Path) -> Line:
    """Reading, recognising and checking every row, beside calamine and an insert that asks nothing."""

    def limit(_: int) -> None:
        connection = sqlite3.connect(":memory:")
        connection.execute("CREATE TABLE t (a, b, c, d, e, f, g)")
        connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?)", _calamine(path)[4:])

    return compare("a list of 10,000 rows ÷ calamine", "row", ROWS, ours=lambda _: _ours(path), limit=limit, rounds=3)


def one_reading(path: Path) -> Line:
    """The same beside openpyxl, which reads the file row by row."""
    return compare(
        "a list of 10,000 rows ÷ openpyxl",
        "row",
        ROWS,
        ours=lambda _: _ours(path),
        limit=lambda _: _openpyxl(path),
        rounds=3,
    )


def grammar() -> str:
    """Microseconds of a processor for a cell, over cells that differ and over those of the samples of this project."""
    lot = random.Random(1)
    cells = [_cell(lot) for _ in range(20_000)]
    began = time.process_time()
    for cell in cells:
        scan(cell, year=YEAR)
    each = (time.process_time() - began) / len(cells) * 1e6
    characters = sum(map(len, cells)) / len(cells)
    return f"the grammar of standard numbers    {each:>8.1f} µs of a processor a cell of {characters:.0f} characters"


def _cell(lot: random.Random) -> str:
    shape = lot.choice(_SHAPES)
    return shape.format(n=lot.randint(1000, 39999), p=lot.randint(1, 99), y=lot.randint(1990, 2019), s="18")


def _ours(path: Path) -> None:
    report = read_roster(path, expectation=EXPECTATION)
    if len(report.rows) != ROWS or not report.clean:
        raise AssertionError(json.dumps([fault.as_json() for fault in report.faults()[:5]], ensure_ascii=False))


def _calamine(path: Path) -> list[Sequence[object]]:
    return [row[:7] for row in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()]


def _openpyxl(path: Path) -> list[Sequence[object]]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    rows = [row[:7] for row in book.worksheets[0].iter_rows(values_only=True)]
    book.close()
    return rows


def _memory(read: Callable[[Path], object], path: Path) -> float:
    """Kilobytes that reading adds to a process of its own, at its peak."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_peak, (read, path))


def _peak(read: Callable[[Path], object], path: Path) -> float:
    # what the process that begot this one had at its peak would count too, so the mark is set back first
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = _kilobytes("VmRSS")
    kept = read(path)
    del kept
    return _kilobytes("VmHWM") - before


def _kilobytes(name: str) -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return float(next(line for line in status.splitlines() if line.startswith(name)).split()[1])
