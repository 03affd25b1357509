"""Server time, size and queries of the public pages, in process."""

import gzip
import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.table import median_p95, show

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
    client = Client(headers={"accept-language": "de"})
    rows, floor = [], 0.0
    for name, address in ADDRESSES.items():
        answer = client.get(address)
        if answer.status_code != 200:
            rows.append([name, f"answers {answer.status_code}", "", "", "", ""])
            continue
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        count = len(queries)  # now: the next request empties the log
        times = []
        for _ in range(rounds):
            start = time.perf_counter()
            body = b"".join(client.get(address))
            times.append((time.perf_counter() - start) * 1000)
        middle, high = median_p95(times)
        floor = floor or middle
        rows.append(
            [
                name,
                f"{middle:.1f}",
                f"{high:.1f}",
                f"{middle / floor:.1f}×",
                count,
                f"{len(gzip.compress(body)) / 1000:.1f}",
            ]
        )
    show("Public pages (server time)", ["page", "median ms", "p95 ms", "of bare", "queries", "kB gzip"], rows)
