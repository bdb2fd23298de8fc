"""What staff do to accounts and consents, and what the ledger and `record` have to agree on.

Everything here writes itself down in the record of access. The command line
and the desk both call it.
"""
