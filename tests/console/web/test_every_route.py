"""Every address that is registered, asked for by every person: none breaks, none tells of another district."""

import re
from collections.abc import Iterator

import pytest
from browsers import PEOPLE, Web
from fastapi.routing import APIRoute

from console.web.api import PREFIX
from console.web.api import ROUTERS as API
from console.web.pages import ROUTERS

SECRETS = {"haishu": "甲地样例有限公司", "cixi": "乙地样例有限公司", "yuyao": "丙地样例有限公司"}
"""An enterprise of each district that no other district is to hear of."""
MARKUP = """\"><svg onload=alert(1)>'</script>样例{{7*7}}有限公司"""
PLACES = {
    "case_id": "cases",
    "step": "upload_plan",
    "deed": "reply",
    "what": "plan",
    "digest": "0" * 64,
    "form": "annex2",
    "path": "none",
    "token": "none",
    "year": "2020",
    "key": "ningbo-2020",
    "kept_id": "1",
}
"""What stands in the gaps of addresses; `cases` stands for every case there is."""
ENDING = {"/sign-out"}
SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)|\son[a-z]+=|\sstyle=|<style|javascript:", re.IGNORECASE)


def routes() -> Iterator[tuple[str, str]]:
    """Of the pages and of the interface."""
    for start, router in (*(("", one) for one in ROUTERS), *((PREFIX, one) for one in API)):
        for route in router.routes:
            if isinstance(route, APIRoute) and route.path not in ENDING:
                yield from ((method, start + route.path) for method in sorted(route.methods))


@pytest.fixture
def cases(web: Web) -> dict[str, int]:
    """One case in each district, by district; in one of them a monthly report was kept."""
    web.at("cixi").post("/statistics/keep", data={"month": "2020-05"})
    return {code: web.ningbo.one(name, district=code).id for code, name in SECRETS.items()}


def addresses(path: str, cases: dict[str, int]) -> Iterator[str]:
    """The address with its gaps filled in: once, or once for each case."""
    if path.endswith("/events"):
        path += "?once=1"
    filled = re.sub(r"\{(?!case_id)(\w+)(?::\w+)?\}", lambda gap: PLACES.get(gap[1], "1"), path)
    if "{case_id}" in filled:
        yield from (filled.replace("{case_id}", str(case)) for case in (*cases.values(), 999_999))
    else:
        yield filled


@pytest.mark.parametrize("login", PEOPLE)
def test_no_address_breaks_or_tells_of_another_district(web: Web, cases: dict[str, int], login: str) -> None:
    district = login.partition("-")[0]
    hidden = [name for code, name in SECRETS.items() if code != district] if district in SECRETS else []
    browser = web.at(login)

    for method, path in routes():
        for address in addresses(path, cases):
            answer = browser.request(method, address)
            assert answer.status_code < 500, f"{method} {address}: {answer.status_code}"
            assert not [name for name in hidden if name in answer.text], f"{method} {address}"


@pytest.mark.parametrize("login", ["haishu", "haishu-deputy"])
def test_a_case_of_another_district_does_not_exist(web: Web, cases: dict[str, int], login: str) -> None:
    for method, path in routes():
        if "{case_id}" in path:
            others = {code: number for code, number in cases.items() if code != "haishu"}
            theirs = {web.at(login).request(method, one).status_code for one in addresses(path, others)}
            assert theirs <= {404, 422}, f"{method} {path}: {theirs}"


def test_every_answer_carries_the_headers_that_protect_it(web: Web, cases: dict[str, int]) -> None:
    for browser in (web.at("city"), web.stranger()):
        for method, path in routes():
            for address in addresses(path, cases):
                headers = browser.request(method, address).headers
                assert "'unsafe" not in headers["content-security-policy"], address
                assert "default-src 'self'" in headers["content-security-policy"], address
                assert headers["x-content-type-options"] == "nosniff", address
                assert headers["referrer-policy"] == "same-origin", address
                assert headers["cache-control"], address


def test_no_page_has_a_script_or_a_style_of_its_own(web: Web, cases: dict[str, int]) -> None:
    for login in ("haishu", "city", "admin"):
        for method, path in routes():
            for address in addresses(path, cases) if method == "GET" else ():
                answer = web.at(login).get(address)
                if answer.headers.get("content-type", "").startswith("text/html"):
                    assert not SCRIPT.search(answer.text), address


def test_nobody_changes_anything_from_another_site(web: Web, cases: dict[str, int]) -> None:
    for method, path in routes():
        if method != "GET":
            for address in addresses(path, cases):
                answer = web.at("city").request(method, address, headers={"sec-fetch-site": "cross-site"})
                assert answer.status_code == 403, address


def test_whoever_is_not_signed_in_sees_no_case(web: Web, cases: dict[str, int]) -> None:
    browser = web.stranger()
    for method, path in routes():
        for address in addresses(path, cases):
            answer = browser.request(method, address)
            assert not [name for name in SECRETS.values() if name in answer.text], address


def test_a_name_made_of_markup_is_shown_as_it_was_typed(web: Web) -> None:
    """In every page, picture and paper, and in what scripts read from pages."""
    case = web.ningbo.one(MARKUP, district="haishu").id
    seen = 0

    for login in ("haishu", "city"):
        for method, path in routes():
            for address in addresses(path, {"haishu": case}) if method == "GET" else ():
                answer = web.at(login).get(address)
                seen += "onload=alert" in answer.text
                if answer.headers.get("content-type", "").startswith("text/html"):
                    assert "<svg onload" not in answer.text, address
                    assert "样例49" not in answer.text, address

    assert seen > 10
