"""Letters about a step that was a mistake: what has not left is withdrawn, and then nothing needs correcting."""

from collections.abc import Sequence

from engine.model import Notice, Recorded
from engine.store import journal, mails, notices
from engine.store.database import Work
from notifications import reasons
from notifications.outbox import UNSENT, State
from notifications.tidying import withdraw

CORRECTION = "correction"


def recall(work: Work, waiting: Sequence[Notice]) -> None:
    """Withdraw what waiting corrections are about as far as it has not left, and the corrections nobody needs then."""
    for notice in waiting:
        if notice.kind == CORRECTION:
            _recall(work, notice)


def _recall(work: Work, correction: Notice) -> None:
    said = _said_since_the_mistake(work, correction)
    posted = mails.by_ids(work, {notice.mail_id for notice in said if notice.mail_id is not None})
    for mail in posted.values():
        if State(mail.state) in UNSENT:
            withdraw(work, mail, {notice.id: reasons.RECALLED for notice in said if notice.mail_id == mail.id})
    if all(State(mail.state) in UNSENT for mail in posted.values()):
        notices.settle(work, [correction.id], state="superseded", reason=reasons.RECALLED)


def _said_since_the_mistake(work: Work, correction: Notice) -> list[Notice]:
    wrong = _mistake(work, correction)
    if wrong is None or wrong.recorded_at is None or correction.case_id is None:
        return []
    return [
        notice
        for notice in notices.of_case(work, correction.case_id)
        if notice.state == "composed"
        and notice.kind != CORRECTION
        and notice.created_at is not None
        and wrong.recorded_at <= notice.created_at
        and notice.id < correction.id
    ]


def _mistake(work: Work, correction: Notice) -> Recorded | None:
    """The step that the correction undid: named by the last such entry before the notice was posted."""
    history = journal.of_case(work, correction.case_id or 0)
    undoing = [
        entry
        for entry in history
        if entry.kind == "correct"
        and entry.recorded_at is not None
        and correction.created_at is not None
        and entry.recorded_at <= correction.created_at
    ]
    undone = undoing[-1].data["undoes"] if undoing else None
    return next((entry for entry in history if entry.seq == undone), None)
