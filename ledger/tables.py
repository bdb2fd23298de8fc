"""The tables of the ledger. A change here needs a migration in `ledger/migrations/versions/`."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from ledger.columns import Moment, Words

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

# One row: moved by every transaction that changes what a decision depends on.
CHANGES = Table(
    "changes",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
)

ACCOUNTS = Table(
    "accounts",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("user_name", String(64), nullable=False, unique=True),
    Column("person", String(16)),
    Column("roles", Words, nullable=False),
    Column("groups", Words, nullable=False),
    Column("is_blocked", Boolean, nullable=False, default=False),
    Column("must_change_password", Boolean, nullable=False, default=False),
    Column("password_digest", Text, nullable=False, default=""),
    Column("password_changed", Moment),
    Column("created", Moment, nullable=False),
)


def _account(*, index: bool = False) -> Column[str]:
    return Column(
        "account",
        String(64),
        ForeignKey("accounts.id", ondelete="CASCADE"),
        nullable=False,
        index=index,
    )


# Who a listener is to a decision: the group, and whether expulsion has closed the cabinet.
PEOPLE = Table(
    "people",
    METADATA,
    Column("person", String(16), primary_key=True),
    Column("group_id", String(64), nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("is_frozen", Boolean, nullable=False),
    Column("record", String(64), nullable=False, server_default=""),
)

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("token_hash", LargeBinary(32), primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
    _account(index=True),
    Column("created", Moment, nullable=False),
    Column("touched", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("idle_seconds", Integer, nullable=False),
    Column("label", String(200), nullable=False),
    Column("provider", String(300), nullable=False),
    Column("subject", String(300), nullable=False),
    Column("provider_session", String(300), nullable=False),
    Column("id_token", Text, nullable=False),
    Index("ix_sessions_subject", "provider", "subject"),
    Index("ix_sessions_provider_session", "provider", "provider_session"),
)

LINKS = Table(
    "links",
    METADATA,
    Column("issuer", String(300)),
    Column("subject", String(300)),
    _account(index=True),
    Column("created", Moment, nullable=False),
    PrimaryKeyConstraint("issuer", "subject"),
)

CONSENTS = Table(
    "consents",
    METADATA,
    Column("person", String(16)),
    Column("id", String(64)),
    Column("purposes", Words, nullable=False),
    Column("version", String(40), nullable=False),
    Column("signed", Date, nullable=False),
    Column("registered", Moment, nullable=False),
    Column("registered_by", String(64), nullable=False),
    Column("digest", String(64)),
    Column("withdrawn", Moment),
    PrimaryKeyConstraint("person", "id"),
)

SHARES = Table(
    "shares",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("person", String(16), nullable=False, index=True),
    Column("items", Words, nullable=False),
    Column("label", String(200), nullable=False),
    Column("created", Moment, nullable=False),
    Column("created_by", String(64), nullable=False),
    Column("expires", Moment, nullable=False),
    Column("revoked", Moment),
)

ACKNOWLEDGEMENTS = Table(
    "acknowledgements",
    METADATA,
    _account(),
    Column("version", String(40)),
    Column("moment", Moment, nullable=False),
    PrimaryKeyConstraint("account", "version"),
)

FAILURES = Table(
    "failures",
    METADATA,
    Column("key", LargeBinary(32), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("first", Moment, nullable=False),
    Column("last", Moment, nullable=False),
)

# From where an account has signed in before: those addresses are throttled more kindly.
FAMILIAR = Table(
    "familiar",
    METADATA,
    Column("key", LargeBinary(32), primary_key=True),
    Column("last", Moment, nullable=False),
)

FLOWS = Table(
    "flows",
    METADATA,
    Column("kind", String(32)),
    Column("key", LargeBinary(32)),
    Column("account", String(64), index=True),
    Column("data", JSON, nullable=False),
    Column("expires", Moment, nullable=False, index=True),
    PrimaryKeyConstraint("kind", "key"),
)

SIGNING_KEYS = Table(
    "signing_keys",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("public", JSON, nullable=False),
    Column("created", Moment, nullable=False),
    Column("signs_from", Moment, nullable=False),
    Column("signs_until", Moment, nullable=False),
    Column("published_until", Moment, nullable=False),
)

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("data", JSON, nullable=False),
    Column("created", Moment, nullable=False),
    Column("due", Moment, nullable=False, index=True),
    Column("attempts", Integer, nullable=False, default=0),
)

# Tokens for programs of a person's own: Git over HTTP.
PERSONAL_TOKENS = Table(
    "personal_tokens",
    METADATA,
    Column("token_hash", LargeBinary(32), primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
    _account(index=True),
    Column("label", String(200), nullable=False),
    Column("created", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("used", Moment),
)

# What staff write about a listener for staff only; a listener's repository holds nothing
# its owner may not read.
NOTES = Table(
    "notes",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("person", String(16), nullable=False, index=True),
    Column("about", String(100), nullable=False),
    Column("author", String(64), nullable=False),
    Column("moment", Moment, nullable=False),
    Column("text", Text, nullable=False),
)

# Phrases that a reviewer keeps for reuse.
PHRASES = Table(
    "phrases",
    METADATA,
    Column("id", Integer, primary_key=True),
    _account(index=True),
    Column("text", Text, nullable=False),
)

# Up to which commit somebody has looked at a submission.
LOOKS = Table(
    "looks",
    METADATA,
    _account(),
    Column("person", String(16)),
    Column("about", String(100)),
    Column("head", String(64), nullable=False),
    Column("moment", Moment, nullable=False),
    PrimaryKeyConstraint("account", "person", "about"),
)

# What listeners report as wrong in data of the academy, until and after it is answered.
REPORTS = Table(
    "reports",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("person", String(16), nullable=False, index=True),
    Column("topic", String(32), nullable=False),
    Column("moment", Moment, nullable=False),
    Column("text", Text, nullable=False),
    Column("settled", Moment),
    Column("settled_by", String(64), nullable=False, server_default=""),
    Column("answer", Text, nullable=False, server_default=""),
)

# Keys of the record of access: destroying a row is how a person is forgotten.
AUDIT_KEYS = Table(
    "audit_keys",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    UniqueConstraint("owner"),
    sqlite_autoincrement=True,
)
