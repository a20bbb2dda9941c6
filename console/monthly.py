"""Monthly reports: a table of the statistics kept under its month, with its figures as they stood at that moment."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode

from console.finding import find_district
from console.paging import CAP, PAGE, Count, Page, cursor, cut, place_of
from console.statistics import TABLES, Chosen, Figures, Head, Named, Statistics, Value, statistics
from engine.access import Actor, scopes
from engine.core import Engine
from engine.errors import Hidden, Refused
from engine.model import Campaign, Organisation
from engine.store import areas, blobs, campaigns, definitions, kept, organisations
from engine.store.database import Work
from engine.store.kept import Kept
from engine.words import Sentence, say, tr
from workflows.benchmarking.kind import ENTERPRISE

MEDIA_TYPE: Final = "application/json"
LOCALES: Final = {"zh": "zh_CN", "en": "en"}
LATEST: Final = 10
"""So many stand below the table itself."""


@dataclass(frozen=True, slots=True)
class Report:
    """A table that was kept, with its figures."""

    kept: Kept
    found: Statistics

    @property
    def table(self) -> Sentence:
        return TABLES[self.kept.name]


def keep_report(engine: Engine, work: Work, actor: Actor, campaign: Campaign, chosen: Chosen, *, month: date) -> Kept:
    """Keep a table under a month; under the same month again it is the next version beside the earlier one."""
    if month.replace(day=1) > engine.today(work):
        raise Refused(tr("This month has not begun yet."))
    campaigns.hold(work, campaign.key)
    place = _place(work, actor, chosen.district)
    found = statistics(engine, work, actor, campaign, chosen)
    content = json.dumps(_written(found), ensure_ascii=False, sort_keys=True).encode()
    row = {
        "campaign": campaign.key,
        "organisation_id": place.id,
        "month": month.replace(day=1),
        "name": found.table,
        "query": _query(work, chosen),
        "sha256": blobs.keep(work, content, MEDIA_TYPE),
        "person_id": actor.person_id,
    }
    return kept.get(work, kept.add(work, row))


def reports_kept(
    work: Work, actor: Actor, campaign: Campaign, *, after: str | None = None, limit: int = PAGE
) -> Page[Kept]:
    """What was kept of the parts of the house that the actor sees, the latest first."""
    area = areas.area(work, scopes(actor))
    place = place_of(after, int)
    found, more = cut(kept.page(work, campaign.key, area, place[0] if place else None, limit + 1), limit)
    count = Count.up_to_cap(kept.count_to(work, campaign.key, area, CAP))
    return Page(tuple(found), cursor(found[-1].id) if more else None, count)


def report_kept(work: Work, actor: Actor, number: int) -> Report:
    """One of them with its figures; what another part of the house has kept does not exist."""
    one = kept.get(work, number)
    if not any(one.path.startswith(path) for path in scopes(actor)):
        raise Hidden(f"kept report {number}")
    return Report(one, _read(json.loads(blobs.read(work, one.sha256)[1])))


def kept_told(one: Kept) -> dict[str, Any]:
    """One of them as the interface tells it."""
    return {
        "number": one.id,
        "month": one.of_month,
        "table": one.name,
        "asked": one.query,
        "version": one.number,
        "place": one.place,
        "kept_by": one.person,
        "kept_at": one.kept_at,
        "sha256": one.sha256,
    }


def spoken(name: Named, locale: str) -> str:
    """A name in a language."""
    return say(Sentence("{name}", {"name": name}), locale)


def _place(work: Work, actor: Actor, district: str | None) -> Organisation:
    """The part of the house whose figures these are."""
    if district:
        return find_district(work, actor, district)
    paths = scopes(actor)
    if len(paths) != 1:
        raise Refused(tr("Please choose a district first; a report is kept for one part of the house."))
    last = paths[0].strip("/").rpartition("/")[2]
    return organisations.get(work, int(last)) if last else areas.tops(work)[0]


def _query(work: Work, chosen: Chosen) -> str:
    """What the table was narrowed by, as far as it was."""
    line = definitions.latest(work, ENTERPRISE)[1].line
    asked = {
        "state": chosen.state if chosen.state in line else None,
        "since": f"{chosen.since:%Y-%m}" if chosen.since else None,
        "until": f"{chosen.until:%Y-%m}" if chosen.until else None,
    }
    return urlencode({name: value for name, value in asked.items() if value})


def _written(found: Statistics) -> dict[str, Any]:
    """The table as it is stored, said in every language, so that it opens as it was whatever is called otherwise."""
    return {
        "table": found.table,
        "first": _said(found.first),
        "heads": [{"key": one.key, "label": _said(one.label), "rate": one.rate} for one in found.heads],
        "lines": [_line(one) for one in found.lines],
        "total": _line(found.total) if found.total else None,
        "as_of": found.as_of.isoformat(),
    }


def _line(one: Figures) -> dict[str, Any]:
    values = [str(value) if isinstance(value, Decimal) else value for value in one.values]
    return {"key": one.key, "name": _said(one.name), "values": values}


def _said(name: Named) -> dict[str, str]:
    return {key: spoken(name, locale) for key, locale in LOCALES.items()}


def _read(stored: Mapping[str, Any]) -> Statistics:
    heads = tuple(Head(one["key"], one["label"], rate=one["rate"]) for one in stored["heads"])
    lines = tuple(_figures(one) for one in stored["lines"])
    total = _figures(stored["total"]) if stored["total"] else None
    as_of = datetime.fromisoformat(stored["as_of"])
    return Statistics(stored["table"], stored["first"], heads, lines, total, as_of)


def _figures(one: Mapping[str, Any]) -> Figures:
    values: list[Value] = [Decimal(value) if isinstance(value, str) else value for value in one["values"]]
    return Figures(one["key"], one["name"], tuple(values))
