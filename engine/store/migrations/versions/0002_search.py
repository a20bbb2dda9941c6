"""the index that searching reads"""

from alembic import op

from engine.store.schema import search

revision = "0002_search"
down_revision = "0001_engine"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(search.statement(op.get_bind().dialect.name))
