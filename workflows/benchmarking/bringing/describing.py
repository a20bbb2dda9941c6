"""What enterprises are described by, from a list: contacts; credit codes, industries, clusters, size and honours."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from engine.errors import Refused
from engine.store import campaigns
from engine.store.database import Work
from engine.words import say, tr
from workflows.benchmarking.bringing.deeds import Deed, Situation
from workflows.benchmarking.bringing.matching import Denial, Place
from workflows.benchmarking.details import read_cluster
from workflows.benchmarking.recording.changes import DISTRICT, Change
from workflows.benchmarking.records import together
from workflows.benchmarking.roster.forms import Form
from workflows.benchmarking.roster.kinds.contacts import CONTACTS
from workflows.benchmarking.roster.kinds.industries import INDUSTRIES
from workflows.benchmarking.roster.sentences import Wording

CONTACT_FIELDS: Final = {"contact_name": "name", "contact_phone": "phone", "contact_email": "email"}
DETAILS: Final = ("credit_code", "industry_code", "cluster", "above_designated_size", "honours")
_SAID: Final = Wording("{detail}", "")
_SHARED: Final = Wording("信用代码与{detail}相同。", "请对照营业执照核对，一个代码只属于一家企业。")
_CODED: Final = Wording("该企业已登记的信用代码是 {detail}。", "请核对；确需更改的，请在导入时写明理由（--reason）。")


@dataclass(frozen=True, slots=True)
class Contacts:
    """Whom to ask in each enterprise; an empty cell leaves what is on record."""

    form: Form = CONTACTS
    roles: Sequence[str] = DISTRICT
    of_products: bool = False

    def judge(self, _: Situation, places: Sequence[Place]) -> Iterator[Deed | Denial]:
        for place in places:
            known = dict(place.enterprise.contact)
            said = {CONTACT_FIELDS[name]: place.row.values.get(name) for name in CONTACT_FIELDS}
            wanted = known | {name: value for name, value in said.items() if value}
            was = {name: known.get(key) for name, key in CONTACT_FIELDS.items()}
            now = {name: wanted.get(key) for name, key in CONTACT_FIELDS.items()}
            yield _deed(place, {"contact": known}, {"contact": wanted}, was=was, now=now)

    def write(self, work: Work, deeds: Sequence[Deed]) -> None:
        together.change_enterprises(work, {deed.key: deed.record for deed in deeds})


@dataclass(frozen=True, slots=True)
class Industries:
    """Codes and industries; a credit code belongs to one enterprise only, and changes with a reason."""

    form: Form = INDUSTRIES
    roles: Sequence[str] = DISTRICT
    of_products: bool = False

    def judge(self, situation: Situation, places: Sequence[Place]) -> Iterator[Deed | Denial]:
        codes = {str(place.row.values["credit_code"]) for place in places if place.row.values.get("credit_code")}
        owners = together.owners_of(situation.work, codes)
        given: dict[str, Place] = {}
        clusters = _clusters(situation.work, places)
        for place in places:
            said = place.row.values
            wanted = {name: said[name] for name in DETAILS if said.get(name) not in (None, ())}
            strange = _cluster_fault(place, wanted, clusters)
            before = {name: getattr(place.enterprise, name) for name in wanted}
            first = given.setdefault(str(wanted.get("credit_code", f"row {place.number}")), place)
            wrong = strange or _given_twice(place, first)
            wrong = wrong or _code_fault(place, wanted, owners, silent=not situation.reason)
            if wrong is not None:
                yield wrong
                continue
            yield _deed(place, before, wanted, was=before, now=wanted)

    def write(self, work: Work, deeds: Sequence[Deed]) -> None:
        together.change_enterprises(work, {deed.key: deed.record for deed in deeds})


def _deed(
    place: Place,
    before: Mapping[str, Any],
    wanted: Mapping[str, Any],
    *,
    was: Mapping[str, Any],
    now: Mapping[str, Any],
) -> Deed:
    return Deed(
        place=place,
        change=Change(what="enterprise", before=dict(before), after=dict(wanted), roles=DISTRICT),
        key=place.enterprise.id,
        record=wanted,
        was=was,
        now=now,
        cases=(place.case,),
        changes=dict(before) != dict(wanted),
    )


def _clusters(work: Work, places: Sequence[Place]) -> Sequence[str]:
    """Those of the campaign; a list is about one."""
    return tuple(campaigns.get(work, places[0].case.campaign).body.get("clusters", ())) if places else ()


def _cluster_fault(place: Place, wanted: dict[str, Any], known: Sequence[str]) -> Denial | None:
    """Write the cluster as the campaign calls it, or say why that cannot be."""
    if "cluster" not in wanted:
        return None
    try:
        wanted["cluster"] = read_cluster(wanted["cluster"], known)
    except Refused as refused:
        return Denial(place.number, "cluster", "CLUSTER_UNKNOWN", _SAID, say(refused.sentence))
    return None


def _given_twice(place: Place, first: Place) -> Denial | None:
    if first.enterprise.id == place.enterprise.id:
        return None
    said = f"第{first.row.row}行的{first.enterprise.name}"
    return Denial(place.number, "credit_code", "CREDIT_CODE_TWICE", _SHARED, said)


def _code_fault(place: Place, wanted: Mapping[str, Any], owners: Mapping[str, int], *, silent: bool) -> Denial | None:
    code, known = wanted.get("credit_code"), place.enterprise.credit_code
    if code is None or code == known:
        return None
    if owners.get(code, place.enterprise.id) != place.enterprise.id:
        sentence = tr(
            "The credit code {code} belongs to another enterprise on record; please check it. If the two are one,"
            " the bureau merges them.",
            code=code,
        )
        return Denial(place.number, "credit_code", "CREDIT_CODE_TAKEN", _SAID, say(sentence))
    if known and silent:
        return Denial(place.number, "credit_code", "CREDIT_CODE_DIFFERS", _CODED, known)
    return None
