"""What happens out of the ordinary in a script: returns, withdrawals, replies, extensions, corrections."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from console.rehearsal.script import Corrected, Extended, Replied, Returned, SentBack, Withdrawn
from engine.cases import advance
from engine.decide import Denied
from engine.errors import Refused
from engine.extensions import ask_extension, decide_extension, reply
from engine.judging import Command
from engine.leaving import correct
from engine.model import Case
from engine.proposals import return_proposal
from engine.store import cases, deadlines, organisations
from engine.store.database import Work
from engine.words import tr

if TYPE_CHECKING:
    from console.rehearsal.play import Play


def happen(play: "Play", event: Any) -> None:
    """Let one event of the script happen, in a transaction of its own."""
    _HAPPENINGS[type(event)](play, event)


def give_back(play: "Play", case: Case, reason: str) -> None:
    """The bureau returns what was proposed."""
    with play.engine.work() as work:
        actor = play.actor(work, play.bureau)
        return_proposal(play.engine, work, actor, Command(case_id=case.id, step="", reason=reason))


def _send_back(play: "Play", event: SentBack) -> None:
    with play.engine.work() as work:
        case = play.case_named(work, event.enterprise)
        _take(play, work, Command(case_id=case.id, step=event.step, reason=event.reason), play.bureau)
    play.again[event.enterprise] = event.again


def _withdraw(play: "Play", event: Withdrawn) -> None:
    with play.engine.work() as work:
        case = play.case_named(work, event.enterprise)
        code = organisations.get(work, case.district_id).code
        _take(play, work, Command(case_id=case.id, step="withdraw", reason=event.reason), code)


def _return(play: "Play", event: Returned) -> None:
    play.to_return[event.enterprise] = event.reason


def _reply(play: "Play", event: Replied) -> None:
    """The district answers for each enterprise that is late with the milestone."""
    with play.engine.work() as work:
        district = organisations.by_code(work, event.district)
        actor = play.actor(work, event.district)
        today = play.engine.today(work)
        for one in deadlines.open_of(work, play.script.campaign, milestone=event.milestone):
            if one.district_id == district.id and one.due_on and one.due_on < today:
                reply(play.engine, work, actor, one.id, promised_on=event.promised, reason=event.reason)


def _extend(play: "Play", event: Extended) -> None:
    with play.engine.work() as work:
        case = play.case_named(work, event.enterprise)
        code = organisations.get(work, case.district_id).code
        standing = deadlines.of_cases(work, [case.id])[case.id]
        key = next(one.id for one in standing if one.milestone == event.milestone)
        asked = ask_extension(play.engine, work, play.actor(work, code), key, to_on=event.to, reason=event.reason)
    with play.engine.work() as work:
        reason = "情况属实，同意延期。" if event.granted else "理由不充分，请按期完成。"
        bureau = play.actor(work, play.bureau)
        decide_extension(play.engine, work, bureau, asked, granted=event.granted, reason=reason)


def _correct(play: "Play", event: Corrected) -> None:
    with play.engine.work() as work:
        case = play.case_named(work, event.enterprise)
        correct(play.engine, work, play.actor(work, play.bureau), case.id, reason=event.reason)
    play.again[event.enterprise] = event.again


def _take(play: "Play", work: Work, command: Command, login: str) -> None:
    answer = advance(play.engine, work, play.actor(work, login), command)
    if isinstance(answer, Denied):
        told = tuple(reason.sentence for reason in answer.reasons)
        name = cases.get(work, command.case_id).subject_name
        raise Refused(tr("{name}: {step}: {told}", name=name, step=command.step, told=told))


_HAPPENINGS: dict[type, Callable[["Play", Any], None]] = {
    SentBack: _send_back,
    Withdrawn: _withdraw,
    Returned: _return,
    Replied: _reply,
    Extended: _extend,
    Corrected: _correct,
}
