"""The outlook in the browser: when districts are likely to be done, said in words, and what is still open behind it."""

from datetime import date

import pytest
from browsers import Shown, Web
from ningbo import CAMPAIGN

from engine.store import forecasts
from engine.store.forecasts import Outlook


def foreseen(web: Web, district: str, *, late_on: date | None = date(2020, 12, 3), thin: tuple[str, ...] = ()) -> None:
    """A forecast that has counted one case too many, as it may have by the evening."""
    made = Outlook(
        campaign=CAMPAIGN,
        flow="enterprise",
        milestone="published",
        district_id=web.ningbo.district_id(district),
        made_on=web.ningbo.today(),
        cases=3,
        due_on=date(2020, 10, 31),
        early_on=None if thin else date(2020, 11, 2),
        middle_on=None if thin else date(2020, 11, 16),
        late_on=None if thin else late_on,
        late_percent=None if thin else 90,
        thin=thin,
    )
    with web.ningbo.engine.work() as work:
        forecasts.put(work, [made])


@pytest.fixture
def two(web: Web) -> Web:
    """Two enterprises on their way in a district, and one that withdrew."""
    for name in ("样例甲有限公司", "样例乙有限公司"):
        web.ningbo.one(name)
    web.ningbo.step("withdraw", web.ningbo.one("样例丙有限公司"), reason="样例理由：企业停产")
    return web


def test_the_district_that_is_done_last_is_named_with_its_day_and_how_sure_that_is(two: Web) -> None:
    two.ningbo.one("慈溪样例有限公司", district="cixi")
    foreseen(two, "haishu")
    foreseen(two, "cixi", thin=("verified",))

    told = Shown(two.at("city").get("/outlook?milestone=published")).text

    assert "按目前进度，海曙最后完成，预计在2020年11月16日" in told
    assert "2020年11月2日至2020年12月3日" in told
    assert (
        "按目前进度，海曙预计在2020年11月16日完成" in Shown(two.at("haishu").get("/outlook?milestone=published")).text
    )


def test_what_is_still_open_leads_to_exactly_these_enterprises(two: Web) -> None:
    foreseen(two, "haishu")
    link = "/cases?before=published&district=haishu"

    page = two.at("city").get("/outlook?milestone=published")
    assert link in Shown(page).links
    assert 'district=haishu">2</a>' in page.text
    rows = Shown(two.at("city").get(link)).text
    assert "共2项" in rows
    assert "尚未到达“已公布”" in rows
    assert "样例丙有限公司" not in rows


def test_where_too_little_has_happened_no_day_is_named(two: Web) -> None:
    foreseen(two, "haishu", thin=("verified",))

    told = Shown(two.at("city").get("/outlook?milestone=published")).text

    assert "按目前进度" not in told
    assert "已有的办理记录太少" in told
    assert "下列状态的记录太少：已检测验证" in told


def test_a_day_too_far_off_is_said_to_be_so(two: Web) -> None:
    foreseen(two, "haishu", late_on=None)

    assert "也可能超过两年" in Shown(two.at("city").get("/outlook?milestone=published")).text
