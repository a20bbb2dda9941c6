"""A rehearsal in the browser: its clock in a band, a day let pass, people to choose where it is a demonstration."""

from pathlib import Path

import pytest
from browsers import HOST, Shown
from starlette.testclient import TestClient

from console.bootstrap import House, at_sink
from console.web.app import create_app
from notifications.sink import SinkProcess


@pytest.fixture
def visitor(house: House) -> TestClient:
    """Somebody at the demonstration."""
    address = f"http://{HOST}"
    return TestClient(
        create_app(house, demo=True), base_url=address, headers={"origin": address}, follow_redirects=False
    )


def test_a_visitor_chooses_whom_to_be(visitor: TestClient) -> None:
    page = Shown(visitor.get("/sign-in"))
    assert "市局经办一" in page.text
    assert "海曙区市场监督管理局" in page.text

    answer = visitor.post("/sign-in/demo", data=page.form("/sign-in/demo") | {"login": "haishu"})

    assert answer.headers["location"] == "/"
    assert "海曙联络员" in visitor.get("/cases").text
    assert visitor.post("/sign-in/demo", data={"login": "nobody"}).status_code == 404


def test_the_band_shows_the_clock_and_a_day_passes_with_its_mail(house: House, tmp_path: Path) -> None:
    address = f"http://{HOST}"
    with SinkProcess(tmp_path / "mails") as sink:
        app = create_app(at_sink(house, sink.port), demo=True)
        visitor = TestClient(app, base_url=address, headers={"origin": address}, follow_redirects=False)
        visitor.post("/sign-in/demo", data={"login": "city-1"})
        assert "2020年5月15日 00:00" in visitor.get("/cases").text

        for _ in range(7):
            assert visitor.post("/rehearsal/next-day", data={"back": "/cases"}).headers["location"] == "/cases"

    assert "2020年5月22日 09:00" in visitor.get("/cases").text
    assert list((tmp_path / "mails").glob("*.eml"))


def test_outside_a_demonstration_a_rehearsal_asks_for_the_password(house: House) -> None:
    address = f"http://{HOST}"
    visitor = TestClient(create_app(house), base_url=address, headers={"origin": address}, follow_redirects=False)

    assert "/sign-in" in Shown(visitor.get("/sign-in")).forms
    assert "/sign-in/demo" not in Shown(visitor.get("/sign-in")).forms
