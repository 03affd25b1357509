"""Every address, for visitors and staff, errors and files too: the headers by which browsers protect people
(ASVS 5.0, V3.3, V3.4, V14.3.2), and nothing that a stranger's request headers can change (V4.1.3)."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings as configured
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.access.table import Row
from tests.access.world import PASSWORD, World
from tests.security.walking import EVIL, addresses, url_of

pytestmark = pytest.mark.no_database

ROLES = ("anonymous", "resident", "county_admin")
HSTS = "max-age=31536000; includeSubDomains; preload"
LONG_KEPT = re.compile(r"public\b")


def policy(response: HttpResponse) -> dict[str, list[str]]:
    """The directives of the content security policy."""
    parts = [part.split() for part in response.headers["Content-Security-Policy"].split(";")]
    return {name: sources for name, *sources in parts}


FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FRAMED_BY_US = {"notices:demo_mail_html"}
"""A page of the demo alone, shown inside another one of it."""
FRAMED = ("X-Frame-Options: SAMEORIGIN", "frame-ancestors")
TELLS = ("Access-Control-Allow-Origin", "Server", "X-Powered-By")


def faults(response: HttpResponse, *, signed_in: bool, https: bool = False) -> list[str]:
    """What is missing on one answer."""
    headers = response.headers
    expected = FIXED | ({"Strict-Transport-Security": HSTS} if https else {})
    found = [f"{name}: {headers.get(name)}" for name in expected if headers.get(name) != expected[name]]
    found += [f"tells {name}" for name in TELLS if name in headers]
    if "camera=()" not in headers.get("Permissions-Policy", ""):
        found.append("Permissions-Policy")
    kind = headers.get("Content-Type", "")
    if kind.startswith("text/") and "charset=utf-8" not in kind.lower():
        found.append(f"no character set: {kind}")
    kept = headers.get("Cache-Control", "")
    if signed_in and not LONG_KEPT.match(kept) and not ("no-store" in kept and "private" in kept):
        found.append(f"Cache-Control: {kept}")
    if response.cookies and LONG_KEPT.match(kept) and "Cookie" not in headers.get("Vary", ""):
        found.append("a cookie in an answer that anybody keeps")
    return [*found, *faults_of_the_policy(response), *faults_of_cookies(response, https=https)]


def faults_of_the_policy(response: HttpResponse) -> Iterator[str]:
    """What the content security policy lets through."""
    if "Content-Security-Policy" not in response.headers:
        yield "no policy"
        return
    directives = policy(response)
    if directives.get("default-src") not in (["'self'"], ["'none'"]):
        yield f"default-src {directives.get('default-src')}"
    rest = directives.get("default-src")
    if directives.get("object-src", rest) != ["'none'"]:
        yield "object-src"
    for name in ("base-uri", "frame-ancestors"):
        if directives.get(name) != ["'none'"]:
            yield name
    if directives.get("form-action") not in (["'self'"], ["'none'"]):
        yield "form-action"
    for name, sources in directives.items():
        for source in sources:
            if "unsafe" in source or "*" in source or (source == "data:" and name != "img-src"):
                yield f"{name} {source}"


def faults_of_cookies(response: HttpResponse, *, https: bool) -> Iterator[str]:
    """Cookies that scripts, other sites or other hosts could get or set."""
    for cookie in response.cookies.values():
        if not cookie.value and cookie["max-age"] == 0:  # taken back, at logout
            continue
        if not cookie["httponly"] or cookie["samesite"] not in ("Lax", "Strict") or cookie["domain"]:
            yield f"cookie {cookie.key}"
        if https and (not cookie["secure"] or not cookie.key.startswith("__Host-") or cookie["path"] != "/"):
            yield f"cookie {cookie.key} is not bound to https and this host"


def test_a_bare_answer_has_every_fault() -> None:
    """The control: the check finds what it is made for."""
    bare = HttpResponse("x", content_type="text/html")
    bare.set_cookie("a", "b")
    bare.headers["Access-Control-Allow-Origin"] = "*"
    assert len(faults(bare, signed_in=True, https=True)) == 13


@pytest.mark.parametrize("row", addresses(), ids=lambda row: row.name)
def test_every_address_has_every_header(world: World, row: Row) -> None:
    address = url_of(world, row)
    for role in ROLES:
        client = world.client(role)
        for method in ("get", "post"):
            response = getattr(client, method)(address)
            found = faults(response, signed_in=role != "anonymous")
            if row.name in FRAMED_BY_US:
                found = [
                    one for one in found if one not in ("X-Frame-Options: SAMEORIGIN", "frame-ancestors")
                ]
            assert found == [], f"{role} {method} {address}: {response.status_code}"
            if LONG_KEPT.match(response.headers.get("Cache-Control", "")):
                assert holds_somebody(world, role, response) == []


def holds_somebody(world: World, role: str, response: HttpResponse) -> list[str]:
    """What an answer that anybody may keep tells about the person who asked for it."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if role == "anonymous":
        return []
    told = [world.users[role].email, world.person(role).name]
    found = [word for word in told if word.encode() in content]
    return [*found, *(["session"] if configured.SESSION_COOKIE_NAME in response.cookies else [])]


@pytest.mark.parametrize("row", addresses(), ids=lambda row: row.name)
def test_no_request_header_of_a_stranger_changes_an_answer(world: World, row: Row) -> None:
    """What proxies say counts only from proxies that the operator named: nothing to poison a cache with."""
    address = url_of(world, row)
    forged = {
        "X-Forwarded-Host": EVIL,
        "X-Forwarded-Server": EVIL,
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Scheme": "https",
        "X-Forwarded-Port": "444",
        "X-Forwarded-Prefix": "/evil",
        "X-Host": EVIL,
        "X-Original-URL": "/verwaltung/protokoll/",
        "X-Rewrite-URL": "/verwaltung/protokoll/",
        "X-HTTP-Method-Override": "DELETE",
        "X-Request-ID": "evil-request-id-evil",
        "X-Real-IP": "203.0.113.9",
        "Forwarded": f"host={EVIL};proto=https",
        "Origin": f"https://{EVIL}",
        "Referer": f"https://{EVIL}/x",
    }
    plain = world.client("anonymous").get(address)
    other = world.client("anonymous").get(address, headers=forged)
    assert other.status_code == plain.status_code
    assert other.headers.get("Location") == plain.headers.get("Location")
    assert other.headers.get("Vary") == plain.headers.get("Vary")
    content = b"".join(other.streaming_content) if other.streaming else other.content
    for word in (EVIL.encode(), b"evil-request-id", b"/evil/"):
        assert word not in content
    assert EVIL not in str(dict(other.headers))
    assert "evil" not in other.headers["X-Request-ID"]


ODD = {
    "absent": ("get", "/gibt-es-nicht/", 404),
    "traversal": ("get", "/../../etc/passwd", 404),
    "encoded traversal": ("get", "/dateien/%2e%2e/%2e%2e/etc/passwd", 404),
    "static traversal": ("get", "/static/../wurt/config/settings.py", 404),
    "source control": ("get", "/.git/config", 404),
    "environment": ("get", "/.env", 404),
    "folder of static files": ("get", "/static/", 404),
    "folder of uploads": ("get", "/files/", 404),
    "admin": ("get", "/admin/", 404),
    "debugging": ("get", "/__debug__/", 404),
    "nul": ("get", "/projekte/%00/", 404),
    "no utf-8": ("get", "/projekte/%ff%fe/", 404),
    "long": ("get", "/" + "a" * 5000 + "/", 404),
    "trace": ("trace", "/", 405),
    "put": ("put", "/", 403),
    "delete": ("delete", "/", 403),
    "options": ("options", "/", 405),
    "form without proof": ("post", "/konto/login/", 403),
}


@pytest.mark.parametrize("name", ODD)
def test_errors_have_every_header(world: World, name: str) -> None:
    method, address, status = ODD[name]
    response = getattr(Client(enforce_csrf_checks=True), method)(address)
    assert response.status_code == status
    assert faults(response, signed_in=False) == []


def test_static_files_have_every_header(world: World) -> None:
    response = world.client("anonymous").get("/static/web/favicon.svg")
    assert response.status_code == 200
    assert faults(response, signed_in=False) == []


def test_an_unknown_host_is_refused_with_every_header(world: World) -> None:
    response = Client().get("/", headers={"Host": EVIL})
    assert response.status_code == 400
    assert EVIL.encode() not in response.content
    assert faults(response, signed_in=False) == []


@pytest.fixture
def https(settings):
    """The site behind a proxy that does TLS, as WURT_HTTPS=yes and WURT_PROXIES=1 configure it."""
    settings.HTTPS = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    settings.LANGUAGE_COOKIE_NAME = "__Host-language"


PROXY = {"X-Forwarded-Proto": "https"}


@pytest.mark.parametrize("row", addresses(), ids=lambda row: row.name)
def test_behind_tls_every_answer_insists_on_it(https, world: World, row: Row) -> None:
    address = url_of(world, row)
    for role in ("anonymous", "county_admin"):
        for method in ("get", "post"):
            response = getattr(world.client(role), method)(address, headers=PROXY)
            found = faults(response, signed_in=role != "anonymous", https=True)
            if row.name in FRAMED_BY_US:
                found = [
                    one for one in found if one not in ("X-Frame-Options: SAMEORIGIN", "frame-ancestors")
                ]
            assert found == [], f"{role} {method} {address}: {response.status_code}"


def test_every_cookie_that_is_ever_set_is_bound_to_https_and_this_host(https, world: World) -> None:
    """Session, proof of origin, language, messages: by signing in, choosing a language, saving something."""
    client = Client(headers=PROXY)
    client.get("/konto/login/")
    client.get(reverse("web:language", args=["en"]))
    data = {"login": world.users["resident"].email, "password": PASSWORD}
    assert client.post("/konto/login/", data).status_code == 302
    assert {name for name, cookie in client.cookies.items() if cookie.value} == {
        "__Host-csrftoken", "__Host-language", "__Host-sessionid", "__Host-messages",
    }  # fmt: skip
    for cookie in client.cookies.values():
        bound = [cookie[name] for name in ("secure", "httponly", "samesite", "path", "domain")]
        assert bound == [True, True, "Lax", "/", ""], cookie.key


def test_plain_http_is_led_to_https(https) -> None:
    response = Client().get("/projekte/?q=x")
    assert (response.status_code, response["Location"]) == (301, "https://testserver/projekte/?q=x")
    assert "no policy" not in faults(response, signed_in=False)
