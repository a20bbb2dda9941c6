"""The half-yearly reports of a script: handed in on their days, accepted by the bureau a little later."""

from datetime import date
from typing import TYPE_CHECKING, Final

from engine.cases import advance
from engine.judging import Command
from engine.store import cases, organisations
from workflows.benchmarking.annex3 import FIELDS
from workflows.benchmarking.recording.reports import draft_report, fill_report, submit_report

if TYPE_CHECKING:
    from console.rehearsal.play import Play
    from engine.access import Actor
    from engine.model import Case
    from engine.store.database import Work

SAMPLE: Final = "（演练样例）"
OTHER: Final = "其他"
ABOVE_SIZE: Final = 40


def hand_in_reports(play: "Play", today: date) -> None:
    """Each district hands in what its script has for today."""
    for code, district in play.script.districts.items():
        for period, on in district.reports.items():
            if on == today:
                _hand_in(play, code, period)


def accept_reports(play: "Play", latest: date) -> None:
    """The bureau accepts what was handed in by a day."""
    with play.engine.work() as work:
        actor = play.actor(work, play.bureau)
        for case in cases.of_campaign(work, play.script.campaign, "progress_report", states=["handed_in"]):
            if case.entered_on <= latest:
                advance(play.engine, work, actor, Command(case_id=case.id, step="accept"))


def _hand_in(play: "Play", code: str, period: str) -> None:
    with play.engine.work() as work:
        district = organisations.by_code(work, code)
        found = cases.by_subject(
            work, play.script.campaign, "progress_report", f"report:{period}", district_id=district.id
        )
        actor = play.actor(work, code)
        for case in found:
            _fill_in(play, work, actor, case)
            submit_report(play.engine, work, actor, case.id, reported_on=play.engine.today(work))
            advance(play.engine, work, actor, Command(case_id=case.id, step="hand_in"))


def _fill_in(play: "Play", work: "Work", actor: "Actor", case: "Case") -> None:
    """What the records do not know, in words that are visibly a sample's."""
    begun = draft_report(play.engine, work, actor, case.id)
    entries = {
        one.industry: {
            "industry_name": one.industry or OTHER,
            "ads_enterprise_total": ABOVE_SIZE,
            "ads_source": SAMPLE,
            **{field.key: SAMPLE for field in FIELDS if field.kind == "long" and not one.typed.get(field.key)},
        }
        for one in begun.sheets
    }
    fill_report(play.engine, work, actor, case.id, entries)
