"""Where ``wurt serve`` listens: a note in WURT_VAR, so that ``wurt doctor`` knows whom to ask."""

import json
import socket
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Listening:
    """``machine`` is the name of the one on which the server was started."""

    host: str
    port: int
    machine: str

    @property
    def url(self) -> str:
        """Where to ask from the same machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}.get(self.host, self.host)  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host and host[0] != '[' else host}:{self.port}"

    @property
    def is_here(self) -> bool:
        """Is this that machine?"""
        return self.machine == socket.gethostname()


def _file() -> Path:
    return Path(settings.VAR_DIR) / "serve.json"


def remember(host: str, port: int) -> None:
    """Write the note; called when the server starts."""
    content = {"host": host, "port": port, "machine": socket.gethostname()}
    _file().write_text(json.dumps(content), encoding="utf-8")


def last() -> Listening | None:
    """The server that was started last; None if none was, or the note cannot be read."""
    try:
        return Listening(**json.loads(_file().read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
