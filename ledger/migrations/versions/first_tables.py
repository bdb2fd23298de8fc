"""The first tables: accounts, sessions, consents, links, throttle, keys."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Text,
    UniqueConstraint,
    table,
)

from ledger.columns import Moment, Words

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _accounts()
    _audit_keys()
    _changes()
    _consents()
    _failures()
    _familiar()
    _flows()
    _outbox()
    _people()
    _shares()
    _signing_keys()
    _acknowledgements()
    _links()
    _sessions()
    op.bulk_insert(
        table("changes", Column("id", Integer), Column("number", Integer)), [{"id": 1, "number": 1}]
    )


_NAMES = (
    "accounts",
    "audit_keys",
    "changes",
    "consents",
    "failures",
    "familiar",
    "flows",
    "outbox",
    "people",
    "shares",
    "signing_keys",
    "acknowledgements",
    "links",
    "sessions",
)


def downgrade() -> None:
    """Remove the tables."""
    for name in reversed(_NAMES):
        op.drop_table(name)


def _accounts() -> None:
    op.create_table(
        "accounts",
        Column("id", String(length=64), nullable=False),
        Column("user_name", String(length=64), nullable=False),
        Column("person", String(length=16), nullable=True),
        Column("roles", Words(), nullable=False),
        Column("groups", Words(), nullable=False),
        Column("is_blocked", Boolean(), nullable=False),
        Column("must_change_password", Boolean(), nullable=False),
        Column("password_digest", Text(), nullable=False),
        Column("password_changed", Moment(), nullable=True),
        Column("created", Moment(), nullable=False),
        PrimaryKeyConstraint("id", name="pk_accounts"),
        UniqueConstraint("user_name", name="uq_accounts_user_name"),
    )


def _audit_keys() -> None:
    op.create_table(
        "audit_keys",
        Column("id", Integer(), nullable=False),
        Column("owner", String(length=64), nullable=False),
        Column("sealed", LargeBinary(), nullable=False),
        PrimaryKeyConstraint("id", name="pk_audit_keys"),
        UniqueConstraint("owner", name="uq_audit_keys_owner"),
        sqlite_autoincrement=True,
    )


def _changes() -> None:
    op.create_table(
        "changes",
        Column("id", Integer(), autoincrement=False, nullable=False),
        Column("number", Integer(), nullable=False),
        PrimaryKeyConstraint("id", name="pk_changes"),
    )


def _consents() -> None:
    op.create_table(
        "consents",
        Column("person", String(length=16), nullable=False),
        Column("id", String(length=64), nullable=False),
        Column("purposes", Words(), nullable=False),
        Column("version", String(length=40), nullable=False),
        Column("signed", Date(), nullable=False),
        Column("registered", Moment(), nullable=False),
        Column("registered_by", String(length=64), nullable=False),
        Column("digest", String(length=64), nullable=True),
        Column("withdrawn", Moment(), nullable=True),
        PrimaryKeyConstraint("person", "id", name="pk_consents"),
    )


def _failures() -> None:
    op.create_table(
        "failures",
        Column("key", LargeBinary(length=32), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("first", Moment(), nullable=False),
        Column("last", Moment(), nullable=False),
        PrimaryKeyConstraint("key", name="pk_failures"),
    )


def _familiar() -> None:
    op.create_table(
        "familiar",
        Column("key", LargeBinary(length=32), nullable=False),
        Column("last", Moment(), nullable=False),
        PrimaryKeyConstraint("key", name="pk_familiar"),
    )


def _flows() -> None:
    op.create_table(
        "flows",
        Column("kind", String(length=32), nullable=False),
        Column("key", LargeBinary(length=32), nullable=False),
        Column("account", String(length=64), nullable=True),
        Column("data", JSON(), nullable=False),
        Column("expires", Moment(), nullable=False),
        PrimaryKeyConstraint("kind", "key", name="pk_flows"),
    )
    op.create_index("ix_flows_account", "flows", ["account"], unique=False)
    op.create_index("ix_flows_expires", "flows", ["expires"], unique=False)


def _outbox() -> None:
    op.create_table(
        "outbox",
        Column("id", Integer(), nullable=False),
        Column("kind", String(length=32), nullable=False),
        Column("data", JSON(), nullable=False),
        Column("created", Moment(), nullable=False),
        Column("due", Moment(), nullable=False),
        Column("attempts", Integer(), nullable=False),
        PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_due", "outbox", ["due"], unique=False)


def _people() -> None:
    op.create_table(
        "people",
        Column("person", String(length=16), nullable=False),
        Column("group_id", String(length=64), nullable=False),
        Column("is_open", Boolean(), nullable=False),
        Column("is_frozen", Boolean(), nullable=False),
        PrimaryKeyConstraint("person", name="pk_people"),
    )


def _shares() -> None:
    op.create_table(
        "shares",
        Column("id", String(length=32), nullable=False),
        Column("token_hash", LargeBinary(length=32), nullable=False),
        Column("person", String(length=16), nullable=False),
        Column("items", Words(), nullable=False),
        Column("label", String(length=200), nullable=False),
        Column("created", Moment(), nullable=False),
        Column("created_by", String(length=64), nullable=False),
        Column("expires", Moment(), nullable=False),
        Column("revoked", Moment(), nullable=True),
        PrimaryKeyConstraint("id", name="pk_shares"),
        UniqueConstraint("token_hash", name="uq_shares_token_hash"),
    )
    op.create_index("ix_shares_person", "shares", ["person"], unique=False)


def _signing_keys() -> None:
    op.create_table(
        "signing_keys",
        Column("id", String(length=64), nullable=False),
        Column("sealed", LargeBinary(), nullable=False),
        Column("public", JSON(), nullable=False),
        Column("created", Moment(), nullable=False),
        Column("signs_from", Moment(), nullable=False),
        Column("signs_until", Moment(), nullable=False),
        Column("published_until", Moment(), nullable=False),
        PrimaryKeyConstraint("id", name="pk_signing_keys"),
    )


def _acknowledgements() -> None:
    op.create_table(
        "acknowledgements",
        Column("account", String(length=64), nullable=False),
        Column("version", String(length=40), nullable=False),
        Column("moment", Moment(), nullable=False),
        ForeignKeyConstraint(
            ["account"], ["accounts.id"], name="fk_acknowledgements_account", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint("account", "version", name="pk_acknowledgements"),
    )


def _links() -> None:
    op.create_table(
        "links",
        Column("issuer", String(length=300), nullable=False),
        Column("subject", String(length=300), nullable=False),
        Column("account", String(length=64), nullable=False),
        Column("created", Moment(), nullable=False),
        ForeignKeyConstraint(
            ["account"], ["accounts.id"], name="fk_links_account", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint("issuer", "subject", name="pk_links"),
    )
    op.create_index("ix_links_account", "links", ["account"], unique=False)


def _sessions() -> None:
    op.create_table(
        "sessions",
        Column("token_hash", LargeBinary(length=32), nullable=False),
        Column("id", String(length=32), nullable=False),
        Column("account", String(length=64), nullable=False),
        Column("created", Moment(), nullable=False),
        Column("touched", Moment(), nullable=False),
        Column("expires", Moment(), nullable=False),
        Column("idle_seconds", Integer(), nullable=False),
        Column("label", String(length=200), nullable=False),
        Column("provider", String(length=300), nullable=False),
        Column("subject", String(length=300), nullable=False),
        Column("provider_session", String(length=300), nullable=False),
        Column("id_token", Text(), nullable=False),
        ForeignKeyConstraint(
            ["account"], ["accounts.id"], name="fk_sessions_account", ondelete="CASCADE"
        ),
        PrimaryKeyConstraint("token_hash", name="pk_sessions"),
        UniqueConstraint("id", name="uq_sessions_id"),
    )
    op.create_index("ix_sessions_account", "sessions", ["account"], unique=False)
    op.create_index(
        "ix_sessions_provider_session", "sessions", ["provider", "provider_session"], unique=False
    )
    op.create_index("ix_sessions_subject", "sessions", ["provider", "subject"], unique=False)
