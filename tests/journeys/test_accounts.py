"""Accounts on a console at real work: invited by mail, a first password, a second factor, waiting, typing on."""

import email
import email.policy
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pyotp
import pytest
from handling import form_of, press, send, write
from playwright.sync_api import Page
from town import CONFIG, serving, town_of

from console.accounts.invitations import set_password
from console.accounts.vault import VARIABLE, new_key
from console.founding import found_house
from console.settings import load_settings
from notifications.sink import SinkProcess

PASSWORD = "样例口令 一只蓝色的茶壶"  # noqa: S105 - of nobody
OTHERS = "另一句样例 七只绿色的杯子"
CHANGES = {
    "host: smtp.lingpao.example": "host: 127.0.0.1",
    "port: 465": "port: {mail}",
    "security: tls ": "security: none ",
    "    username: standards@lingpao.example": "    username: null",
    "allow_plaintext: false": "allow_plaintext: true",
    "link: null": "link: http://127.0.0.1:{web}",
    "compose_seconds: 10": "compose_seconds: 1",
    "dispatch_seconds: 5": "dispatch_seconds: 1",
}


@dataclass(frozen=True)
class Live:
    """A console at real work: where it is, and the mail that left it."""

    address: str
    mails: SinkProcess


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("live")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with SinkProcess(folder / "mails") as sink:
        words = CONFIG.read_text(encoding="utf-8")
        for before, after in CHANGES.items():
            assert before in words, before
            words = words.replace(before, after.format(mail=sink.port, web=port), 1)
        config = folder / "config.yaml"
        config.write_text(words, encoding="utf-8")
        database = folder / "lingpao.db"
        house = found_house(load_settings(config), url=f"sqlite:///{database}").house
        house.close()
        with town_of(database, config) as town:
            for login in ("admin", "cixi"):
                set_password(town.house.accounts, town.actor("admin"), login, PASSWORD)
        key = {VARIABLE: new_key()}
        with serving(database, "--port", str(port), config=config, **key) as served:
            yield Live(served.address, sink)


@pytest.fixture
def people(live: Live, opened) -> Iterator:
    yield from opened(live.address)


def sign_in(window: Page, login: str, password: str = PASSWORD) -> None:
    window.goto("/sign-in")
    send(window, write(form_of(window, "/sign-in"), login=login, password=password))


def link_of(window: Page, live: Live, to: str) -> str:
    """The path of the link in the newest mail to that address, once it has come."""
    for _ in range(300):
        for file in reversed(live.mails.files):
            mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            body = mail.get_body(("plain",))
            found = re.search(r"/invitation/\S+", body.get_content()) if body and to in str(mail["to"]) else None
            if found:
                return found[0].rstrip("。.")
        window.wait_for_timeout(200)
    raise AssertionError(to)


def test_whoever_is_invited_sets_a_password_signs_in_and_adds_a_second_factor(people, live: Live, accessible) -> None:
    admin, newcomer = people.empty(), people.empty()
    sign_in(admin, "admin")
    admin.goto("/people/new")
    accessible(admin)
    form = form_of(admin, "/people/new")
    write(form, name="样例新人", login="newcomer", email="newcomer@lingpao.example")
    form.locator("[name=organisation]").select_option("haishu")
    form.locator("[name=role]").select_option("district_coordinator")
    form.locator("[name=invite]").check()
    send(admin, form)
    accessible(admin)

    newcomer.goto(link_of(newcomer, live, "newcomer@lingpao.example"))
    accessible(newcomer)
    form = form_of(newcomer, "/invitation/")
    send(newcomer, write(form, new=OTHERS, again=PASSWORD))
    accessible(newcomer)
    send(newcomer, write(form_of(newcomer, "/invitation/"), new=OTHERS, again=OTHERS))
    accessible(newcomer)
    sign_in(newcomer, "newcomer", OTHERS)
    newcomer.goto("/account/second-factor")
    press(newcomer, "开始")
    accessible(newcomer)
    totp = pyotp.TOTP(newcomer.locator("main code").first.inner_text())
    send(newcomer, write(form_of(newcomer, "/account/second-factor"), code=totp.at(datetime.now(UTC))))
    codes = newcomer.locator("main li code").all_inner_texts()
    assert len(codes) == 10
    accessible(newcomer)

    press(newcomer, "退出登录")
    sign_in(newcomer, "newcomer", OTHERS)
    accessible(newcomer)
    send(newcomer, write(form_of(newcomer, "/sign-in/code"), code=codes[0]))
    assert newcomer.locator("nav.side").is_visible()


def test_who_guesses_is_told_how_long_to_wait_and_others_get_in(people, accessible) -> None:
    guesser, other = people.empty(), people.empty()
    for _ in range(6):
        sign_in(guesser, "yuyao", "样例错误口令")
    told = guesser.locator("[data-summary]").inner_text()
    assert re.search(r"请于 \S+ \d\d:\d\d:\d\d 后再试", told), told
    accessible(guesser)
    assert guesser.locator("[name=login]").input_value() == "yuyao"

    sign_in(other, "cixi")
    assert other.locator("nav.side").is_visible()


def test_what_was_typed_when_the_session_ended_is_offered_again_and_sent(people, accessible) -> None:
    typing, elsewhere = people.empty(), people.empty()
    sign_in(typing, "cixi")
    typing.goto("/nominate")
    form = form_of(typing, "/nominate/one")
    write(form, enterprise_name="宁波慈溪样例器具有限公司", product_name="样例器具")
    write(
        form, implemented_standards="GB/T 9473-2017《读写作业台灯性能要求》", benchmark_standards="IEC 62722-2-1:2014"
    )
    sign_in(elsewhere, "cixi")
    elsewhere.goto("/account")
    accessible(elsewhere)
    send(elsewhere, form_of(elsewhere, "/account/sessions/end"), ".btn-outline-secondary")

    send(typing, form)
    accessible(typing)
    send(typing, write(form_of(typing, "/sign-in"), login="cixi", password=PASSWORD))
    accessible(typing)
    assert "宁波慈溪样例器具有限公司" in typing.locator("main").inner_text()
    press(typing, "现在提交")
    accessible(typing)
    assert "宁波慈溪样例器具有限公司" in typing.locator("main").inner_text()
    assert "/nominate/checked/" in typing.url
