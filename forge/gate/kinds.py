"""The one table of what may stand beside an item, and of what may not and why."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Kind(Enum):
    """How an attachment is checked."""

    TEXT = "text"
    PICTURE = "picture"
    PDF = "pdf"
    OFFICE = "office"
    RECORDING = "recording"


ADMITTED: dict[str, Kind] = {
    "jpg": Kind.PICTURE,
    "jpeg": Kind.PICTURE,
    "png": Kind.PICTURE,
    "webp": Kind.PICTURE,
    "pdf": Kind.PDF,
    "docx": Kind.OFFICE,
    "xlsx": Kind.OFFICE,
    "pptx": Kind.OFFICE,
    "odt": Kind.OFFICE,
    "ods": Kind.OFFICE,
    "odp": Kind.OFFICE,
    "txt": Kind.TEXT,
    "csv": Kind.TEXT,
    "mp4": Kind.RECORDING,
    "mov": Kind.RECORDING,
    "webm": Kind.RECORDING,
    "mp3": Kind.RECORDING,
    "m4a": Kind.RECORDING,
    "ogg": Kind.RECORDING,
    "wav": Kind.RECORDING,
}

# Recordings would make a repository too large to be copied: Git has pointers to them.
RECORDINGS = tuple(ending for ending, kind in ADMITTED.items() if kind is Kind.RECORDING)

# Why other endings are refused: each reason has words and a remedy of its own.
# Pages of the web can run programs in the reader's browser; documents with macros
# and old ones on the reader's computer; nobody can look into an archive beforehand;
# and not every browser plays these recordings.
REFUSED: dict[str, str] = {
    **dict.fromkeys(("svg", "svgz", "html", "htm", "xhtml", "mht", "js", "xml"), "gate-type-web"),
    **dict.fromkeys(("heic", "heif", "avif", "tif", "tiff", "bmp"), "gate-type-picture"),
    **dict.fromkeys(("gif",), "gate-type-gif"),
    **dict.fromkeys(("doc", "xls", "ppt", "rtf", "pages", "numbers", "key"), "gate-type-old"),
    **dict.fromkeys(("docm", "dotm", "xlsm", "xltm", "pptm", "ppsm"), "gate-type-macros"),
    **dict.fromkeys(("zip", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz"), "gate-type-archive"),
    **dict.fromkeys(
        ("avi", "mkv", "3gp", "wmv", "flv", "mpg", "oga", "aac", "wma", "flac", "amr"),
        "gate-type-recording",
    ),
}


def attributes_of(endings: Iterable[str]) -> bytes:
    """Write the file by which a Git client takes files with these endings for large ones."""
    lines = (f"*.{ending} filter=lfs diff=lfs merge=lfs -text\n" for ending in sorted(endings))
    return "".join(lines).encode("ascii")


def ending_of(path: str) -> str:
    """Give what follows the last dot of a file's name, in small letters; "" without a dot."""
    stem, _, ending = path.rpartition("/")[2].rpartition(".")
    return ending.casefold() if stem else ""
