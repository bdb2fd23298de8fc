"""Open redirects of every shape (CWE-601): one form of a path of our own passes, nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth_proxy.sign_in.return_path import is_return_path, return_path

GOOD = [
    "/",
    "/c/k7m2q9x4bd/",
    "/c/k7m2q9x4bd/works/a-b_c.d/?page=2",
    "/p/k7m2q9x4bd/search/?q=%D1%81%D0%B0%D0%B4&x=a/b?c",
    "/desk/reviews",
    "/idea/",
    "/oauth2x/",
    "/%D1%81%D0%B0%D0%B4/",
    "/a:b/@c/",
    "/.well-known/x",
    "/oauth2/sessions",
    "/oauth2/access",
]

# Sources: OWASP Unvalidated Redirects cheat sheet, PayloadsAllTheThings, the URL standard.
BAD = [
    "", "c/", "c/x", "?x", "#x", "//evil.example", "///evil.example", "////evil.example/%2e%2e",
    "/\\evil.example", "\\/evil.example", "\\\\evil.example", "/\t/evil.example",
    "/\n/evil.example", "/\r/evil.example", "\t//evil.example", " //evil.example",
    "/ /evil.example", "/%09/evil.example", "/%0a/evil.example",
    "/%0d%0aLocation:%20https://evil.example", "/\x00/evil", "/%00/evil", "https://evil.example",
    "http:evil.example", "https:/evil.example", "HtTpS://evil.example", "javascript:alert(1)",
    "java\tscript:alert(1)", "data:text/html,x", "vbscript:x", "blob:x", "//evil.example/..;/css",
    "/%2f%2fevil.example", "/%2F/evil.example", "/%5cevil.example", "/%5Cevil",
    "/..//evil.example", "/../evil", "/c/../id", "/c/%2e%2e/id", "/c/%2E./x", "/c/./x", "/.",
    "/..", "/c//x", "/c/x//", "/%252e%252e/", "/%25/", "/%", "/%2", "/%zz", "/%c0%ae%c0%ae/",
    "/%ff", "/c/x#y", "/c/x#//evil", "/c/\u2028x",
    "/\u0441/\u043a\u0438\u0440\u0438\u043b\u043b\u0438\u0446\u0430/", "/c/x?y#z", "/c/x?\xe9",
    "/c/x?a b", "/c/x?%0a", "/c/x?a=<script>", '/c/"x', "/c/<x>", "/c/^", "/c/x?`", "/c/{x}",
    "/c/|", "/@evil.example/..//", "//@evil.example", "/\u3002evil", "\u3031evil.example",
    "/oauth2", "/oauth2/", "/oauth2/sign-out", "/id", "/id/end-session", "/id/authorize?x=1",
    "/%E2%80%AE/", "/%C2%A0/", "/%7f", "/c/x;/../y",
    "/" + "a" * 1500,
]  # fmt: skip


@pytest.mark.parametrize("path", GOOD)
def test_a_path_of_our_own_is_gone_back_to(path):
    assert return_path(path) == path


@pytest.mark.parametrize("path", BAD)
def test_anything_else_leads_to_the_start_page(path):
    assert return_path(path) == "/"


def test_nothing_leads_to_the_start_page():
    assert return_path(None) == "/"


@given(st.text(alphabet="/\\.%25cfeE:@?#\t\n ;ab", max_size=24))
def test_whatever_passes_has_one_slash_at_its_beginning_and_no_way_out(text):
    if is_return_path(text):
        path = text.partition("?")[0]
        assert path.startswith("/")
        assert not path.startswith(("//", "/\\"))
        assert "\\" not in text
        assert all(part not in (".", "..") for part in path.split("/"))
