"""Letters before they are sent: as a page to look at, as a file to open in a mail program, as plain text."""

import html
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Final

from engine.access import Actor
from engine.errors import Refused
from engine.store import mails
from engine.store.database import Work
from engine.words import tr
from notifications.confidential import readable
from notifications.guarding import seen
from notifications.mime import Draft, Mailbox, write
from notifications.post import Post
from notifications.render import LOCALES, Rendered
from notifications.samples import SAMPLES, sample

WIDTHS: Final = (700, 360)
"""Of a window and of a telephone."""

SAMPLE_RECEIVER: Final = Mailbox("", "sample@lingpao.example")


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter in every form; `content` opens in mail programs as an `.eml` file."""

    subject: str
    text: str
    html: str
    content: bytes

    @property
    def page(self) -> str:
        """One page with the letter in the width of a window and of a telephone, and its text below."""
        frames = "".join(
            f'<iframe srcdoc="{html.escape(self.html)}" width="{width}" height="900" sandbox '
            'style="border:1px solid #c9d3de;margin:0 12px 12px 0"></iframe>'
            for width in WIDTHS
        )
        return (
            f'<!DOCTYPE html><meta charset="utf-8"><title>{html.escape(self.subject)}</title>'
            f'<body style="margin:16px;font-family:sans-serif"><h1 style="font-size:18px">{html.escape(self.subject)}'
            f'</h1>{frames}<pre style="font-size:14px">{html.escape(self.text)}</pre></body>'
        )


def preview_sample(post: Post, work: Work, letter: str, locale: str) -> Preview:
    """A letter with visibly invented facts."""
    if letter not in SAMPLES or letter not in post.letters.names:
        raise Refused(tr("There is no letter {letter}; there are {known}.", letter=letter, known=post.letters.names))
    if locale not in LOCALES:
        raise Refused(tr("There are no letters in {locale}; there are {known}.", locale=locale, known=LOCALES))
    return preview_of(post, work, post.letters.render(letter, locale, sample(letter)))


def preview_of(post: Post, work: Work, rendered: Rendered) -> Preview:
    """A letter that has been put into words but is no mail yet."""
    draft = Draft(
        sender=post.sender,
        to=(SAMPLE_RECEIVER,),
        subject=rendered.subject,
        date=work.now,
        message_id=f"<preview.0@{post.domain}>",
        text=rendered.text,
        html=rendered.html,
    )
    return Preview(rendered.subject, rendered.text, rendered.html, write(draft))


def preview_mail(work: Work, actor: Actor, mail_id: int) -> Preview:
    """A mail as it was frozen, read from its bytes, if it exists for this actor; links for one person are masked."""
    mail = seen(work, actor, mail_id)
    content = readable(mail, mails.body(work, mail_id))
    message = BytesParser(policy=policy.default).parsebytes(content)
    return Preview(mail.subject, _part(message, "plain"), _part(message, "html"), content)


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if isinstance(part, EmailMessage) else ""
