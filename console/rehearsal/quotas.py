"""Every quota nominated on the first day: sample lists, taken in the way real ones are."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from console.bootstrap import House
from console.lists import Arrival, take_list
from engine.store import campaigns, organisations
from workflows.benchmarking.annexes.annex2 import annex_2

STANDARDS = ("GB/T 1.1-2020《样例产品》", "ISO 9001:2015《样例产品》")


def nominate_quotas(house: House, campaign: str, folder: Path) -> int:
    """Write a list for each district with as many sample enterprises as its quota asks for, and take it in."""
    with house.engine.look() as work:
        today = house.engine.today(work)
        body = campaigns.get(work, campaign).body
        districts = [one for one in organisations.districts(work, today) if one.code in _quotas(body)]
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    for district in districts:
        quota = _quotas(body)[district.code]
        path = folder / f"{district.position:02}-{district.name}.xlsx"
        path.write_bytes(_list(house, district.name, quota, body["year"], today))
        take_list(
            house.engine,
            Arrival(
                campaign=campaign,
                district=district.code,
                path=path,
                login=district.code,
                city=house.settings.bureau.city,
            ),
        )
        total += quota
    return total


def _list(house: House, district: str, quota: int, year: int, today: date) -> bytes:
    rows = [(f"{district}样例企业{n}有限公司", f"样例产品{n}", *STANDARDS, "", "") for n in range(1, quota + 1)]
    unit = f"{district}市场监管局"
    return annex_2(year=year, city=house.settings.bureau.city, unit=unit, reported_on=today, rows=rows).content


def _quotas(body: Mapping[str, Any]) -> dict[str, int]:
    return {one["code"]: one["quota"] for one in body["districts"] if one["quota"]}
