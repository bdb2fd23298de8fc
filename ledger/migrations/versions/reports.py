"""Reports of errors in central data."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, PrimaryKeyConstraint, String, Text

from ledger.columns import Moment

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "reports",
        Column("id", Integer(), nullable=False),
        Column("person", String(length=16), nullable=False),
        Column("topic", String(length=32), nullable=False),
        Column("moment", Moment(), nullable=False),
        Column("text", Text(), nullable=False),
        Column("settled", Moment(), nullable=True),
        Column("settled_by", String(length=64), nullable=False, server_default=""),
        Column("answer", Text(), nullable=False, server_default=""),
        PrimaryKeyConstraint("id", name="pk_reports"),
    )
    op.create_index("ix_reports_person", "reports", ["person"], unique=False)


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("reports")
