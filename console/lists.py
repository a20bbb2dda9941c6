"""Lists in: what a campaign expects of one, reading it without a database, and taking it into one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from engine.core import Engine
from engine.errors import NotFound
from engine.store import blobs, campaigns, cases, people
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking.enrolment import Enrolment, ListSource, enrol
from workflows.benchmarking.roster.drafts import DistrictName, Expectation
from workflows.benchmarking.roster.limits import DEFAULT_LIMITS, MEGABYTE, Limits
from workflows.benchmarking.roster.reading import read_roster
from workflows.benchmarking.roster.report import Report
from workflows.config import LimitsSection

MEDIA_TYPE = "application/octet-stream"


def expectation(body: Mapping[str, Any], *, city: str, district: str | None, today: date) -> Expectation:
    """What the campaign expects, from its terms (as configured or as applied); `district` is the sender's code."""
    quotas = {one["code"]: one["quota"] for one in body["districts"]}
    due = body["milestones"].get("list_in")
    return Expectation(
        campaign_year=body["year"],
        today=today,
        districts=[_district(one) for one in body["districts"]],
        district=district,
        due_on=date.fromisoformat(due) if due else None,
        quota=quotas.get(district) if district else None,
        quota_mode=body["quota_mode"],
        quotas=quotas,
        city=city.removesuffix("市"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A list as it arrives: for which campaign and district, from whom, whose places its enterprises take.

    `received_on` is today where nothing is said; a list that counts from an earlier day is confirmed by the bureau.
    """

    campaign: str
    district: str
    path: Path
    login: str
    city: str
    replaces: Sequence[str] = ()
    supplementary: bool = False
    good_rows: bool = False
    received_on: date | None = None
    limits: Limits = DEFAULT_LIMITS


def take_list(engine: Engine, arrival: Arrival) -> tuple[Report, Enrolment]:
    """Read a list and take it in; the file is kept whatever becomes of it.

    It is read before the transaction begins, because a long list takes seconds and others want to write.
    """
    content = arrival.path.read_bytes()
    with engine.look() as work:
        today = engine.today(work)
        actor = people.actor(work, arrival.login, today)
        body = campaigns.get(work, arrival.campaign).body
    expected = expectation(body, city=arrival.city, district=arrival.district, today=today)
    report = read_roster(content, filename=arrival.path.name, expectation=expected, limits=arrival.limits)
    with engine.work(actor) as work:
        source = ListSource(
            campaign=arrival.campaign,
            district=arrival.district,
            sha256=blobs.keep(work, content, MEDIA_TYPE),
            filename=arrival.path.name,
            received_on=arrival.received_on or today,
            supplementary=arrival.supplementary or bool(arrival.replaces),
            replaces=tuple(_withdrawn(work, arrival.campaign, name) for name in arrival.replaces),
            good_rows=arrival.good_rows,
        )
        return report, enrol(engine, work, actor, report, source)


def limits_of(section: LimitsSection) -> Limits:
    """How large a list may be, as configured."""
    return replace(
        DEFAULT_LIMITS,
        file_bytes=section.list_mb * MEGABYTE,
        unpacked_bytes=section.unpacked_mb * MEGABYTE,
        rows=section.list_rows,
    )


def _withdrawn(work: Work, campaign: str, name: str) -> int:
    found = cases.of_campaign(work, campaign, "enterprise", states=["withdrawn"])
    for case in found:
        if case.subject_name == name and case.replaced_by_id is None:
            return case.id
    raise NotFound(tr("No withdrawn enterprise is called {name}; withdraw it first.", name=name))


def _district(one: Mapping[str, Any]) -> DistrictName:
    return DistrictName(one["code"], one["name"], tuple(one["aliases"]))
