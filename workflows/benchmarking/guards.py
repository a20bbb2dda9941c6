"""Rules of the campaign's steps: each returns the reason why a step may not be taken, or None. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from engine.kinds import Guard, Reason, Situation
from engine.words import Sentence, tr
from workflows.benchmarking.facts import EnterpriseFacts, ListFacts, ProductFacts, dated_evidence
from workflows.benchmarking.plausible import report_faults


def new_plans_are_described(situation: Situation) -> Reason | None:
    """Each new plan tells its product, the standard compared with, and at least one indicator."""
    return _gathered("PLAN_INCOMPLETE", situation, _undescribed)


def plans_are_on_the_platform(situation: Situation) -> Reason | None:
    """Each new plan has its number or screenshot of the national platform, not later than the day that counts."""
    return _gathered("PLAN_NOT_UPLOADED", situation, _not_uploaded)


def every_product_adopts_a_plan(situation: Situation) -> Reason | None:
    """The short way is for enterprises all of whose products use a plan that is on the platform already."""
    return _gathered("PLAN_TO_BE_WRITTEN", situation, _not_adopting)


def test_reports_are_plausible(situation: Situation) -> Reason | None:
    """Reports name laboratory and number, carry a whole CMA number if any, and are of a day that can be."""
    return _gathered("TEST_REPORT_IMPLAUSIBLE", situation, _implausible)


def evidence_is_not_later(situation: Situation) -> Reason | None:
    """A step that is to count from an earlier day cannot rest on evidence of a later one."""
    late = tuple(
        tr("{product} ({what} of {day})", product=name, what=_PAPERS[what], day=day)
        for name, what, day in dated_evidence(_enterprise(situation))
        if day > situation.on
    )
    if not late:
        return None
    sentence = tr(
        "Evidence is later than {on}, the day the step is to count from: {evidence}; choose a later day.",
        on=situation.on,
        evidence=late,
    )
    return Reason("EVIDENCE_LATER", sentence)


def one_product_qualifies(situation: Situation) -> Reason | None:
    """One product in a key area of the year, with its standard disclosed by the day that counts, is enough."""
    declarations = [one for product in _enterprise(situation).products for one in product.declarations]
    if not declarations or any(one.key_area and one.disclosed_on <= situation.on for one in declarations):
        return None
    sentence = tr(
        "No product lies in a key area of this year with its standard disclosed by {on};"
        " record the declaration and mark its key area.",
        on=situation.on,
    )
    return Reason("NO_PRODUCT_QUALIFIES", sentence)


def quota_is_reached(situation: Situation) -> Reason | None:
    """Distinct active enterprises that nobody else claims, against the district's quota."""
    facts = situation.facts
    if not isinstance(facts, ListFacts):
        raise TypeError("only a nomination list has a quota")
    if facts.counted >= facts.quota:
        return None
    sentence = tr(
        "{counted} of {quota} enterprises are on the list; {lacking} more are to be nominated.",
        counted=facts.counted,
        quota=facts.quota,
        lacking=facts.quota - facts.counted,
    )
    return Reason("QUOTA_NOT_REACHED", sentence)


GUARDS: Final[Mapping[str, Guard]] = MappingProxyType(
    {
        guard.__name__: guard
        for guard in (
            new_plans_are_described,
            plans_are_on_the_platform,
            every_product_adopts_a_plan,
            test_reports_are_plausible,
            evidence_is_not_later,
            one_product_qualifies,
            quota_is_reached,
        )
    }
)

_PAPERS: Final = {
    "publication": tr("the public list"),
    "result": tr("the platform record"),
}


# What is missing altogether is said once, by the evidence that the step asks for; the rules speak of what is there.


def _undescribed(product: ProductFacts, situation: Situation) -> Iterator[Sentence]:
    if product.adopts:
        return
    if not product.benchmarks:
        yield tr("no benchmark standard is named; add it to the product")
    if product.plan is None:
        return
    if product.plan.drafted_on > situation.on:
        yield tr("the plan is dated {day}, after the day the step is to count from", day=product.plan.drafted_on)
    if not product.plan.indicators:
        yield tr("its plan has no indicator; record at least one")


def _not_uploaded(product: ProductFacts, situation: Situation) -> Iterator[Sentence]:
    if product.adopts or product.plan is None or product.plan.platform is None:
        return
    day = product.plan.platform.uploaded_on
    if day > situation.on:
        yield tr("its plan was uploaded on {day}, after the day the step is to count from", day=day)


def _not_adopting(product: ProductFacts, _: Situation) -> Iterator[Sentence]:
    if not product.adopts:
        yield tr("a plan is to be written for it; take the step for new plans")
    elif not product.existing_plan_no:
        yield tr("the number of its plan on the platform is missing; add it to the product")


def _implausible(product: ProductFacts, situation: Situation) -> Iterator[Sentence]:
    report = product.report
    if report is None:
        return
    yield from (reason.sentence for reason in report_faults(report, nominated_on=situation.case.opened_on))
    if report.issued_on > situation.on:
        yield tr("the report is dated {day}, after the day the step is to count from", day=report.issued_on)


def _gathered(
    code: str, situation: Situation, faults: Callable[[ProductFacts, Situation], Iterable[Sentence]]
) -> Reason | None:
    """One reason with everything that is wrong, product by product."""
    found = {product.name: tuple(faults(product, situation)) for product in _enterprise(situation).products}
    wrong = {name: sentences for name, sentences in found.items() if sentences}
    if not wrong:
        return None
    clauses = tuple(tr("{product} ({faults})", product=name, faults=sentences) for name, sentences in wrong.items())
    part = next(iter(wrong)) if len(wrong) == 1 else ""
    return Reason(code, tr("{clauses}.", clauses=clauses), part)


def _enterprise(situation: Situation) -> EnterpriseFacts:
    if not isinstance(situation.facts, EnterpriseFacts):
        raise TypeError("only an enterprise has products")
    return situation.facts
