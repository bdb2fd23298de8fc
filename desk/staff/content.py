"""The academy's own content: announcements, programmes, materials, pages, groups, rules, settings.

Each is a file: with a form by field where it has a schema, and as the text it is for
those who like files. Whatever is wrong in it is told before it can be sent. What
is sent is a submission: where the policy takes two people, another one accepts
it (clause 9.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.responses import Response

from academy.issue import has_errors
from desk.forms.checking import Problem
from desk.forms.filled import tidy, tidy_body
from desk.slugs import slug_of
from desk.staff.announcements import moment_text
from desk.staff.content_files import (
    ACADEMY,
    KINDS,
    NEW_KINDS,
    SETTINGS,
    Source,
    Told,
    named,
    present_files,
    source_of,
    titles,
    told,
    told_issues,
)
from desk.staff.content_form import (
    ContentForm,
    content_form,
    filled_content,
    opened,
    sheet_of,
)
from desk.staff.content_look import look_of
from desk.staff.content_sending import address_of, said_of, send_changes
from desk.web.call import Call
from forge.merge_requests import Reply

CONFLICT = 409
WRONG = 422
CONTENT_LIMIT = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What was typed: the whole file, and what is wrong with its fields, by the control."""

    content: str
    problems: Mapping[str, Problem] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What the page says besides the file itself."""

    told: tuple[Told, ...] = ()
    problem: str = ""
    is_checked: bool = False
    looks: bool = False


def contents(call: Call) -> Response:
    """List the files, and what waits for somebody's yes."""
    present = present_files(call)
    names = {kind: sorted(one for one in present if one.startswith(f"{kind}/")) for kind in KINDS}
    return call.page(
        "staff/contents.html",
        kinds={kind: paths for kind, paths in names.items() if kind != "announcements"},
        settings=[one for one in SETTINGS if one in present],
        waiting=[one for one in call.workplace.requests.all(ACADEMY) if not one.state.is_final],
        new_kinds=list(NEW_KINDS),
        names=call.names,
        titles=titles(call),
    )


def begin_content(call: Call) -> Response:
    """Go to the empty form of a new file, named after its title."""
    kind, title = call.form.get("kind"), tidy(call.form.get("title"))
    if kind not in NEW_KINDS or not title:
        return call.go("/desk/content/", "nothing-said")
    taken = {path.rpartition("/")[2].rpartition(".")[0] for path in present_files(call)}
    name = slug_of(title, taken, kind)
    return call.go(f"/desk/content/edit/{kind}/{name}{NEW_KINDS[kind]}", title=title[:160])


def content(call: Call) -> Response:
    """Show a file in its form."""
    source = source_of(call)
    said = source.content
    sheet, title = sheet_of(source.path), tidy(call.query.get("title", ""))
    if source.is_new and sheet and title:
        said = opened(sheet, "").with_head({"title": title}).written()
    elif source.is_new and sheet and source.kind == "announcements":
        begins = moment_text(call, call.at.replace(second=0))
        said = opened(sheet, "").with_head({"from": begins}).written()
    return _page(call, source, _Typed(content=said), _Shown(looks="look" in call.query))


def change_content(call: Call) -> Response:
    """Look a file over, or send it, or send that it goes: by the button that was pressed."""
    source = source_of(call)
    do = call.form.get("do")
    if call.form.get("base") != source.base:
        return _page(call, source, _Typed(content=_raw(call)), _Shown(problem="content-moved"))
    if do == "remove":
        return _sent(call, source, source.path, None)
    typed = _typed(call, source)
    if do in ("text", "form", "more"):
        return _page(call, source, typed, _Shown())
    path = named(call, source.path, typed.content)
    wrong = told_issues(call, {path: typed.content.encode()})
    has_mistakes = bool(typed.problems) or has_errors(one.issue for one in wrong)
    if has_mistakes or do in ("check", "look"):
        shown = _Shown(told=wrong, is_checked=True, looks=do == "look" and not has_mistakes)
        return _page(call, source, typed, shown)
    return _sent(call, source, path, typed)


def _sent(call: Call, source: Source, path: str, typed: _Typed | None) -> Response:
    """Send a file as it was typed, or that it goes (None)."""
    new = typed.content.encode() if typed else None
    wrong = told_issues(call, {path: new}) if new is None else ()
    shown_typed = typed or _Typed(content=source.content)
    if has_errors(one.issue for one in wrong):
        return _page(call, source, shown_typed, _Shown(told=wrong, is_checked=True))
    note = tidy_body(call.form.get("note")).strip()[:1000]
    reply = send_changes(call, _title(call, path), {path: new}, note, source.submission)
    if reply.submission is None or not reply.is_done:
        return _page(call, source, shown_typed, _refused(call, reply))
    return call.go(address_of(reply.submission), said_of(reply.submission))


def _title(call: Call, path: str) -> str:
    return path if not (found := titles(call).get(path)) else f"{found} ({path})"


def _refused(call: Call, reply: Reply) -> _Shown:
    refused = tuple(told(call, one) for one in reply.issues)
    key = reply.refusal.value if reply.refusal else "content-moved"
    return _Shown(told=refused, problem="" if refused else key)


def _raw(call: Call) -> str:
    return tidy_body(call.form.get("text"))[:CONTENT_LIMIT]


def _typed(call: Call, source: Source) -> _Typed:
    """Take what was typed: as a text, or by field."""
    sheet = sheet_of(source.path)
    if sheet is None or "text" in call.form.fields:
        raw = _raw(call).strip("\n")
        return _Typed(content=f"{raw}\n")
    text, problems = filled_content(sheet, opened(sheet, source.content), call.form, call.words)
    if source.kind == "announcements" and not (text.plain or {}).get("author"):
        text = text.with_head({"author": call.visitor.account})
    return _Typed(content=text.written(), problems=problems)


def _form(call: Call, source: Source, typed: _Typed) -> ContentForm | None:
    """The form by field; None where the text is wanted, or cannot be taken apart."""
    sheet = sheet_of(source.path)
    was_text = "text" in call.form.fields and call.form.get("do") != "form"
    if sheet is None or was_text or call.form.get("do") == "text" or "text" in call.query:
        return None
    text, academy = opened(sheet, typed.content), call.workplace.academy()
    return content_form(sheet, text, academy, call.words, typed.problems)


def _page(call: Call, source: Source, typed: _Typed, shown: _Shown) -> Response:
    form = _form(call, source, typed)
    status = CONFLICT if shown.problem else 200
    if shown.told or typed.problems:
        status = status if shown.problem else WRONG
    is_announcement = source.kind == "announcements"
    return call.page(
        "staff/content.html",
        status=status,
        # Nothing is saved yet, so the browser goes on keeping what was typed.
        failed=bool(call.form.fields),
        source=source,
        title=titles(call).get(source.path, ""),
        form=form,
        has_form=sheet_of(source.path) is not None,
        text=typed.content,
        note=call.form.get("note"),
        shown=shown,
        look=look_of(call, {source.path: typed.content.encode()}) if shown.looks else None,
        two_people=call.workplace.academy().policy.two_people,
        may_go="/" in source.path and not source.is_new and source.submission is None,
        is_announcement=is_announcement,
        back="/desk/announcements/" if is_announcement else "/desk/content/",
    )
