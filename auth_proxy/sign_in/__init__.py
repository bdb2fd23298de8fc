"""The proxy as an OpenID Connect relying party: signing in, sessions, signing out."""
