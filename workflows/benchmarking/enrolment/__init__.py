"""Storing a list: what it changes, who claims what twice, and how far the district's task has come."""

from workflows.benchmarking.enrolment.claims import decide_claim, hold_claim
from workflows.benchmarking.enrolment.enrol import enrol
from workflows.benchmarking.enrolment.preview import compare
from workflows.benchmarking.enrolment.terms import Enrolment, KeptSheet, Left, ListSource

__all__ = ["Enrolment", "KeptSheet", "Left", "ListSource", "compare", "decide_claim", "enrol", "hold_claim"]
