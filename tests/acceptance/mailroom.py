"""A mail that has left the house, laid by hand where a scenario is about the engine and not about composing."""

from collections.abc import Iterable

import toy

from engine.model import Notice
from engine.store import notices
from engine.store.database import insert_id
from engine.store.schema import mails, recipients


def send(field: toy.Field, said: Iterable[Notice]) -> int:
    """Put these notices into one mail that a server has taken just now."""
    found = list(said)
    name = f"{found[0].letter}:{found[0].id}"
    with field.engine.work() as work:
        mail = {
            "dedup_key": name,
            "letter": found[0].letter,
            "campaign": found[0].campaign,
            "district_id": found[0].district_id,
            "locale": "zh_CN",
            "priority": 1,
            "state": "sent",
            "not_before": work.now,
            "message_id": f"<{name}@mail.example>",
            "thread_key": name,
            "subject": "样例邮件",
            "mail_from": "campaign@mail.example",
            "size": 1,
            "sha256": "0" * 64,
            "template_version": "0" * 64,
            "attempts": 1,
            "lease_token": 1,
            "resend_no": 0,
            "created_at": work.now,
            "sent_at": work.now,
        }
        mail_id = insert_id(work, mails, mail)
        taken = {
            "mail_id": mail_id,
            "address": "east@mail.example",
            "field": "to",
            "name": "",
            "state": "accepted",
            "at": work.now,
        }
        work.connection.execute(recipients.insert(), taken)
        notices.settle(work, [one.id for one in found], state="composed", mail_id=mail_id)
    return mail_id
