"""The terms of a campaign as last applied: days, quotas, ladder. Read from the `campaigns` row, never from the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.ladder import Ladder, Rung
from engine.model import Campaign


@dataclass(frozen=True)
class Terms:
    """What the engine needs of a campaign's settings.

    `days` gives each milestone its day (None: no day); `quotas` go by the code of the organisation;
    `newcomer_workdays` is what a case that joins late has at least; `rework_workdays` what a sent-back case has;
    `extends_beyond_close` says whether an extension may go beyond the last day of the campaign.
    """

    key: str
    kind: str
    title: str
    short: str
    plan_title: str
    year: int
    opens: date
    closes: date
    days: Mapping[str, date | None]
    roll: str
    due_inclusive: bool
    quotas: Mapping[str, int]
    quota_mode: str
    newcomer_workdays: int
    extends_beyond_close: bool
    rework_workdays: int
    report_days: tuple[tuple[int, int], ...]
    first_report: str
    report_opens_before: int
    ladders: Mapping[str, Ladder]


def terms_of(campaign: Campaign) -> Terms:
    """Read the terms from a campaign row; the same body is read once."""
    known = _KNOWN.get(id(campaign.body))
    if known is None or known[0] is not campaign.body:
        known = (campaign.body, _terms(campaign))
        _KNOWN[id(campaign.body)] = known
    return known[1]


_KNOWN: dict[int, tuple[Mapping[str, Any], Terms]] = {}
"""Terms by the identity of the body they were read from; the store hands out one object for one text."""


def _terms(campaign: Campaign) -> Terms:
    body = campaign.body
    reports = body["reports"]
    return Terms(
        key=campaign.key,
        kind=campaign.kind,
        title=body["title"],
        short=body["short"],
        plan_title=body["plan_title"],
        year=body["year"],
        opens=date.fromisoformat(body["opens"]),
        closes=date.fromisoformat(body["closes"]),
        days={name: _day(value) for name, value in body["milestones"].items()},
        roll=body["roll"],
        due_inclusive=body["due_inclusive"],
        quotas={district["code"]: district["quota"] for district in body["districts"]},
        quota_mode=body["quota_mode"],
        newcomer_workdays=body["newcomer_workdays"],
        extends_beyond_close=body.get("extend_beyond_close", False),
        rework_workdays=body["rework_workdays"],
        report_days=tuple(_month_day(text) for text in reports["days"]),
        first_report=reports["first_period"],
        report_opens_before=reports["opens_workdays_before"],
        ladders={name: _ladder(name, rungs) for name, rungs in body["ladders"].items()},
    )


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def _ladder(name: str, body: Mapping[str, Any]) -> Ladder:
    return Ladder(
        name=name,
        send_at=body["send_at"],
        rungs=tuple(
            Rung(
                name=rung["name"],
                level=rung["level"],
                at=rung["at"],
                every=rung.get("every"),
                until=rung.get("until"),
                after=tuple(rung["after"]) if rung.get("after") else None,
                draft=rung.get("draft", False),
            )
            for rung in body["rungs"]
        ),
    )
