"""The verification of an item as a page shows it: who, when, what it covers, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from academy.calendar import academy_day
from academy.portfolio import Item, ItemKind, attachments, folder
from academy.verification import (
    SeenFile,
    Verification,
    VerificationState,
    changes_since,
    due_on,
    verification_state,
)
from generator.compose.context import Context

_VERIFIED = (ItemKind.WORK, ItemKind.ACHIEVEMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What a verification is worth now; `covered` and `changes` are files in words."""

    state: VerificationState
    by: str = ""
    role: str = ""
    on: date | None = None
    until: date | None = None
    note: str | None = None
    covered: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()


def seal_of(c: Context, item: Item) -> Seal | None:
    """The verification of an item; nothing for what is not verified at all.

    What was not confirmed is between the listener and those who answer for their study.
    """
    if item.kind not in _VERIFIED:
        return None
    verification = c.dossier.verifications.get(item.id)
    content = c.dossier.content_of(item)
    period = c.academy.policy.verification_period
    state = verification_state(verification, content, c.today, period)
    if not c.is_central and state is not VerificationState.CONFIRMED:
        return None
    if verification is None:
        return Seal(state=state)
    changed = state is VerificationState.CHANGED
    return Seal(
        state=state,
        by=c.person(verification.verifier),
        role=c.role(verification.role),
        on=academy_day(verification.moment, c.academy.time_zone),
        until=due_on(verification, period) if state is VerificationState.CONFIRMED else None,
        note=verification.note if c.is_central else None,
        covered=() if changed else tuple(_file(c, item, one) for one in verification.manifest),
        changes=_changes(c, item, verification, content) if changed else (),
    )


def _file(c: Context, item: Item, seen: SeenFile) -> str:
    return f"{_name(c, item, seen.path)}, {c.size(seen.size)}"


def _changes(
    c: Context, item: Item, verification: Verification, content: tuple[SeenFile, ...]
) -> tuple[str, ...]:
    return tuple(
        f"{_name(c, item, path)}: {c.words.name(change)}"
        for path, change in changes_since(verification, content)
    )


def _name(c: Context, item: Item, path: str) -> str:
    """A file as a person knows it: the text of the entry, or a picture by its caption."""
    place = folder(item)
    name = path.removeprefix(f"{place}/")
    if path in (f"{place}.md", f"{place}/index.md"):
        return c.words.text("entry-text")
    captions = {one.file: one.caption for one in attachments(item) if one.caption}
    return f"{captions[name]} ({name})" if name in captions else name
