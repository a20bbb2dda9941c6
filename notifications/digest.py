"""The weekly digest: each finished week once for its receivers, with the figures of its cut-off kept beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from engine.anchoring import anchor_days
from engine.briefing import Paper
from engine.errors import Refused
from engine.figures import Overview, overview
from engine.model import Campaign
from engine.store import anchors, campaigns, periods
from engine.store.database import Work
from engine.terms import Terms, terms_of
from engine.words import tr
from notifications import reasons
from notifications.facts import DEED_WORDS, LEVEL_WORDS, Digest
from notifications.freeze import FAULTS, Sheet, failure_of, frame_of, freeze
from notifications.post import Post
from notifications.recipients import Addressees, bureau_people
from notifications.render import Rendered
from notifications.threads import reference_of, safe_key
from notifications.weeks import Week
from notifications.wording import UNKNOWN

SCHEDULE: Final = "digest"
LETTER: Final = "digest"
RECEIVERS: Final[Mapping[str, str]] = {"zh_CN": "周报收件人", "en": "Receivers of the digest"}
"""Whom the digest names as its receivers; they do not see each other."""


def plan_digests(post: Post, work: Work) -> int:
    """Compose the digest of every campaign that is due; answers how many that were. Safe to repeat."""
    return sum(_Desk(post, work, campaign).run() for campaign in campaigns.every(work))


@dataclass(frozen=True, slots=True)
class Issue:
    """One digest as it would be sent: its facts, the sheet that goes with it, and its words."""

    facts: Digest
    paper: Paper
    rendered: Rendered


def preview_digest(post: Post, work: Work, campaign: str, week: Week, locale: str | None = None) -> Issue:
    """The digest of any week, with the figures of its cut-off; nothing is written."""
    found = campaigns.get(work, campaign)
    terms = terms_of(found)
    if week.monday > post.engine.today(work):
        raise Refused(tr("The week {week} has not begun yet.", week=week.key))
    if week.sunday < terms.opens or week.monday > terms.closes:
        raise Refused(tr("The week {week} lies outside the campaign.", week=week.key))
    return _Desk(post, work, found).issue(week, locale or post.locale)


class _Desk:
    """The digests of one campaign."""

    def __init__(self, post: Post, work: Work, campaign: Campaign) -> None:
        self._post, self._work, self._campaign = post, work, campaign
        self._terms: Terms = terms_of(campaign)
        self._zone = post.engine.zone
        self._first = Week.of(self._terms.opens)

    def run(self) -> int:
        """Of the weeks that wait the newest is sent; the others are on record as skipped."""
        waiting = self._waiting()
        for week in waiting[:-1]:
            self._skip(week, reasons.NEWER)
        return self._send(waiting[-1]) if waiting else 0

    def issue(self, week: Week, locale: str) -> Issue:
        facts, paper = self._facts(week, reference_of(self._key(week), ()))
        return Issue(facts, paper, self._post.letters.render(LETTER, locale, facts))

    def _waiting(self) -> list[Week]:
        """Finished weeks of the campaign whose morning has come and that have not been dealt with."""
        settings, engine = self._post.settings.digest, self._post.engine
        workdays = engine.workdays(self._work)
        settled = {row.period for row in periods.of(self._work, SCHEDULE, self._campaign.key) if row.status != "failed"}
        last = min(Week.of(self._terms.closes), Week.of(engine.today(self._work)))
        return [
            week
            for week in self._first.until(last)
            if week.key not in settled
            and week.reported_at(settings.weekday, settings.at, workdays=workdays, zone=self._zone) <= self._work.now
        ]

    def _send(self, week: Week) -> int:
        people = bureau_people(self._post, self._work, self._post.settings.digest.to)
        if not people:
            return self._fail(week, reasons.coded(reasons.NOBODY, "/".join(self._post.settings.digest.to)))
        # the planner fixes the roots of finished days; this makes sure of the one that is printed
        anchor_days(self._post.engine, self._work)
        try:
            sheet, facts = self._sheet(week, Addressees(people, ()))
            if facts.quiet and self._post.settings.digest.empty_week == "skip":
                return self._skip(week, reasons.QUIET)
            mail_id = freeze(self._post, self._work, sheet)
        except FAULTS as fault:
            return self._fail(week, failure_of(fault))
        if mail_id is None:
            return 0
        self._claim(week, "done", None)
        kept = {**facts.overview.as_json(), "issue": facts.issue, "root": facts.root}
        periods.settle(
            self._work,
            schedule=SCHEDULE,
            scope=self._campaign.key,
            period=week.key,
            status="done",
            facts=kept,
            mail_id=mail_id,
        )
        return 1

    def _sheet(self, week: Week, people: Addressees) -> tuple[Sheet, Digest]:
        key = self._key(week)
        reference = reference_of(key, ())
        facts, paper = self._facts(week, reference)
        sheet = Sheet(
            letter=LETTER,
            key=key,
            reference=reference,
            thread_key=safe_key(LETTER, self._campaign.key),
            topic=self._terms.title,
            facts=facts,
            addressees=people,
            locale=people.locale or self._post.locale,
            campaign=self._campaign.key,
            papers=() if facts.quiet else (paper,),
            hidden=RECEIVERS[people.locale or self._post.locale],
        )
        return sheet, facts

    def _facts(self, week: Week, reference: str) -> tuple[Digest, Paper]:
        span = week.span(self._zone, self._work.now)
        found = overview(self._post.engine, self._work, self._campaign.key, flow=self._post.subjects_flow, span=span)
        paper = self._post.briefing(self._work, self._campaign.key).overview_sheet(
            self._work, self._campaign.key, found
        )
        frame = frame_of(self._post, self._work, self._terms, addressee="", reference=reference)
        quiet = _is_quiet(found)
        facts = Digest(
            frame=replace(frame, cutoff=self._post.local(span.cutoff)),
            issue=week.number_since(self._first),
            year=week.year,
            overview=found,
            quiet=quiet,
            root=anchors.root_of(self._work, week.sunday) or UNKNOWN,
            attached="" if quiet else paper.name,
            levels=LEVEL_WORDS,
            deeds=DEED_WORDS,
        )
        return facts, paper

    def _key(self, week: Week) -> str:
        return f"{LETTER}:{self._campaign.key}:{week.key}"

    def _claim(self, week: Week, status: str, reason: str | None) -> bool:
        return periods.claim(
            self._work,
            schedule=SCHEDULE,
            scope=self._campaign.key,
            period=week.key,
            status=status,
            reason=reason,
        )

    def _skip(self, week: Week, reason: str) -> int:
        if not self._claim(week, "skipped", reason):
            periods.settle(self._work, schedule=SCHEDULE, scope=self._campaign.key, period=week.key, status="skipped")
        return 0

    def _fail(self, week: Week, reason: str) -> int:
        """The week stays to be done: the next run tries it again, and the row says what was wrong."""
        self._claim(week, "failed", reason)
        return 0


def _is_quiet(found: Overview) -> bool:
    """Whether nothing was journaled in the week and nothing is overdue."""
    return found.entries == 0 and not found.overdue and not found.matters and not found.changes
