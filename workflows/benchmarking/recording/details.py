"""Recording what is known of an enterprise: credit code, industry, cluster, size, honours, contact; each checked."""

from dataclasses import dataclass, fields
from typing import Any

from engine.access import Actor
from engine.core import Engine
from engine.errors import Refused
from engine.model import Case
from engine.store import campaigns
from engine.store.database import Work
from engine.words import tr
from workflows.benchmarking import creditcode
from workflows.benchmarking.details import read_cluster, read_contact, read_honours, read_industry
from workflows.benchmarking.recording.changes import DISTRICT, Change, Writing
from workflows.benchmarking.records import enterprises
from workflows.benchmarking.records.nominations import enterprise_id_of
from workflows.benchmarking.records.words import enter_enterprises


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseDetails:
    """What is to be known of an enterprise from now on; None leaves a thing as it is."""

    credit_code: str | None = None
    industry_code: str | None = None
    cluster: str | None = None
    above_designated_size: bool | None = None
    honours: tuple[str, ...] | None = None
    contact: dict[str, str] | None = None


def set_enterprise_details(
    engine: Engine,
    work: Work,
    actor: Actor,
    case_id: int,
    details: EnterpriseDetails,
    *,
    version: int | None = None,
    reason: str | None = None,
) -> Case:
    """Describe the enterprise behind a case; what the campaign or the standard does not know is refused."""
    writing = Writing(engine, work, actor, reason)
    case = writing.open(case_id, version)
    known = enterprises.get(work, enterprise_id_of(case))
    given = {field.name: getattr(details, field.name) for field in fields(details)}
    wanted = {name: _read(work, case, name, value) for name, value in given.items() if value is not None}
    if "credit_code" in wanted:
        _check_code(work, known.id, wanted["credit_code"])
    before = {name: getattr(known, name) for name in wanted}
    done = writing.keep(case, Change(what="enterprise", before=before, after=wanted, roles=DISTRICT))
    if done is not case:
        enterprises.change(work, known.id, wanted | _as_list(wanted))
        enter_enterprises(engine, work, [known.id])
    return done


def _read(work: Work, case: Case, name: str, value: Any) -> Any:
    """A detail as it is stored; empty where an empty one was said."""
    if name == "credit_code":
        return creditcode.clean(value)
    if name == "industry_code":
        return read_industry(value)
    if name == "cluster":
        return read_cluster(value, campaigns.get(work, case.campaign).body.get("clusters", ()))
    if name == "honours":
        return read_honours(value)
    return read_contact(value) if name == "contact" else value


def _check_code(work: Work, enterprise_id: int, code: str) -> None:
    fault = creditcode.fault_of(code)
    if fault is not None:
        raise Refused(fault)
    owner = enterprises.by_credit_code(work, code)
    if owner is not None and owner.id != enterprise_id:
        raise Refused(
            tr(
                "The credit code {code} belongs to another enterprise on record; please check it. If the two are one,"
                " the bureau merges them.",
                code=code,
            )
        )


def _as_list(wanted: dict[str, Any]) -> dict[str, Any]:
    return {"honours": list(wanted["honours"])} if "honours" in wanted else {}
