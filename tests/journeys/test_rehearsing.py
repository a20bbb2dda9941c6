"""The rehearsal's button: a day passes with its letters, which are read, previewed and sent once more."""

from handling import form_of, press, send


def test_the_next_day_brings_its_letters_and_one_is_sent_anew(people, town, database, accessible) -> None:
    bureau, district = people.of("city-1"), people.of("gaoxin")
    town.at("2020-06-05")
    bureau.goto("/letters")
    accessible(bureau)
    for _ in range(3):
        press(bureau, "下一天")
    assert "2020年6月8日" in bureau.locator(".rehearsal").inner_text()
    assert "/letters" in bureau.url
    mails = sorted((database.parent / "mails-of-the-console").glob("*.eml"))
    assert mails
    accessible(bureau)

    district.goto("/letters")
    accessible(district)
    press(district, district.locator('main td a[href^="/letters/"], main th a[href^="/letters/"]'))
    accessible(district)
    words = district.frame_locator("iframe.paper").locator("body").inner_text()
    assert "高新区" in words

    address = district.url
    bureau.goto(address)
    accessible(bureau)
    send(bureau, form_of(bureau, "/resend"))
    accessible(bureau)
    assert bureau.url.partition("?")[0] != address.partition("?")[0]
    press(bureau, "下一天")
    assert len(list((database.parent / "mails-of-the-console").glob("*.eml"))) > len(mails)
