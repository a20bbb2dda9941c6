"""What is wrong with a test report or a batch is said by the names that people have for its fields."""

from datetime import date

from engine.words import say
from workflows.benchmarking.model import LabReport
from workflows.benchmarking.plausible import entry_faults

DAY = date(2020, 5, 20)


def test_a_field_is_called_by_its_name_and_not_by_its_key() -> None:
    report = LabReport(
        laboratory="院" * 121, cma_no="", report_no="号" * 81, issued_on=DAY, conclusion="good", sampling=""
    )

    told = [say(one.sentence) for one in entry_faults(report, nominated_on=DAY, today=DAY)]

    assert told == [
        "检验检测机构：最多120个字，请缩短。",
        "报告编号：最多80个字，请缩短。",
        "结论：“good”不在可选范围内，可选：all_better、partly_better、all_equal、partly_lower、not_met。",
        "样品来源：“”不在可选范围内，可选：sampled、submitted。",
    ]
