"""A notice for many: spreading to all followers, then mail, with one and with two workers.

The mails go into memory: what is measured is the house, not a mail server. Beside it the same number of
mails built and handed over without the house (Django's own classes): what any mail costs at least.
"""

import logging
import os
import subprocess
import sys
import time

from benchmarks.table import show

MEMORY = "benchmarks.notices.Swallow"


def run(followers: int = 20_000) -> None:
    """Measure a tenth of the followers, then all."""
    rows = [_measure(count) for count in (followers // 10, followers)]
    show(
        "A notice for many (mail into memory)",
        (
            "followers",
            "spread s",
            "1 worker s",
            "mails/min",
            "CPU ms/mail",
            "2 workers s",
            "mails/min",
            "bare mail s",
            "of house",
        ),
        rows,
    )


def _measure(count: int) -> tuple[object, ...]:
    from django.conf import settings

    logging.getLogger("wurt.audit").setLevel(logging.CRITICAL)
    settings.EMAIL_BACKEND = MEMORY
    _prepare(count)
    spread = _timed(lambda: _drain("spread_next"))
    used = time.process_time()
    alone = _timed(_drain)
    used = time.process_time() - used
    _check(count)
    _prepare(count)
    _drain("spread_next")
    both = _two_workers()
    _check(count)
    bare = _timed(lambda: _bare(count))
    return (
        f"{count:,}",
        f"{spread:.1f}",
        f"{alone:.1f}",
        f"{count / alone * 60:,.0f}",
        f"{used / count * 1000:.2f}",
        f"{both:.1f}",
        f"{count / both * 60:,.0f}",
        f"{bare:.1f}",
        f"{bare / alone:.0%}",
    )


def _timed(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _prepare(count: int) -> None:
    from wurt.core.action.actor import Actor
    from wurt.core.action.guard import writes_allowed
    from wurt.core.db.clock import now
    from wurt.core.notices.models import Follow, Notice, Subscriber
    from wurt.core.outbox.models import Delivery
    from wurt.modules.agenda.models import Month, Project
    from wurt.modules.agenda.notices import tell_month

    projects = [str(key) for key in Project.objects.order_by("pk").values_list("public_id", flat=True)]
    newest = Month.objects.filter(current__isnull=False).order_by("-month").first()
    assert newest is not None
    with writes_allowed("benchmark"):
        for model in (Notice, Subscriber, Delivery):
            model.objects.all().delete()
        people = Subscriber.objects.bulk_create(
            [
                Subscriber(email=f"a{number}@example.org", quiet_from=0, quiet_until=0)
                for number in range(count)
            ],
            batch_size=2000,
        )
        # Everybody follows one project of their own choice, every fourth the whole agenda as well.
        follows = [
            ("agenda.project", projects[number % len(projects)], row) for number, row in enumerate(people)
        ]
        follows += [("agenda.agenda", "agenda", row) for row in people[::4]]
        Follow.objects.bulk_create(
            [Follow(subscriber=row, kind=kind, key=key, confirmed=now()) for kind, key, row in follows],
            batch_size=2000,
        )
    assert tell_month(Actor.for_system("benchmark"), f"{newest.month:%Y-%m}")


def _drain(only: str = "") -> None:
    """Work off the queue, or only what one handler has to do."""
    from wurt.core.outbox import worker
    from wurt.core.outbox.models import Delivery

    while only:
        delivery = Delivery.objects.filter(handler__endswith=only, done__isnull=True).first()
        if delivery is None:
            return
        assert worker.run(delivery)
    while worker.drain():
        pass


def _two_workers() -> float:
    """Two processes that begin at the same moment; the seconds of the longer one."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
    begin = str(time.time() + 15)
    command = [sys.executable, "-m", "benchmarks.notices", begin]
    workers = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    return max(float(one.communicate()[0]) for one in workers)


def _worker(begin: float) -> None:
    import django

    django.setup()
    from django.conf import settings

    logging.getLogger("wurt.audit").setLevel(logging.CRITICAL)
    settings.EMAIL_BACKEND = MEMORY
    time.sleep(max(0.0, begin - time.time()))
    print(_timed(_drain))


def _check(count: int) -> None:
    from wurt.core.notices.models import Dispatch

    assert Dispatch.objects.filter(state="sent").count() == count


def _bare(count: int) -> None:
    from django.core.mail import EmailMultiAlternatives, get_connection

    connection = get_connection()
    for number in range(count):
        message = EmailMultiAlternatives("Neues", "Text " * 100, "a@example.org", [f"a{number}@example.org"])
        message.attach_alternative("<p>Text</p>" * 60, "text/html")
        connection.send_messages([message])


class Swallow:
    """Takes every mail, as bytes, and forgets it."""

    def __init__(self, *arguments, **options) -> None:
        self.taken = 0

    def open(self) -> bool:
        return True

    def close(self) -> None:
        pass

    def send_messages(self, messages) -> int:
        for message in messages:
            self.taken += len(message.message().as_bytes())
        return len(messages)


if __name__ == "__main__":
    _worker(float(sys.argv[1]))
