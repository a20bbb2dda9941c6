"""Letters about a step that was a mistake: what has not left is withdrawn, and then nothing needs correcting."""

from collections.abc import Sequence

from engine.model import Notice
from engine.store import mails, notices
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
    said = _said(work, correction)
    posted = mails.by_ids(work, {notice.mail_id for notice in said if notice.mail_id is not None})
    for mail in posted.values():
        if State(mail.state) in UNSENT:
            withdraw(work, mail, {notice.id: reasons.RECALLED for notice in said if notice.mail_id == mail.id})
    if all(State(mail.state) in UNSENT for mail in posted.values()):
        notices.settle(work, [correction.id], state="superseded", reason=reasons.RECALLED)


def _said(work: Work, correction: Notice) -> list[Notice]:
    """What the correction corrects and has been put into a mail."""
    wrong = frozenset(correction.facts.get("of", ()))
    said = notices.of_case(work, correction.case_id) if correction.case_id is not None else ()
    return [notice for notice in said if notice.id in wrong and notice.state == "composed"]
