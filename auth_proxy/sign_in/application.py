"""The relying party as a web application, everything below `/oauth2/`."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.routing import Route

from auth_proxy.screens.errors import handlers
from auth_proxy.sign_in.access_screen import AccessScreen
from auth_proxy.sign_in.own_screens import OwnScreens
from auth_proxy.sign_in.parts import PATH, Parts
from auth_proxy.sign_in.signing_in import SigningIn
from auth_proxy.sign_in.signing_out import SigningOut


def sign_in_application(parts: Parts) -> Starlette:
    """Make the application."""
    signing_in, signing_out = SigningIn(parts), SigningOut(parts)
    own, access = OwnScreens(parts), AccessScreen(parts)
    both = ["GET", "POST"]
    return Starlette(
        routes=[
            Route(f"{PATH}/sign-in", signing_in.sign_in),
            Route(f"{PATH}/callback", signing_in.callback),
            Route(f"{PATH}/sign-out", signing_out.sign_out, methods=both),
            Route(f"{PATH}/signed-out", signing_out.signed_out),
            Route(f"{PATH}/back-channel-logout", signing_out.back_channel, methods=["POST"]),
            Route(f"{PATH}/rules", own.rules, methods=both),
            Route(f"{PATH}/sessions", own.sessions, methods=both),
            Route(f"{PATH}/access", access.access),
        ],
        exception_handlers=handlers(parts.screens),
    )
