"""Triggers that keep the journal append-only in the database itself, whoever is connected to it."""

from typing import Final

APPEND_ONLY: Final = ("journal", "anchors", "definitions", "attempts", "sign_ins", "disclosures", "kept_reports")
"""Tables whose rows nobody may change or delete."""


def statements(dialect: str) -> list[str]:
    """The DDL that makes the tables append-only."""
    return _on_sqlite() if dialect == "sqlite" else _on_postgresql()


def _on_sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER {table}_keeps_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for table in APPEND_ONLY
        for verb in ("UPDATE", "DELETE")
    ]


def _on_postgresql() -> list[str]:
    function = (
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    triggers = [
        f"CREATE TRIGGER {table}_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        for table in APPEND_ONLY
    ]
    return [function, *triggers]
