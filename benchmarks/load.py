"""Requests per second of the real server with two processes, on loopback, bounded in count."""

import http.client
import socket
import subprocess
import threading
import time
import urllib.request

from wurt.cli.serve import gunicorn_command

REQUESTS, CLIENTS = 600, 8


def run() -> None:
    """Start gunicorn, ask, stop."""
    from benchmarks.table import median_p95, show

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(gunicorn_command("127.0.0.1", port, 2), start_new_session=True)
    try:
        _wait(port)
        rows, floor = [], 0.0
        for name, address in {
            "bare page (peer)": "/bare/",
            "overview": "/projekte/",
            "project": "/projekte/projekt-3/",
            "report of a month": "/berichte/2024-04/",
        }.items():
            rate, times = _ask(port, address)
            floor = floor or rate
            middle, high = median_p95(times)
            rows.append([name, f"{rate:.0f}", f"{rate / floor:.2f}×", f"{middle:.0f}", f"{high:.0f}"])
        show(
            f"Load: 2 processes, {CLIENTS} clients",
            ["page", "requests/s", "of bare", "median ms", "p95 ms"],
            rows,
        )
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(port: int) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://localhost:{port}/bare/", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


def _ask(port: int, address: str) -> tuple[float, list[float]]:
    times: list[float] = []

    def client() -> None:
        connection = http.client.HTTPConnection("localhost", port, timeout=30)
        for _ in range(REQUESTS // CLIENTS):
            start = time.perf_counter()
            connection.request("GET", address, headers={"Accept-Language": "de"})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{address} answers {answer.status}")
            times.append((time.perf_counter() - start) * 1000)
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(times) / (time.perf_counter() - start), times
