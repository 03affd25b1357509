"""Addresses for machines: is the process alive, can it serve, and its figures. No login, no personal data."""

import secrets

from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from wurt.core.db.clock import now
from wurt.core.db.schema import missing
from wurt.core.operate import maintenance, metrics
from wurt.core.outbox.queries import QueueHealth, Workers, health, workers


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process can answer at all; a database that is away is no reason to kill it."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 if pages can be served, else 503. ``attention`` lists what a person should look at.

    A queue that stands still is no 503: a load balancer would take away the pages, which still work.
    """
    try:
        lacking = len(missing())
        if lacking:
            return JsonResponse(
                {"status": "unavailable", "attention": ["migrations"], "migrations_missing": lacking},
                status=503,
            )
        queue, alive = health(), workers()
    except DatabaseTrouble:
        return JsonResponse({"status": "unavailable", "attention": ["database"]}, status=503)
    waited = int((now() - queue.oldest_due).total_seconds()) if queue.oldest_due else 0
    return JsonResponse(
        {
            "status": "ready",
            "attention": _attention(queue, alive),
            "queue": {"open": queue.open, "oldest_waits_seconds": waited, "dead": queue.dead},
            "workers": {"alive": alive.alive, "last_seen_seconds": alive.last_seen_seconds},
        }
    )


def _attention(queue: QueueHealth, alive: Workers) -> list[str]:
    found = {
        "queue_stalled": queue.stalled,
        "dead_deliveries": queue.dead > 0,
        "no_worker": alive.alive == 0,
        "maintenance": maintenance.current() is not None,
    }
    return [name for name, holds in found.items() if holds]


@require_safe
@never_cache
def figures(request: HttpRequest) -> HttpResponse:
    """Prometheus figures for whoever has the token; without a token in the settings there is no such page."""
    token = settings.WURT_METRICS_TOKEN
    if not token:
        return HttpResponse(
            "not served: WURT_METRICS_TOKEN is not set\n", "text/plain; charset=utf-8", status=404
        )
    given = request.headers.get("Authorization", "")
    if not secrets.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return HttpResponse(status=401, headers={"WWW-Authenticate": 'Bearer realm="metrics"'})
    return HttpResponse(metrics.exposition(), content_type=CONTENT_TYPE_LATEST)
