"""Hostile portfolios: refused in words or shown as text, and never a failed build."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from generator.engine.guard import UnsafePageError, refuse_unsafe
from generator.outcome import State

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)

SCRIPTS = [
    "</title><script>window.hacked=1</script>",
    "'><script>window.hacked=1</script>",
    "--></template></textarea></style><script>window.hacked=1</script>",
    "<script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked=1'>",
    "<svg onload=window.hacked=1></svg>",
    "<svg><script>window.hacked=1</script></svg>",
    "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
    "<a href='javascript:window.hacked=1'>x</a>",
    "<details open ontoggle=window.hacked=1>",
    "<math><mtext><img src=x onerror=window.hacked=1></mtext></math>",
    "<style>*{background:url(https://evil.example)}</style>",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<form action=https://evil.example><button>x</button></form>",
    "<object data='javascript:window.hacked=1'></object>",
    "<!-- --><script>window.hacked=1</script>",
    "<scr<script>ipt>window.hacked=1</scr</script>ipt>",
    "&lt;script&gt;window.hacked=1&lt;/script&gt;",
    "[x](javascript:window.hacked=1)",
    "[x](JaVaScRiPt:window.hacked=1)",
    "[x](java&#115;cript:window.hacked=1)",
    "[x](&#x6A;avascript:window.hacked=1)",
    "[x](data:text/html,<script>window.hacked=1</script>)",
    "[x](vbscript:window.hacked=1)",
    "[x](<javascript:window.hacked=1>)",
    "[x]: javascript:window.hacked=1\n\n[x]",
    "<javascript:window.hacked=1>",
    "![x](https://evil.example/pixel.png)",
    "![x](//evil.example/pixel.png)",
    "![x](data:image/svg+xml,<svg/onload=window.hacked=1>)",
    "[x](//evil.example)",
    "[x](\\\\evil.example)",
    "[x](/../../etc/passwd)",
    "[x](../../../../etc/passwd)",
    "text {: onclick=window.hacked=1 }",
    "# head {: onmouseover=window.hacked=1 }",
    "![x](photo.jpg){: onerror=window.hacked=1 }",
    "--8<-- '/etc/passwd'",
    "--8<-- 'https://evil.example'",
    "{% include '/etc/passwd' %} {{ config.theme }} {{ 7 * 7 }}",
    "<div markdown='1' onclick='window.hacked=1'>x</div>",
    "```{.python onclick=window.hacked=1}\ncode\n```",
    "~~~html\n<script>window.hacked=1</script>\n~~~",
    "    <script>window.hacked=1</script>",
    "`<script>window.hacked=1</script>`",
    "| a |\n|---|\n| <script>window.hacked=1</script> |",
    "> <script>window.hacked=1</script>",
    "- <script>window.hacked=1</script>",
    "[^1]: <script>window.hacked=1</script>\n\n[^1]",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0001\x03",
    "\u202e<script>\u202c",
]


class Acting(HTMLParser):
    """Collects whatever on a page could act or call another host."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        is_own_form = given.get("class", "").startswith("md-")
        is_data = given.get("type") == "application/json"
        if tag in ("iframe", "object", "embed", "base", "style", "math", "template"):
            self.found.append(tag)
        if (tag == "form" and not is_own_form) or (tag == "script" and not is_data):
            self.found += [] if given.get("src", "").startswith("/assets/") else [tag]
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.found.append(f"{tag} {name}")
            if re.match(r"\s*((javascript|data|vbscript)\s*:|//)", value or "") and name != "alt":
                self.found.append(f"{tag} {name}={value}")
            if name in ("src", "srcset", "action") and re.match(r"https?:", value or ""):
                self.found.append(f"{tag} {name}={value}")


def portfolio(text):
    """A portfolio with the same hostile text in every place a listener can write to."""
    line = re.sub(r"[\x00-\x1f\x7f]", " ", text).replace('"', "'").replace("\\", "/")
    head = f'---\ntitle: "{line}"\n'
    return {
        "portfolio.yml": f'headline: "{line}"\nsections:\n  - id: own\n    title: "{line}"\n'
        f'    description: "{line}"\n',
        "about.md": text,
        "works/w/index.md": f'{head}files:\n  - file: "photo.jpg"\n    caption: "{line}"\n'
        f'    alt: "{line}"\nself_assessment:\n  comment: "{line}"\n---\n{text}\n',
        "works/w/photo.jpg": b"\xff\xd8",
        "achievements/a/index.md": f"{head}date: 2026-01-01\ncategory: sport\nlevel: city\n"
        f'part: winner\nissuer: "{line}"\n---\n{text}\n',
        "goals/g.md": f'{head}set_on: 2026-01-01\nmeasure: "{line}"\n---\n{text}\n',
        "reflections/r.md": f"{head}date: 2026-01-01\n---\n{text}\n",
        "sections/own/e/index.md": f"{head}---\n{text}\n",
    }


@pytest.mark.parametrize("text", SCRIPTS)
def test_a_script_in_any_place_is_text(house, text):
    person = house.add(main=portfolio(text))
    outcome = house.builder.build(person, AT)
    assert outcome.state is State.BUILT
    for path, content in house.files(person, "owner").items():
        if path.endswith(".html"):
            page = content.decode()
            assert Acting(page).found == [], path
            assert "root:x:0" not in page


@pytest.mark.parametrize(
    "markup",
    [
        "<script>1</script>",
        '<p onclick="1">x</p>',
        '<p style="color:red">x</p>',
        '<a href="javascript:1">x</a>',
        '<a href="&#106;avascript:1">x</a>',
        '<a href="data:text/html,x">x</a>',
        "<a/onclick=1>x</a>",
        "<iframe></iframe>",
        "<form></form>",
        "<!-- comment -->",
        "<svg onload=1>",
    ],
)
def test_the_guard_refuses_what_no_page_may_hold(markup):
    with pytest.raises(UnsafePageError, match=r"page\.md: markup outside the allow-list"):
        refuse_unsafe(f"<p>text</p>{markup}", "page.md")


def test_the_guard_lets_our_own_markup_pass():
    refuse_unsafe(
        '<h2 id="_1">A &amp; b</h2>\n<p class="x">a<br />\n<a href="../b/?q=1&amp;r=2">c</a></p>'
        '<progress class="c-progress" max="100" value="4">4 %</progress>'
        '<table><caption>c</caption><tr><td align="right">1</td></tr></table>',
        "page.md",
    )
