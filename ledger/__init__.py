"""What must not live in Git: accounts, sessions, consents, links, the record of access."""

from ledger.opening import Ledger, open_ledger

__all__ = ["Ledger", "open_ledger"]
