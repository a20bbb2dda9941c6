"""Tables of what is counted with each write, so that no page counts cases or deadlines; an audit recounts them."""

from sqlalchemy import Column, Date, Integer, String, Table

from engine.store.schema.base import Id, metadata

tally = Table(
    "tally",
    metadata,
    Column("campaign", String(40), primary_key=True),
    Column("flow", String(40), primary_key=True),
    Column("district_id", Id, primary_key=True),
    Column("state", String(40), primary_key=True),
    Column("n", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Unclaimed cases by district and state."""

proposal_tally = Table(
    "proposal_tally",
    metadata,
    Column("campaign", String(40), primary_key=True),
    Column("flow", String(40), primary_key=True),
    Column("district_id", Id, primary_key=True),
    Column("step", String(40), primary_key=True),
    Column("n", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Cases that wait for a confirmation, by district and the step that was proposed."""

due_tally = Table(
    "due_tally",
    metadata,
    Column("campaign", String(40), primary_key=True),
    Column("flow", String(40), primary_key=True),
    Column("district_id", Id, primary_key=True),
    Column("milestone", String(60), primary_key=True),
    Column("due_on", Date, primary_key=True),
    Column("n", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Deadlines that a district is awaited for, by milestone and day: `deadlines.awaited_on`."""

met_tally = Table(
    "met_tally",
    metadata,
    Column("campaign", String(40), primary_key=True),
    Column("flow", String(40), primary_key=True),
    Column("milestone", String(60), primary_key=True),
    Column("region_id", Id, primary_key=True),
    Column("met_on", Date, primary_key=True),
    Column("n", Integer, nullable=False),
    Column("late", Integer, nullable=False),
    Column("workdays", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Deadlines that were met, by day and by region: the organisation just below the top that the district belongs to.

`late` of the `n` were met late; `workdays` is the sum of what they took from the opening of their cases.
"""
