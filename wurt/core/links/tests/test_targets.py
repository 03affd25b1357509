"""Codes that can be read out, targets that stay on the site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurt.core.links.codes import ALPHABET, LENGTH, is_decent, new_code, typed
from wurt.core.links.targets import own_path


def test_codes_are_six_letters_without_doubles_and_words() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert {len(code) for code in codes} == {LENGTH}
    assert set("".join(codes)) <= set(ALPHABET)
    assert not set("0o1ilaeuy") & set(ALPHABET)
    assert all(is_decent(code) for code in codes)


@pytest.mark.parametrize("code", ["b88bcd", "bcdfkk", "hjbcdf", "sskkzb"])
def test_what_reads_like_a_sign_is_not_given_out(code: str) -> None:
    assert not is_decent(code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bcd234", "bcd234"),
        (" BCD-234 ", "bcd234"),
        ("bcd 234", "bcd234"),
        ("bcd23", ""),
        ("bcd23o", ""),
        ("", ""),
    ],
)
def test_what_people_type(text: str, code: str) -> None:
    assert typed(text) == code


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "/\t/evil.example/",
        "javascript:alert(1)",
        "http:glossar/",
        "http://localhost:8000.evil.example/glossar/",
        "http://localhost:8000@evil.example/",
        "https://localhost:8000//evil.example/",
        "http://localhost:8000//evil.example/",
        "/glossar/\r\nLocation: https://evil.example/",
        "/verwaltung/seiten/",
        "/../verwaltung/",
        "/k/bcd234/",
        "/static/x.css",
        "/gibt/es/gar/nicht/hier/",
        "glossar/",
        "",
        "/[",
    ],
)
def test_nothing_leads_off_the_site(target: str) -> None:
    assert own_path(target) == ""


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("/", "/"),
        (" /glossar/ ", "/glossar/"),
        ("/glossar/?text=Amt#a", "/glossar/?text=Amt#a"),
        ("http://localhost:8000/glossar/", "/glossar/"),
    ],
)
def test_pages_of_ours_are_taken_as_they_stand_in_the_browser(target: str, path: str) -> None:
    assert own_path(target) == path


@given(st.text(max_size=40))
def test_whatever_is_typed_never_names_another_host(text: str) -> None:
    path = own_path(f"/{text}")
    assert path == "" or (path[0] == "/" and path[1:2] not in ("/", "\\"))
