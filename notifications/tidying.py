"""Order in the outbox: mails whose worker died, that came too late, that are in doubt or have become untrue."""

from engine.store import mails, notices, posting
from engine.store.database import Work
from engine.store.mails import Mail
from notifications import reasons, switch
from notifications.judgement import IN_DOUBT, OPEN
from notifications.outbox import DOUBT_LASTS, HELD_IN_DOUBT, State, change
from notifications.truth import untrue


def tidy(work: Work, *, left_by: str | None = None) -> None:
    """Everything that time alone has changed; safe to repeat, and harmless when several do it.

    `left_by` is the name of a worker that has just begun: what is leased to it was left by the process before it.
    """
    for mail in posting.lapsed(work, left_by=left_by):
        _give_back(work, mail)
    for mail in posting.outlived(work):
        if change(work, mail, State.EXPIRED):
            settle_those(work, mail, OPEN, "expired")
    for mail in posting.doubted_once(work, work.now - DOUBT_LASTS, held=HELD_IN_DOUBT):
        if change(work, mail, State.READY, not_before=work.now):
            settle_those(work, mail, IN_DOUBT, OPEN)
    switch.hold_stopped(work)


def outdated(work: Work, mail: Mail) -> bool:
    """End a claimed mail whose notices are no longer so; what is left of them is composed anew."""
    if mail.body_token is not None or mail.resend_of is not None:
        return False
    said = [notice for notice in notices.of_mail(work, mail.id) if notice.state == "composed"]
    lapsed = untrue(work, said)
    if not lapsed:
        return False
    withdraw(work, mail, lapsed)
    return True


def withdraw(work: Work, mail: Mail, lapsed: dict[int, str]) -> None:
    """End a mail that has not left; its lapsed notices end with their reasons, the others wait for another mail."""
    if change(work, mail, State.ENDED, reason=reasons.OUTDATED):
        settle_those(work, mail, OPEN, "withdrawn")
        notices.wait_again(work, mail.id)
        for notice_id, reason in lapsed.items():
            notices.settle(work, [notice_id], state="superseded", reason=reason)


def _give_back(work: Work, mail: Mail) -> None:
    """A mail whose worker is silent: in doubt when its body had begun to leave, otherwise as ready as before."""
    begun = mail.body_token == mail.lease_token
    target, action = (State.DOUBT, "doubt") if begun else (State.READY, "lapsed")
    if not change(work, mail, target, attempts=mail.attempts + (1 if begun else 0)):
        return
    if begun:
        settle_those(work, mail, OPEN, IN_DOUBT)
    row = {
        "worker": mail.lease_owner or "",
        "started_at": mail.first_try_at or work.now,
        "stage": "body" if begun else "connect",
        "code": None,
        "text": None,
        "reply_class": "D" if begun else None,
        "action": action,
    }
    posting.record_attempt(work, mail, row)


def settle_those(work: Work, mail: Mail, before: str, after: str) -> None:
    """Change the state of a mail's recipients, of those that stand in one."""
    for one in mails.receivers(work, [mail.id])[mail.id]:
        if one.state == before:
            posting.settle_receiver(work, mail.id, one.address, state=after, code=one.code, text=one.text)
