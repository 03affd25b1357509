"""A real OpenID Connect provider on this machine, and a browser's way through it, for tests."""

import html
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import requests
from django.test import Client

STAFF: dict[str, Any] = {
    "key": "kreis",
    "client": "wurt",
    "secret": "geheim",
    "name": "Kreis-Anmeldung",
    "acr": ("mfa-acr",),
    "amr": ("mfa", "hwk"),
}
CITIZENS: dict[str, Any] = {
    "key": "buerger",
    "client": "wurt-buerger",
    "secret": "geheim",
    "name": "BundID",
    "levels": (("STORK-QAA-Level-3", "substantial"), ("STORK-QAA-Level-4", "high")),
    "signup": True,
}


@dataclass
class House:
    """The running provider; ``claims`` by subject can be changed between two sign-ins."""

    address: str
    users: dict[str, dict[str, Any]] = field(default_factory=dict)

    def knows(self, subject: str, **claims: Any) -> None:
        """From now on the provider says this of the person."""
        answer = requests.put(f"{self.address}/users/{subject}", json=claims, timeout=10)
        assert answer.status_code < 300, answer.text

    def settings(self, settings: Any, **changes: Any) -> None:
        """Configure both kinds with this provider."""
        settings.WURT_OIDC = [
            {**STAFF, "url": self.address, **changes.get("staff", {})},
            {**CITIZENS, "url": self.address, **changes.get("citizens", {})},
        ]
        settings.WURT_OUTBOUND_INTERNAL = [f"http://{urlsplit(self.address).netloc}"]


@contextmanager
def house(**options: Any) -> Iterator[House]:
    """Run the provider in a thread."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from oidc_provider_mock import run_server_in_thread

        with run_server_in_thread(**options) as server:
            yield House(f"http://localhost:{server.server_port}")


def go(client: Client, kind: str = "kreis", **data: str) -> str:
    """Press the button; the address at the provider to which our page leads."""
    page = client.post(f"/konto/anmelden/{kind}/", data)
    assert page.status_code == 200, page.status_code
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page.content.decode())
    assert found is not None, page.content.decode()
    return html.unescape(found.group(1))


def over_there(address: str, subject: str, action: str = "") -> str:
    """Sign in (or refuse) at the provider; the path with which the browser comes back."""
    data = {"sub": subject, **({"action": action} if action else {})}
    answer = requests.post(address, data=data, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    parts = urlsplit(answer.headers["Location"])
    return f"{parts.path}?{parts.query}"


def through(client: Client, subject: str, kind: str = "kreis", **data: str) -> Any:
    """The whole way: there, sign in, back. Returns our answer."""
    return client.get(over_there(go(client, kind, **data), subject), headers={"accept-language": "de"})


OLD = {"access_token_max_age": timedelta(seconds=-3600)}
