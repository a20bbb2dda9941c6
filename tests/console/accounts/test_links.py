"""Links in mails: good once, for one person and purpose, for a while; seen by nobody but the one they are for."""

import re
from dataclasses import replace
from threading import Barrier, Thread

import pytest
import toypost
from doors import OFFICE, PASSWORD, Door

from console.accounts.config import AccountsSection, LinksSection
from console.accounts.core import Caller
from console.accounts.factors import offer
from console.accounts.invitations import (
    ask_reset,
    ask_sign_in_link,
    change_password,
    invite,
    set_password_by_link,
    sign_in_by_link,
)
from console.accounts.links import look_at, revoke
from console.accounts.refusals import ConfirmationNeeded, LinkRefused, PasswordRefused, SignInRefused, WaitAsked
from console.accounts.signin import confirm
from console.administration import change_person, deactivate
from engine.errors import NotAllowed, NotFound, Refused
from engine.store import mails
from notifications.desk import shown
from notifications.preview import preview_mail
from notifications.resending import resend

NEW = "another long password"
SECRET = re.compile(r"https://console\.lingpao\.example/(invitation|reset|link)/([A-Za-z0-9_-]{32})\s")


def token_in(door: Door, number: int = -1) -> str:
    """The token as the receiver of a mail finds it."""
    found = SECRET.search(toypost.text_of(toypost.read(door.house.post, door.mails[number])))
    assert found is not None
    return found.group(2)


def invited(door: Door, login: str = "haishu") -> str:
    with door.house.engine.work() as work:
        invite(door.accounts, work, door.actor("admin"), login)
    return token_in(door)


def with_page_links(door: Door) -> None:
    door.accounts = replace(door.accounts, section=AccountsSection(links=LinksSection(sign_in=True)))


def test_who_is_invited_sets_a_password_and_comes_in(door: Door) -> None:
    token = invited(door)

    assert door.mails[-1].letter == "invitation"
    assert door.mails[-1].state == "ready"
    assert look_at(door.accounts, token, "invitation").person.login == "haishu"
    set_password_by_link(door.accounts, token, "invitation", NEW, OFFICE)

    assert door.knock("haishu", NEW).session.stage == "open"
    assert [one["what"] for one in door.told if one["person"] == "haishu"] == [
        "invited", "password_invitation", "signed_in",
    ]  # fmt: skip


def test_looking_does_not_use_a_link_up_and_neither_does_a_refused_password(door: Door) -> None:
    token = invited(door)
    for _ in range(3):
        look_at(door.accounts, token, "invitation")
    with pytest.raises(PasswordRefused):
        set_password_by_link(door.accounts, token, "invitation", "short", OFFICE)

    assert set_password_by_link(door.accounts, token, "invitation", NEW, OFFICE).login == "haishu"


def test_a_link_is_good_once_for_its_purpose_and_until_its_hour(door: Door) -> None:
    token = invited(door)
    with pytest.raises(LinkRefused):
        look_at(door.accounts, token, "password_reset")
    with pytest.raises(LinkRefused):
        set_password_by_link(door.accounts, token, "password_reset", NEW, OFFICE)
    with pytest.raises(LinkRefused):
        sign_in_by_link(door.accounts, token, OFFICE)
    set_password_by_link(door.accounts, token, "invitation", NEW, OFFICE)
    with pytest.raises(LinkRefused):
        set_password_by_link(door.accounts, token, "invitation", "yet another password", OFFICE)

    late = invited(door, "beilun")
    door.pass_by(hours=72)
    with pytest.raises(LinkRefused):
        set_password_by_link(door.accounts, late, "invitation", NEW, OFFICE)


def test_of_many_who_use_a_link_at_once_one_wins(door: Door) -> None:
    token = invited(door)
    together, won, lost = Barrier(8), [], []

    def use(number: int) -> None:
        together.wait()
        try:
            set_password_by_link(door.accounts, token, "invitation", f"{NEW} {number}", OFFICE)
            won.append(number)
        except LinkRefused:
            lost.append(number)

    threads = [Thread(target=use, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(won), len(lost)) == (1, 7)
    assert door.knock("haishu", f"{NEW} {won[0]}").session.stage == "open"


def test_a_new_invitation_ends_the_old_one_and_an_administrator_takes_links_back(door: Door) -> None:
    first = invited(door)
    second = invited(door)
    with pytest.raises(LinkRefused):
        look_at(door.accounts, first, "invitation")
    with pytest.raises(NotAllowed), door.house.engine.work() as work:
        revoke(door.accounts, work, door.actor("beilun"), "haishu")

    with door.house.engine.work() as work:
        assert revoke(door.accounts, work, door.actor("admin"), "haishu") == 1

    with pytest.raises(LinkRefused):
        look_at(door.accounts, second, "invitation")


def test_links_in_the_mailbox_of_an_address_before_are_no_longer_good(door: Door) -> None:
    token = invited(door)

    with door.house.engine.work() as work:
        change_person(door.house.engine, work, door.actor("admin"), "haishu", name="样例", locale="en")
    assert look_at(door.accounts, token, "invitation").person.login == "haishu"
    with door.house.engine.work() as work:
        change_person(door.house.engine, work, door.actor("admin"), "haishu", email="right@lingpao.example")

    with pytest.raises(LinkRefused):
        set_password_by_link(door.accounts, token, "invitation", NEW, OFFICE)


def test_links_of_closed_accounts_are_not_good(door: Door) -> None:
    token = invited(door)
    with door.house.engine.work() as work:
        deactivate(door.house.engine, work, door.actor("admin"), "haishu", reason="样例")

    with pytest.raises(LinkRefused):
        look_at(door.accounts, token, "invitation")
    with pytest.raises(LinkRefused):
        set_password_by_link(door.accounts, token, "invitation", NEW, OFFICE)


def test_nobody_is_invited_twice_or_without_address_or_by_others(door: Door) -> None:
    with door.house.engine.work() as work:
        change_person(door.house.engine, work, door.actor("admin"), "beilun", email="")
    refusals = {"yuyao": Refused, "beilun": Refused, "nobody": NotFound}
    for login, refusal in refusals.items():
        with pytest.raises(refusal), door.house.engine.work() as work:
            invite(door.accounts, work, door.actor("admin"), login)
    with pytest.raises(NotAllowed), door.house.engine.work() as work:
        invite(door.accounts, work, door.actor("city-1"), "haishu")
    door.accounts = replace(door.accounts, base=None)
    with pytest.raises(Refused, match=r"web\.public"), door.house.engine.work() as work:
        invite(door.accounts, work, door.actor("admin"), "haishu")

    assert door.mails == []


@pytest.mark.parametrize("asked", ["yuyao", " YUYAO ", "Yuyao@lingpao.example"])
def test_a_forgotten_password_is_set_anew_by_mail_and_everything_open_ends(door: Door, asked: str) -> None:
    session = door.knock().token
    ask_reset(door.accounts, asked, OFFICE)

    set_password_by_link(door.accounts, token_in(door), "password_reset", NEW, OFFICE)

    assert door.visit(session) is None
    assert door.knock(password=NEW).session.stage == "open"


def test_whoever_asks_gets_the_same_answer_whether_or_not_there_is_such_an_account(door: Door) -> None:
    with door.house.engine.work() as work:
        deactivate(door.house.engine, work, door.actor("admin"), "haishu", reason="样例")

    for asked in ("yuyao", "nobody", "haishu", "stranger@lingpao.example", "", "%"):
        assert ask_reset(door.accounts, asked, OFFICE) is None

    assert [mail.letter for mail in door.mails] == ["password_reset"]


def test_where_no_link_can_be_mailed_everybody_is_told_so_alike(door: Door) -> None:
    with_page_links(door)
    door.accounts = replace(door.accounts, base=None)
    said = set()
    for asked in ("yuyao", "nobody"):
        with pytest.raises(Refused) as reset:
            ask_reset(door.accounts, asked, OFFICE)
        with pytest.raises(Refused) as link:
            ask_sign_in_link(door.accounts, asked, "/cases", OFFICE)
        said |= {str(reset.value.sentence), str(link.value.sentence)}

    assert len(said) == 1


def test_nobodys_mailbox_is_filled_with_letters(door: Door) -> None:
    for asked in ("yuyao", "nobody"):
        for _ in range(5):
            ask_reset(door.accounts, asked, OFFICE)
        with pytest.raises(WaitAsked):
            ask_reset(door.accounts, asked, Caller("198.51.100.3"))

    assert len(door.mails) == 5


def test_a_reset_does_not_let_past_the_waiting_of_others_but_ends_ones_own(door: Door) -> None:
    for _ in range(5):
        with pytest.raises(SignInRefused):
            door.knock(password="not the password")  # noqa: S106
    ask_reset(door.accounts, "yuyao", OFFICE)

    set_password_by_link(door.accounts, token_in(door), "password_reset", NEW, OFFICE)

    assert door.knock(password=NEW).session.stage == "open"


def test_a_page_link_opens_its_page_alone_and_only_where_that_is_switched_on(door: Door) -> None:
    with pytest.raises(Refused):
        ask_sign_in_link(door.accounts, "yuyao", "/cases/7", OFFICE)
    with_page_links(door)
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example", "cases/7", "", "/api", "/api/v1?x"):
        with pytest.raises(Refused):
            ask_sign_in_link(door.accounts, "yuyao", elsewhere, OFFICE)
    ask_sign_in_link(door.accounts, "yuyao", "/cases/7", OFFICE)

    signed = sign_in_by_link(door.accounts, token_in(door), OFFICE)

    visit = door.visit(signed.token)
    assert visit is not None
    assert visit.person.login == "yuyao"
    assert [visit.opens(path) for path in ("/cases/7", "/cases/7/reply", "/cases/70", "/cases", "/")] == [
        True, True, False, False, False,
    ]  # fmt: skip
    assert not visit.fresh
    for deed in (
        lambda: confirm(door.accounts, visit, PASSWORD, OFFICE),
        lambda: change_password(door.accounts, visit, PASSWORD, NEW, OFFICE),
        lambda: offer(door.accounts, visit),
    ):
        with pytest.raises(ConfirmationNeeded):
            deed()
    assert door.log[-1].method == "link"


def test_a_page_link_opens_a_filtered_list_too(door: Door) -> None:
    with_page_links(door)
    ask_sign_in_link(door.accounts, "yuyao", "/cases?state=listed", OFFICE)

    visit = door.visit(sign_in_by_link(door.accounts, token_in(door), OFFICE).token)

    assert visit is not None
    assert [visit.opens(path) for path in ("/cases", "/cases/7", "/casesx", "/", "/account")] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_letters_with_links_are_masked_for_whoever_looks_at_mails_and_are_not_sent_anew(door: Door) -> None:
    token = invited(door)
    number = door.mails[-1].id
    boss = door.actor("city-1")
    with door.house.engine.look() as work:
        seen, looked = preview_mail(work, boss, number), shown(work, boss, number)
        kept = mails.body(work, number)
    with door.house.engine.work() as work:
        work.connection.exec_driver_sql("UPDATE mails SET state = 'sent'")
    with pytest.raises(Refused, match="link for one person"), door.house.engine.work() as work:
        resend(door.house.post, work, boss, number, addresses={"haishu@lingpao.example": "city-1@lingpao.example"})

    assert "https://console.lingpao.example/invitation/********" in seen.text
    assert "https://console.lingpao.example/invitation/********" in seen.html
    for form in (seen.text, seen.html, seen.page, seen.content.decode(), looked.content.decode()):
        assert token not in form
        assert token[:16] not in form
    assert look_at(door.accounts, token, "invitation").person.login == "haishu"
    assert kept != seen.content


def test_no_link_stands_in_journal_log_or_rows_but_in_the_mail_alone(door: Door) -> None:
    token = invited(door)

    with door.house.engine.look() as work:
        for table in ("links", "journal", "sign_ins", "mails", "notices", "throttles"):
            rows = work.connection.exec_driver_sql(f"SELECT * FROM {table}")  # noqa: S608 - names of our own
            assert token not in "".join(repr(row) for row in rows), table


def test_a_long_address_of_the_console_is_not_broken_in_the_text_of_a_letter(door: Door) -> None:
    door.accounts = replace(door.accounts, base=f"https://{'a' * 60}.lingpao.example/{'b' * 60}/")
    with door.house.engine.work() as work:
        invite(door.accounts, work, door.actor("admin"), "haishu")

    text = toypost.text_of(toypost.read(door.house.post, door.mails[-1]))

    assert re.search(r"^https://a{60}\.lingpao\.example/b{60}/invitation/[A-Za-z0-9_-]{32}\r?$", text, re.MULTILINE)
    assert PASSWORD not in text
