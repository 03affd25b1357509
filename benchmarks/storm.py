"""A county's bad day: a storm surge, and 300 people a second open the home page and one project.

Visitors come on time whether the server keeps up or not (an open loop); each comes for the first time, on a
new connection, and asks for the page alone. ``kept``: pages stay in memory (WURT_KEPT_PAGES_MB); ``made
anew``: not. The visitors share the machine's cores with the server.
"""

import http.client
import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction

from benchmarks.load import _wait
from benchmarks.table import median_p95, show
from wurt.cli.serve import gunicorn_command
from wurt.core.action.guard import writes_allowed
from wurt.core.audit import trail

RATE, SECONDS, WORKERS, PATIENCE = 300, 20, 2, 10.0
PAGES = ("/", "/projekte/projekt-3/")


def run(rate: int = RATE, seconds: int = SECONDS) -> None:
    """Measure and print."""
    rows = []
    with writes_allowed("benchmark"), transaction.atomic():  # pages are kept from the first recorded write on
        entry = {
            "actor": "benchmark",
            "acting_for": "",
            "action": "build",
            "object_type": "",
            "object_id": "1",
        }
        trail.write(**entry, before={}, after={}, request_id="")
    for name, kept, part in (
        ("bare page (peer)", "0", rate),
        ("kept", "16", rate),
        ("made anew", "0", rate),
        ("made anew, a tenth", "0", rate // 10),
    ):
        with _server(kept) as (port, process):
            pages = ("/bare/",) if name.startswith("bare") else PAGES
            times, errors, took = _visit(port, pages, part, seconds)
            memory = _memory(process)
        middle, high = median_p95(times) if len(times) > 1 else (0.0, 0.0)
        rows.append([name, part, f"{len(times) / took:.0f}", f"{middle:.0f}", f"{high:.0f}", errors, memory])
    show(
        f"Storm surge: home and one project, {WORKERS} workers, {seconds} s",
        ["pages", "visitors/s", "answered/s", "median ms", "p95 ms", "errors", "MB per worker"],
        rows,
    )


@contextmanager
def _server(kept: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        gunicorn_command("127.0.0.1", port, WORKERS),
        start_new_session=True,
        env={**os.environ, "WURT_KEPT_PAGES_MB": kept},
    )
    try:
        _wait(port)
        for page in PAGES * 4:  # warm, in both processes
            _ask(port, page)
        yield port, server
    finally:
        server.terminate()
        server.wait(timeout=20)


def _visit(port: int, pages: tuple[str, ...], rate: int, seconds: int) -> tuple[list[float], int, float]:
    times: list[float] = []
    errors = 0
    lock = threading.Lock()
    begin = time.perf_counter() + 0.2

    def visitor(number: int) -> None:
        nonlocal errors
        due = begin + number / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        try:
            ok = _ask(port, pages[number % len(pages)]) == 200
        except OSError:
            ok = False
        # From when the visitor wanted the page, not from when a thread was free to ask for it.
        waited = (time.perf_counter() - due) * 1000
        with lock:
            if ok:
                times.append(waited)
            else:
                errors += 1

    with ThreadPoolExecutor(128) as crowd:
        list(crowd.map(visitor, range(rate * seconds)))
    return times, errors, time.perf_counter() - begin


def _ask(port: int, page: str) -> int:
    connection = http.client.HTTPConnection("localhost", port, timeout=PATIENCE)
    try:
        connection.request("GET", page, headers={"Accept-Language": "de", "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def _memory(server: subprocess.Popen[bytes]) -> int:
    """Private memory of a worker in MB (Linux): what one more of them costs."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    sizes = []
    for child in children:
        lines = Path(f"/proc/{child}/smaps_rollup").read_text().splitlines()
        private = [
            int(line.split()[1]) for line in lines if line.startswith(("Private_Clean", "Private_Dirty"))
        ]
        sizes.append(sum(private) / 1024)
    return round(sum(sizes) / len(sizes)) if sizes else 0
