"""Does a web server of ours answer at an address, and if not, what keeps it from that?

Only addresses of this site, which whoever installed it named: that is why the guarded client
(``core/db/http.py``), which speaks to the public alone, is not the one that asks.
"""

import json
import socket
import ssl
from enum import StrEnum
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 5
_MOST = 1000


class Trouble(StrEnum):
    """What is wrong, as far as it can be told from here."""

    NAME = "name"
    REFUSED = "refused"
    SILENT = "silent"
    CERTIFICATE = "certificate"
    STRANGER = "stranger"


class NoAnswer(Exception):
    """Wurt does not answer there. The text completes "https://…": "is not known", "answers with 502"."""

    def __init__(self, trouble: Trouble, text: str) -> None:
        super().__init__(text)
        self.trouble = trouble


def ask(url: str) -> None:
    """Ask ``url`` for its sign of life. Raises NoAnswer."""
    try:
        status, content, location = _fetch(url)
    except socket.gaierror as error:
        raise NoAnswer(Trouble.NAME, f"has a name that is not known ({error.strerror})") from error
    except ssl.SSLCertVerificationError as error:
        text = f"shows a certificate that is not valid ({error.verify_message})"
        raise NoAnswer(Trouble.CERTIFICATE, text) from error
    except TimeoutError as error:
        raise NoAnswer(Trouble.SILENT, f"does not answer within {SECONDS} seconds") from error
    except ConnectionRefusedError as error:
        raise NoAnswer(Trouble.REFUSED, "refuses: nothing listens there") from error
    except (OSError, HTTPException, ValueError) as error:
        text = f"does not answer ({error or type(error).__name__})"
        raise NoAnswer(Trouble.SILENT, text) from error
    if status == 200 and _is_ours(content):
        return
    if location:
        raise NoAnswer(Trouble.STRANGER, f"leads away, to {location}")
    raise NoAnswer(Trouble.STRANGER, f"answers with {status}, but not as Wurt does")


def _fetch(url: str) -> tuple[int, bytes, str]:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "https":
        context = ssl.create_default_context(cafile=settings.WURT_OUTBOUND_CA or None)
        context.load_default_certs()
        connection: HTTPConnection = HTTPSConnection(host, parts.port, timeout=SECONDS, context=context)
    else:
        connection = HTTPConnection(host, parts.port, timeout=SECONDS)
    try:
        connection.request("GET", f"{parts.path.rstrip('/')}/healthz", headers={"User-Agent": "wurt doctor"})
        answer: HTTPResponse = connection.getresponse()
        return answer.status, answer.read(_MOST), answer.headers.get("Location", "")
    finally:
        connection.close()


def _is_ours(content: bytes) -> bool:
    try:
        return bool(json.loads(content) == {"status": "ok"})
    except ValueError:
        return False
