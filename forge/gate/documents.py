"""Documents: that a file is what its ending says, and carries no programs.

Nothing is unpacked: of an office document, which is a ZIP archive, only the
table of contents and one short entry are read.
"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from forge.gate.finding import Checked, refused

_FOLDERS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
_MIMETYPES = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
}
_MACROS = ("vbaproject.bin", "vbadata.xml")
_MACRO_FOLDERS = ("basic/", "scripts/")


def check_pdf(content: bytes) -> Checked:
    """Give a PDF back as it is, or refuse what is none."""
    if not content.startswith(b"%PDF-"):
        return refused("gate-type-mismatch", ending="pdf")
    return Checked(content)


def check_office(content: bytes, ending: str) -> Checked:
    """Give an office document back as it is, or refuse what is none or has macros."""
    try:
        names, mimetype = _look_into(content)
    except Exception:  # noqa: BLE001 - On a broken archive zipfile raises a dozen different errors.
        return refused("gate-type-mismatch", ending=ending)
    small = [name.casefold() for name in names]
    if any(name.endswith(_MACROS) or name.startswith(_MACRO_FOLDERS) for name in small):
        return refused("gate-type-macros", ending=ending)
    if not _is_what_it_says(ending, names, mimetype):
        return refused("gate-type-mismatch", ending=ending)
    return Checked(content)


def _is_what_it_says(ending: str, names: list[str], mimetype: bytes) -> bool:
    """Tell whether the entries of an archive are those of a document with this ending."""
    if ending in _MIMETYPES:
        return mimetype == _MIMETYPES[ending]
    folder = _FOLDERS[ending]
    return "[Content_Types].xml" in names and any(name.startswith(folder) for name in names)


def _look_into(content: bytes) -> tuple[list[str], bytes]:
    """Give the names of the entries of an archive, and the start of the entry `mimetype`."""
    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        if "mimetype" not in names:
            return names, b""
        with archive.open("mimetype") as entry:
            return names, entry.read(100)
