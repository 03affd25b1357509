"""The one way out, against real servers on loopback: what is refused before, while and after connecting."""

import gzip
import json
import socket
import time
import zlib

import pytest
import requests
from django.db import connection, transaction

from wurt.core.db import http
from wurt.core.db.tests.servers import certificate, closed_port, plain, running

pytestmark = pytest.mark.no_database

ANY = http.Purpose("test.any", inside=True, connect=2, read=2, total=5)
USERS = http.Purpose("test.users", connect=2, read=2, total=5)
LISTED = http.Purpose("test.listed", hosts=frozenset({"good.example.org"}))
FOLLOWS = http.Purpose("test.follows", inside=True, redirects=2)
SMALL = http.Purpose("test.small", inside=True, most_bytes=1000)
HASTY = http.Purpose("test.hasty", inside=True, read=0.3, total=0.8)


@pytest.fixture(autouse=True)
def _purposes(monkeypatch):
    made = {one.name: one for one in (ANY, USERS, LISTED, FOLLOWS, SMALL, HASTY)}
    monkeypatch.setattr(http, "PURPOSES", made)


@pytest.fixture
def inside(settings):
    """Allow a server of the test as an operator would."""

    def allow(*servers, scheme="http", purpose=""):
        named = f"{purpose}=" if purpose else ""
        entries = [f"{named}{scheme}://127.0.0.1:{server.port}" for server in servers]
        settings.WURT_OUTBOUND_INTERNAL = [*settings.WURT_OUTBOUND_INTERNAL, *entries]
        return f"{scheme}://127.0.0.1:{servers[0].port}"

    return allow


def never(host, port):
    raise AssertionError(f"{host} was looked up")


def test_a_request_reaches_an_allowed_server(inside):
    with running(plain(b'{"a": 1}', Set_Cookie="a=b")) as server:
        site = inside(server)
        with http.session("test.any") as session:
            first = session.get(f"{site}/x", params={"q": "ä"}, headers={"X-A": "1"})
            second = session.post(f"{site}/y", json={"b": 2})
    assert (first.status_code, first.json(), second.json()) == (200, {"a": 1}, {"a": 1})
    assert [path for path, _, _ in server.asked] == ["/x?q=%C3%A4", "/y"]
    assert json.loads(server.asked[1][2]) == {"b": 2}
    assert server.asked[0][1]["User-Agent"] == "Wurt"
    assert "Cookie" not in server.asked[1][1], "an answer leaves no cookie behind"


def test_short_forms(inside):
    with running(plain()) as server:
        site = inside(server)
        assert http.get(site, purpose="test.any").text == "hello"
        assert http.post(site, purpose="test.any", data=b"x").text == "hello"


def test_what_nobody_registered_is_a_bug():
    with pytest.raises(KeyError):
        http.get("https://a.example.org", purpose="test.unknown")


def test_two_purposes_cannot_share_a_name():
    assert http.register(http.Purpose("test.any", inside=True, connect=2, read=2, total=5)) == ANY
    with pytest.raises(ValueError, match=r"two purposes are called test\.any"):
        http.register(http.Purpose("test.any"))


@pytest.mark.parametrize(
    "url",
    [
        "http://good.example.org/",
        "https://good.example.org:8443/",
        "https://good.example.org:22/",
        "https://127.0.0.1/",
        "https://1.1.1.1/",
        "https://[::1]/",
        "https://[2606:4700::1111]/",
        "https://localhost/",
        "https://metadata.google.internal/computeMetadata/v1/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://good.example.org./",
        "https://user:secret@good.example.org/",
        "https://①②⑦.⓪.⓪.①/",
        "https://good.example.org\\@127.0.0.1/",
        "ftp://good.example.org/",
        "file:///etc/passwd",
        "good.example.org",
        "",
    ],
)
def test_a_target_that_may_not_be_is_refused_before_its_name_is_looked_up(url, caplog):
    with (
        http.session("test.users", resolver=never) as session,
        pytest.raises(http.OutboundRefused) as refusal,
    ):
        session.get(url)
    assert isinstance(refusal.value, requests.RequestException)
    assert "secret" not in str(refusal.value) + caplog.text


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.0.0.7"],
        ["169.254.169.254"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["64:ff9b::7f00:1"],
        ["2002:7f00:1::"],
        ["fe80::1%lo"],
        ["0.0.0.0"],
        ["1.1.1.1", "127.0.0.1"],
        ["127.0.0.1", "1.1.1.1"],
        ["1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4", "10.0.0.1"],
    ],
)
def test_a_public_name_with_an_address_of_the_inside_is_refused(addresses):
    """Also if only one of several is not public, and whichever comes first."""
    session = http.session("test.users", resolver=lambda host, port: addresses)
    with session, pytest.raises(http.OutboundRefused, match="not an address"):
        session.get("https://good.example.org/")


def test_the_name_is_looked_up_once_and_the_checked_address_is_used(inside, settings, tmp_path):
    """A name server that answers differently the second time (DNS rebinding) changes nothing."""
    authority, *pair = certificate(tmp_path, "good.example.org")
    settings.WURT_OUTBOUND_CA = str(authority)
    answers = [["127.0.0.1"], ["169.254.169.254"]]
    asked = []

    def resolver(host, port):
        asked.append(host)
        return answers.pop(0)

    with running(plain(b"right"), tls=tuple(pair)) as server:
        settings.WURT_OUTBOUND_INTERNAL = [f"good.example.org:{server.port}"]
        url = f"https://good.example.org:{server.port}/"
        with http.session("test.any", resolver=resolver) as session:
            assert session.get(url).text == "right"
            assert session.get(url).text == "right", "the kept connection is the checked one"
            assert asked == ["good.example.org"]
            session.close()
            with pytest.raises(http.OutboundRefused, match=r"169\.254\.169\.254 is never spoken to"):
                session.get(url)
    assert server.names == ["good.example.org"], "SNI keeps the name"


def test_the_certificate_must_be_of_the_name(settings, tmp_path):
    authority, *pair = certificate(tmp_path, "other.example.org", "127.0.0.1")
    settings.WURT_OUTBOUND_CA = str(authority)
    with running(plain(), tls=tuple(pair)) as server:
        settings.WURT_OUTBOUND_INTERNAL = [f"good.example.org:{server.port}", f"127.0.0.1:{server.port}"]
        with http.session("test.any", resolver=lambda host, port: ["127.0.0.1"]) as session:
            with pytest.raises(requests.exceptions.SSLError, match="Hostname mismatch"):
                session.get(f"https://good.example.org:{server.port}/")
            assert session.get(f"https://127.0.0.1:{server.port}/").text == "hello"
            with pytest.raises(requests.exceptions.SSLError):
                session.get(f"https://good.example.org:{server.port}/", verify=False)


def test_an_unknown_authority_is_not_believed(settings, tmp_path):
    _, *pair = certificate(tmp_path, "127.0.0.1")
    with running(plain(), tls=tuple(pair)) as server:
        settings.WURT_OUTBOUND_INTERNAL = [f"127.0.0.1:{server.port}"]
        with pytest.raises(requests.exceptions.SSLError, match="verify failed"):
            http.get(f"https://127.0.0.1:{server.port}/", purpose="test.any")
    assert server.asked == []


def test_an_entry_of_the_operator_is_for_its_scheme_host_and_port(inside):
    with running(plain()) as server, running(plain()) as other:
        site = inside(server)
        for url in (
            f"https://127.0.0.1:{server.port}",
            f"http://127.0.0.1:{other.port}",
            f"http://localhost:{server.port}",
            f"http://127.0.0.2:{server.port}",
        ):
            with pytest.raises(http.OutboundRefused):
                http.get(url, purpose="test.any")
        assert http.get(site, purpose="test.any").text == "hello"
    assert (len(server.asked), len(other.asked)) == (1, 0)


def test_addresses_that_users_type_never_reach_the_inside(inside):
    """An entry for the identity provider is no way in for the address of a push service."""
    with running(plain()) as server:
        site = inside(server)
        with pytest.raises(http.OutboundRefused):
            http.get(site, purpose="test.users")
        inside(server, purpose="test.users")
        assert http.get(site, purpose="test.users").text == "hello"
        with pytest.raises(http.OutboundRefused):
            http.get(site, purpose="test.listed")


def test_lists_of_hosts_narrow_each_other():
    def asks(url, purpose, hosts=None):
        with http.session(purpose, hosts=hosts, resolver=lambda host, port: ["10.0.0.1"]) as session:
            with pytest.raises(http.OutboundRefused) as refusal:
                session.get(url)
            return "list" if "is not in the list" in str(refusal.value) else "looked up"

    good, evil = "https://good.example.org/", "https://evil.example.org/"
    assert asks(good, "test.listed") == "looked up"
    assert asks(evil, "test.listed") == "list"
    assert asks(good, "test.listed", ["evil.example.org"]) == "list"
    assert asks(evil, "test.listed", ["evil.example.org"]) == "list"
    assert asks(good, "test.users", ["good.example.org"]) == "looked up"
    assert asks("https://a.good.example.org/", "test.users", ["good.example.org"]) == "list"


def test_redirects_are_not_followed_unless_asked(inside):
    with running(plain(status=302, Location="/elsewhere")) as server:
        answer = http.get(inside(server), purpose="test.any")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/elsewhere")
        assert http.get(inside(server), purpose="test.any", allow_redirects=True).status_code == 302
    assert [path for path, _, _ in server.asked] == ["/", "/"]


@pytest.mark.parametrize("location", ["http://[", "https://user@a/", "\\\\evil", "//evil.example.org/%", ""])
def test_a_strange_redirect_that_is_not_followed_does_no_harm(location, inside):
    with running(plain(status=301, Location=location)) as server:
        assert http.get(inside(server), purpose="test.any").status_code == 301


def test_each_hop_is_checked(inside):
    with running(plain(b"secret")) as hidden:
        evil = [
            f"http://127.0.0.1:{hidden.port}/",
            "https://169.254.169.254/",
            "file:///etc/passwd",
            "http://[",
            "//a@b/",
        ]
        for location in evil:
            with running(plain(status=302, Location=location)) as server:
                site = inside(server)
                with pytest.raises(requests.RequestException):
                    http.get(site, purpose="test.follows")
    assert hidden.asked == []


def test_hops_are_counted_and_lose_the_credentials(inside):
    def answer(handler):
        number = int(handler.path.strip("/") or 0)
        plain(status=302, Location=f"/{number + 1}")(handler)

    with running(answer) as server, pytest.raises(requests.TooManyRedirects):
        http.get(inside(server), purpose="test.follows")
    assert [path for path, _, _ in server.asked] == ["/", "/1", "/2"]

    with running(plain(b"there")) as target:
        target_site = inside(target)
        with running(plain(status=302, Location=target_site)) as start:
            answer = http.get(inside(start), purpose="test.follows", headers={"Authorization": "Bearer x"})
    assert answer.text == "there"
    assert "Authorization" in start.asked[0][1]
    assert "Authorization" not in target.asked[0][1]


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"x" * 1001, {}),
        (gzip.compress(b"x" * 50_000_000), {"Content_Encoding": "gzip"}),
        (zlib.compress(b"x" * 50_000_000), {"Content_Encoding": "deflate"}),
        (gzip.compress(gzip.compress(b"x" * 5_000_000)), {"Content_Encoding": "gzip, gzip"}),
    ],
    ids=["plain", "gzip bomb", "deflate bomb", "bomb in a bomb"],
)
def test_an_answer_may_not_be_larger_than_agreed(body, headers, inside):
    with (
        running(plain(body, **headers)) as server,
        pytest.raises(http.TooLarge, match="more than 1000 bytes"),
    ):
        http.get(inside(server), purpose="test.small")


def test_an_endless_answer_ends(inside):
    def answer(handler):
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        while True:
            handler.wfile.write(b"64\r\n" + b"x" * 100 + b"\r\n")

    with running(answer) as server, pytest.raises(http.TooLarge):
        http.get(inside(server), purpose="test.small")


def test_exactly_the_agreed_size_passes(inside):
    with running(plain(b"x" * 1000)) as server:
        assert len(http.get(inside(server), purpose="test.small").content) == 1000


def drip(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for _ in range(100):
        handler.wfile.write(b"X-A: b\r\n")
        time.sleep(0.05)


def drip_body(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "100")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"x")
        time.sleep(0.05)


@pytest.mark.parametrize("answer", [drip, drip_body], ids=["headers", "body"])
def test_a_server_that_drips_is_left(answer, inside):
    """Each piece comes in time, the whole does not."""
    with running(answer) as server, pytest.raises(http.TooSlow, match="no complete answer"):
        http.get(inside(server), purpose="test.hasty")


def test_a_silent_server_is_left(inside):
    with running(lambda handler: time.sleep(2)) as server, pytest.raises(requests.Timeout):
        http.get(inside(server), purpose="test.hasty")


def test_nobody_listens(settings):
    port = closed_port()
    settings.WURT_OUTBOUND_INTERNAL = [f"http://127.0.0.1:{port}"]
    with pytest.raises(requests.ConnectionError):
        http.get(f"http://127.0.0.1:{port}/", purpose="test.any")


def test_a_name_that_does_not_exist_is_an_ordinary_failure():
    def resolver(host, port):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with http.session("test.users", resolver=resolver) as session, pytest.raises(requests.ConnectionError):
        session.get("https://good.example.org/")


def test_nothing_comes_from_the_environment(inside, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with running(plain(b"proxy")) as proxy, running(plain(b"direct")) as server:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        site = inside(server)
        assert http.get(site, purpose="test.any").text == "direct"
        given = {"http": f"http://127.0.0.1:{proxy.port}"}
        assert http.get(site, purpose="test.any", proxies=given).text == "direct"
    assert proxy.asked == []
    assert "Authorization" not in server.asked[0][1]


@pytest.mark.django_db(transaction=True)
def test_no_request_leaves_while_a_transaction_is_open(inside):
    with running(plain()) as server:
        site = inside(server)
        with transaction.atomic(), pytest.raises(http.InTransaction, match="use a handler"):
            http.get(site, purpose="test.any")
        connection.set_autocommit(False)
        try:
            with pytest.raises(http.InTransaction):
                http.get(site, purpose="test.any")
        finally:
            connection.set_autocommit(True)
        assert server.asked == []
        assert http.get(site, purpose="test.any").text == "hello"


@pytest.mark.django_db
def test_the_transaction_around_a_test_does_not_count(inside):
    with running(plain()) as server:
        site = inside(server)
        assert http.get(site, purpose="test.any").text == "hello"
        with transaction.atomic(), pytest.raises(http.InTransaction):
            http.get(site, purpose="test.any")
