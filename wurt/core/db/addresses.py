"""Which addresses of the network Wurt may speak to: pure rules, asked by ``http.py`` before it connects.

Sources: RFC 3986 (URL), RFC 1123 (host names), the IANA registries of special-purpose addresses (RFC 6890 and
its successors), the WHATWG URL standard for the numbers that other programs read as IPv4 addresses.
"""

import ipaddress
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_REFUSED_V4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8",  # this network; 0.0.0.0 reaches the own machine
            "10.0.0.0/8",
            "100.64.0.0/10",  # behind a provider's NAT, and one cloud's metadata
            "127.0.0.0/8",
            "168.63.129.16/32",  # a public address that is a cloud's metadata
            "169.254.0.0/16",  # link-local, and most clouds' metadata
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
        ),
    )
)
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
"""All of IPv6 that is given out; mapped (::ffff:0:0/96), NAT64 (64:ff9b::/96), fc00::/7 lie outside."""
_REFUSED_V6 = tuple(
    map(
        ipaddress.IPv6Network,
        (
            "2001::/23",  # protocol assignments, Teredo
            "2001:db8::/32",
            "2002::/16",  # 6to4
            "3fff::/20",
        ),
    )
)
_NEVER = (
    ipaddress.ip_network("0.0.0.0/8"),
    ipaddress.ip_network("168.63.129.16/32"),
    ipaddress.ip_network("169.254.0.0/16"),
    ipaddress.ip_network("192.0.0.0/24"),
    ipaddress.ip_network("224.0.0.0/3"),
    ipaddress.ip_network("100.100.100.200/32"),
    ipaddress.ip_network("fd00:ec2::254/128"),
    ipaddress.ip_network("fe80::/10"),
    ipaddress.ip_network("ff00::/8"),
)
"""Not even where the operator allows the inside: metadata of clouds, link-local, multicast, reserved."""
_INSIDE_NAMES = (
    "localhost",
    "local",
    "internal",
    "localdomain",
    "home",
    "lan",
    "intranet",
    "corp",
    "private",
    "arpa",
    "onion",
    "test",
    "invalid",
)
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_NUMBER = re.compile(r"(\d+|0x[0-9a-f]*)")
_URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>[^/?#@:\[\]]+|\[[0-9a-f:.]+\])(?::(?P<port>\d{1,5}))?([/?#].*)?"
)


class Refused(Exception):
    """The address may not be spoken to; the text names the host at most, never path or query."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: ``host`` in small letters, an IPv6 address without brackets."""

    scheme: str
    host: str
    port: int


def target_of(url: str) -> Target:
    """Scheme, host and port of an absolute URL. Raises Refused where two programs could read it differently:
    user names, backslashes, spaces, control and non-ASCII signs, percent signs in the host."""
    if not url.isascii() or not url.isprintable() or "\\" in url or " " in url:
        raise Refused("the address has signs that do not belong into one")
    match = _URL.fullmatch(_small_host(url))
    if match is None:
        raise Refused("the address is not https://host/…, or names a user")
    scheme, host = match["scheme"], match["host"].lower().strip("[]")
    port = int(match["port"] or {"https": 443, "http": 80}[scheme])
    if not 0 < port < 65536:
        raise Refused(f"{port} is not a port")
    _check_spelling(host)
    return Target(scheme, host, port)


def _small_host(url: str) -> str:
    head, slashes, rest = url.partition("//")
    end = min((at for at in map(rest.find, "/?#") if at >= 0), default=len(rest))
    return f"{head.lower()}{slashes}{rest[:end].lower()}{rest[end:]}"


def literal(host: str) -> Address | None:
    """The host as an address, if it is one in its usual spelling."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _check_spelling(host: str) -> None:
    """A name of letters, digits and hyphens, or an address in its usual spelling and no other."""
    if literal(host) is not None:
        return
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise Refused("the host is not a name as RFC 1123 has them")
    if _NUMBER.fullmatch(labels[-1]):
        raise Refused("the host is a number that some programs read as an address")


def check_public_name(host: str) -> None:
    """Raise Refused for what only has a meaning on the inside, and for bare addresses."""
    if literal(host) is not None:
        raise Refused(f"{host} is an address, not a name")
    if "." not in host or host.rsplit(".", 1)[-1] in _INSIDE_NAMES:
        raise Refused(f"{host} is a name of the inside")


def check_address(address: str, *, inside: bool = False) -> None:
    """Raise Refused if the address is not one of the public network.

    ``inside``: the operator named this target, so private and loopback addresses are meant; metadata
    services, link-local, multicast and reserved addresses are refused all the same.
    """
    found = literal(address)
    if found is None or getattr(found, "scope_id", None):
        raise Refused(f"{address} is not an address")
    if inside:
        mapped = getattr(found, "ipv4_mapped", None)
        if mapped is not None or any(found.version == net.version and found in net for net in _NEVER):
            raise Refused(f"{address} is never spoken to")
        if found.is_unspecified:
            raise Refused(f"{address} is never spoken to")
    elif not _is_public(found):
        raise Refused(f"{address} is not an address of the public network")


def _is_public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _REFUSED_V4)
    return address in _GLOBAL_V6 and not any(address in network for network in _REFUSED_V6)


def is_listed(host: str, hosts: Iterable[str]) -> bool:
    """Is the host in the list? An entry that begins with a dot means all names below it."""
    return any(host == one or (one.startswith(".") and host.endswith(one)) for one in hosts)


@dataclass(frozen=True, slots=True)
class Inside:
    """A target that the operator allows though it is not public; ``purpose`` empty: all that may."""

    target: Target
    purpose: str = ""


def inside_entries(entries: Collection[str]) -> tuple[Inside, ...]:
    """What ``WURT_OUTBOUND_INTERNAL`` allows: ``host:port`` for https, ``http://host:port`` for plain http,
    either with ``PURPOSE=`` before it. Raises ValueError for an entry that is neither."""
    return tuple(_inside_entry(entry) for entry in entries)


def _inside_entry(entry: str) -> Inside:
    purpose, equals, url = entry.rpartition("=")
    url = url if "://" in url else f"https://{url}"
    try:
        target = target_of(url)
        parts = urlsplit(url)
        complete = parts.port is not None and parts.path in ("", "/") and bool(purpose) == bool(equals)
    except (Refused, ValueError):
        complete = False
    if not complete:
        raise ValueError(f"{entry!r} is not host:port, http://host:port or PURPOSE=host:port")
    return Inside(target, purpose)
