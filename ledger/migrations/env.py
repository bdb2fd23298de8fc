"""What Alembic runs: the steps that are missing, in the transaction it was given."""

from __future__ import annotations

from alembic import context

from ledger.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
