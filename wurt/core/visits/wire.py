"""Between the server processes and the counter: datagrams that nobody waits for, and one question.

Unix sockets in the folder of the installation that only its own user can open (mode 0600). Without Django.
"""

import json
import os
import socket
import struct
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

VISITS = "counter.sock"
QUESTIONS = "counter-ask.sock"
LONGEST_WAIT = 0.01
"""Seconds that a page waits at most, once: the queue of a socket holds ten datagrams on some systems."""
REST = 5.0
"""Seconds for which nothing is sent after the counter did not listen: pages go on at their speed."""
LONGEST_PATH = 100
"""A socket's address has 108 bytes (unix(7))."""
LARGEST_ANSWER = 16 * 1024**2
_CREDENTIALS = "3i"


def address(folder: Path, name: str) -> str:
    """The address of a socket in the folder; by way of an open folder where the path is too long."""
    path = str(folder / name)
    if len(path.encode()) <= LONGEST_PATH:
        return path
    return f"/proc/self/fd/{_opened(str(folder))}/{name}"


_folders: dict[str, int] = {}


def _opened(folder: str) -> int:
    if folder not in _folders:
        _folders[folder] = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    return _folders[folder]


class Sender:
    """The end of a server process. Never raises, and never holds a page up."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._process = 0
        self._quiet_until = 0.0

    def send(self, datagram: bytes) -> bool:
        """False if the counter did not take it; that visit is not counted."""
        if time.monotonic() < self._quiet_until:
            return False
        with self._lock:
            try:
                self._connected().send(datagram)
            except OSError:
                self._drop()
                self._quiet_until = time.monotonic() + REST
                return False
        return True

    def _connected(self) -> socket.socket:
        if self._socket is None or self._process != os.getpid():  # a fork has a socket of its own
            made = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            made.settimeout(LONGEST_WAIT)
            try:
                made.connect(address(self._folder, VISITS))
            except OSError:
                made.close()
                raise
            self._socket, self._process = made, os.getpid()
        return self._socket

    def _drop(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None


def ask(folder: Path, *, timeout: float = 2.0) -> dict[str, Any] | None:
    """What the counter has counted, as numbers; None if there is none that answers."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as question:
            question.settimeout(timeout)
            question.connect(address(folder, QUESTIONS))
            parts: list[bytes] = []
            while part := question.recv(65536):
                parts.append(part)
                if sum(map(len, parts)) > LARGEST_ANSWER:
                    return None
        answer: dict[str, Any] = json.loads(b"".join(parts))
    except (OSError, ValueError):
        return None
    return answer


def listen(folder: Path, name: str, kind: socket.SocketKind) -> socket.socket:
    """A socket that only the own user can open. What a killed counter left is replaced."""
    where = address(folder, name)
    with suppress(FileNotFoundError):
        (folder / name).unlink()
    made = socket.socket(socket.AF_UNIX, kind)
    before = os.umask(0o177)
    try:
        made.bind(where)
    finally:
        os.umask(before)
    if kind == socket.SOCK_STREAM:
        made.listen(8)
    return made


def same_user(connection: socket.socket) -> bool:
    """Is the process at the other end of the same user (SO_PEERCRED, unix(7))? Root may ask as well."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True  # the mode of the socket is what there is elsewhere
    size = struct.calcsize(_CREDENTIALS)
    _pid, uid, _gid = struct.unpack(
        _CREDENTIALS, connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
    )
    return uid in (os.getuid(), 0)
