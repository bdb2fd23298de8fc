"""Reviews of shared works by any participant, and the talk that comes of them (clause 7.1)."""
