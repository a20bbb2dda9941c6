"""Accounts at the terminal: the first administrator's password, invitations, who is in, tokens, keys."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from doors import CHEAP

from console.accounts import hashing
from console.accounts.audit import disclose
from console.accounts.core import Caller
from console.accounts.refusals import SignInRefused
from console.accounts.signin import sign_in
from console.bootstrap import open_house
from console.settings import load_settings
from engine.store import people

PASSWORD = "一只蓝色的茶壶 on the sill"  # noqa: S105 - of nobody
ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes at the real cost take their time; commands have no other way to be told."""
    monkeypatch.setattr(hashing.Hashing.__init__, "__defaults__", (CHEAP,))


def test_the_first_administrator_gets_in_by_two_commands(lingpao, house):
    lingpao("people", "add", "boss", "--name", "系统管理员二", "--organisation", "ningbo",
            "--role", "administrator", login="admin")  # fmt: skip
    lingpao("people", "password", "boss", login="admin", given=f"{PASSWORD}\n")

    signed = sign_in(house.accounts, "boss", PASSWORD, Caller())
    assert signed.session.stage == "open"


def test_a_password_is_typed_twice_unseen_at_a_terminal(rehearsal_url):
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "console.cli", "--config", str(ROOT / "config.yaml"), "--database",
               rehearsal_url, "--locale", "en", "--as", "admin", "people", "password", "admin"]  # fmt: skip
    with subprocess.Popen(
        command, stdin=follower, stdout=follower, stderr=follower, close_fds=True, start_new_session=True
    ) as running:
        os.close(follower)
        shown = read_until(leader, b"New password: ")
        os.write(leader, f"{PASSWORD}\n".encode())
        shown += read_until(leader, b"The same once more: ")
        os.write(leader, f"{PASSWORD}\n".encode())
        shown += read_until(leader, b"have ended.")
        assert running.wait() == 0
    os.close(leader)

    assert "blue" not in shown.decode()
    assert PASSWORD not in shown.decode()
    house = open_house(load_settings(ROOT / "config.yaml"), url=rehearsal_url)
    assert sign_in(house.accounts, "admin", PASSWORD, Caller()).session.stage == "open"
    house.close()


def read_until(stream: int, mark: bytes) -> bytes:
    shown = b""
    while mark not in shown:
        shown += os.read(stream, 1000)
    return shown


def test_a_weak_password_is_refused_with_its_reasons(lingpao):
    refused = lingpao("people", "password", "admin", login="admin", given="short\n", code=1)

    assert "at least 10 characters" in refused.err


def test_an_invitation_needs_the_address_of_the_console(lingpao, tmp_path):
    refused = lingpao.ask("people", "invite", "yuyao", login="admin", code=1)
    assert "web.public" in refused["error"]["sentence"]

    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    lingpao.config = tmp_path / "config.yaml"
    lingpao.config.write_text(text.replace("link: null", "link: https://console.lingpao.example"), encoding="utf-8")
    invited = lingpao.ask("people", "invite", "yuyao", login="admin")

    preview = lingpao("mail", "preview", invited["mail"], login="city-1").out
    assert "https://console.lingpao.example/invitation/********" in preview
    assert lingpao.ask("people", "revoke-links", "yuyao", login="admin") == {"login": "yuyao", "links": 1}


def test_sessions_are_listed_and_ended(lingpao, house):
    lingpao("people", "password", "admin", login="admin", given=PASSWORD)
    for _ in range(2):
        sign_in(house.accounts, "admin", PASSWORD, Caller("192.0.2.10", "Example/1.0"))

    found = lingpao.ask("people", "sessions", "admin", login="admin")["sessions"]
    assert [one["address"] for one in found] == ["192.0.2.10"] * 2
    assert "192.0.2.10" in lingpao("people", "sessions", "admin", login="admin").out
    number = found[0]["id"]
    assert lingpao.ask("people", "end-sessions", "admin", "--session", number, login="admin")["ended"] == 1
    assert lingpao.ask("people", "end-sessions", "admin", login="admin")["ended"] == 1
    assert lingpao.ask("people", "sessions", "admin", login="admin") == {"sessions": []}
    assert lingpao.ask("people", "sessions", "admin", login="yuyao", code=1)["error"]["code"] == "NOT_ALLOWED"


def test_sign_ins_and_exports_are_read_by_administrators(lingpao, house):
    with pytest.raises(SignInRefused):
        sign_in(house.accounts, "yuyao", "wrong", Caller("192.0.2.10"))
    with house.engine.work() as work:
        actor = people.actor(work, "yuyao", house.engine.today(work))
        disclose(house.accounts, work, actor, "export", "register", rows=15, caller=Caller("192.0.2.10"))

    (failed,) = lingpao.ask("people", "sign-ins", login="admin")["sign_ins"]
    (taken,) = lingpao.ask("people", "disclosures", "yuyao", login="admin")["disclosures"]
    assert (failed["login"], failed["outcome"]) == ("yuyao", "wrong")
    assert (taken["login"], taken["about"], taken["rows"]) == ("yuyao", "register", 15)
    assert "wrong password" in lingpao("people", "sign-ins", "--outcome", "wrong", login="admin").out
    assert "register" in lingpao("people", "disclosures", login="admin").out
    assert lingpao.ask("people", "sign-ins", "--outcome", "ended", login="admin") == {"sign_ins": []}
    assert lingpao.ask("people", "sign-ins", "--outcome", "nonsense", login="admin", code=2)
    for verb in ("sign-ins", "disclosures"):
        assert lingpao.ask("people", verb, login="city-1", code=1)["error"]["code"] == "NOT_ALLOWED"


def test_a_token_is_shown_once_listed_without_it_and_taken_back(lingpao):
    made = lingpao.ask("people", "token", "yuyao", "--name", "样例程序", "--days", 30, login="yuyao")

    listed = lingpao("people", "tokens", "yuyao", login="admin")
    assert made["token"].startswith("lp_")
    assert made["scope"] == "read"
    assert made["token"] not in listed.out
    assert "样例程序" in listed.out
    assert lingpao.ask("people", "revoke-token", made["id"], login="admin")["revoked_at"]
    shown = lingpao(
        "people", "token", "yuyao", "--name", "样例程序", "--days", 1, "--scope", "write", login="yuyao"
    ).out
    assert shown.startswith("lp_")


def test_a_key_for_second_factors_is_printed_and_fits(lingpao):
    assert Fernet(lingpao.ask("people", "new-key", login="admin")["key"])
    assert Fernet(lingpao("people", "new-key", login="admin").out.strip())


def test_without_a_second_factor_there_is_none_to_remove(lingpao):
    assert lingpao.ask("people", "remove-factor", "yuyao", login="admin", code=1)["error"]["code"] == "REFUSED"


def test_a_role_that_does_not_exist_needs_no_second_factor(lingpao, tmp_path):
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    lingpao.config = tmp_path / "config.yaml"
    lingpao.config.write_text(text.replace("second_factor_for: []", "second_factor_for: [emperor]"), encoding="utf-8")

    faults = lingpao.ask("people", "list", code=3)["error"]["faults"]

    assert [fault["code"] for fault in faults] == ["UNKNOWN_ROLE"]
