"""What people call the states of deadlines, verdicts, journal entries and records of a case."""

from collections.abc import Mapping
from typing import Any, Final

from engine.words import tr

STATES: Final = {
    "open": tr("open"),
    "met": tr("reached"),
    "waived": tr("waived"),
    "cancelled": tr("cancelled"),
}
VERDICTS: Final = {"on_time": tr("on time"), "late": tr("late"), None: ""}
ENTRIES: Final = {
    "open": tr("opened"),
    "step": tr("step"),
    "propose": tr("proposed"),
    "return": tr("returned"),
    "correct": tr("corrected"),
    "replace": tr("replaced"),
    "reinstate": tr("reinstated"),
    "withdraw": tr("withdrawn"),
    "send_back": tr("sent back"),
    "record": tr("recorded"),
    "deadline": tr("deadline"),
    "reply": tr("reply"),
}
DEEDS: Final = {
    "training": tr("training"),
    "plan": tr("plan"),
    "plan_link": tr("which plan serves the product"),
    "indicators": tr("indicators"),
    "indicator_values": tr("values of indicators"),
    "platform_plan": tr("plan on the platform"),
    "test_report": tr("test report"),
    "publication": tr("public list"),
    "result": tr("result on the platform"),
    "declaration": tr("declared standard"),
    "runner_step": tr("way to Top Runner"),
    "report_form": tr("form of the report"),
    "product": tr("product"),
    "enterprise": tr("enterprise"),
    "subject": tr("whose case it is"),
    "claim_decided": tr("claim granted"),
    "claim_refused": tr("claim not granted"),
    "extend": tr("extended"),
    "shorten": tr("extension shortened"),
    "take_back": tr("extension taken back"),
    "ask": tr("extension asked for"),
    "refuse": tr("extension refused"),
    "pause": tr("paused"),
    "resume": tr("resumed"),
    "waive": tr("waived"),
    "reply": tr("answered"),
    "chase": tr("chased"),
    "supervision": tr("supervised"),
    "recalculated": tr("worked out anew"),
    "batch_made": tr("put on a publication batch"),
    "batch_added": tr("put on a publication batch"),
    "batch_removed": tr("taken off a publication batch"),
    "batch_proposed": tr("publication batch proposed"),
    "batch_confirmed": tr("publication batch confirmed"),
    "batch_returned": tr("publication batch returned"),
    "batch_withdrawn": tr("publication batch withdrawn"),
    "batch_published": tr("publication batch published"),
    "list": tr("list of enterprises"),
    "report_version": tr("version of the report's form"),
}
"""What was recorded about a case, or done to one of its deadlines."""


def deed(one: Mapping[str, Any]) -> object:
    """What a journal entry of a case's file says was done."""
    kind = ENTRIES.get(one["kind"], one["kind"])
    about = one["about"].get("what")
    named = one["label"] or DEEDS.get(about, about)
    if not named:
        return kind
    told = tr("{kind}: {what}", kind=kind, what=named)
    product = one["about"].get("product")
    return tr("{what} ({product})", what=told, product=product) if product else told


LETTERS: Final = {
    "reminder": tr("reminder"),
    "chase": tr("chase"),
    "supervision": tr("supervision"),
    "circular": tr("circular"),
    "report_due": tr("the report can be handed in"),
    "sent_back": tr("letter about what was sent back"),
    "proposal_returned": tr("letter about a proposal not confirmed"),
    "extension_granted": tr("letter about an extension granted"),
    "extension_refused": tr("letter about an extension refused"),
    "list_accepted": tr("letter about the list accepted"),
    "list_refused": tr("letter about the list refused"),
    "correction": tr("letter of correction"),
}
"""What letters about a case are called."""
