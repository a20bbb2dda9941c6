"""The grammar of standard numbers as they stand in the cells of a list: `scan` a cell, print an `official` number."""

from workflows.benchmarking.standards.cell import FLAGS, WARNINGS, Cell, Kind, Nature, Reference, Severity, sentence
from workflows.benchmarking.standards.printing import official
from workflows.benchmarking.standards.scan import scan

__all__ = ["FLAGS", "WARNINGS", "Cell", "Kind", "Nature", "Reference", "Severity", "official", "scan", "sentence"]
