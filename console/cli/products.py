"""Products of an enterprise: one more, one changed, one dropped."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from console.cli.desk import desk_of
from console.cli.evidence import recorded
from console.cli.frame import argument, command, option, verbs
from console.cli.options import CaseName, Reason, ReasonIfAny, Version
from engine.clock import SystemClock, local_day
from engine.errors import Refused
from engine.words import tr

if TYPE_CHECKING:
    from workflows.benchmarking.model import Standard
    from workflows.benchmarking.recording import ProductDraft

app = verbs("product", tr("Add, change or drop a product."))

Product = Annotated[str, argument(tr("Name of the product."), "PRODUCT")]
Implements = Annotated[
    list[str], option("--implements", metavar="STANDARD", does=tr("Standard it implements; may be said again."))
]
Compared = Annotated[
    list[str] | None,
    option("--benchmark", metavar="STANDARD", does=tr("Standard it is compared with; may be said again.")),
]
PlanNumber = Annotated[
    str | None, option("--existing-plan", metavar="NUMBER", does=tr("Number of a plan on the platform that it uses."))
]
Support = Annotated[bool, option("--support-needed", does=tr("Help with the plan is wanted."))]


@command(app, "add", tr("Take in one more product, as long as the enterprise's plans are not uploaded."))
def add(
    ctx: typer.Context,
    case: CaseName,
    product: Product,
    *,
    implements: Implements,
    benchmark: Compared = None,
    existing_plan: PlanNumber = None,
    support: Support = False,
    reason: ReasonIfAny = None,
    version: Version = None,
) -> None:
    """Add."""
    from workflows.benchmarking.recording import add_product

    draft = _draft(product, implements, benchmark, existing_plan, support=support)
    recorded(desk_of(ctx), case, add_product, draft, version=version, reason=reason)


@command(app, "change", tr("Write a product anew; a reason is needed once a plan rests on it."))
def change(
    ctx: typer.Context,
    case: CaseName,
    product: Product,
    *,
    implements: Implements,
    name: Annotated[str | None, option("--name", metavar="TEXT", does=tr("Its new name."))] = None,
    benchmark: Compared = None,
    existing_plan: PlanNumber = None,
    support: Support = False,
    reason: ReasonIfAny = None,
    version: Version = None,
) -> None:
    """Change."""
    from workflows.benchmarking.recording import change_product

    draft = _draft(name or product, implements, benchmark, existing_plan, support=support)
    recorded(desk_of(ctx), case, change_product, draft, product=product, version=version, reason=reason)


@command(app, "drop", tr("Let a product take part no more; it stays on record."))
def drop(ctx: typer.Context, case: CaseName, product: Product, *, reason: Reason, version: Version = None) -> None:
    """Drop."""
    from workflows.benchmarking.recording import drop_product

    recorded(desk_of(ctx), case, drop_product, product=product, reason=reason, version=version)


def _draft(
    name: str, implements: Sequence[str], benchmark: Sequence[str] | None, existing_plan: str | None, *, support: bool
) -> "ProductDraft":
    from workflows.benchmarking.recording import ProductDraft

    return ProductDraft(
        name=name,
        implemented_standards=_standards(implements),
        benchmark_standards=_standards(benchmark or ()),
        existing_plan_no=existing_plan,
        support_needed=support,
    )


def _standards(texts: Sequence[str]) -> "tuple[Standard, ...]":
    """Standards as a list writes them, read by the same grammar; one that cannot be read is refused."""
    from console.productdrafts import read_standards

    found, faults = read_standards("\n".join(texts), year=local_day(SystemClock().now()).year)
    if faults:
        raise Refused(faults[0])
    return found
