"""Letters looked at before they are sent."""

from datetime import date
from email import policy
from email.parser import BytesParser

import pytest
import toy
import toypost
from toypost import every_mail, morning

from engine.clock import FixedClock
from engine.errors import Hidden, Refused
from engine.store.database import Database
from notifications.post import Post
from notifications.preview import preview_mail, preview_sample
from notifications.render import LOCALES


@pytest.fixture
def field(sqlite_database: Database, clock: FixedClock) -> toy.Field:
    field = toy.prepare(sqlite_database, clock)
    toypost.furnish(field)
    return field


@pytest.fixture
def post(field: toy.Field) -> Post:
    return toypost.post_of(field)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("letter", toypost.LETTERS.names)
def test_every_letter_can_be_looked_at_as_page_text_and_file(post: Post, letter: str, locale: str) -> None:
    with post.engine.look() as work:
        preview = preview_sample(post, work, letter, locale)

    message = BytesParser(policy=policy.default).parsebytes(preview.content)
    assert str(message["Subject"]) == preview.subject
    assert toypost.text_of(message).replace("\r\n", "\n") == preview.text  # type: ignore[arg-type]
    assert preview.page.count("<iframe") == 2
    assert "样例" in preview.text
    assert every_mail(post) == []


def test_a_letter_or_language_that_does_not_exist_is_refused_with_those_that_do(post: Post) -> None:
    with post.engine.look() as work:
        with pytest.raises(Refused, match="reminder"):
            preview_sample(post, work, "nonsense", "en")
        with pytest.raises(Refused, match="zh_CN"):
            preview_sample(post, work, "reminder", "de")


def test_a_mail_is_shown_as_it_was_frozen_to_those_who_may_see_it(field: toy.Field, post: Post) -> None:
    field.open("g1")
    morning(field, post, date(2020, 5, 22))
    mail = every_mail(post)[0]

    with post.engine.look() as work:
        preview = preview_mail(work, field.actor("east"), mail.id)
        with pytest.raises(Hidden):
            preview_mail(work, field.actor("west"), mail.id)

    assert preview.subject == mail.subject
    assert "样例花园g1" in preview.text
    assert "样例花园g1" in preview.html
    assert len(preview.content) == mail.size
