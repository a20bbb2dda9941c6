"""What `doctor` says about signing in."""

from pathlib import Path

import pytest

from console.accounts.vault import new_key

ROOT = Path(__file__).parents[3]


def codes(lingpao, *, wrong: bool) -> dict[str, str]:
    answer = lingpao.ask("doctor", code=1 if wrong else 0)
    return {one["code"]: one["grade"] for one in answer["findings"]}


@pytest.fixture
def configured(lingpao, tmp_path, monkeypatch):
    """Write the configuration with changes, where the relay has its password."""
    monkeypatch.setenv("LINGPAO_SMTP_PASSWORD", "sample")

    def write(*changes: tuple[str, str]) -> None:
        text = (ROOT / "config.yaml").read_text(encoding="utf-8")
        for before, after in changes:
            assert before in text
            text = text.replace(before, after, 1)
        lingpao.config = tmp_path / "config.yaml"
        lingpao.config.write_text(text, encoding="utf-8")

    return write


def test_without_an_address_nobody_can_be_invited_and_with_one_all_is_well(lingpao, configured):
    configured()
    assert codes(lingpao, wrong=False)["NO_LINK"] == "note"

    configured(("link: null", "link: https://console.lingpao.example"))
    assert codes(lingpao, wrong=False)["ACCOUNTS"] == "fine"


def test_roles_that_need_a_second_factor_need_a_key(lingpao, configured, monkeypatch):
    configured(("second_factor_for: []", "second_factor_for: [administrator]"))
    assert codes(lingpao, wrong=True)["FACTOR_KEY"] == "wrong"
    monkeypatch.setenv("LINGPAO_SECRET_KEY", "no key")
    assert codes(lingpao, wrong=True)["FACTOR_KEY"] == "wrong"

    monkeypatch.setenv("LINGPAO_SECRET_KEY", new_key())
    assert "FACTOR_KEY" not in codes(lingpao, wrong=False)


def test_an_identity_provider_needs_its_secret(lingpao, configured, monkeypatch):
    configured(("oidc: null", "oidc: {issuer: 'https://login.lingpao.example', client_id: console}"))
    assert codes(lingpao, wrong=True)["PROVIDER_CLOSED"] == "wrong"

    monkeypatch.setenv("LINGPAO_OIDC_CLIENT_SECRET", "sample")
    assert "PROVIDER_CLOSED" not in codes(lingpao, wrong=False)


def test_a_proxy_in_front_has_to_be_named_and_not_everybody(lingpao, configured):
    configured(("\naccounts:\n", "\nweb:\n  public: https://console.lingpao.example\n\naccounts:\n"))
    assert codes(lingpao, wrong=False)["PROXY_MISSING"] == "note"

    configured(("\naccounts:\n", "\nweb:\n  proxies: ['*']\n\naccounts:\n"))
    assert codes(lingpao, wrong=True)["PROXY_ANY"] == "wrong"

    configured(
        ("\naccounts:\n", "\nweb:\n  public: https://console.lingpao.example\n  proxies: [127.0.0.1]\n\naccounts:\n")
    )
    assert not {"PROXY_ANY", "PROXY_MISSING"} & set(codes(lingpao, wrong=False))
