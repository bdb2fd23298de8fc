"""Tables of the desk: notes of staff, phrases, looks; tokens for Git over HTTP."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Text,
    UniqueConstraint,
)

from ledger.columns import Moment

revision = "0002"
down_revision = "0001"

_NAMES = ("notes", "looks", "personal_tokens", "phrases")


def upgrade() -> None:
    """Make the tables."""
    _notes()
    _looks()
    _personal_tokens()
    _phrases()


def downgrade() -> None:
    """Remove the tables."""
    for name in reversed(_NAMES):
        op.drop_table(name)


def _notes() -> None:
    op.create_table(
        "notes",
        Column("id", Integer(), nullable=False),
        Column("person", String(length=16), nullable=False),
        Column("about", String(length=100), nullable=False),
        Column("author", String(length=64), nullable=False),
        Column("moment", Moment(), nullable=False),
        Column("text", Text(), nullable=False),
        PrimaryKeyConstraint("id", name="pk_notes"),
    )
    op.create_index("ix_notes_person", "notes", ["person"], unique=False)


def _looks() -> None:
    op.create_table(
        "looks",
        Column("account", String(length=64), nullable=False),
        Column("person", String(length=16), nullable=False),
        Column("about", String(length=100), nullable=False),
        Column("head", String(length=64), nullable=False),
        Column("moment", Moment(), nullable=False),
        ForeignKeyConstraint(
            ["account"], ["accounts.id"], name="fk_looks_account", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint("account", "person", "about", name="pk_looks"),
    )


def _personal_tokens() -> None:
    op.create_table(
        "personal_tokens",
        Column("token_hash", LargeBinary(length=32), nullable=False),
        Column("id", String(length=32), nullable=False),
        Column("account", String(length=64), nullable=False),
        Column("label", String(length=200), nullable=False),
        Column("created", Moment(), nullable=False),
        Column("expires", Moment(), nullable=False),
        Column("used", Moment(), nullable=True),
        ForeignKeyConstraint(
            ["account"], ["accounts.id"], name="fk_personal_tokens_account", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint("token_hash", name="pk_personal_tokens"),
        UniqueConstraint("id", name="uq_personal_tokens_id"),
    )
    op.create_index("ix_personal_tokens_account", "personal_tokens", ["account"], unique=False)


def _phrases() -> None:
    op.create_table(
        "phrases",
        Column("id", Integer(), nullable=False),
        Column("account", String(length=64), nullable=False),
        Column("text", Text(), nullable=False),
        ForeignKeyConstraint(
            ["account"], ["accounts.id"], name="fk_phrases_account", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint("id", name="pk_phrases"),
    )
    op.create_index("ix_phrases_account", "phrases", ["account"], unique=False)
