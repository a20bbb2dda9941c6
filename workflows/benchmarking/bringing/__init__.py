"""Lists about enterprises that take part: matched with the records, compared with them, and recorded as a whole."""

from workflows.benchmarking.bringing.bring import bring, compare
from workflows.benchmarking.bringing.deeds import Deed, Difference
from workflows.benchmarking.bringing.terms import Brought

__all__ = ["Brought", "Deed", "Difference", "bring", "compare"]
