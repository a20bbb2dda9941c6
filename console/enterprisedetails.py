"""What is known of an enterprise as a form has it: every fault at its field, and only what was said is written."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.access import Actor
from engine.core import Engine
from engine.errors import Refused
from engine.model import Case
from engine.store import campaigns, cases
from engine.store.database import Work
from engine.words import Sentence
from workflows.benchmarking import creditcode
from workflows.benchmarking.details import read_cluster, read_contact, read_honours, read_industry
from workflows.benchmarking.recording import EnterpriseDetails, set_enterprise_details
from workflows.benchmarking.records import enterprises
from workflows.benchmarking.records.nominations import enterprise_id_of


@dataclass(frozen=True, slots=True)
class Details:
    """The fields as they were typed; what is empty leaves what is on record."""

    credit_code: str
    industry: str
    cluster: str
    size: str
    honours: tuple[str, ...]
    contact: Mapping[str, str]


def detail_faults(work: Work, case_id: int, details: Details) -> dict[str, Sentence]:
    """What cannot be written down, by field; all of it at once."""
    case = cases.get(work, case_id)
    return {name: fault for name, fault in _faults(work, case, details) if fault is not None}


def record_details(
    engine: Engine, work: Work, actor: Actor, case_id: int, details: Details, *, reason: str | None
) -> Case:
    """Describe the enterprise behind a case; a part of the contact that is left empty stays."""
    known = enterprises.get(work, enterprise_id_of(cases.get(work, case_id)))
    said = {name: text for name, text in details.contact.items() if text}
    told = EnterpriseDetails(
        credit_code=details.credit_code or None,
        industry_code=details.industry or None,
        cluster=details.cluster or None,
        above_designated_size={"yes": True, "no": False}.get(details.size),
        honours=details.honours if details.honours or known.honours else None,
        contact={**known.contact, **said} if said else None,
    )
    return set_enterprise_details(engine, work, actor, case_id, told, reason=reason)


def _faults(work: Work, case: Case, details: Details) -> Iterator[tuple[str, Sentence | None]]:
    clusters = campaigns.get(work, case.campaign).body.get("clusters", ())
    if details.credit_code:
        yield "credit_code", creditcode.fault_of(creditcode.clean(details.credit_code))
    if details.industry:
        yield "industry", _fault(read_industry, details.industry)
    if details.cluster:
        yield "cluster", _fault(read_cluster, details.cluster, clusters)
    yield "honours", _fault(read_honours, details.honours)
    for name, text in details.contact.items():
        yield f"contact_{name}", _fault(read_contact, {name: text})


def _fault(read: Callable[..., Any], *said: Any) -> Sentence | None:
    """Why a reader does not take what was said."""
    try:
        read(*said)
    except Refused as refusal:
        return refusal.sentence
    return None
