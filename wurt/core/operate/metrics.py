"""Figures for Prometheus: requests by page, the queue, the workers. Nothing about people or content.

With several server processes each writes into files of ``PROMETHEUS_MULTIPROC_DIR`` (``wurt serve`` sets it),
and whichever answers adds them up; the state of the queue is read from the database at that moment.
"""

import os
from collections.abc import Iterator

from django.db import Error as DatabaseTrouble
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

import wurt
from wurt.core.db.clock import now
from wurt.core.outbox.queries import health, workers

_OWN = CollectorRegistry()
REQUESTS = Counter("wurt_requests", "Answered requests", ["method", "view", "status"], registry=_OWN)
SECONDS = Histogram(
    "wurt_request_seconds",
    "Time to an answer",
    ["view"],
    registry=_OWN,
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
METHODS = frozenset({"GET", "HEAD", "POST"})
"""All else is counted as one: a label must not hold what a stranger makes up."""


def count(method: str, view: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    REQUESTS.labels(method if method in METHODS else "other", view or "none", str(status)).inc()
    SECONDS.labels(view or "none").observe(seconds)


class _State(Collector):
    """What the database knows, asked when somebody asks us."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield _gauge("wurt_info", "The running version", 1, version=wurt.__version__)
        try:
            queue, alive = health(), workers()
        except DatabaseTrouble:
            yield _gauge("wurt_database_up", "Does the database answer?", 0)
            return
        yield _gauge("wurt_database_up", "Does the database answer?", 1)
        waited = (now() - queue.oldest_due).total_seconds() if queue.oldest_due else 0
        yield _gauge("wurt_queue_open", "Deliveries that are not done", queue.open)
        yield _gauge("wurt_queue_oldest_seconds", "How long the oldest due delivery waits", waited)
        yield _gauge("wurt_queue_dead", "Deliveries that were given up", queue.dead)
        yield _gauge("wurt_workers_alive", "Workers that gave a sign of life in time", alive.alive)


def _gauge(name: str, meaning: str, value: float, **labels: str) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, meaning, labels=list(labels))
    family.add_metric(list(labels.values()), value)
    return family


def exposition() -> bytes:
    """The whole page, in the text format of Prometheus."""
    state = CollectorRegistry()
    state.register(_State())
    requests = _OWN
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        requests = CollectorRegistry()
        MultiProcessCollector(requests)  # type: ignore[no-untyped-call]
    return generate_latest(requests) + generate_latest(state)
