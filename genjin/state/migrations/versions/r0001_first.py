"""The first schema: runs, undo, change log, base, journal, ledger."""

from alembic import op

from genjin.state.metadata import METADATA

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table."""
    for metadata in METADATA:
        metadata.create_all(op.get_bind())


def downgrade() -> None:
    """Drop every table."""
    for metadata in METADATA:
        metadata.drop_all(op.get_bind())
