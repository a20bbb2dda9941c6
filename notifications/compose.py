"""Waiting notices become mails: one for each list of receivers, level and morning, with everything in it."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from engine.briefing import Paper
from engine.cells import as_cell
from engine.clock import local_day
from engine.ladder import next_morning
from engine.model import Notice
from engine.rungs import SEND_AT
from engine.store import deadlines, mails, notices
from engine.store.database import Work
from notifications import ladderletters, occasions
from notifications.bundles import Bundle, bundles_of
from notifications.facts import Frame
from notifications.freeze import FAULTS, Sheet, failure_of, frame_of, freeze
from notifications.ladderletters import Occasion, papers_of
from notifications.outbox import State
from notifications.post import Post
from notifications.recalls import recall
from notifications.sections import About, Gatherer
from notifications.threads import bureau_key, case_key, digest, reference_of, safe_key, thread_of
from notifications.truth import is_level, untrue
from notifications.wording import WORDINGS

MOST: Final = 50
"""Mails in one transaction; others who write do not wait noticeably."""

ATTACHED: Final = 0.7
"""Share of a mail's size that files may take; written for the way they are a third longer."""

PATIENCE: Final = timedelta(hours=1)
"""How long the ladder's letters wait for a sweep that does not come to its end."""


def compose(post: Post, work: Work, *, most: int = MOST) -> int:
    """Compose what may be said by now, at most so many mails; answers how many that were. Safe to repeat."""
    recall(work, notices.waiting(work, work.now))
    waiting = _speakable(work, notices.waiting(work, work.now))
    lapsed = untrue(work, waiting)
    for notice_id, reason in lapsed.items():
        notices.settle(work, [notice_id], state="superseded", reason=reason)
    still = [notice for notice in waiting if notice.id not in lapsed]
    gatherer = Gatherer(post, work)
    composed = 0
    for bundle in bundles_of(post, work, gatherer, still):
        if composed == most:
            break
        composed += _Composer(post, work, gatherer, bundle).run()
    return composed


def _speakable(work: Work, waiting: Sequence[Notice]) -> list[Notice]:
    """All of them once the morning's sweep is through; before, only those that are not the ladder's."""
    looks, since = deadlines.backlog(work, work.now)
    drained = looks == 0 or (since is not None and since <= work.now - PATIENCE)
    return [notice for notice in waiting if drained or not is_level(notice)]


class _Composer:
    """One bundle on its way to one mail."""

    def __init__(self, post: Post, work: Work, gatherer: Gatherer, bundle: Bundle) -> None:
        self._post, self._work, self._gatherer, self._bundle = post, work, gatherer, bundle
        self._terms = post.engine.terms(work, bundle.campaign)
        self._locale = bundle.people.locale or post.locale
        self._word = WORDINGS[self._locale].word

    def run(self) -> bool:
        """Compose the mail; a fault in letter, facts or paper fails these notices only."""
        bundle, ids = self._bundle, [notice.id for notice in self._bundle.notices]
        if not bundle.people.to:
            notices.note(self._work, ids, bundle.people.trouble or "")
            return False
        key = self._free_key()
        if key is None:
            self._postpone(ids)
            return False
        try:
            mail_id = freeze(self._post, self._work, self._sheet(key))
        except FAULTS as fault:
            notices.settle(self._work, ids, state="failed", reason=failure_of(fault))
            return False
        if mail_id is None:
            mail_id = mails.with_key(self._work, key)[-1].id
        notices.settle(self._work, ids, state="composed", reason=bundle.people.trouble, mail_id=mail_id)
        return True

    def _free_key(self) -> str | None:
        """The key of the mail; None when this level was already said to these people this morning."""
        bundle = self._bundle
        base = f"{bundle.letter}:{bundle.campaign}:{bundle.morning_on.isoformat()}:{digest(bundle.people_key)}"
        if not bundle.is_level:
            base = f"{base}:{digest(' '.join(sorted(notice.dedup_key for notice in bundle.notices)))}"
        before = mails.with_key(self._work, base)
        if any(mail.state != State.ENDED for mail in before):
            return None if bundle.is_level else base
        return f"{base}:{len(before) + 1}" if before else base

    def _postpone(self, ids: Sequence[int]) -> None:
        """No level is said twice on one day; what comes too late for this morning is said on the next one."""
        engine = self._post.engine
        workdays = engine.workdays(self._work)
        release_at = next_morning(self._work.now, SEND_AT, workdays=workdays, zone=engine.zone)
        notices.postpone(self._work, ids, morning_on=local_day(release_at, engine.zone), release_at=release_at)

    def _sheet(self, key: str) -> Sheet:
        bundle = self._bundle
        reference = reference_of(key, [notice.dedup_key for notice in bundle.notices])
        return self._level_sheet(key, reference) if bundle.is_level else self._occasional_sheet(key, reference)

    def _level_sheet(self, key: str, reference: str) -> Sheet:
        bundle = self._bundle
        abouts = self._gatherer.about(bundle.campaign, bundle.notices)
        papers = [*papers_of(self._post, self._work, bundle.letter, bundle.campaign, abouts), *self._lists(abouts)]
        due_on = min(about.section.due_on for about in abouts)
        original = min(one.original_on or due_on for about in abouts for one in about.deadlines)
        thread_key = self._thread_key(original)
        occasion = Occasion(
            post=self._post,
            work=self._work,
            campaign=bundle.campaign,
            frame=self._frame(reference),
            districts=self._districts(),
            abouts=abouts,
            earlier=thread_of(self._work, thread_key, self._post.domain).earlier,
            papers=papers,
        )
        labels = list(dict.fromkeys(self._word(about.section.milestone_label) for about in abouts))
        return Sheet(
            letter=bundle.letter,
            key=key,
            reference=reference,
            thread_key=thread_key,
            topic=f"{occasion.district} {WORDINGS[self._locale].listed(labels)}",
            facts=ladderletters.facts_of(bundle.letter, occasion),
            addressees=bundle.people,
            locale=self._locale,
            campaign=bundle.campaign,
            district_id=bundle.district_id,
            papers=papers,
            draft=bundle.draft,
            due_on=due_on,
        )

    def _occasional_sheet(self, key: str, reference: str) -> Sheet:
        bundle = self._bundle
        told = occasions.tell(self._work, bundle.notices)
        papers = occasions.papers_of(self._work, bundle.notices, int(self._post.size_limit * ATTACHED))
        district = "、".join(self._districts())
        return Sheet(
            letter=bundle.letter,
            key=key,
            reference=reference,
            thread_key=case_key([one.case.id for one in told if one.case], self._codes(), bundle.morning_on),
            topic=f"{district} {self._terms.short}",
            facts=occasions.facts_of(bundle.letter, self._frame(reference), district, told, papers),
            addressees=bundle.people,
            locale=self._locale,
            campaign=bundle.campaign,
            district_id=bundle.district_id,
            papers=papers,
        )

    def _frame(self, reference: str) -> Frame:
        places = [self._gatherer.district(key) for key in self._bundle.district_ids]
        return frame_of(
            self._post,
            self._work,
            self._terms,
            addressee="、".join(place.full_name for place in places),
            reference=reference,
            copies=[one.name for one in self._bundle.people.cc],
            instead_of=self._districts() if self._bundle.people.is_instead else (),
        )

    def _districts(self) -> tuple[str, ...]:
        return tuple(self._gatherer.district(key).name for key in self._bundle.district_ids)

    def _codes(self) -> list[str]:
        return [self._gatherer.district(key).code for key in self._bundle.district_ids]

    def _thread_key(self, due_on: date) -> str:
        if self._bundle.draft:
            return safe_key(self._bundle.letter, self._bundle.campaign, self._bundle.morning_on.isoformat())
        return bureau_key(self._codes(), due_on)

    def _lists(self, abouts: Sequence[About]) -> list[Paper]:
        """The whole list as a file, where the body shows only a part of it."""
        if not any(about.open_cases.hidden for about in abouts):
            return []
        text = io.StringIO(newline="")
        rows = csv.writer(text)
        rows.writerow(_HEADS[self._locale])
        for about in abouts:
            section, states = about.section, self._gatherer.flow(about.cases[0].definition_id).state_by_name
            for case in about.cases:
                state = self._word(states[case.state].label)
                label = self._word(section.milestone_label)
                rows.writerow([section.district, label, section.due_on.isoformat(), as_cell(case.subject_name), state])
        # with the mark at its beginning spreadsheets read it as UTF-8
        return [Paper(_NAMES[self._locale], "text/csv; charset=utf-8", text.getvalue().encode("utf-8-sig"))]


_HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "zh_CN": ("区（县）市", "工作", "应完成日", "企业或事项", "当前进度"),
    "en": ("District", "Work", "Due", "Case", "Progress"),
}
_NAMES: Final[Mapping[str, str]] = {"zh_CN": "未完成名单.csv", "en": "open-cases.csv"}
