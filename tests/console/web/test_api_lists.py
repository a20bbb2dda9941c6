"""Lists brought in by programs: looked at without a trace, taken in once, refused with every fault at its place."""

from typing import Any

import pytest
from browsers import Web
from roster_files import ListFile, clean_rows

from console.web.api import PREFIX
from console.web.downloads import XLSX


@pytest.fixture(autouse=True)
def _after_the_day_of_the_lists(web: Web) -> None:
    web.ningbo.at("2020-05-29")


def send(web: Web, login: str, address: str, rows: Any, **terms: str) -> Any:
    content = rows if isinstance(rows, bytes) else ListFile(rows=rows).xlsx()
    files = {"file": ("C:\\样例\\名单.xlsx", content, XLSX)}
    return web.at(login).post(f"{PREFIX}/{address}", data=terms, files=files)


def named(web: Web) -> int:
    found: int = web.at("haishu").get(f"{PREFIX}/cases?flow=enterprise").json()["count"]["n"]
    return found


def test_a_list_is_looked_at_without_a_trace(web: Web) -> None:
    told = send(web, "haishu", "lists/check/upload", clean_rows(3)).json()

    assert told["accepted"] is True
    assert told["counts"]["data_rows"] == 3
    assert len(told["difference"]["new"]) == 3
    assert named(web) == 0
    assert web.at("haishu").get(f"{PREFIX}/lists").json()["lines"] == []


def test_a_list_is_taken_in_once(web: Web) -> None:
    content = ListFile(rows=clean_rows(3)).xlsx()

    first = send(web, "haishu", "lists/upload", content).json()
    again = send(web, "haishu", "lists/upload", content).json()

    assert first["status"] == "taken"
    assert named(web) == 3
    assert again["earlier"]["import"] == first["import"]
    (line,) = web.at("haishu").get(f"{PREFIX}/lists").json()["lines"]
    assert (line["file"], line["status"], line["district"]) == ("名单.xlsx", "taken", "海曙")


def test_a_list_with_a_fault_is_refused_with_its_place_and_goes_back_marked(web: Web) -> None:
    rows = clean_rows(3)
    rows[1][1] = ""

    told = send(web, "haishu", "lists/upload", rows).json()
    marked = web.at("haishu").get(f"{PREFIX}/lists/{told['import']}/marked")

    assert told["status"] == "refused"
    assert [row["status"] for row in told["rows"]].count("error") == 1
    assert named(web) == 0
    assert marked.headers["content-type"] == XLSX
    assert marked.content.startswith(b"PK")


def test_lists_of_others_do_not_exist_and_who_brings_none_in_is_not_let_through(web: Web) -> None:
    number = send(web, "haishu", "lists/upload", clean_rows(2)).json()["import"]

    assert web.at("haishu").get(f"{PREFIX}/lists/{number}").json()["import"] == number
    assert web.at("cixi").get(f"{PREFIX}/lists/{number}").status_code == 404
    assert web.at("cixi").get(f"{PREFIX}/lists/{number}/marked").status_code == 404
    assert send(web, "leader", "lists/upload", clean_rows(2)).status_code == 404
    assert send(web, "city", "lists/upload", clean_rows(2)).status_code == 422
    assert send(web, "haishu", "lists/check/upload", b"\x89PNG\r\n").json()["file_errors"]
