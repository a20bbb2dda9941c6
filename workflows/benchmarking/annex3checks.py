"""Whether the forms of a half-yearly report can be handed in, and what is odd about them; everything at once. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from engine.kinds import Reason
from engine.words import tr
from workflows.benchmarking.annex3 import BY_KEY, COUNTED, FIELDS, PAIRS, Field, share
from workflows.benchmarking.annex3values import figure, read_value, reason, told
from workflows.benchmarking.model import ReportSheet

WHOLE: Final = 100
"""Percent."""

ROUNDING: Final = Decimal("0.05")
"""How far a share may be from the worked-out one: 66.7 is said for 66.67."""

MANY_TIMES: Final = 3
"""A figure this many times that of last year is asked about."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What keeps the report from being handed in, and what is only to be looked at once more."""

    errors: tuple[Reason, ...]
    hints: tuple[Reason, ...]


def check_sheets(sheets: Sequence[ReportSheet], before: Mapping[str, Mapping[str, Any]]) -> Findings:
    """All forms of a report together; `before` has what was handed in for the period before, by industry."""
    errors: list[Reason] = []
    hints: list[Reason] = []
    if not sheets:
        errors.append(Reason("NO_FORM", tr("There is no form yet; add one for each industry.")))
    names = [str(one.typed.get("industry_name") or "") for one in sheets]
    for sheet in sheets:
        errors += _unreadable(sheet)
        errors += _missing(sheet)
        errors += _disagreeing(sheet)
        hints += _odd(sheet)
        hints += _differing(sheet)
        hints += _lower(sheet, before.get(sheet.industry, {}))
    twice = {name for name in names if name and names.count(name) > 1}
    errors += [Reason("INDUSTRY_TWICE", tr("The industry {name} has two forms; make one of them.", name=name), name)
               for name in sorted(twice)]  # fmt: skip
    return Findings(tuple(errors), tuple(hints))


def differences(typed: Mapping[str, Any], computed: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Where what was typed is not what the records say."""
    found = {}
    for field in FIELDS:
        mine, theirs = typed.get(field.key), computed.get(field.key)
        if field.kind in {"count", "percent"} and field.key in computed and not _same(mine, theirs):
            found[field.key] = {"typed": mine, "computed": theirs}
    return found


def filled_up(typed: Mapping[str, Any]) -> dict[str, Any]:
    """The same with each share that was left empty and can be worked out."""
    found = dict(typed)
    for field in FIELDS:
        if field.of and found.get(field.key) is None:
            part, whole = (figure(found, name) for name in field.of)
            worked = share(part, whole) if part is not None and whole is not None else None
            if worked is not None:
                found[field.key] = str(worked)
    return found


def totals(sheets: Sequence[ReportSheet]) -> dict[str, int]:
    """The sums over all industries, as the cover of several forms prints them."""
    return {key: sum(int(figure(one.typed, key) or 0) for one in sheets) for key in COUNTED}


def _unreadable(sheet: ReportSheet) -> Iterator[Reason]:
    for field in FIELDS:
        read = read_value(field, sheet.typed.get(field.key))
        if read.sentence:
            yield reason(field, read, sheet.industry)


def _missing(sheet: ReportSheet) -> Iterator[Reason]:
    for field in FIELDS:
        if not field.required or sheet.typed.get(field.key) not in (None, ""):
            continue
        if field.of and not any(figure(sheet.typed, name) for name in field.of[1:]):
            sentence = tr("it is missing; write the total behind it or the share itself")
        elif field.kind == "long":
            sentence = tr("it is missing; write “无” where there is nothing to report")
        else:
            sentence = tr("it is missing; please fill it in")
        yield told("MISSING", field, sheet.industry, sentence)


def _disagreeing(sheet: ReportSheet) -> Iterator[Reason]:
    """Shares that are not what their figures come to, parts larger than their whole, growth out of nothing."""
    for field in FIELDS:
        if field.of:
            yield from _wrong_share(sheet, field)
    for this, last in PAIRS:
        if figure(sheet.typed, this) is not None and not figure(sheet.typed, last):
            sentence = tr("the figure of last year is missing or 0; growth is measured against it")
            yield told("NOTHING_BEFORE", BY_KEY[last], sheet.industry, sentence)


def _wrong_share(sheet: ReportSheet, field: Field) -> Iterator[Reason]:
    part, whole = (figure(sheet.typed, name) for name in field.of or ())
    given = figure(sheet.typed, field.key)
    if part is None or whole is None:
        if given is not None and given > WHOLE and not field.above_100:
            yield told("MORE_THAN_ALL", field, sheet.industry, tr("{given}% is more than all", given=given))
        return
    if part > whole and not field.above_100:
        sentence = tr("{part} of {whole} is more than all; please check both", part=part, whole=whole)
        yield told("MORE_THAN_ALL", field, sheet.industry, sentence)
    if given is not None:
        yield from _misreckoned(sheet, field, part=part, whole=whole, given=given)


def _misreckoned(
    sheet: ReportSheet, field: Field, *, part: Decimal, whole: Decimal, given: Decimal
) -> Iterator[Reason]:
    expected = share(part, whole)
    if _same(given, expected):
        return
    wanted = tr("empty") if expected is None else f"{expected}%"
    sentence = tr("{part} of {whole} is {wanted}, not {given}%", part=part, whole=whole, wanted=wanted, given=given)
    yield told("SHARE_DISAGREES", field, sheet.industry, sentence)


def _odd(sheet: ReportSheet) -> Iterator[Reason]:
    field = BY_KEY["share_of_ads_enterprises_pct"]
    given = figure(sheet.typed, field.key)
    if given is not None and given > WHOLE:
        sentence = tr("{given}% is more than all; enterprises below the designated size are counted in", given=given)
        yield told("ABOVE_100", field, sheet.industry, sentence)
    for this, last in PAIRS:
        now, then = figure(sheet.typed, this), figure(sheet.typed, last)
        if now and then and now > then * MANY_TIMES:
            sentence = tr("{now} is more than {n} times last year's {then}; is the unit right?", now=now, then=then,
                          n=MANY_TIMES)  # fmt: skip
            yield told("GREW_MUCH", BY_KEY[this], sheet.industry, sentence)


def _differing(sheet: ReportSheet) -> Iterator[Reason]:
    for key, both in sheet.differences.items():
        field = BY_KEY[key]
        sentence = tr(
            "{typed} was typed, the records say {computed}; please check which is right",
            typed=_shown(both["typed"], field),
            computed=_shown(both["computed"], field),
        )
        yield told("DIFFERS_FROM_RECORDS", field, sheet.industry, sentence)


def _lower(sheet: ReportSheet, before: Mapping[str, Any]) -> Iterator[Reason]:
    """Figures are counted from the beginning of the campaign, so they seldom fall."""
    for key in COUNTED:
        now, then = figure(sheet.typed, key), figure(before, key)
        if now is not None and then is not None and now < then:
            sentence = tr("{now} is less than the {then} reported for the period before", now=now, then=then)
            yield told("LOWER_THAN_BEFORE", BY_KEY[key], sheet.industry, sentence)


def _same(first: object, second: object) -> bool:
    one, other = figure({"it": first}, "it"), figure({"it": second}, "it")
    if one is None or other is None:
        return one is other and first in (None, "")
    return abs(one - other) <= ROUNDING


def _shown(value: object, field: Field) -> str:
    return "—" if value in (None, "") else f"{value}{field.unit}"
