"""The code goes along in links, forms and redirects, and nowhere else."""

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from wurt.core.links.carrying import CarryMiddleware, carried, handed_on, with_code


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<a href="/a/">', '<a href="/a/?k=bcd234">'),
        ('<a class="x" href="/a/?q=1#b">', '<a class="x" href="/a/?q=1&amp;k=bcd234#b">'),
        ('<a href="/">', '<a href="/?k=bcd234">'),
        ('<a href="/a/?k=bcd234">', '<a href="/a/?k=bcd234">'),
        ('<a href="//evil.example/">', '<a href="//evil.example/">'),
        ('<a href="https://evil.example/">', '<a href="https://evil.example/">'),
        ('<a href="/a.pdf">', '<a href="/a.pdf">'),
        ('<a href="/verwaltung/a/">', '<a href="/verwaltung/a/">'),
        ('<a href="#top">', '<a href="#top">'),
        ('<link href="/static/web/">', '<link href="/static/web/">'),
        ('<form method="post">', '<form method="post"><input type="hidden" name="k" value="bcd234">'),
        ('<form action="/suche/">', '<form action="/suche/"><input type="hidden" name="k" value="bcd234">'),
        ('<form action="https://evil.example/">', '<form action="https://evil.example/">'),
        ('<form action="//evil.example/">', '<form action="//evil.example/">'),
        ('<form action="/verwaltung/x/">', '<form action="/verwaltung/x/">'),
    ],
)
def test_links_and_forms(before: str, after: str) -> None:
    assert handed_on(before.encode(), "bcd234").decode() == after


def _through(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    answer = CarryMiddleware(lambda _request: response)(request)
    assert isinstance(answer, HttpResponse)
    return answer


PAGE = '<a href="/a/">'


@pytest.mark.parametrize(
    "address", ["/", "/?k=", "/?k=<script>", '/?k="><a', "/?q=k", "/verwaltung/?k=bcd234"]
)
def test_pages_without_a_code_stay_as_they_are(address: str) -> None:
    assert _through(RequestFactory().get(address), HttpResponse(PAGE)).content.decode() == PAGE


def test_pages_redirects_and_forms_with_a_code() -> None:
    make = RequestFactory()
    response = HttpResponse(PAGE, headers={"Content-Length": "14"})
    answer = _through(make.get("/?k=bcd234"), response)
    assert answer.content == b'<a href="/a/?k=bcd234">'
    assert answer["Content-Length"] == "23"
    target = _through(make.post("/", {"k": "bcd234"}), HttpResponseRedirect("/b/?x=1#y"))["Location"]
    assert target == "/b/?x=1&k=bcd234#y"
    for away in ("https://evil.example/", "//evil.example/", "/verwaltung/", "/b/?k=bcd234"):
        assert _through(make.get("/?k=bcd234"), HttpResponseRedirect(away))["Location"] == away
    plain = HttpResponse(PAGE, content_type="text/plain")
    assert _through(make.get("/?k=bcd234"), plain).content.decode() == PAGE


def test_the_form_counts_before_the_address() -> None:
    request = RequestFactory().post("/?k=bcd234", {"k": "BCD-235"})
    assert carried(request) == "bcd235"
    assert carried(RequestFactory().get("/?k=nein")) == ""
    assert with_code("/a/?b=1#c", "bcd234") == "/a/?b=1&k=bcd234#c"
