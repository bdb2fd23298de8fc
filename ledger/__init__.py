"""What must not live in Git: accounts, sessions, consents, links, the record of access."""
