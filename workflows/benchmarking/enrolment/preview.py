"""What a list would change, read from the database and written nowhere."""

from engine.access import Actor, sees
from engine.core import Engine
from engine.errors import Hidden
from engine.model import Organisation
from engine.store import cases, definitions, organisations
from engine.store.database import Work
from workflows.benchmarking.enrolment.difference import Difference, Participant, difference, nominated
from workflows.benchmarking.enrolment.terms import ListSource
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
    known = enterprises.by_ids(work, [nominations.enterprise_id_of(case) for case in held])
    brought = products.of_cases(work, [case.id for case in held])
    participants = [
        Participant(case, known[nominations.enterprise_id_of(case)].name_key, brought[case.id]) for case in held
    ]
    named = nominated(report)
    there = nominations.elsewhere(work, source.campaign, district.id)([one.name for one in named])
    claimed = {one.key for one in named if one.name in there}
    flows = {key: definitions.flow_of(work, key) for key in {case.definition_id for case in held}}
    return difference(report, participants, flows, claimed=claimed, supplementary=source.supplementary)
