"""Tables of comparison plans, what stands about them on the national platform, and the trainings on them."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, ForeignKeyConstraint, Integer, String, Table

from engine.store.schema.base import Id, metadata
from engine.store.types import Instant

plans = Table(
    "plans",
    metadata,
    Column("id", Id, primary_key=True),
    Column("campaign", String(40), ForeignKey("campaigns.key"), nullable=False),
    Column("district_id", Id, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("title", String(200), nullable=False),
    Column("drafted_by", String(120), nullable=False),
    Column("drafted_on", Date, nullable=False),
    Column("file_sha", String(64), ForeignKey("blobs.sha256")),
    Column("file_name", String(200)),
    Column("recorded_at", Instant, nullable=False),
)
"""A plan written in a district; one plan may serve products of several of its enterprises."""

plan_products = Table(
    "plan_products",
    metadata,
    Column("product_id", Id, ForeignKey("products.id"), primary_key=True),
    Column("plan_id", Id, ForeignKey("plans.id"), nullable=False, index=True),
)

plan_indicators = Table(
    "plan_indicators",
    metadata,
    Column("plan_id", Id, ForeignKey("plans.id"), primary_key=True),
    Column("name", String(120), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("unit", String(40), nullable=False),
    Column("direction", String(12), nullable=False),
    Column("national_value", String(120), nullable=False),
    Column("benchmark_value", String(120), nullable=False),
    Column("core", Boolean, nullable=False),
    CheckConstraint("direction IN ('higher', 'lower', 'range', 'qualitative')", name="direction"),
)
"""A key indicator with its value in the national or industry standard and in the benchmark, as written."""

indicator_values = Table(
    "indicator_values",
    metadata,
    Column("plan_id", Id, primary_key=True),
    Column("name", String(120), primary_key=True),
    Column("product_id", Id, ForeignKey("products.id"), primary_key=True, index=True),
    Column("enterprise_value", String(120), nullable=False),
    ForeignKeyConstraint(["plan_id", "name"], ["plan_indicators.plan_id", "plan_indicators.name"]),
)
"""The value that an enterprise's own standard sets for its product; a shared plan has one for each product."""

platform_plans = Table(
    "platform_plans",
    metadata,
    Column("plan_id", Id, ForeignKey("plans.id"), primary_key=True),
    Column("number", String(64)),
    Column("url", String(500)),
    Column("screenshot_sha", String(64), ForeignKey("blobs.sha256")),
    Column("uploaded_on", Date, nullable=False),
    Column("recorded_at", Instant, nullable=False),
)
"""That a plan stands on the national platform; the number is opaque text."""

trainings = Table(
    "trainings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("campaign", String(40), ForeignKey("campaigns.key"), nullable=False),
    Column("district_id", Id, ForeignKey("organisations.id"), nullable=False, index=True),
    Column("topic", String(200), nullable=False),
    Column("held_on", Date, nullable=False),
    Column("notice_sha", String(64), ForeignKey("blobs.sha256")),
    Column("attendance_sha", String(64), ForeignKey("blobs.sha256")),
    Column("recorded_at", Instant, nullable=False),
)

training_cases = Table(
    "training_cases",
    metadata,
    Column("case_id", Id, ForeignKey("cases.id"), primary_key=True),
    Column("training_id", Id, ForeignKey("trainings.id"), primary_key=True),
)
"""Whom a training reached; a training for the whole district names every enterprise that was taking part."""
