"""One canonical form of a path, or none."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth_proxy.paths import LONGEST, canonical

NOWHERE = [
    (b"/c/../d", "dots (CWE-23)"),
    (b"/c/./d", "dots (CWE-55)"),
    (b"/c/..", "dots at the end"),
    (b"/c/%2e%2e/d", "encoded dots (our own trial: /a/%2e%2e/b/ gave the page of b)"),
    (b"/c/%2E%2E/d", "encoded dots, upper case"),
    (b"/c/.%2e/d", "half encoded dots (CVE-2021-41773)"),
    (b"/c/%2e/d", "an encoded dot (CVE-2021-42013)"),
    (b"/c/%252e%252e/d", "double encoding (CWE-174)"),
    (b"/c/%%32%65%%32%65/d", "broken double encoding (CVE-2021-42013)"),
    (b"/c/a%2fb", "an encoded slash (CWE-177)"),
    (b"/c/a%2Fb", "an encoded slash, upper case"),
    (b"/c/a%5cb", "an encoded backslash"),
    (b"/c\\a", "a backslash"),
    (b"/c/a%00.html", "NUL (CWE-158)"),
    (b"/c/a%0d%0aX:y", "a line break (CWE-93)"),
    (b"/c/a%7f", "DEL"),
    (b"//c/a", "an empty segment (CWE-41)"),
    (b"/c//a", "an empty segment inside"),
    (b"/c/a//", "an empty segment at the end"),
    (b"/c;x=y/a", "path parameters (Tomcat, CVE-2020-13936)"),
    (b"/c/a;.html", "path parameters at the end"),
    (b"/c/a.", "a trailing dot (Windows, CWE-42)"),
    (b"/c./a", "a trailing dot inside"),
    (b"/c/a%20", "a trailing space (CWE-46)"),
    (b"/c/%20a", "a leading space (CWE-47)"),
    (b"/c/.git/config", "a hidden file"),
    (b"/.env", "a hidden file at the root"),
    (b"/%63/a", "an escape that need not be there"),
    (b"/c/%d0%b0", "escapes in lower case: a second form of one address"),
    (b"/c/%C0%AE%C0%AE/a", "overlong UTF-8 (CVE-2000-0884)"),
    (b"/c/%ED%A0%80", "half a surrogate pair"),
    (b"/c/%FF", "no UTF-8"),
    (b"/c/%E2%80%AEa", "a direction mark (CVE-2021-42574)"),
    (b"/c/%D0%B8%CC%86", "not NFC: a second form of one letter"),
    (b"/c/%u002e%u002e/a", "escapes of IIS"),
    (b"/c/%2", "half an escape"),
    (b"/c/\xd0\xb0", "bytes without an escape"),
    (b"/c/a b", "a space"),
    (b"/c/a?b", "a question mark inside"),
    (b"/c/a#b", "a fragment"),
    (b"/c/a~1|b", "a pipe"),
    (b"http://other.example/c/a", "absolute form (RFC 9112, 3.2.2)"),
    (b"*", "asterisk form"),
    (b"", "nothing"),
    (b"c/a", "no slash in front"),
    (b"/" + b"a" * LONGEST, "too long"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ("/", "/"),
        ("/c/8czb236rqj/", "/c/8czb236rqj/"),
        ("/c/8czb236rqj/portfolio/works/sad/plan.v2.png", None),
        ("/id/.well-known/openid-configuration", None),
        ("/p/8czb236rqj/%D0%A1%D0%B0%D0%B4%20%281%29.png", "/p/8czb236rqj/Сад (1).png"),
        ("/p/8czb236rqj/a(1)!&b=c.png", None),
    ],
)
def test_a_path_as_it_must_be_written_is_taken(raw, path):
    assert canonical(raw.encode()) == (path or raw)


@pytest.mark.parametrize(("raw", "source"), NOWHERE)
def test_any_other_way_to_write_one_leads_nowhere(raw, source):
    assert canonical(raw) is None, source


@given(st.lists(st.text(min_size=1, max_size=20), max_size=4))
def test_no_two_ways_lead_to_one_place(segments):
    raw = "/" + "/".join(quote(one, safe="") for one in segments)
    path = canonical(raw.encode())

    assert path is None or quote(path, safe="/") == raw


@given(st.binary(max_size=60))
def test_whatever_bytes_come_what_is_taken_has_plain_segments(raw):
    path = canonical(b"/" + raw)

    if path is not None:
        *folders, name = path[1:].split("/")
        assert all(folders)
        assert not {"..", "."} & {*folders, name}
        assert not set(path) & set("\\%\0;")
        assert path.isprintable()
