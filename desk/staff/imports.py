"""Exports of the training records: the difference on the screen first, then the yes to it."""

from __future__ import annotations

from starlette.responses import Response

from desk.importing import ImportReport
from desk.web.call import Call

WRONG = 422


def importing(call: Call) -> Response:
    """Ask for files."""
    return call.page("staff/import.html", report=None, word="", refusal="")


def imports(call: Call) -> Response:
    """Show what files would change, or carry that out."""
    if call.form.get("do") == "apply":
        return _carry_out(call)
    uploads = [(one.name[:200], one.content) for one in call.form.uploads("files")]
    if not uploads:
        return _refused(call, "no-files")
    report = call.workplace.imports.plan(uploads, call.words.language)
    word = call.workplace.held.keep(call.visitor.account, uploads)
    return _page(call, report, word)


def _carry_out(call: Call) -> Response:
    files = call.workplace.held.take(call.visitor.account, call.form.get("word"))
    if files is None:
        return _refused(call, "files-gone")
    confirmed = bool(call.form.get("confirmed"))
    report = call.workplace.imports.carry_out(files, call.words.language, confirmed)
    word = "" if report.is_applied else call.workplace.held.keep(call.visitor.account, files)
    return _page(call, report, word)


def _page(call: Call, report: ImportReport, word: str) -> Response:
    found = [
        (one, call.words.catalogue.what(one), call.words.catalogue.fix(one))
        for one in report.issues
    ]
    return call.page("staff/import.html", report=report, word=word, issues=found, refusal="")


def _refused(call: Call, key: str) -> Response:
    return call.page("staff/import.html", status=WRONG, report=None, word="", refusal=key)
