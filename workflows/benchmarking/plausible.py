"""What a test report must be like to be believed, asked when it is entered and again when a step rests on it. Pure."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from engine.kinds import Reason
from engine.words import tr
from workflows.benchmarking.model import CONCLUSIONS, LabReport

CMA_DIGITS: Final = 12
OLDEST_REPORT_MONTHS: Final = 12
"""How long before its nomination an enterprise's product may have been tested."""

LONGEST_LABORATORY: Final = 120
LONGEST_NUMBER: Final = 80
SAMPLINGS: Final = ("sampled", "submitted")
_CALLED: Final = {
    "laboratory": tr("Laboratory"),
    "report_no": tr("Number of the report"),
    "conclusion": tr("Conclusion"),
    "sampling": tr("How the sample came"),
}
"""What people call the fields of a report."""


def tidy_report(report: LabReport) -> LabReport:
    """Names without spaces around them; the digits of a CMA number without those between them."""
    return replace(
        report,
        laboratory=report.laboratory.strip(),
        cma_no="".join(unicodedata.normalize("NFKC", report.cma_no).split()),
        report_no=report.report_no.strip(),
    )


def entry_faults(report: LabReport, *, nominated_on: date, today: date) -> Iterator[Reason]:
    """Everything for which a report is refused at once when it is entered; `report` is tidy."""
    yield from report_faults(report, nominated_on=nominated_on)
    if report.issued_on > today:
        sentence = tr(
            "Day of the report: {day} has not come yet; please write the day printed on it.", day=report.issued_on
        )
        yield Reason("ISSUED_IN_FUTURE", sentence, "issued_on")
    for place, text, most in (
        ("laboratory", report.laboratory, LONGEST_LABORATORY),
        ("report_no", report.report_no, LONGEST_NUMBER),
    ):
        if len(text) > most:
            sentence = tr("{place}: at most {n} signs; please shorten it.", place=_CALLED[place], n=most)
            yield Reason("TOO_LONG", sentence, place)
    for place, given, known in (
        ("conclusion", report.conclusion, tuple(CONCLUSIONS)),
        ("sampling", report.sampling, SAMPLINGS),
    ):
        if given not in known:
            sentence = tr("{place}: {given} is not one of {known}.", place=_CALLED[place], given=given, known=known)
            yield Reason("UNKNOWN_WORD", sentence, place)


def report_faults(report: LabReport, *, nominated_on: date) -> Iterator[Reason]:
    """What makes a report implausible whenever it is looked at."""
    if not report.laboratory:
        yield Reason("LABORATORY_MISSING", tr("The laboratory is missing; please write its full name."), "laboratory")
    if not report.report_no:
        sentence = tr("The number of the report is missing; please write it as printed on the report.")
        yield Reason("REPORT_NUMBER_MISSING", sentence, "report_no")
    if report.cma_no and not _is_cma(report.cma_no):
        sentence = tr(
            "The CMA number {number} has not {n} digits; please copy it from the CMA mark, or leave it empty.",
            number=report.cma_no[:LONGEST_NUMBER],
            n=CMA_DIGITS,
        )
        yield Reason("CMA_MALFORMED", sentence, "cma_no")
    if report.issued_on < months_before(nominated_on, OLDEST_REPORT_MONTHS):
        sentence = tr(
            "Day of the report: {day} lies more than {n} months before the nomination; please check it,"
            " or have the product tested again.",
            day=report.issued_on,
            n=OLDEST_REPORT_MONTHS,
        )
        yield Reason("ISSUED_TOO_LONG_AGO", sentence, "issued_on")


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of the month where that month is shorter."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def _is_cma(number: str) -> bool:
    return len(number) == CMA_DIGITS and number.isascii() and number.isdigit()
