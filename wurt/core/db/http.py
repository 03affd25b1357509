"""The one way out: every request that Wurt sends to another machine goes through here.

A request is refused while a database transaction is open (an outside effect cannot be rolled back, and a slow
server would hold our locks), to anything but https on port 443 of a public name, and to a name of which any
address is not public. The name is resolved once and the connection goes to exactly the addresses that were
checked, so that a second answer of the name server changes nothing; certificate and SNI keep the name.
Redirects are not followed unless the purpose says so, and then each hop is checked like the first. Nothing is
taken from the environment: no proxy, no netrc, no cookies kept. Time and size are limited.

Every use has a ``Purpose`` that is registered once; ``docs/operate/security.md`` lists them all.
Source: OWASP ASVS 5.0, V13.2.4, V13.2.5, V15.3.2; OWASP SSRF prevention.
"""

import logging
import socket
import ssl
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from django.conf import settings
from django.db import connections
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NameResolutionError, NewConnectionError

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

logger = logging.getLogger("wurt.outbound")

MOST_ADDRESSES = 4
"""So many addresses of one name are tried, one after the other."""
CHUNK = 64 * 1024

Response = requests.Response
Trouble = requests.RequestException
"""All that can go wrong on the way."""
Resolver = Callable[[str, int], list[str]]


class InTransaction(RuntimeError):
    """A bug: a request was made while a database transaction is open. Send it from a handler instead."""


class OutboundRefused(requests.RequestException):
    """The target may not be spoken to. Like all that can go wrong on the way, a ``RequestException``."""


class TooLarge(requests.RequestException):
    """The answer is larger than the purpose allows."""


class TooSlow(requests.Timeout):
    """The whole answer took longer than the purpose allows."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why Wurt speaks to another machine, and what it may do there.

    ``hosts``: names that may be spoken to, an entry ``.example.org`` means all below it; None: any public.
    ``inside``: bare entries of ``WURT_OUTBOUND_INTERNAL`` count; never for addresses that users type.
    Times in seconds: for the connection, between two pieces of the answer, and for one request in all.
    """

    name: str
    hosts: frozenset[str] | None = None
    inside: bool = False
    redirects: int = 0
    most_bytes: int = 1024 * 1024
    connect: float = 5
    read: float = 10
    total: float = 30


PURPOSES: dict[str, Purpose] = {}
"""The inventory of outbound connections by name; rooms add theirs when they are loaded."""


def register(purpose: Purpose) -> Purpose:
    """Add a purpose to the inventory. Raises ValueError if another one has the name."""
    if PURPOSES.setdefault(purpose.name, purpose) != purpose:
        raise ValueError(f"two purposes are called {purpose.name}")
    return purpose


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system's resolver has them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


@dataclass
class _Exchange:
    """One request under way: what was agreed on, and the socket to close when time is up."""

    target: Target
    inside: bool
    resolver: Resolver
    sock: socket.socket | None = None
    expired: bool = field(default=False)

    def expire(self) -> None:
        self.expired = True
        if self.sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)  # wakes the thread that reads

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self.expire)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (requests.RequestException, OSError) as error:
            if self.expired:
                raise TooSlow(f"{self.target.host}: no complete answer in {seconds} s") from error
            raise
        finally:
            timer.cancel()
        if self.expired:
            raise TooSlow(f"{self.target.host}: no complete answer in {seconds} s")


_exchange: ContextVar[_Exchange] = ContextVar("outbound_exchange")


def _connect(connection: HTTPConnection, scheme: str) -> socket.socket:
    """A socket to one of the checked addresses of the agreed host, and to nothing else."""
    exchange = _exchange.get()
    target = exchange.target
    if (scheme, connection.host.strip("[]").lower(), connection.port) != (
        target.scheme,
        target.host,
        target.port,
    ):
        raise Refused("the address was read in two ways")
    try:
        addresses = exchange.resolver(target.host, target.port)
    except OSError as error:
        raise NameResolutionError(target.host, connection, socket.gaierror(str(error))) from error
    for address in addresses:
        check_address(address, inside=exchange.inside)
    failure: Exception = OSError("the name has no address")
    for address in addresses[:MOST_ADDRESSES]:
        try:
            return socket.create_connection((address, target.port), connection.timeout)
        except OSError as error:
            failure = error
    raise NewConnectionError(connection, f"{target.host}: {failure}") from failure


def _watch(connection: HTTPConnection) -> None:
    """Let the clock of the exchange close this connection, which may be a kept one."""
    if connection.sock is None:
        connection.connect()
    exchange = _exchange.get()
    exchange.sock = connection.sock
    if exchange.expired:
        raise TimeoutError


class _Plain(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self, "http")

    def request(self, *args: Any, **kwargs: Any) -> None:
        _watch(self)
        super().request(*args, **kwargs)


class _Secure(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self, "https")

    def request(self, *args: Any, **kwargs: Any) -> None:
        _watch(self)
        super().request(*args, **kwargs)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class _Adapter(HTTPAdapter):
    """Sends one request (or one hop of a redirect) under the rules of its session."""

    def __init__(self, session: "Session") -> None:
        self.rules = session
        super().__init__(max_retries=0)

    def init_poolmanager(
        self, connections: int, maxsize: int, block: bool = False, **pool_kwargs: Any
    ) -> None:
        context = ssl.create_default_context()
        if settings.WURT_OUTBOUND_CA:
            context.load_verify_locations(cafile=settings.WURT_OUTBOUND_CA)
        self.poolmanager = PoolManager(
            num_pools=connections, maxsize=maxsize, block=block, ssl_context=context, **pool_kwargs
        )
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        purpose = self.rules.purpose
        _check_no_transaction()
        exchange = self.rules.agree(request.url or "")
        token = _exchange.set(exchange)
        try:
            with exchange.within(purpose.total):
                response = super().send(
                    request, stream=True, timeout=(purpose.connect, purpose.read), verify=True, proxies={}
                )
                _load(response, purpose)
        except Refused as refusal:
            raise self.rules.refused(str(refusal)) from None
        finally:
            _exchange.reset(token)
        return response


def _check_no_transaction() -> None:
    for connection in connections.all(initialized_only=True):
        blocks = [one for one in connection.atomic_blocks if not getattr(one, "_from_testcase", False)]
        by_hand = connection.connection is not None and not (
            connection.in_atomic_block or connection.autocommit
        )
        if blocks or by_hand:
            raise InTransaction("no request to the outside while a transaction is open: use a handler")


def _load(response: requests.Response, purpose: Purpose) -> None:
    """Read the body into the response, at most as much as the purpose allows, also when it was compressed."""
    parts, size = [], 0
    try:
        for part in response.iter_content(CHUNK):
            size += len(part)
            if size > purpose.most_bytes:
                raise TooLarge(f"{purpose.name}: the answer has more than {purpose.most_bytes} bytes")
            parts.append(part)
    except BaseException:
        response.close()
        raise
    response._content = b"".join(parts)


class Session(requests.Session):
    """A session for one purpose, made by ``session()``; for libraries that want a session of requests too."""

    def __init__(self, purpose: Purpose, hosts: Collection[str] | None, resolver: Resolver) -> None:
        super().__init__()
        self.purpose = purpose
        self.allowed = [one for one in (purpose.hosts, hosts) if one is not None]
        self.resolver = resolver
        self.insides = inside_entries(settings.WURT_OUTBOUND_INTERNAL)
        self.trust_env = False
        self.max_redirects = purpose.redirects
        self.headers["User-Agent"] = "Wurt"
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self.adapters.clear()
        adapter = _Adapter(self)
        self.mount("https://", adapter)
        self.mount("http://", adapter)

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        """As in requests, but that the address is read before it is mended."""
        self._target(str(url))
        return super().request(method, url, *args, **kwargs)

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        """As in requests; a redirect to what is no address is refused like any other."""
        try:
            return super().send(request, **kwargs)
        except requests.RequestException:
            raise
        except ValueError:
            raise self.refused("redirected to what is not an address") from None

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Where a redirect leads, or None where the purpose follows none: the caller sees the redirect."""
        return super().get_redirect_target(resp) if self.purpose.redirects else None

    def agree(self, url: str) -> _Exchange:
        """What is settled before a connection is made. Raises OutboundRefused."""
        target = self._target(url)
        named = Inside(target, self.purpose.name) in self.insides
        inside = named or (self.purpose.inside and Inside(target) in self.insides)
        try:
            if not inside:
                check_public_name(target.host)
                if target.scheme != "https" or target.port != 443:
                    raise Refused(f"{target.host} is asked for by https on port 443 only")
            if not named and not all(is_listed(target.host, hosts) for hosts in self.allowed):
                raise Refused(f"{target.host} is not in the list of this purpose")
        except Refused as refusal:
            raise self.refused(str(refusal)) from None
        return _Exchange(target, inside, self.resolver)

    def refused(self, reason: str) -> OutboundRefused:
        """The error to raise; the refusal is logged, by host at most."""
        logger.warning("refused (%s): %s", self.purpose.name, reason)
        return OutboundRefused(f"{self.purpose.name}: {reason}")

    def _target(self, url: str) -> Target:
        try:
            return target_of(url)
        except Refused as refusal:
            raise self.refused(str(refusal)) from None


def session(purpose: str, *, hosts: Collection[str] | None = None, resolver: Resolver = resolve) -> Session:
    """A session of requests for a registered purpose. ``hosts`` narrows it to names known only now.

    Raises KeyError for a purpose that nobody registered. Its requests raise OutboundRefused, TooLarge,
    TooSlow and the other errors of requests (all ``requests.RequestException``), and InTransaction, a bug.
    """
    return Session(PURPOSES[purpose], hosts, resolver)


def get(url: str, *, purpose: str, hosts: Collection[str] | None = None, **kwargs: Any) -> requests.Response:
    """One GET for a registered purpose; ``params``, ``headers`` and ``auth`` as in requests."""
    with session(purpose, hosts=hosts) as made:
        return made.get(url, **kwargs)


def post(url: str, *, purpose: str, hosts: Collection[str] | None = None, **kwargs: Any) -> requests.Response:
    """One POST for a registered purpose; ``data``, ``json``, ``headers`` and ``auth`` as in requests."""
    with session(purpose, hosts=hosts) as made:
        return made.post(url, **kwargs)


def unreached(error: BaseException) -> bool:
    """Was there no connection at all? Then nothing was sent, and another try does nothing twice."""
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.SSLError):
        return True
    seen: list[object] = [error]
    while seen:
        one = seen.pop()
        if isinstance(one, NewConnectionError | NameResolutionError):
            return True
        if isinstance(one, BaseException):
            seen += [*one.args, getattr(one, "reason", None)]
    return False
