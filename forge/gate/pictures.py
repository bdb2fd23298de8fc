"""Pictures: decoded whole, turned upright, made small enough, and written anew without metadata.

A photograph from a phone tells where and when it was taken, and with what. None
of that enters a repository. A picture that is clean already stays byte for byte,
so whoever admits it again changes nothing. A photograph that a phone keeps as HEIC
is written as what its ending says. The only module that imports Pillow.
"""

from __future__ import annotations

import warnings
from contextlib import suppress
from io import BytesIO

from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError
from pillow_heif import register_heif_opener

from forge.gate.containers import is_clean
from forge.gate.finding import Checked, refused
from forge.gate.limits import MIB, Limits

# Pillow only warns of a picture that would fill the memory. To us it is an error.
warnings.simplefilter("error", Image.DecompressionBombWarning)

# Threads are many already: each request has one.
register_heif_opener(thumbnails=False, decode_threads=1)

_READ = ("JPEG", "PNG", "WEBP", "HEIF")
_FORMATS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
_PLAIN_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "I;16"})
_SAVING: dict[str, dict[str, int | bool]] = {
    "JPEG": {"quality": 88, "optimize": True, "progressive": True},
    "PNG": {"compress_level": 6},
    "WEBP": {"quality": 88, "method": 4},
}
_UPRIGHT = 1
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# How the photographs of telephones begin that keep them as HEIF or AVIF.
_BRANDS = frozenset({b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypavif"})
_MILLION = 1_000_000


def check_picture(content: bytes, ending: str, limits: Limits) -> Checked:
    """Give a picture as it may enter, in the format that its ending names.

    A photograph that a messenger saved under the ending of another format is
    converted. An animation, too many pixels, or a damaged file is refused.
    """
    try:
        with Image.open(BytesIO(content), formats=_READ) as picture:
            return _refusal(picture, limits) or _admitted(picture, content, ending, limits)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return refused("gate-picture-pixels", limit=limits.pixels // _MILLION)
    except UnidentifiedImageError:
        return refused(_code_of_no_picture(content), ending=ending)
    except Exception:  # noqa: BLE001 - On damaged data the decoders raise nearly anything.
        return refused("gate-picture-damaged")


def _refusal(picture: Image.Image, limits: Limits) -> Checked | None:
    """Refuse by the header alone, before anything is decoded."""
    photograph = picture.format in {"JPEG", "MPO"}
    limit = limits.pixels_of_photograph if photograph else limits.pixels
    if picture.width * picture.height > limit:
        return refused("gate-picture-pixels", limit=limit // _MILLION)
    # Phones put a second picture behind a photograph (MPO, HEIC); that is no animation.
    if not photograph and picture.format != "HEIF" and getattr(picture, "is_animated", False):
        return refused("gate-picture-animated")
    return None


def _admitted(picture: Image.Image, content: bytes, ending: str, limits: Limits) -> Checked:
    """Give the picture as it is when it is clean, or written anew."""
    wanted = _FORMATS[ending]
    fits = picture.format == wanted and max(picture.size) <= limits.side
    if fits and picture.mode in _PLAIN_MODES and is_clean(content):
        picture.load()
        return Checked(content)
    written = _written(_prepared(picture, limits.side), wanted)
    if len(written) > limits.picture:
        size = -(-len(written) // MIB)
        return refused("gate-file-too-big", size=size, limit=limits.picture // MIB)
    return Checked(written)


def _prepared(picture: Image.Image, side: int) -> Image.Image:
    """Decode a picture, in plain colours, upright, and no longer than `side`."""
    turn = _turn(picture)
    # A large JPEG is decoded at half its size or less, and colours are not copied at full size.
    picture.draft(None, (side, side))
    if picture.mode in {"L", "RGB", "CMYK"}:
        _reduce(picture, side)
    plain = _in_plain_colours(picture)
    plain.info = {}
    _reduce(plain, side)
    return plain if turn is None else plain.transpose(turn)


def _reduce(picture: Image.Image, side: int) -> None:
    """Make a picture no longer than `side`, if it is."""
    picture.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=None)


def _turn(picture: Image.Image) -> Image.Transpose | None:
    """Give how to turn a picture so that it stands upright."""
    try:
        return _TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, _UPRIGHT))
    except Exception:  # noqa: BLE001 - Broken metadata is no reason to refuse a good picture.
        return None


def _in_plain_colours(picture: Image.Image) -> Image.Image:
    """Decode a picture as grey, as sRGB, or as sRGB with transparency."""
    if picture.mode.startswith("I"):
        # Sixteen bits of grey are scaled: converted by Pillow alone they would be cut off.
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.mode in {"1", "L"} and not picture.has_transparency_data:
        return picture.convert("L")
    if picture.has_transparency_data:
        plain = picture.convert("RGBA")
        colours = _in_srgb(plain.convert("RGB"), picture.info.get("icc_profile"))
        colours.putalpha(plain.getchannel("A"))
        return colours
    printed = picture.mode == "CMYK"
    colours = picture.copy() if printed else picture.convert("RGB")
    return _in_srgb(colours, picture.info.get("icc_profile"))


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert colours by the profile of a picture; without a good one take them for sRGB."""
    if profile:
        with suppress(ImageCms.PyCMSError, OSError, ValueError, ImportError):
            given = ImageCms.ImageCmsProfile(BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, given, srgb, outputMode="RGB")
            if converted is not None:
                return converted
    return picture.convert("RGB")


def _written(picture: Image.Image, wanted: str) -> bytes:
    """Write a picture that has no metadata in the wanted format."""
    if wanted == "JPEG" and picture.mode == "RGBA":
        # A JPEG cannot be transparent; on a page it would have stood on white.
        ground = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(ground, picture).convert("RGB")
    target = BytesIO()
    picture.save(target, wanted, **_SAVING[wanted])
    return target.getvalue()


def _code_of_no_picture(content: bytes) -> str:
    """Tell why a file is none of our pictures."""
    if content.startswith(b"GIF8"):
        return "gate-type-gif"
    if content[4:12] in _BRANDS:
        return "gate-type-picture"
    return "gate-type-mismatch"
