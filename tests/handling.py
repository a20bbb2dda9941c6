"""What hands do in a window: unfold a form, write into its fields, send it and see what comes."""

from playwright.sync_api import Locator, Page


def form_of(window: Page, action: str, among: int = 0) -> Locator:
    """The form that goes to an address with that part in it, unfolded."""
    form = window.locator(f'form[action*="{action}"]').nth(among)
    folded = form.locator("xpath=ancestor::details[not(@open)]")
    while folded.count():
        folded.first.locator("> summary").click()
    return form


def write(form: Locator, **fields: str) -> Locator:
    """Into the fields of those names."""
    for name, words in fields.items():
        form.locator(f'[name="{name}"]').fill(words)
    return form


def send(window: Page, form: Locator, button: str = ".btn-primary") -> None:
    """Until the page that comes of it is there."""
    press(window, form.locator(f"button{button}"))


def press(window: Page, button: str | Locator) -> None:
    """A button by its words, or as it was found."""
    found = window.get_by_role("button", name=button, exact=True) if isinstance(button, str) else button
    with window.expect_navigation():
        found.first.click()
