"""``/healthz``: is the site able to answer, and does the queue move? No login, no personal data."""

from django.db import Error as DatabaseTrouble
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from wurt.core.db.clock import now
from wurt.core.outbox.queries import QueueHealth, health


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 if pages can be served, else 503. ``attention`` lists what a person should look at.

    A queue that stands still is no 503: a load balancer would take away the pages, which still work.
    """
    try:
        queue = health()
    except DatabaseTrouble:
        return _answer({"status": "unavailable", "attention": ["database"]}, 503)
    waited = int((now() - queue.oldest_due).total_seconds()) if queue.oldest_due else 0
    return _answer(
        {
            "status": "ok",
            "attention": _attention(queue),
            "queue": {"open": queue.open, "oldest_waits_seconds": waited, "dead": queue.dead},
        },
        200,
    )


def _attention(queue: QueueHealth) -> list[str]:
    found = {"queue_stalled": queue.stalled, "dead_deliveries": queue.dead > 0}
    return [name for name, holds in found.items() if holds]


def _answer(content: dict[str, object], status: int) -> JsonResponse:
    response = JsonResponse(content, status=status)
    response["Cache-Control"] = "no-store"
    return response
