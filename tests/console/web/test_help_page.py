"""Help in the browser: for everybody, in both languages, and reached from wherever something went wrong."""

from browsers import Shown, Web


def test_help_is_there_before_signing_in_and_after(web: Web) -> None:
    for browser in (web.stranger(), web.at("haishu")):
        text = Shown(browser.get("/help")).text
        for word in ("催办", "督办", "通报", "Ctrl+K", "里程碑", "归属待定"):
            assert word in text


def test_help_is_there_in_english(web: Web) -> None:
    browser = web.stranger()
    browser.cookies.set("lingpao_locale", "en")

    assert "Reminder, chase, supervision, circular" in Shown(browser.get("/help")).text


def test_pages_of_errors_lead_to_help(web: Web) -> None:
    assert "/help" in Shown(web.at("haishu").get("/cases/999999")).links
