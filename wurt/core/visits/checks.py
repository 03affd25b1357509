"""``wurt doctor``: does somebody count, and is what was counted stored?"""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings

from wurt.core.db.clock import now
from wurt.core.operate.doctor import Finding, check, hint
from wurt.core.visits.models import CounterRun
from wurt.core.visits.wire import ask

LATE = timedelta(minutes=10)


@check("counting", needs_database=True)
def counting() -> Iterator[Finding]:
    """Visitors are counted as long as the counter answers and a worker stores its numbers."""
    if not settings.WURT_COUNTING:
        return
    answer = ask(settings.VAR_DIR)
    if answer is None:
        yield hint(
            "Nobody counts visitors: the counter does not answer. Pages work all the same.",
            "Restart the server, which starts it, or run `systemctl restart wurt-counter`. To switch "
            "counting off set WURT_COUNTING=no.",
        )
        return
    if not answer["locked"]:
        yield hint(
            "The counter's memory is not locked: the system may write it to the swap space.",
            "Run it by deploy/systemd/wurt-counter.service, switch swap off (`swapoff -a`), or encrypt it.",
        )
    seen = CounterRun.objects.order_by("-last_seen").values_list("last_seen", flat=True).first()
    began = answer["began"]
    if now().timestamp() - began > LATE.total_seconds() and (seen is None or now() - seen > LATE):
        yield hint(
            "Numbers of visitors have not been stored for more than ten minutes.",
            "The worker fetches them every minute: see what `wurt doctor` says about it.",
        )
