"""The embedded OpenID Connect provider: one account for every service (clause 4.2)."""
