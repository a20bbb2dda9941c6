"""Records that somebody changed unseen: whatever differs from what the journal said of it last."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from engine.kinds import Contradiction
from engine.model import Recorded
from engine.store.database import Work
from engine.words import Sentence, tr
from workflows.benchmarking.records import everything
from workflows.benchmarking.testimony import NOTHING, Named, Testimony

WORDS: Final[Mapping[str, Sentence]] = {
    "test_report": tr("the test report"),
    "result": tr("the result on the platform"),
    "declaration": tr("the declaration"),
    "runner_step": tr("the step towards Top Runner"),
    "indicator_values": tr("what its own standard sets"),
    "plan": tr("the plan"),
    "indicators": tr("the indicators"),
    "platform_plan": tr("the plan on the platform"),
}


def contradictions(work: Work, entries: Iterable[Recorded]) -> Iterator[Contradiction]:
    """Everything on record about products, plans and trainings against the last word of the journal."""
    told = Testimony()
    told.read(entries)
    kept = list(everything.product_rows(work))
    named = {row["id"]: told.names.get((row["case_id"], row["name_key"])) for row in kept}
    yield from _products(told, kept)
    yield from _about_products(work, told, named)
    yield from _links(work, told, named)
    yield from _plans(work, told)
    yield from _values(work, told, named)
    yield from _trainings(work, told)


def _products(told: Testimony, kept: list[dict[str, Any]]) -> Iterator[Contradiction]:
    seen = set()
    for row in kept:
        token = told.names.get((row["case_id"], row["name_key"]))
        seen.add(token)
        if token is None or not _agrees(row, told.products[token]):
            sentence = tr("the product {name} is not as the journal says.", name=row["name"])
            yield Contradiction(row["case_id"], sentence)
    for token in sorted(told.products.keys() - seen):
        name = told.products[token].get("name", token[1])
        yield Contradiction(token[0], tr("the product {name} is not there any more.", name=name))


def _about_products(work: Work, told: Testimony, named: Mapping[int, Named | None]) -> Iterator[Contradiction]:
    for what in everything.OF_PRODUCTS:
        wanted = {about: fields for about, fields in told.records.items() if about[1] == what}
        for product_id, apart, row in everything.rows_about_products(work, what):
            token = named.get(product_id)
            fields = wanted.pop((token, what, apart), None) if token else None
            if fields is None or not _agrees(row, fields):
                yield _of_product(told, token, what)
        for token, _, _ in sorted(wanted):
            yield _of_product(told, token, what)


def _links(work: Work, told: Testimony, named: Mapping[int, Named | None]) -> Iterator[Contradiction]:
    wanted = {token: plan_id for links in told.links.values() for token, plan_id in links.items()}
    kept: dict[Named, int] = {}
    for product_id, plan_id in everything.plan_by_product(work).items():
        token = named.get(product_id)
        if token is None:
            yield _of_product(told, None, "plan")
        else:
            kept[token] = plan_id
    for token in sorted(wanted.keys() | kept.keys()):
        if wanted.get(token) != kept.get(token):
            yield _of_product(told, token, "plan")


def _plans(work: Work, told: Testimony) -> Iterator[Contradiction]:
    kept = everything.every_plan(work)
    for number in sorted(kept.keys() | told.plans.keys()):
        on_record, may_be = kept.get(number), told.plans.get(number)
        if on_record is None or may_be is None:
            yield Contradiction(None, tr("The plan {number} is not known to the journal, or is gone.", number=number))
            continue
        parts = {"plan": on_record.plan, "indicators": on_record.indicators, "platform_plan": on_record.platform_plan}
        for part, value in parts.items():
            if not any(_matches(value, text) for text in may_be[part]):
                sentence = tr("Plan {number}: {what} is not what the journal says.", number=number, what=WORDS[part])
                yield Contradiction(None, sentence)


def _values(work: Work, told: Testimony, named: Mapping[int, Named | None]) -> Iterator[Contradiction]:
    """What a product's own standard sets; what was set for an indicator that is gone has gone with it."""
    kept = everything.values_by_product(work)
    plans, links = everything.every_plan(work), everything.plan_by_product(work)
    for product_id, token in named.items():
        if token is None:
            continue
        plan = plans.get(links.get(product_id, 0))
        names = {one["name"] for one in plan.indicators} if plan else set()
        said = told.records.get((token, "indicator_values", ())) or {}
        if {name: value for name, value in said.items() if name in names} != kept.get(product_id, {}):
            yield _of_product(told, token, "indicator_values")


def _trainings(work: Work, told: Testimony) -> Iterator[Contradiction]:
    kept = everything.trainings_by_case(work)
    for case_id in sorted(kept.keys() | told.trainings.keys()):
        rest = [*told.trainings.get(case_id, ())]
        for row in kept.get(case_id, ()):
            same = next((one for one in rest if _agrees(row, one)), None)
            if same is None:
                yield Contradiction(case_id, tr("its trainings are not those that the journal tells of."))
                break
            rest.remove(same)
        else:
            if rest:
                yield Contradiction(case_id, tr("its trainings are not those that the journal tells of."))


def _of_product(told: Testimony, token: Named | None, what: str) -> Contradiction:
    if token is None:
        return Contradiction(None, tr("{what} stands for a product that the journal does not know.", what=WORDS[what]))
    name = told.products.get(token, {}).get("name", token[1])
    sentence = tr("{product}: {what} is not what the journal says.", product=name, what=WORDS[what])
    return Contradiction(token[0], sentence)


def _matches(kept: Any, text: str) -> bool:
    """Whether a part of a plan is what one text says that it may be."""
    told = json.loads(text)
    if kept is None or told is None or kept == []:
        return text == NOTHING and not kept
    if isinstance(kept, list):
        return len(kept) == len(told) and all(_agrees(row, one) for row, one in zip(kept, told, strict=True))
    return _agrees(kept, told)


def _agrees(kept: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    """Whether a row has what was told; columns that nobody told of are left alone."""
    return all(name not in kept or _plain(kept[name]) == _plain(value) for name, value in told.items())


def _plain(value: Any) -> Any:
    """A value as both sides have it: days as text, and what is empty left away inside lists."""
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items() if one not in (None, [], ())}
    return value.isoformat() if isinstance(value, date) else value
