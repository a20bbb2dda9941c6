"""A post office for the gardens of `toy`: people with addresses, papers of a few bytes, and a mail server of others."""

import asyncio
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

import toy
from aiosmtpd.controller import Controller

from engine.briefing import Paper, Section
from engine.clock import at_morning
from engine.figures import Overview
from engine.kinds import Standing
from engine.model import Notice
from engine.sections import validated
from engine.store import cases, mails, notices, organisations, people
from engine.store.database import Work
from engine.store.mails import Mail
from engine.sweep import sweep_all
from notifications.compose import compose
from notifications.config import NotificationSettings
from notifications.facts import Letterhead
from notifications.post import Post
from notifications.render import Letters
from notifications.smtp import Relay

LETTERS = Letters()
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SETTINGS = {
    "letters": {
        "reminder": {"to": ["district_coordinator"]},
        "chase": {"to": ["district_coordinator"], "cc": ["district_section_head"]},
        "supervision": {"to": ["district_deputy_head"], "cc": ["municipal_coordinator", "district_coordinator"]},
        "circular": {"to": ["district_coordinator"], "cc": ["leader"], "everywhere": True},
        "sent_back": {"to": ["district_coordinator"]},
        "extension_granted": {"to": ["district_coordinator"], "cc": ["district_section_head"]},
        "extension_refused": {"to": ["district_coordinator"]},
        "proposal_returned": {"to": ["district_coordinator"]},
        "correction": {"to": ["district_coordinator"]},
    },
    "digest": {"weekday": "monday", "at": "08:30", "to": ["municipal_coordinator", "leader"], "empty_week": "send"},
    "mail": {
        "system": "花园工作系统（样例）",
        "sender": {"name": "样例市市场监督管理局标准化处", "address": "standards@lingpao.example"},
        "message_id_domain": "lingpao.example",
        "relay": {"host": "localhost"},
    },
}
OTHERS = (
    ("east-head", "东区科室负责人", "east", "district_section_head"),
    ("east-deputy", "东区分管局长", "east", "district_deputy_head"),
    ("west-deputy", "西区分管局长", "west", "district_deputy_head"),
    ("leader", "市局领导", "city", "leader"),
)


class GardenBriefing:
    """What the gardens' letters need to know, from the cases as they stand."""

    def standing(self, work: Work, campaign: str, district_id: int, milestone: str) -> Standing:
        found = cases.of_campaign(work, campaign, "garden", district_id=district_id)
        line = ("named", "planted", "watered", "shown")
        open_ones = [case for case in found if case.state in line and line.index(case.state) < line.index(milestone)]
        return Standing(5, len(found) - len(open_ones), tuple(case.subject_name for case in open_ones))

    def slip(self, work: Work, campaign: str, sections: Sequence[Section], on: date) -> Paper:  # noqa: ARG002
        names = "、".join(name for section in sections for name in section.names)
        return Paper(f"督办单（{sections[0].district}）.docx", DOCX, f"{on.isoformat()} {names}".encode())

    def circular(self, work: Work, campaign: str, sections: Sequence[Section], on: date) -> Paper:  # noqa: ARG002
        return Paper(f"通报（{on.isoformat()}）.docx", DOCX, "、".join(one.district for one in sections).encode())

    def overview_sheet(self, work: Work, campaign: str, overview: Overview) -> Paper:  # noqa: ARG002
        return Paper(f"进度表（{overview.span.until.isoformat()}）.xlsx", XLSX, str(overview.total.done).encode())


def settings(**changes: Any) -> NotificationSettings:
    found, faults = validated(NotificationSettings, {**SETTINGS, **changes})
    assert found is not None, faults
    return found


def post_of(field: toy.Field, *, relay: Relay | None = None, is_sink: bool = True, **changes: Any) -> Post:
    return Post(
        engine=field.engine,
        settings=settings(**changes),
        letterhead=Letterhead(
            "花园工作系统（样例）", "样例市市场监督管理局", "标准化处", "联系室（样例）", "0574-00000000"
        ),
        briefings={"gardens": GardenBriefing()},
        letters=LETTERS,
        relay=relay,
        is_sink=is_sink,
        subjects_flow="garden",
    )


def furnish(field: toy.Field) -> None:
    """Give everybody an address and add the people that only letters need."""
    with field.engine.work() as work:
        for person in people.every(work):
            people.change(work, person.id, email=f"{person.login}@lingpao.example")
        for login, name, code, role in OTHERS:
            place = organisations.by_code(work, code)
            address = f"{login}@lingpao.example"
            person = people.add(
                work, login=login, name=name, organisation_id=place.id, email=address, phone=None, locale="zh_CN"
            )
            people.grant(work, person_id=person.id, role=role, organisation_id=place.id, from_on=date(2020, 1, 1))
        newcomers = [
            {"person": login, "organisation": code, "roles": [role], "over": code} for login, _, code, role in OTHERS
        ]
        toy.tell(field.engine, work, newcomers=newcomers, **{"from": "2020-01-01"})


def morning(field: toy.Field, post: Post, day: date, at: str = "08:30") -> int:
    """One morning as a worker has it: the sweep to its end, then every letter that may be said."""
    field.at(at_morning(day, at))
    sweep_all(field.engine)
    return compose_all(post)


def compose_all(post: Post) -> int:
    done = 0
    while True:
        with post.engine.work() as work:
            composed = compose(post, work)
        done += composed
        if not composed:
            return done


def every_mail(post: Post) -> list[Mail]:
    """All mails, the oldest first."""
    with post.engine.look() as work:
        return list(reversed(mails.listed(work, limit=1000)))


def receivers_of(post: Post, mail: Mail, kind: str = "to") -> list[str]:
    with post.engine.look() as work:
        return sorted(
            one.address.split("@")[0] for one in mails.receivers(work, [mail.id])[mail.id] if one.field == kind
        )


def read(post: Post, mail: Mail) -> EmailMessage:
    """The mail as somebody else's parser reads its frozen bytes."""
    with post.engine.look() as work:
        content = mails.body(work, mail.id)
    message = BytesParser(policy=policy.default).parsebytes(content)
    assert isinstance(message, EmailMessage)
    return message


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def post_notice(work: Work, **fields: Any) -> None:
    """A notice as use cases post it, at the present instant."""
    notices.post(work, [Notice(release_at=work.now, **fields)])


@dataclass
class Postbox:
    """A mail server of somebody else. `answers` are given to recipients by address, `after_data` once for each mail."""

    answers: Mapping[str, str] = field(default_factory=dict)
    after_data: list[str] = field(default_factory=list)
    envelopes: list[tuple[list[str], bytes]] = field(default_factory=list)
    on_data: Callable[[], None] = lambda: None
    refused: int = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        answer = self.answers.get(address, "250 2.1.5 Ok")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
            envelope.rcpt_options.extend(options)
        return answer

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.after_data.pop(0) if self.after_data else "250 2.0.0 Ok: queued as A1"
        if answer == "vanish":
            server.transport.abort()
            await asyncio.sleep(0)
            return "421 gone"
        if answer.startswith("250") or answer == "taken, vanish":
            self.envelopes.append((list(envelope.rcpt_tos), envelope.content))
            self.on_data()
        if answer == "taken, vanish":
            server.transport.abort()
            return "421 gone"
        return answer

    @property
    def subjects(self) -> list[str]:
        return [str(BytesParser(policy=policy.default).parsebytes(one)["Subject"]) for _, one in self.envelopes]

    @property
    def message_ids(self) -> list[str]:
        return [str(BytesParser(policy=policy.default).parsebytes(one)["Message-ID"]) for _, one in self.envelopes]


@contextmanager
def server(postbox: Postbox, port: int = 0) -> Iterator[int]:
    """The mail server, for as long as the block lasts; gives its port."""
    controller = Controller(postbox, hostname="127.0.0.1", port=port or free_port())
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
