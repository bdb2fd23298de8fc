import random
from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat

from forge.renditions import make_renditions


def noise(size, mode="RGB"):
    """Make a picture that no format makes much lighter."""
    channels = len(Image.new(mode, (1, 1)).getbands())
    content = random.Random(1).randbytes(160 * 120 * channels)  # noqa: S311 - No secret.
    return Image.frombytes(mode, (160, 120), content).resize(size)


def saved(image, form, **options):
    target = BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def sizes(content):
    """Give the sizes of the renditions of a picture, each opened and decoded."""
    found = {}
    for width, one in make_renditions(content).contents.items():
        with Image.open(BytesIO(one), formats=("WEBP",)) as picture:
            picture.load()
            found[width] = picture.size
    return found


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_large_picture_gets_one_for_cards_and_one_for_screens(form):
    content = saved(noise((2400, 1800)), form)

    assert make_renditions(content).width == 2400
    assert make_renditions(content).height == 1800
    assert sizes(content) == {720: (720, 540), 1600: (1600, 1200)}


def test_a_picture_narrower_than_a_screen_is_written_anew_in_its_own_width():
    assert sizes(saved(noise((1000, 700)), "PNG")) == {720: (720, 504), 1000: (1000, 700)}


def test_a_picture_that_is_light_enough_already_is_not_made_heavier():
    content = saved(noise((700, 500)), "WEBP", quality=20)

    assert make_renditions(content).contents == {}


def test_each_rendition_is_lighter_than_the_picture():
    content = saved(noise((2400, 1800)), "JPEG", quality=95)
    weights = [len(one) for one in make_renditions(content).contents.values()]

    assert weights[0] < weights[1] < len(content)


@pytest.mark.parametrize(
    ("form", "width"), [("PNG", 1000), ("JPEG", 1000), ("JPEG", 2560), ("JPEG", 4400)]
)
def test_the_quick_way_draws_what_the_slow_way_draws(form, width):
    blots = noise((24, 18)).resize((width, width * 3 // 4), Image.Resampling.BICUBIC)
    content = saved(blots, form)

    for size, rendition in make_renditions(content).contents.items():
        with Image.open(BytesIO(content)) as whole, Image.open(BytesIO(rendition)) as quick:
            slow = whole.convert("RGB").resize(quick.size, Image.Resampling.LANCZOS)
            difference = ImageStat.Stat(ImageChops.difference(slow, quick.convert("RGB")))
            assert quick.width == size
            assert max(difference.mean) < 2.5


def test_what_shines_through_a_picture_shines_through_its_renditions():
    picture = Image.new("RGBA", (900, 10), (10, 20, 30, 0))
    made = make_renditions(saved(picture, "PNG"))

    for one in made.contents.values():
        with Image.open(BytesIO(one)) as opened:
            assert opened.convert("RGBA").getpixel((5, 5))[3] == 0


def test_a_palette_and_grey_are_drawn():
    assert sizes(saved(noise((800, 600)).convert("P"), "PNG")).keys() == {720, 800}
    assert sizes(saved(noise((800, 600)).convert("L"), "PNG")).keys() == {720, 800}


def test_the_same_picture_gives_the_same_renditions():
    content = saved(noise((1000, 700)), "JPEG")

    assert make_renditions(content) == make_renditions(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        saved(noise((900, 700)), "PNG")[:2000],
        saved(noise((900, 700)), "GIF"),
        saved(Image.new("I;16", (900, 10)), "PNG"),
        saved(Image.new("1", (6000, 5000)), "PNG"),
        saved(Image.new("1", (20, 17000)), "PNG"),
    ],
    ids=[
        "nothing",
        "cut off",
        "drawing",
        "half",
        "other type",
        "deep grey",
        "too many",
        "too tall",
    ],
)
def test_what_cannot_be_drawn_has_no_renditions(content):
    assert make_renditions(content) is None
