"""Tables of enterprises, which outlive a campaign, and of the products they bring to one."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from engine.store.schema.base import Id, metadata
from engine.store.types import Instant, Json

enterprises = Table(
    "enterprises",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("name_key", String(200), nullable=False, index=True),
    Column("credit_code", String(18), unique=True),
    Column("industry_code", String(8)),
    Column("cluster", String(40)),
    Column("above_designated_size", Boolean),
    Column("honours", Json, nullable=False),
    Column("contact", Json, nullable=False),
    Column("version", Integer, nullable=False, default=1),
    Column("merged_into", Id, ForeignKey("enterprises.id"), index=True),
    Column("created_at", Instant, nullable=False),
    Index(
        "uq_enterprises_name_key_uncoded",
        "name_key",
        unique=True,
        sqlite_where=text("credit_code IS NULL AND merged_into IS NULL"),
        postgresql_where=text("credit_code IS NULL AND merged_into IS NULL"),
    ),
)
"""One row for each enterprise across all years: known by its credit code, as long as there is none by its name.
One that was found to be another stays, and points to it with `merged_into`."""

former_names = Table(
    "former_names",
    metadata,
    Column("enterprise_id", Id, ForeignKey("enterprises.id"), primary_key=True),
    Column("name_key", String(200), primary_key=True, index=True),
    Column("name", String(200), nullable=False),
    Column("until_on", Date, nullable=False),
)
"""What an enterprise was called before (曾用名), so that a list with the old name finds it."""

products = Table(
    "products",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", Id, ForeignKey("cases.id"), nullable=False),
    Column("enterprise_id", Id, ForeignKey("enterprises.id"), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("name_key", String(200), nullable=False),
    Column("implemented_standards", Json, nullable=False),
    Column("benchmark_standards", Json, nullable=False),
    Column("plan_source", String(10), nullable=False),
    Column("existing_plan_no", String(64)),
    Column("support_needed", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("dropped_reason", Text),
    Column("seq", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("case_id", "name_key"),
    CheckConstraint("plan_source IN ('existing', 'new')", name="plan_source"),
)
"""What an enterprise compares in one campaign. Standards are lists of {number, title}; a dropped product stays."""
