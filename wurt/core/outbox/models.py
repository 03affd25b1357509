"""One table is outbox, queue and schedule (docs/adr/0002)."""

from django.db import models

from wurt.core.db.clock import now


class Delivery(models.Model):
    """One piece of work for one handler. Written in the transaction of the action that caused it.

    ``due`` doubles as the lease: a worker claims by moving it into the future, so that a killed worker's
    delivery becomes due again by itself.
    """

    handler = models.CharField(max_length=200)
    payload = models.JSONField(default=dict)
    key = models.CharField(max_length=200)
    due = models.DateTimeField(default=now)
    attempts = models.PositiveSmallIntegerField(default=0)
    created = models.DateTimeField(default=now)
    done = models.DateTimeField(null=True, blank=True)
    dead = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handler", "key"], name="outbox_once_per_key")]
        indexes = [
            models.Index(
                fields=["due"], name="outbox_open", condition=models.Q(done__isnull=True, dead__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.handler} {self.key}"


class WorkerBeat(models.Model):
    """A worker's sign of life. ``until``: when the next one is due at the latest; a worker that is busy with
    something long says so beforehand. The row goes when the worker ends in good order.
    """

    name = models.CharField(max_length=200, unique=True, help_text="machine, process and a random part")
    started = models.DateTimeField(default=now)
    seen = models.DateTimeField(default=now)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.seen:%Y-%m-%d %H:%M:%S}"
