"""The database goes while the server runs: every page says so, and all of it works again when it is back."""

import os
import re
import select
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

import pytest

from tests.template import ROOT, own_database

pytestmark = pytest.mark.chaos

PAGES = {
    "/": 200, "/projekte/": 200, "/berichte/": 404, "/suche/": 200, "/konto/login/": 200,
    "/verwaltung/personen/": 409, "/gibt-es-nicht/": 404,
}  # fmt: skip
"""And what they answer in a county in which nothing is set up yet."""
SECRET_KEY = "only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz"


class Gate:
    """A port before the database's own; closed, it refuses and breaks off what is open."""

    def __init__(self, host: str, port: int) -> None:
        self.target = (host, port)
        self.sockets: list[socket.socket] = []
        self.port = 0
        self.open()

    def open(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def close(self) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for one in self.sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self.sockets.clear()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                ours, _ = listener.accept()
                theirs = socket.create_connection(self.target)
                self.sockets += [ours, theirs]
                threading.Thread(target=_carry, args=(ours, theirs), daemon=True).start()


def _carry(ours: socket.socket, theirs: socket.socket) -> None:
    with suppress(OSError):
        while True:
            for ready in select.select([ours, theirs], [], [])[0]:
                piece = ready.recv(65536)
                if not piece:
                    return
                (theirs if ready is ours else ours).sendall(piece)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Running:
    """A server, and the ways to take its database away and to bring it back."""

    port: int
    log: Path
    take: Callable[[], None]
    give: Callable[[], None]
    times: int

    def ask(self, path: str, **form: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        body = urlencode(form) if form else None
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        headers = {"Accept-Language": "de", "Host": "localhost", **kind}
        connection.request("POST" if form else "GET", path, body, headers)
        found = connection.getresponse()
        text = found.read().decode()
        connection.close()
        return Answer(found.status, {name.lower(): value for name, value in found.getheaders()}, text)


def _started(
    folder: Path, url: str, take: Callable[[], None], give: Callable[[], None], times: int
) -> Iterator[Running]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    log = folder / "log"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("WURT_")} | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "wurt.config.settings",
        "WURT_VAR": str(folder / "var"),
        "WURT_SECRET_KEY": SECRET_KEY,
        "WURT_COUNTING": "no",
        "WURT_WORKERS": "1",
    }
    with log.open("wb") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "wurt", "serve", "--port", str(port)],
            env=environment, cwd=ROOT, stdout=out, stderr=out,
        )  # fmt: skip
    running = Running(port, log, take, give, times)
    try:
        for _ in range(900):
            with suppress(OSError):
                if running.ask("/healthz").status == 200:
                    break
            assert server.poll() is None, log.read_text()
            time.sleep(0.1)
        yield running
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("away")
    with own_database(folder, "away") as url:
        if url.startswith("sqlite"):
            (folder / "place").mkdir()
            file, away = folder / "place/away.sqlite3", folder / "elsewhere"
            shutil.move(folder / "away.sqlite3", file)

            def take() -> None:
                (folder / "place").rename(away)
                (folder / "place").mkdir()

            def give() -> None:
                assert list((folder / "place").iterdir()) == []  # nobody put an empty database there
                (folder / "place").rmdir()
                away.rename(folder / "place")

            yield from _started(folder, f"sqlite:///{file}", take, give, times=1)
            return
        parts = urlsplit(url)
        gate = Gate(parts.hostname or "", parts.port or 5432)
        user = f"{parts.username}:{parts.password}@" if parts.password else f"{parts.username}@"
        through = urlunsplit(parts._replace(netloc=f"{user}127.0.0.1:{gate.port}"))
        yield from _started(folder, through, gate.close, gate.open, times=2)


def test_every_page_says_so_and_comes_back(running: Running) -> None:
    """First before anybody asked for a page; where the database is a server, then with open connections too
    (a file that is open can still be read when its name is gone)."""
    for _ in range(running.times):
        running.take()
        try:
            _all_is_away(running)
        finally:
            running.give()
        assert {path: running.ask(path).status for path in PAGES} == PAGES
        assert running.ask("/readyz").status == 200
    log = running.log.read_text()
    assert log.count("the database is away") >= len(PAGES) * running.times
    assert "Traceback" not in log


def _all_is_away(running: Running) -> None:
    for path in PAGES:
        answer = running.ask(path)
        assert (path, answer.status) == (path, 503)
        assert answer.headers["retry-after"] == "30"
        assert answer.headers["cache-control"] == "no-store"
        assert "<h1>Wir kommen gerade nicht an unsere Daten</h1>" in answer.text
        assert f"<strong>{answer.headers['x-request-id']}</strong>" in answer.text
        assert "Laden Sie diese Seite" in answer.text
    form = running.ask("/sprache/", wert="x")
    assert (form.status, "abgeschickt" in form.text) == (503, True)
    interface = running.ask("/api/projects")
    assert interface.status == 503
    assert interface.headers["content-type"] == "application/json; charset=utf-8"
    assert running.ask("/healthz").status == 200
    assert running.ask("/readyz").status == 503
    style = re.search(r'href="(/static/[^"]+\.css)"', running.ask("/").text)
    assert style is not None
    assert running.ask(style[1]).status == 200
