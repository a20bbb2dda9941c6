"""A list of 10,000 rows read and checked whole, beside bare calamine and an unchecked insert of the same file."""

import sqlite3
from datetime import date
from pathlib import Path

from python_calamine import CalamineWorkbook

from bench.measure import Line, compare
from workflows.benchmarking.annexes.annex2 import annex_2
from workflows.benchmarking.roster.drafts import DistrictName, Expectation
from workflows.benchmarking.roster.reading import read_roster

ROWS = 10_000
STANDARDS = ("GB/T 12670-2008《聚丙烯（PP）树脂》", "ISO 4064-1:2014《饮用冷水水表和热水水表》；OIML R 49-1:2013")


def one_import(folder: Path) -> Line:
    """Reading, recognising and checking every row, with the grammar of standard numbers in two columns."""
    path = folder / "list.xlsx"
    rows = [(f"海曙样例企业{n}有限公司", f"样例产品{n}", *STANDARDS, "", "是" if n % 4 else "") for n in range(ROWS)]
    path.write_bytes(
        annex_2(year=2020, city="宁波市", unit="海曙区市场监管局", reported_on=date(2020, 5, 28), rows=rows).content
    )
    expectation = Expectation(campaign_year=2020, today=date(2020, 6, 1), districts=[DistrictName("haishu", "海曙")])

    def ours(_: int) -> None:
        report = read_roster(path, expectation=expectation)
        if len(report.rows) != ROWS or not report.clean:
            raise AssertionError("the list was not read whole")

    def limit(_: int) -> None:
        connection = sqlite3.connect(":memory:")
        connection.execute("CREATE TABLE t (a, b, c, d, e, f, g)")
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?)", [row[:7] for row in sheet[4:]])

    return compare("reading a list of 10,000 rows", "row", ROWS, ours=ours, limit=limit, rounds=3)
