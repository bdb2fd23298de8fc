"""What the addresses of the house ask for."""

from __future__ import annotations

import pytest

from auth_proxy.addresses import Address, Area, address_of, faults_of_prefixes

TOKEN = "k" * 43


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/", Address(Area.PUBLIC)),
        ("/rules/", Address(Area.PUBLIC, rest="rules/")),
        ("/c", Address(Area.CABINET, is_bare=True)),
        ("/c/", Address(Area.CABINET)),
        ("/c/8czb236rqj", Address(Area.CABINET, "8czb236rqj", is_bare=True)),
        ("/c/8czb236rqj/", Address(Area.CABINET, "8czb236rqj")),
        ("/c/8czb236rqj/study/", Address(Area.CABINET, "8czb236rqj", rest="study/")),
        ("/p/8czb236rqj/a/b", Address(Area.SHARED, "8czb236rqj", rest="a/b")),
        ("/c/8CZB236RQJ/", None),
        ("/c/8czb236rq/", None),
        ("/c/8czb236rqjx/", None),
        ("/c/public/", None),
        (f"/s/{TOKEN}", Address(Area.LINK, token=TOKEN, is_bare=True)),
        (f"/s/{TOKEN}/a", Address(Area.LINK, token=TOKEN, rest="a")),
        ("/s/", None),
        ("/s/short/", None),
        ("/desk", Address(Area.DESK, is_bare=True)),
        ("/desk/a/b", Address(Area.DESK, rest="a/b")),
        ("/assets/0123/a.css", Address(Area.ASSETS, rest="0123/a.css")),
        ("/oauth2/callback", Address(Area.SIGN_IN, rest="callback")),
        ("/id/token", Address(Area.PROVIDER, rest="token")),
        ("/cc/x", Address(Area.PUBLIC, rest="cc/x")),
    ],
)
def test_a_path_asks_for_one_thing(path, address):
    assert address_of(path) == address


def test_upstreams_take_no_part_of_the_house():
    assert faults_of_prefixes(["/library/", "/c/", "/id/", "/a/b/", "/A/", "library", "/../"]) == [
        "/c/", "/id/", "/a/b/", "/A/", "library", "/../",
    ]  # fmt: skip
