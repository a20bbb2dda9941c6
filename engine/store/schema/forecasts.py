"""The table of forecasts, made once a day."""

from sqlalchemy import Column, Date, Integer, String, Table

from engine.store.schema.base import Id, metadata
from engine.store.types import Json

forecasts = Table(
    "forecasts",
    metadata,
    Column("campaign", String(40), primary_key=True),
    Column("flow", String(40), primary_key=True),
    Column("milestone", String(60), primary_key=True),
    Column("district_id", Id, primary_key=True),
    Column("made_on", Date, nullable=False),
    Column("cases", Integer, nullable=False),
    Column("due_on", Date),
    Column("early_on", Date),
    Column("middle_on", Date),
    Column("late_on", Date),
    Column("late_percent", Integer),
    Column("thin", Json, nullable=False),
    sqlite_with_rowid=False,
)
"""When the open cases of a district will have reached a milestone, as it looked on `made_on`; days beyond what can be
said are NULL. `thin` names the states of which too little has been seen; then there are no days at all."""
