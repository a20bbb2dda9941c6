"""Recognising which kind of list a file holds, by the one form that its header fits."""

from collections.abc import Sequence
from typing import Final

from workflows.benchmarking.roster.forms import Form
from workflows.benchmarking.roster.headers import Header
from workflows.benchmarking.roster.refusals import FileRefused
from workflows.benchmarking.roster.search import Search
from workflows.benchmarking.roster.sheets import Place

Found = tuple[Form, Search]

AMBIGUOUS: Final = "FORM_AMBIGUOUS"
"""Several forms fit; of such a file nothing is known, not even what it is."""


def recognise(found: Sequence[Found]) -> Found:
    """The form that the file fits, else the one it comes nearest to; refused where several fit equally well.

    A list that names who takes part stays one, whatever further columns it has.
    """
    fitting = [one for one in found if any(_is_whole(header, one[0]) for header in one[1].headers)]
    if not fitting:
        return max(found, key=_nearness)
    nominating = next((one for one in fitting if one[0].nominating), None)
    if nominating is not None:
        return nominating
    used = [_used(search) for _, search in fitting]
    left = [one for one, own in zip(fitting, used, strict=True) if not any(own < other for other in used)]
    if len(left) > 1:
        raise FileRefused(AMBIGUOUS, "、".join(f"{form.name}（{form.key}）" for form, _ in left))
    return left[0]


def _is_whole(header: Header, form: Form) -> bool:
    return all(column.field in header.columns for column in form.columns if column.required)


def _nearness(one: Found) -> tuple[bool, int]:
    """Whether there is a header at all, and how much of the form it names; of equals the first is taken."""
    _, search = one
    headers = search.headers or search.nearly
    return bool(search.headers), max((header.telling for header in headers), default=0)


def _used(search: Search) -> frozenset[tuple[Place, int]]:
    """The columns of the file that the form gives a meaning."""
    return frozenset(
        (header.sheet.place, column)
        for header in search.headers
        for column in (*header.columns.values(), *header.titles.values())
    )
