"""Standards of a product as a person types them, read by the same grammar as those of a list."""

from collections.abc import Iterator

from engine.words import Sentence, tr
from workflows.benchmarking.model import Standard
from workflows.benchmarking.standards import scan, sentence


def read_standards(text: str, *, year: int) -> tuple[tuple[Standard, ...], tuple[Sentence, ...]]:
    """The standards of a text, a line at a time, and what is wrong with those that cannot be read."""
    found: list[Standard] = []
    faults: list[Sentence] = []
    for line in filter(None, (one.strip() for one in text.splitlines())):
        wrong = tuple(_faults(line, year))
        if wrong:
            faults += wrong
        else:
            found += [Standard(str(one.number), one.title or "") for one in scan(line, year=year).references]
    return tuple(found), tuple(faults)


def _faults(line: str, year: int) -> Iterator[Sentence]:
    cell = scan(line, year=year)
    codes = (*cell.errors, *(code for one in cell.references for code in one.errors))
    for code in dict.fromkeys(codes):
        yield tr("{text}: {problem}", text=line, problem=Sentence("{text}", {"text": sentence(code)}))
