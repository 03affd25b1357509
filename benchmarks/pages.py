"""Server time, size and queries of the public pages, in process."""

import gzip
import time
from collections.abc import Callable
from typing import NamedTuple

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.table import median_p95, show


class Measured(NamedTuple):
    """Milliseconds on the server, as a multiple of the bare page, queries, size."""

    median: float
    p95: float
    of_bare: float
    queries: int
    kilobytes: float


ADDRESSES = {
    "bare page (peer)": "/bare/",
    "home": "/",
    "overview": "/projekte/",
    "overview, filtered": "/projekte/?q=Nummer",
    "project": "/projekte/projekt-3/",
    "project, month differences": "/projekte/projekt-3/verlauf/?von=2024-03&bis=2024-04",
    "reports": "/berichte/",
    "report of a month": "/berichte/2024-04/",
    "timeline": "/zeitplan/",
    "milestones": "/meilensteine/",
    "API projects": "/api/projects",
    "Atom": "/neues.atom",
}


def run(rounds: int = 40) -> None:
    """Measure and print."""
    show(
        "Public pages (server time)",
        ["page", "median ms", "p95 ms", "of bare", "queries", "kB gzip"],
        [
            [
                name,
                f"{one.median:.1f}",
                f"{one.p95:.1f}",
                f"{one.of_bare:.1f}×",
                one.queries,
                f"{one.kilobytes:.1f}",
            ]
            for name, one in measure(rounds).items()
        ],
    )


def measure(rounds: int, clock: Callable[[], float] = time.perf_counter) -> dict[str, Measured]:
    """Each page's times in ms by the clock, by its name."""
    client = Client(headers={"accept-language": "de"})
    found: dict[str, Measured] = {}
    floor = 0.0
    for name, address in ADDRESSES.items():
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answers {answer.status_code}")
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        count = len(queries)  # now: the next request empties the log
        times = []
        for _ in range(rounds):
            start = clock()
            body = b"".join(client.get(address))
            times.append((clock() - start) * 1000)
        middle, high = median_p95(times)
        floor = floor or middle
        found[name] = Measured(middle, high, middle / floor, count, len(gzip.compress(body)) / 1000)
    return found
