"""Which commit of `record` a listener's state was read from."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, String

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column; an empty one is read anew."""
    op.add_column("people", Column("record", String(64), nullable=False, server_default=""))


def downgrade() -> None:
    """Remove the column."""
    with op.batch_alter_table("people") as people:
        people.drop_column("record")
