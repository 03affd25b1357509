"""What may be spoken to: the spelling of an address, the names, the addresses behind them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wurt.core.db.addresses import (
    Inside,
    Refused,
    Target,
    check_address,
    check_public_name,
    inside_entries,
    is_listed,
    target_of,
)

GOOD = {
    "https://www.dithmarschen.de": Target("https", "www.dithmarschen.de", 443),
    "https://WWW.Dithmarschen.DE/a?b=http://x@y#c": Target("https", "www.dithmarschen.de", 443),
    "HTTPS://a.example.org:443/": Target("https", "a.example.org", 443),
    "http://a.example.org?x": Target("http", "a.example.org", 80),
    "https://xn--bsum-5qa.de:8443/": Target("https", "xn--bsum-5qa.de", 8443),
    "https://127.0.0.1#@a.example.org": Target("https", "127.0.0.1", 443),
    "https://127.0.0.1:9/": Target("https", "127.0.0.1", 9),
    "https://[::1]:9/": Target("https", "::1", 9),
}

# Spellings with which requests to the inside were smuggled past checks elsewhere.
BAD_SPELLING = [
    "",
    "//a.example.org/",
    "/path",
    "ftp://a.example.org/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:25/_HELO",
    "dict://127.0.0.1:11211/stats",
    "jar:https://a.example.org!/",
    "javascript:alert(1)",
    "https:a.example.org",
    "https:/a.example.org",
    "https:///a.example.org",
    "https://",
    "https://:443/",
    "https://user@a.example.org/",
    "https://user:secret@a.example.org/",
    "https://a.example.org@127.0.0.1/",
    "https://a.example.org:443@127.0.0.1/",
    "https://a.example.org\\@127.0.0.1/",
    "https://a.example.org\\.127.0.0.1/",
    "https://a.example.org/\\x",
    "https://a.example.org :443/",
    " https://a.example.org/",
    "https://a.example.org/ x",
    "https://a.example.org/\r\nHost: b",
    "https://a.example.org\t/",
    "https://a.example.org\x00.evil.example/",
    "https://a.example.org./",
    "https://127.0.0.1./",
    "https://.a.example.org/",
    "https://a..example.org/",
    "https://-a.example.org/",
    "https://a-.example.org/",
    "https://a_b.example.org/",
    "https://%31%32%37.0.0.1/",
    "https://a.example.org%2f@127.0.0.1/",
    "https://a.example.org%00/",
    "https://a,b.example.org/",
    "https://*.example.org/",
    "https://ⓔⓧⓐⓜⓟⓛⓔ.org/",
    "https://①②⑦.⓪.⓪.①/",
    "https://127。0。0。1/",
    "https://büsum.de/",
    "https://a.example.org:0/",
    "https://a.example.org:65536/",
    "https://a.example.org:99999999/",
    "https://a.example.org:443:80/",
    "https://a.example.org:44x/",
    "https://a.example.org:-1/",
    "https://2130706433/",
    "https://017700000001/",
    "https://0177.0.0.1/",
    "https://0x7f000001/",
    "https://0x7f.0.0.1/",
    "https://127.0.0.0x1/",
    "https://127.1/",
    "https://127.0.1/",
    "https://0/",
    "https://0x/",
    "https://256.256.256.256/",
    "https://1.2.3.4.5/",
    "https://127.0.0.01/",
    "https://a.example.1/",
    "https://[::1/",
    "https://::1/",
    "https://[::1]x/",
    "https://[fe80::1%25eth0]/",
    "https://[fe80::1%eth0]/",
    "https://[::ffff:127.0.0.1.1]/",
    "https://[v1.a]/",
    "https://" + "a" * 64 + ".example.org/",
    "https://" + "a." * 130 + "org/",
]

INSIDE_ADDRESSES = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255",
    "127.0.0.1", "127.255.255.254", "168.63.129.16", "169.254.0.1", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1",
    "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1",
    "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::2", "::127.0.0.1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::8.8.8.8", "64:ff9b:1::1", "100::1", "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::",
    "2002:a00:1::1", "3fff::1", "4000::1", "5f00::1", "fc00::1", "fd00::1", "fd00:ec2::254", "fe80::1",
    "fe80::1%eth0", "fec0::1", "ff02::1", "ff0e::1",
    "", "a.example.org", "127.1", "0x7f000001", "2130706433",
]  # fmt: skip

PUBLIC_ADDRESSES = [
    "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
    "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255",
    "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255",
    "2001:200::1", "2001:4860:4860::8888", "2a00:1450:4001::1", "2606:4700::1111",
]  # fmt: skip

NEVER = [
    "0.0.0.0", "168.63.129.16", "169.254.169.254", "100.100.100.200", "192.0.0.192", "224.0.0.1",
    "255.255.255.255", "::", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "fe80::1", "fd00:ec2::254",
    "ff02::1", "",
]  # fmt: skip


@pytest.mark.parametrize("url", GOOD)
def test_a_good_address_is_read(url):
    assert target_of(url) == GOOD[url]


@pytest.mark.parametrize("url", BAD_SPELLING)
def test_a_doubtful_spelling_is_refused(url):
    with pytest.raises(Refused):
        target_of(url)


@given(st.text())
def test_any_text_is_read_or_refused(text):
    for url in (text, f"https://{text}", f"https://{text}.example.org/"):
        try:
            target = target_of(url)
        except Refused:
            continue
        assert target.host == target.host.lower()
        assert 0 < target.port < 65536


@pytest.mark.parametrize("address", INSIDE_ADDRESSES)
def test_an_address_of_the_inside_is_refused(address):
    with pytest.raises(Refused):
        check_address(address)


@pytest.mark.parametrize("address", PUBLIC_ADDRESSES)
def test_a_public_address_passes(address):
    check_address(address)


@pytest.mark.parametrize("address", NEVER)
def test_some_addresses_are_refused_even_if_the_operator_names_them(address):
    with pytest.raises(Refused):
        check_address(address, inside=True)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "192.168.1.1", "::1", "fd12::1", "1.1.1.1"])
def test_the_operator_may_name_the_inside(address):
    check_address(address, inside=True)


@given(st.ip_addresses(v=6))
def test_no_address_that_wraps_an_older_one_passes(address):
    wrapped = (address.ipv4_mapped, address.sixtofour, address.teredo)
    if any(wrapped) or not address.is_global:
        with pytest.raises(Refused):
            check_address(str(address))


@given(st.ip_addresses(v=4))
def test_no_address_passes_that_the_standard_library_calls_private(address):
    if not address.is_global or address.is_multicast:
        with pytest.raises(Refused):
            check_address(str(address))


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "a.localhost", "printer", "printer.local", "metadata.google.internal", "idp.lan",
        "1.1.1.1", "::1", "10.in-addr.arpa", "a.onion", "nas.home", "a.intranet",
    ],
)  # fmt: skip
def test_a_name_of_the_inside_is_refused(host):
    with pytest.raises(Refused):
        check_public_name(host)


def test_lists_name_hosts_or_all_below_one():
    hosts = ["push.example.org", ".notify.example.com"]
    asked = [
        "push.example.org",
        "a.notify.example.com",
        "notify.example.com",
        "xpush.example.org",
        "a.push.example.org",
    ]
    assert [host for host in asked if is_listed(host, hosts)] == asked[:2]


def test_entries_of_the_operator():
    assert inside_entries(["idp.kreis.local:443", "http://127.0.0.1:8081", "push=http://[::1]:9"]) == (
        Inside(Target("https", "idp.kreis.local", 443)),
        Inside(Target("http", "127.0.0.1", 8081)),
        Inside(Target("http", "::1", 9), "push"),
    )


@pytest.mark.parametrize(
    "entry",
    [
        "idp.kreis.local",
        "https://idp.kreis.local",
        "=a.local:1",
        "a:b@c.local:1",
        "http://a.local:1/x",
        "a.local:x",
    ],
)
def test_an_entry_that_says_too_little_is_refused(entry):
    with pytest.raises(ValueError, match="is not host:port"):
        inside_entries([entry])
