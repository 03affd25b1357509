"""One message to one device: encrypted so that the push service cannot read it (RFC 8291), signed (RFC 8292),
and what the push service's answer means (RFC 8030)."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha256
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from py_vapid.utils import b64urldecode, b64urlencode

from wurt.core.db import http
from wurt.core.db.clock import now
from wurt.core.notices import vapid
from wurt.core.notices.models import PushDevice

PURPOSE = http.register(http.Purpose("notices.push", most_bytes=16 * 1024, connect=5, read=10, total=15))
LONGEST = 120
"""Letters of a title: with the address far below the 4,096 bytes that every push service takes (RFC 8030)."""
TTL = 24 * 3600
"""Seconds that the push service keeps it for a device that is off."""
MOST_WAIT = timedelta(hours=6)
NOT_NOW = frozenset({429, 500, 502, 503, 504})
GONE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Message:
    """All that a device is told: a title and where to read on. ``topic`` lets a newer one take its place."""

    title: str
    url: str
    topic: str
    language: str

    @property
    def body(self) -> bytes:
        """What is encrypted."""
        told = {
            "title": self.title[:LONGEST],
            "url": self.url,
            "tag": self.topic,
            "lang": self.language,
        }
        return json.dumps(told, ensure_ascii=False).encode()


class DeviceGone(Exception):
    """The push service does not know the device any more; it is to be forgotten."""


class NotNow(Exception):
    """The push service did not take it and may later; ``due`` is when to try again, None: the usual wait."""

    def __init__(self, reason: str, due: datetime | None = None) -> None:
        super().__init__(reason)
        self.due = due


class Refused(Exception):
    """The push service will never take this message."""


class Unclear(Exception):
    """The line broke after the message was sent: nobody knows whether it was taken."""


def topic_of(text: str) -> str:
    """A topic of RFC 8030: at most 32 letters of base64url."""
    return str(b64urlencode(sha256(text.encode()).digest()[:24]))


def encrypt(body: bytes, p256dh: str, auth: str) -> bytes:
    """For the device with these keys. Raises ValueError if they are none."""
    sender = ec.generate_private_key(ec.SECP256R1())
    sealed: bytes = http_ece.encrypt(
        body,
        private_key=sender,
        dh=b64urldecode(p256dh.encode()),
        auth_secret=b64urldecode(auth.encode()),
        version="aes128gcm",
    )
    return sealed


class PushServices:
    """Connections to push services, for one run. A service that wants a pause is left alone for that long."""

    def __init__(self) -> None:
        self.session = http.session(PURPOSE.name, hosts=settings.WURT_PUSH_HOSTS)
        self.paused: dict[str, datetime] = {}

    def close(self) -> None:
        """Let the connections go."""
        self.session.close()

    def send(self, device: PushDevice, message: Message) -> None:
        """Raises DeviceGone, NotNow, Refused or Unclear where it was not simply taken."""
        host = urlsplit(device.endpoint).netloc
        if self.paused.get(host, now()) > now():
            raise NotNow(f"{host} wants a pause", self.paused[host])
        try:
            answer = self.session.post(
                device.endpoint,
                data=encrypt(message.body, device.p256dh, device.auth),
                headers={
                    "Content-Encoding": "aes128gcm",
                    "Content-Type": "application/octet-stream",
                    "TTL": str(TTL),
                    "Urgency": "normal",
                    "Topic": message.topic,
                    **vapid.headers(device.endpoint),
                },
            )
        except http.OutboundRefused as error:
            raise Refused(str(error)) from error
        except http.Trouble as error:
            raise self._failed(host, error) from error
        self._judge(host, answer)

    def _failed(self, host: str, error: http.Trouble) -> NotNow | Unclear:
        reason = f"{host}: {type(error).__name__}"
        if http.unreached(error):
            self.paused[host] = now() + timedelta(minutes=1)
            return NotNow(reason)
        return Unclear(reason)

    def _judge(self, host: str, answer: http.Response) -> None:
        if answer.status_code in GONE:
            raise DeviceGone
        if answer.status_code in NOT_NOW:
            due = retry_after(answer.headers.get("Retry-After", ""))
            self.paused[host] = due or now() + timedelta(minutes=1)
            raise NotNow(f"{host} answered {answer.status_code}", due)
        if not 200 <= answer.status_code < 300:
            raise Refused(f"{host} answered {answer.status_code}")


def retry_after(text: str) -> datetime | None:
    """The moment of a Retry-After (RFC 9110, 10.2.3), seconds or a date, at most six hours away; None if
    there is none or nobody understands it."""
    if text.isascii() and text.isdecimal():
        return now() + min(timedelta(seconds=int(text[:9])), MOST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    if moment.tzinfo is None:
        return None
    return min(max(moment, now()), now() + MOST_WAIT)
