"""On a server that holds rows one by one, deeds that touch several cases never wait for each other in a ring."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest
from browsers import Web, a_web
from ningbo import CAMPAIGN, row
from sqlalchemy import text

from engine.clock import FixedClock
from engine.errors import EngineError
from engine.leaving import correct, reinstate, replace
from engine.model import Case
from engine.store import campaigns, cases, keys
from engine.store.database import Database
from workflows.benchmarking import identity
from workflows.benchmarking.recording import EnterpriseDetails
from workflows.benchmarking.records.nominations import enterprise_id_of

pytestmark = pytest.mark.postgresql
REASON = "样例：情况有变"
WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


@pytest.fixture
def web(postgresql_url: str, clock: FixedClock) -> Iterator[Web]:
    database = Database(postgresql_url)
    yield a_web(database, clock)
    database.close()


class AtOnce(Thread):
    """Somebody who does something at the same time; what came of it is told when it is over."""

    def __init__(self, act: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self._act = act
        self.answer: Any = None
        self.start()

    def run(self) -> None:
        try:
            self.answer = self._act()
        except Exception as fault:  # noqa: BLE001 - told to the test, which asserts what it is
            self.answer = fault

    def told(self) -> Any:
        self.join(60)
        assert not self.is_alive()
        return self.answer


def until_waiting(web: Web, *others: AtOnce) -> None:
    """Go on when each of them waits for what somebody else holds, or is through already."""
    with web.house.database.engine.connect() as connection:
        while connection.execute(WAITING).scalar_one() < sum(one.is_alive() for one in others):
            connection.rollback()


@contextmanager
def campaign_held(web: Web) -> Iterator[None]:
    with web.ningbo.engine.work() as work:
        campaigns.hold(work, CAMPAIGN)
        yield


def by_use_case(deed: Callable[..., Case], **more: Any) -> Callable[[Web, Case], Any]:
    def act(web: Web, case: Case) -> Any:
        with web.ningbo.work("city") as work:
            return deed(web.ningbo.engine, work, web.ningbo.actor("city"), case.id, reason=REASON, **more)

    return act


def by_page(deed: str) -> Callable[[Web, Case], Any]:
    def act(web: Web, case: Case) -> Any:
        form = {"version": case.version, "key": "one", "reason": REASON}
        return web.at("city").post(f"/cases/{case.id}/{deed}", data=form).status_code

    return act


def by_interface(deed: str) -> Callable[[Web, Case], Any]:
    def act(web: Web, case: Case) -> Any:
        browser = web.at("city")
        tag = browser.get(f"/api/v1/cases/{case.id}").headers["etag"]
        asked = {"version": case.version, "reason": REASON}
        return browser.post(f"/api/v1/cases/{case.id}/{deed}", json=asked, headers={"if-match": tag}).status_code

    return act


@pytest.mark.parametrize(
    ("back", "refused"),
    [
        (by_use_case(reinstate), EngineError),
        (by_use_case(correct), EngineError),
        (by_page("reinstate"), int),
        (by_page("correct"), int),
        (by_interface("reinstate"), int),
    ],
)
def test_an_enterprise_comes_back_while_a_list_gives_its_place_away(
    web: Web, back: Callable[[Web, Case], Any], refused: type
) -> None:
    gone = web.ningbo.one("样例甲有限公司")
    web.ningbo.step("withdraw", gone, reason=REASON)
    gone = web.ningbo.case(gone.id)
    web.at("city").get("/overview")

    with campaign_held(web):
        listed = AtOnce(lambda: web.ningbo.send(row(5, "样例乙有限公司"), supplementary=True, replaces=(gone.id,)))
        until_waiting(web, listed)
        coming = AtOnce(lambda: back(web, gone))
        until_waiting(web, listed, coming)

    assert listed.told().status == "taken"
    answer = coming.told()
    assert isinstance(answer, refused)
    assert answer in (409, 412, 422) or not isinstance(answer, int)
    assert web.ningbo.case(gone.id).replaced_by_id is not None


def test_a_plan_is_recorded_while_a_list_adds_a_product(web: Web) -> None:
    case = web.ningbo.one("样例甲有限公司")

    with web.ningbo.work("haishu") as work:
        cases.lock(work, [case.id])
        recording = AtOnce(lambda: web.ningbo.with_plan(case))
        until_waiting(web, recording)
        another = row(5, "样例甲有限公司", "样例另一产品")
        listed = AtOnce(lambda: web.ningbo.send(another, supplementary=True))
        until_waiting(web, recording, listed)

    assert recording.told() is None
    assert listed.told().status == "taken"


def test_an_enterprise_is_described_while_it_is_merged(web: Web) -> None:
    case, other = web.ningbo.one("样例甲有限公司"), web.ningbo.one("样例乙有限公司", district="cixi")
    web.ningbo.step("withdraw", other, login="cixi", reason=REASON)
    keep, gone = enterprise_id_of(other), enterprise_id_of(case)

    def merge() -> Any:
        with web.ningbo.work("city") as work:
            return identity.merge(web.ningbo.engine, work, web.ningbo.actor("city"), keep, gone, reason=REASON)

    with web.ningbo.work("haishu") as work:
        cases.lock(work, [case.id])
        describing = AtOnce(
            lambda: web.ningbo.record("set_enterprise_details", case, EnterpriseDetails(cluster="样例集群"))
        )
        until_waiting(web, describing)
        merging = AtOnce(merge)
        until_waiting(web, describing, merging)

    assert not isinstance(describing.told(), Exception)
    assert merging.told().changed


def test_places_are_exchanged_while_both_enterprises_take_a_step_together(web: Web) -> None:
    joining, leaving = web.ningbo.one("样例乙有限公司"), web.ningbo.one("样例甲有限公司")
    web.ningbo.step("withdraw", leaving, reason=REASON)

    with web.ningbo.work("city") as work:
        cases.lock(work, [joining.id])
        exchanging = AtOnce(
            lambda: by_use_case(
                lambda *desk, **more: replace(*desk[:3], leaving_id=desk[3], joining_id=joining.id, **more)
            )(web, leaving)
        )
        until_waiting(web, exchanging)
        cases.lock(work, [leaving.id])

    assert exchanging.told().replaced_by_id == joining.id


def test_the_same_request_twice_at_once_is_done_once_and_answered_alike(web: Web) -> None:
    with web.ningbo.work("city") as work:
        assert keys.answer_of(work, "api:1:样例", "样例") is None

        def again() -> Any:
            with web.ningbo.work("city") as other:
                return keys.answer_of(other, "api:1:样例", "样例")

        second = AtOnce(again)
        until_waiting(web, second)
        keys.keep(work, "api:1:样例", "样例", {"result": "done"})

    assert second.told() == {"result": "done"}
