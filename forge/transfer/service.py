"""Everything that Git clients talk to, as one ASGI application."""

from __future__ import annotations

from forge.transfer.answers import plain_path
from forge.transfer.application import GitApplication
from forge.transfer.bodies import Receive, Scope, Send
from forge.transfer.large import LargeApplication


class GitService:
    """Gives a request to Git, or to Git LFS."""

    def __init__(self, git: GitApplication, large: LargeApplication) -> None:
        self._git, self._large = git, large

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            raise ValueError("Only HTTP is served here.")
        application = self._large if "/info/lfs/" in plain_path(scope) else self._git
        await application(scope, receive, send)
