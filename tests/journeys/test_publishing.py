"""A public list: drafted by one, confirmed by a second person who types its name, published with its paper."""

from pathlib import Path

from handling import form_of, press, send, write


def test_a_batch_is_drafted_proposed_confirmed_by_another_and_published(
    people, town, accessible, tmp_path: Path
) -> None:
    case = town.verified("样例镇海甲有限公司", "zhenhai")
    first, second = people.of("zhenhai", "/publications/new"), people.of("city-1")
    accessible(first)
    send(first, write(form_of(first, "/publications"), title="样例公布名单"))
    accessible(first)
    address = first.url.partition("?")[0]
    assert case.subject_name in first.locator("#list").inner_text()

    send(first, form_of(first, "/propose"))
    assert first.locator('form[action$="/confirm"]').count() == 0
    second.goto(address)
    accessible(second)
    form = form_of(second, "/confirm")
    send(second, write(form, name="第9批"))
    assert second.locator("[data-summary]").is_visible()
    assert second.evaluate("document.activeElement.hasAttribute('data-summary')")
    accessible(second)
    name = second.locator("h1").inner_text().removesuffix("样例公布名单").strip()
    send(second, write(form_of(second, "/confirm"), name=name))
    accessible(second)

    first.goto(address)
    with first.expect_download() as coming:
        first.locator('a[href$="/document"]').click()
    assert Path(coming.value.path()).stat().st_size > 1000
    paper = tmp_path / "样例公布名单.pdf"
    paper.write_bytes(b"%PDF-1.4\n% sample\n%%EOF\n")
    form = form_of(first, "/publish/upload")
    for field, words in (("published_on", "2020-05-29"), ("url", "https://www.example.org/list")):
        if form.locator(f"[name={field}]").count():
            write(form, **{field: words})
    form.locator("input[type=file]").set_input_files(paper)
    send(first, form)
    accessible(first)

    press(first, first.locator('a[href^="/print/publications/"]'))
    accessible(first)
    assert case.subject_name in first.locator("main, body").first.inner_text()
