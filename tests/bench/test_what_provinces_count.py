"""What is counted by province beside what its districts have reached, one by one."""

from collections import Counter
from pathlib import Path

from bench.country import make, open_country
from bench.lands import CAMPAIGN, Land
from console.series import burn_up, by_month
from engine.access import scopes
from engine.store import areas, campaigns, people


def test_a_province_has_reached_what_its_districts_reached(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'country.db'}"
    make(url, Land(cases=600, districts=90), say=False)
    country = open_country(url)
    with country.look() as work:
        actor = people.actor(work, "p07", country.today(work))
        campaign = campaigns.get(work, CAMPAIGN)
        province = by_month(country, work, actor, campaign)
        line = burn_up(country, work, actor, campaign, "plan_uploaded")
        parts = [one.code for one in areas.districts(work, scopes(actor), country.today(work))]
        months = [by_month(country, work, actor, campaign, area=code) for code in parts]
        lines = [burn_up(country, work, actor, campaign, "plan_uploaded", area=code) for code in parts]
    country.database.close()
    assert len(parts) > 1
    for place, month in enumerate(province):
        assert Counter(month.met) == sum((Counter(one[place].met) for one in months), Counter())
        assert Counter(month.late) == sum((Counter(one[place].late) for one in months), Counter())
    assert line.met[-1] == sum(one.met[-1] for one in lines) > 0
