"""The half-yearly reports of a script: handed in on their days, accepted by the bureau a little later."""

from datetime import date
from typing import TYPE_CHECKING

from console.rehearsal import samples
from engine.cases import advance
from engine.judging import Command
from engine.store import cases, organisations
from workflows.benchmarking.recording.results import record_report_form

if TYPE_CHECKING:
    from console.rehearsal.play import Play


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
        title = f"对标达标提升专项行动进展情况报表（{period}）"
        form = samples.pdf(f"进展情况报表{period}", title, [f"填报单位：{district.full_name}"])
        for case in found:
            today = play.engine.today(work)
            record_report_form(play.engine, work, actor, case.id, file=form, received_on=today)
            advance(play.engine, work, actor, Command(case_id=case.id, step="hand_in"))
