"""What a list would change, read from the database and written nowhere."""

from engine.access import Actor, sees
from engine.core import Engine
from engine.errors import Hidden
from engine.model import Organisation
from engine.store import cases, definitions, organisations
from engine.store.database import Work
from workflows.benchmarking.enrolment.difference import Difference, Known, Participant, difference
from workflows.benchmarking.enrolment.terms import ListSource
from workflows.benchmarking.names import name_key
from workflows.benchmarking.records import enterprises, nominations, products
from workflows.benchmarking.roster.report import Report


def compare(engine: Engine, work: Work, actor: Actor, report: Report, source: ListSource) -> Difference:  # noqa: ARG001
    """What enrolling this list would do, for a dry run."""
    return difference_to_stored(work, report, source, district_of(work, actor, source.district))


def district_of(work: Work, actor: Actor, code: str) -> Organisation:
    """The district, if it exists for this actor."""
    district = next((one for one in organisations.every(work) if one.code == code), None)
    if district is None or not sees(actor, district.path):
        raise Hidden(f"district {code}")
    return district


def difference_to_stored(work: Work, report: Report, source: ListSource, district: Organisation) -> Difference:
    """Compare the list with the district's enterprises, and its new ones with those of all districts."""
    held = cases.of_campaign(work, source.campaign, nominations.FLOW, district_id=district.id)
    numbers = [nominations.enterprise_id_of(case) for case in held]
    standing = enterprises.by_ids(work, numbers)
    brought = products.of_cases(work, [case.id for case in held])
    participants = [
        Participant(case, nominations.subject_key(standing[number].id), brought[case.id])
        for case, number in zip(held, numbers, strict=True)
    ]
    known = _known(work, report)
    there = nominations.taking_part_elsewhere(work, source.campaign, district.id, [one.key for one in known.values()])
    flows = {key: definitions.flow_of(work, key) for key in {case.definition_id for case in held}}
    return difference(report, participants, flows, known=known, claimed=there, supplementary=source.supplementary)


def _known(work: Work, report: Report) -> dict[str, Known]:
    """The enterprises on record that the names of a list mean, also by a name that they had."""
    named = {name_key(name) for row in report.rows if isinstance(name := row.values.get("enterprise_name"), str)}
    found = enterprises.by_names(work, named)
    return {key: Known(nominations.subject_key(one.id), one.name) for key, one in found.items()}
