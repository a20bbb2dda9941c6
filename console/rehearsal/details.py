"""What a script knows of its enterprises besides their lists: credit codes, industries, clusters, honours."""

import csv
from collections.abc import Iterable
from pathlib import Path

from workflows.benchmarking.recording.details import EnterpriseDetails


def enterprise_details(tables: Iterable[Path]) -> dict[str, EnterpriseDetails]:
    """The details by name of the enterprise, from tables (CSV, UTF-8) that bear these columns among others."""
    found: dict[str, EnterpriseDetails] = {}
    for table in tables:
        with table.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                found[row["name"]] = EnterpriseDetails(
                    credit_code=row["credit_code"] or None,
                    industry_code=row["industry_code"] or None,
                    cluster=row["cluster"] or None,
                    honours=tuple(one for one in row["honours"].split("、") if one) or None,
                )
    return found
