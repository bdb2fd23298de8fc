import random
import struct
import warnings
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin
from pillow_heif import register_heif_opener

from forge.gate.admission import FILE, Incoming, admit
from forge.gate.containers import is_clean
from forge.gate.limits import Limits
from forge.port import MAIN

SECRET = b"55.7558 N, 37.6173 E"
ENDINGS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}


def picture(size=(40, 30), mode="RGB", seed=1):
    """Make a picture with some structure."""
    noise = random.Random(seed).randbytes(12 * len(mode))  # noqa: S311 - No secret.
    base = Image.frombytes("RGB", (4, len(mode)), noise[: 12 * len(mode)])
    return base.resize(size, Image.Resampling.BICUBIC).convert(mode)


def saved(image, form, **options):
    target = BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def telling():
    """Give metadata as a phone writes them: the place, and the camera held upright."""
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = 6
    return exif


def check(content, ending="jpg", limits=None):
    """Admit a picture; give its bytes as stored, or the code of what was found."""
    path = f"works/first/Снимок.{ending}"
    result = admit([Incoming(path, FILE, content)], MAIN, limits=limits or Limits())
    if result.issues:
        (issue,) = result.issues
        assert result.files == {}
        return issue.code
    return result.files[path]


def opened(content):
    image = Image.open(BytesIO(content))
    image.load()
    return image


def test_a_photograph_of_a_phone_kept_as_heic_is_written_as_a_jpeg_that_stands_upright():
    register_heif_opener()
    phone = saved(picture((60, 40)), "HEIF", exif=telling().tobytes(), quality=90)
    assert phone[4:12] == b"ftypheic"
    assert SECRET in phone

    stored = check(phone)

    image = opened(stored)
    assert (image.format, image.size) == ("JPEG", (40, 60))
    assert SECRET not in stored
    assert is_clean(stored)
    assert check(stored) == stored


def test_a_damaged_heic_is_refused_with_words_about_damage():
    register_heif_opener()
    phone = saved(picture((60, 40)), "HEIF", quality=90)

    assert check(phone[: len(phone) // 2]) in {"gate-picture-damaged", "gate-type-picture"}


@pytest.mark.parametrize("ending", ENDINGS)
def test_metadata_are_gone_and_the_picture_stands_upright(ending):
    given = saved(picture(), ENDINGS[ending], exif=telling(), quality=95)
    assert SECRET in given
    stored = check(given, ending)
    assert SECRET not in stored
    assert is_clean(stored)
    image = opened(stored)
    assert image.size == (30, 40)
    assert not image.getexif()
    assert image.format == ENDINGS[ending]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_as_its_camera_says(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = Image.new("RGB", (40, 20), "white")
    image.paste("red", (0, 0, 10, 10))
    stored = opened(check(saved(image, "PNG", exif=exif), "png"))
    corners = {
        1: (1, 1), 2: (38, 1), 3: (38, 18), 4: (1, 18), 5: (1, 1), 6: (18, 1), 7: (18, 38),
        8: (1, 38),
    }  # fmt: skip
    assert stored.size == ((40, 20) if orientation < 5 else (20, 40))
    assert stored.getpixel(corners[orientation]) == (255, 0, 0)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_clean_picture_is_kept_byte_for_byte(ending):
    content = saved(picture(), ENDINGS[ending])
    assert is_clean(content)
    assert check(content, ending) == content


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_large_picture_is_reduced_to_the_longer_side(ending):
    content = saved(picture((400, 100)), ENDINGS[ending])
    stored = check(content, ending, Limits(side=200))
    assert opened(stored).size == (200, 50)
    assert check(stored, ending, Limits(side=200)) == stored


def test_the_same_picture_gives_the_same_bytes():
    content = saved(picture((300, 200)), "JPEG", exif=telling())
    assert check(content) == check(content)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_what_its_ending_says(form, ending):
    assert opened(check(saved(picture(), form), ending)).format == ENDINGS[ending]


def test_a_transparent_picture_stands_on_white_as_a_jpeg():
    clear = Image.new("RGBA", (10, 10), (255, 0, 0, 0))
    assert opened(check(saved(clear, "PNG"), "jpg")).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_every_kind_of_png_is_taken_with_its_metadata_away(mode, ending):
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", SECRET.decode())
    given = saved(picture(mode=mode), "PNG", pnginfo=notes)
    stored = check(given, ending)
    assert SECRET not in stored
    assert is_clean(stored)
    kept = opened(stored).convert("RGB").getpixel((20, 15))
    there = picture(mode=mode).convert("RGBA")
    ground = Image.alpha_composite(Image.new("RGBA", there.size, "white"), there)
    before = ground.convert("RGB").getpixel((20, 15))
    if mode != "1":
        assert max(abs(a - b) for a, b in zip(kept, before, strict=True)) < 40


def test_sixteen_bits_of_grey_are_scaled():
    grey = Image.new("I;16", (10, 10), 0x8000)
    given = saved(grey, "PNG", exif=telling())
    assert opened(check(given, "png")).getpixel((5, 5)) == 0x80


def test_a_palette_with_transparency_stays_transparent():
    image = Image.new("P", (10, 10), 1)
    image.putpalette([255, 0, 0, 0, 255, 0])
    given = saved(image, "PNG", transparency=bytes([255, 0]), exif=telling())
    assert opened(check(given, "png")).getpixel((5, 5))[3] == 0


def test_a_picture_for_print_becomes_one_for_the_screen():
    given = saved(picture(mode="CMYK"), "JPEG")
    stored = check(given)
    assert opened(stored).mode == "RGB"
    assert check(stored) == stored


def test_colours_of_a_profile_are_converted_and_the_profile_is_gone():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for told in (profile, srgb, b"no profile at all"):
        content = saved(picture(), "JPEG", icc_profile=told, quality=95)
        stored = check(content)
        assert "icc_profile" not in opened(stored).info
        pairs = zip(opened(stored).getpixel((9, 9)), opened(content).getpixel((9, 9)), strict=True)
        assert max(abs(a - b) for a, b in pairs) < 30


def test_the_second_picture_of_a_phone_is_no_animation_and_goes():
    given = saved(
        picture((60, 40)), "MPO", save_all=True, append_images=[picture((60, 40), seed=2)]
    )
    assert opened(given).format == "MPO"
    stored = check(given)
    assert opened(stored).format == "JPEG"
    assert len(stored) < len(given)


@pytest.mark.parametrize(("ending", "form"), [("png", "PNG"), ("webp", "WEBP"), ("jpg", "WEBP")])
def test_an_animation_is_refused(ending, form):
    frames = [picture(seed=seed) for seed in range(3)]
    content = saved(frames[0], form, save_all=True, append_images=frames[1:])
    assert check(content, ending) == "gate-picture-animated"


def test_other_formats_are_told_by_what_they_are():
    assert check(saved(picture(mode="P"), "GIF"), "gif") == "gate-type-gif"
    assert check(saved(picture(mode="P"), "GIF"), "png") == "gate-type-gif"
    assert check(b"\0\0\0\x18ftypheic" + bytes(100), "jpg") == "gate-type-picture"
    assert check(b"x", "heic") == "gate-type-picture"
    assert check(b"<svg/>", "png") == "gate-type-mismatch"
    assert check(saved(picture(), "BMP"), "png") == "gate-type-mismatch"
    assert check(saved(picture(), "TIFF"), "jpg") == "gate-type-mismatch"


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_truncated_picture_is_refused(ending):
    content = saved(picture((200, 200)), ENDINGS[ending], exif=telling())
    for part in (2, 3):
        assert check(content[: len(content) * (part - 1) // part], ending) in {
            "gate-picture-damaged",
            "gate-type-mismatch",
        }


def bomb(width, height):
    """Make a small PNG whose header promises many pixels."""

    def chunk(name, body):
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(bytes(10_000))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(*part) for part in ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    )


@pytest.mark.parametrize("size", [(5001, 5000), (10_000, 10_000), (60_000, 60_000)])
def test_a_picture_that_would_fill_the_memory_is_refused_by_its_header(size, monkeypatch):
    monkeypatch.setattr(Image.Image, "load", lambda _: pytest.fail("It was decoded."))
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda _: pytest.fail("It was decoded."))
    for action in ("error", "ignore"):
        with warnings.catch_warnings():
            warnings.simplefilter(action)
            assert check(bomb(*size), "png") == "gate-picture-pixels"


def test_a_picture_that_grows_over_the_limit_is_told():
    noise = Image.frombytes("P", (700, 700), random.Random(1).randbytes(490_000))  # noqa: S311
    noise.putpalette(random.Random(2).randbytes(768))  # noqa: S311
    content = saved(noise, "PNG", exif=telling())
    limits = Limits(picture=1 << 20)
    assert len(content) < 1 << 20
    assert check(content, "png", limits) == "gate-file-too-big"


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_hidden_behind_or_inside_a_picture_goes(ending):
    content = saved(picture(), ENDINGS[ending])
    assert not is_clean(content + SECRET)
    assert SECRET not in check(content + SECRET, ending)


def test_a_comment_in_a_jpeg_goes():
    given = saved(picture(), "JPEG", comment=SECRET)
    assert not is_clean(given)
    assert SECRET not in check(given)


def test_a_small_picture_in_the_header_of_a_jpeg_goes():
    given = saved(picture(), "JPEG")
    header = b"JFIF\0\x01\x01\0\0\x01\0\x01\x03\x03" + SECRET.ljust(27)
    segment = b"\xff\xe0" + struct.pack(">H", len(header) + 2) + header
    assert not is_clean(given[:2] + segment + given[20:])
    assert SECRET not in check(given[:2] + segment + given[20:])


sizes = st.tuples(st.integers(1, 90), st.integers(1, 90))


@settings(max_examples=60)
@given(
    sizes,
    st.sampled_from(["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"]),
    st.sampled_from(["JPEG", "PNG", "WEBP"]),
    st.sampled_from(sorted(ENDINGS)),
    st.booleans(),
)
def test_an_admitted_picture_is_clean_small_and_admitted_again(size, mode, form, ending, told):
    plain = Image.new(mode, size, 3) if mode == "I;16" else picture(size, mode)
    if form == "JPEG" and mode not in {"1", "L", "RGB", "CMYK"}:
        plain = plain.convert("RGB")
    if form == "PNG" and mode == "CMYK":
        plain = plain.convert("RGB")
    content = saved(plain, form, **({"exif": telling()} if told else {}))
    limits = Limits(side=64)
    stored = check(content, ending, limits)
    assert is_clean(stored)
    assert max(opened(stored).size) <= 64
    assert check(stored, ending, limits) == stored


@given(st.sampled_from(sorted(ENDINGS)), st.data())
def test_a_damaged_picture_is_refused_or_mended_without_an_exception(ending, data):
    content = bytearray(saved(picture(), ENDINGS[ending], exif=telling()))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    stored = check(bytes(content), ending)
    if isinstance(stored, bytes):
        assert is_clean(stored)
        assert check(stored, ending) == stored


@given(st.binary(max_size=200))
def test_walking_through_any_bytes_comes_to_an_end(content):
    for start in (b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", b""):
        assert not is_clean(start + content + b"x")
