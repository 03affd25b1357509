"""A push service on loopback that does what RFC 8030, 8291 and 8292 ask: it checks the signature, and the
"browser" decrypts what came."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02
from py_vapid.utils import b64urldecode, b64urlencode

from wurt.core.action.guard import writes_allowed
from wurt.core.db.tests.servers import running
from wurt.core.notices.models import PushDevice, Subscriber


class Browser:
    """Keys of one browser, as ``PushSubscription`` has them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = os.urandom(16)

    @property
    def p256dh(self) -> str:
        raw = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return b64urlencode(raw)

    @property
    def auth(self) -> str:
        return b64urlencode(self.secret)

    def read(self, body: bytes) -> dict[str, str]:
        plain = http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm")
        return json.loads(plain)


@dataclass
class PushService:
    """``answers`` by browser: status and headers to give once each; else 201. ``got``: what each was told."""

    port: int = 0
    browsers: dict[str, Browser] = field(default_factory=dict)
    answers: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)
    got: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str], int]] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def browser(self, name: str) -> Browser:
        return self.browsers.setdefault(name, Browser(name))

    def device(self, subscriber: Subscriber, name: str) -> PushDevice:
        made = self.browser(name)
        with writes_allowed("test"):
            return PushDevice.objects.create(
                subscriber=subscriber, name=name, endpoint=f"{self.origin}/push/{name}", digest=name,
                p256dh=made.p256dh, auth=made.auth,
            )  # fmt: skip

    def told(self, name: str) -> list[str]:
        return [told["title"] for one, told in self.got if one == name]

    def answer(self, request: BaseHTTPRequestHandler, body: bytes) -> None:
        name = request.path.rpartition("/")[2]
        headers = dict(request.headers)
        self.asked.append((name, headers, len(body)))
        status, more = 201, {}
        if waiting := self.answers.get(name):
            status, more = waiting.pop(0)
        elif not signed(headers["Authorization"], self.origin):
            status = 401
        else:
            self.got.append((name, self.browsers[name].read(body)))
        if status:
            request.send_response(status)
            for header, value in more.items():
                request.send_header(header, value)
            request.send_header("Content-Length", "0")
            request.end_headers()
        else:
            request.close_connection = True


def signed(authorization: str, audience: str) -> bool:
    """Is the token signed by the key it names, for this service, and not for longer than a day?"""
    scheme, _space, rest = authorization.partition(" ")
    parts = dict(part.split("=", 1) for part in rest.split(","))
    claims = json.loads(b64urldecode(parts["t"].split(".")[1].encode()))
    return scheme == "vapid" and Vapid02.verify(authorization) and claims["aud"] == audience


@contextmanager
def push_service() -> Iterator[PushService]:
    """The service while the block runs."""
    service = PushService()

    def answer(request: BaseHTTPRequestHandler) -> None:
        service.answer(request, server.asked[-1][2])

    with running(answer) as server:
        service.port = server.port
        yield service
