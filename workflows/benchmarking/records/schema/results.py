"""Tables of results: test reports, platform records, declarations, the way to Top Runner."""

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Integer, String, Table

from engine.store.schema.base import Id, metadata
from engine.store.types import Instant

test_reports = Table(
    "test_reports",
    metadata,
    Column("product_id", Id, ForeignKey("products.id"), primary_key=True),
    Column("laboratory", String(120), nullable=False),
    Column("cma_no", String(40), nullable=False),
    Column("report_no", String(80), nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("sampling", String(10), nullable=False),
    Column("conclusion", String(16), nullable=False),
    Column("file_sha", String(64), ForeignKey("blobs.sha256")),
    Column("file_name", String(200)),
    Column("recorded_at", Instant, nullable=False),
    CheckConstraint("sampling IN ('sampled', 'submitted')", name="sampling"),
    CheckConstraint(
        "conclusion IN ('all_better', 'partly_better', 'all_equal', 'partly_lower', 'not_met')", name="conclusion"
    ),
)
"""The report that counts for a product; a retest takes its place and the journal keeps the one before."""

platform_results = Table(
    "platform_results",
    metadata,
    Column("product_id", Id, ForeignKey("products.id"), primary_key=True),
    Column("number", String(64)),
    Column("url", String(500)),
    Column("screenshot_sha", String(64), ForeignKey("blobs.sha256")),
    Column("uploaded_on", Date, nullable=False),
    Column("recorded_at", Instant, nullable=False),
)
"""That a product's result stands on the national platform."""

declarations = Table(
    "declarations",
    metadata,
    Column("product_id", Id, ForeignKey("products.id"), primary_key=True),
    Column("standard_no", String(80), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("disclosed_on", Date, nullable=False),
    Column("url", String(500), nullable=False),
    Column("key_area", Boolean, nullable=False),
    Column("recorded_at", Instant, nullable=False),
)
"""A standard disclosed for a product; `key_area` says that the product lies in a key area of the year."""

runner_steps = Table(
    "runner_steps",
    metadata,
    Column("product_id", Id, ForeignKey("products.id"), primary_key=True),
    Column("level", String(12), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("step", String(20), primary_key=True),
    Column("reached_on", Date, nullable=False),
    Column("note", String(500), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    CheckConstraint("level IN ('national', 'provincial', 'local')", name="level"),
    CheckConstraint(
        "step IN ('area_matched', 'standard_disclosed', 'submitted', 'shortlisted', 'listed', 'not_listed')",
        name="step",
    ),
)
