"""What to call the device of a session, so that its owner knows it again."""

from __future__ import annotations

# The order matters: most browsers name others too, for the sake of old sites.
_BROWSERS = (
    ("YaBrowser/", "Яндекс Браузер"), ("Edg", "Edge"), ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def device_label(user_agent: str) -> str:
    """Name a device by its header User-Agent: `Firefox, Windows`; empty when nothing is known."""
    found = [
        next((name for mark, name in marks if mark in user_agent[:500]), "")
        for marks in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(one for one in found if one)
