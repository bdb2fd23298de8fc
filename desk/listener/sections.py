"""What the portfolio is called and made of: its headline, own sections, the order of items."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.responses import Response

from academy.issue import Severity
from academy.portfolio import Item, ItemKind
from academy.submission import SubmissionState
from desk.forms.checking import Problem
from desk.forms.filled import tidy
from desk.listener.editing import taken_apart
from desk.pieces import SETTINGS, piece_of
from desk.shelf import Shelf
from desk.slugs import slug_of
from desk.web.call import Call
from desk.writing import send_files
from formats.editing import Plain, Text

NOT_FOUND = 404
WRONG = 422
SECTIONS_LIMIT = 20


def sections(call: Call) -> Response:
    """Show the headline and the own sections."""
    return _page(call, _settings(call.shelf()))


def change_sections(call: Call) -> Response:
    """Save the headline and the own sections: no review is needed, so they are published."""
    shelf = call.shelf()
    text = _settings(shelf)
    given = call.form.fields
    entries = _sections(given, (text.plain or {}).get("sections"))
    used = {entry.section for entry in shelf.portfolio.entries}
    lost = used - {one.get("id") for one in entries}
    if lost or len(entries) > SECTIONS_LIMIT:
        key = "section-in-use" if lost else "too-many-sections"
        problem = Problem(at="sections", what=call.words.text(key), fix="", severity=Severity.ERROR)
        return _page(call, text, (problem,))
    changed = text.with_head(
        {"headline": tidy(given.get("headline", ""))[:160] or None, "sections": entries or None}
    )
    files = {SETTINGS.file: changed.written().encode()}
    return _sent(call, shelf, files, "title-sections", "/desk/sections/")


def order(call: Call) -> Response:
    """Show the items of a kind in their order."""
    kind, items = _ordered(call)
    return call.page("order.html", kind=kind, items=[(piece_of(one), one) for one in items])


def change_order(call: Call) -> Response:
    """Save another order. It stands in the settings, so no verification of an item goes void."""
    kind, items = _ordered(call)
    known = [one.id for one in items]
    wanted = [one for one in call.form.lists.get("item", ()) if one in known]
    wanted += [one for one in known if one not in wanted]
    move = call.form.get("earlier")
    if move in wanted and wanted.index(move):
        at = wanted.index(move)
        wanted[at - 1], wanted[at] = wanted[at], wanted[at - 1]
    shelf = call.shelf()
    text = _settings(shelf)
    present = (text.plain or {}).get("order")
    others = [one for one in present if one not in known] if isinstance(present, list) else []
    changed = text.with_head({"order": [*others, *wanted]}).written()
    files = {SETTINGS.file: changed.encode()} if changed != text.written() else {}
    return _sent(call, shelf, files, "title-order", f"/desk/order/{kind.value}/")


def _sent(
    call: Call, shelf: Shelf, files: Mapping[str, bytes | None], title: str, back: str
) -> Response:
    """Send what changes no words: its order and settings are published by rule."""
    if not files:
        return call.go(back, "saved")
    reply = send_files(call.workplace, shelf, files, call.words.text(title))
    if not reply.is_done or reply.submission is None:
        return call.go(back, "not-done")
    if reply.submission.state is SubmissionState.MERGED:
        call.workplace.publish(shelf.person)
        return call.go(back, "published")
    return call.go(f"/desk/sent/{reply.submission.number}/", "sent")


def _settings(shelf: Shelf) -> Text:
    blob = shelf.published.get(SETTINGS.file)
    return taken_apart(SETTINGS, shelf.content(blob).decode("utf-8", "replace"))


def _sections(given: Mapping[str, str], present: Plain) -> list[dict[str, Plain]]:
    """Read the sections of the form: those there are, without those taken away, and a new one."""
    entries = present if isinstance(present, list) else []
    known = {str(one.get("id")): dict(one) for one in entries if isinstance(one, dict)}
    for section, entry in list(known.items()):
        place = f"section.{section}"
        if given.get(f"{place}.remove"):
            del known[section]
        elif title := tidy(given.get(f"{place}.title", "")):
            entry["title"] = title[:80]
            _say(entry, tidy(given.get(f"{place}.description", ""))[:500])
    title = tidy(given.get("new.title", ""))[:80]
    if title:
        section = slug_of(title, known, "section")
        known[section] = {"id": section, "title": title}
        _say(known[section], tidy(given.get("new.description", ""))[:500])
    return list(known.values())


def _say(entry: dict[str, Plain], description: str) -> None:
    if description:
        entry["description"] = description
    else:
        entry.pop("description", None)


def _ordered(call: Call) -> tuple[ItemKind, list[Item]]:
    kind = next((one for one in ItemKind if one.value == call.params["kind"]), None)
    if kind is None:
        raise HTTPException(NOT_FOUND)
    return kind, [one for one in call.shelf().portfolio.items() if one.kind is kind]


def _page(call: Call, text: Text, problems: tuple[Problem, ...] = ()) -> Response:
    plain = text.plain or {}
    found = plain.get("sections")
    return call.page(
        "sections.html",
        status=WRONG if problems else 200,
        headline=call.form.get("headline") or plain.get("headline") or "",
        sections=[one for one in found if isinstance(one, dict)] if isinstance(found, list) else [],
        typed=call.form.fields,
        problems=problems,
    )
