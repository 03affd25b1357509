"""Who did what, when, to what: append-only, sealed with a chain of hashes."""

from django.db import models

from wurt.core.db.clock import now


class AuditEntry(models.Model):
    """One write by one actor. Holds ids and allow-listed values, never personal content."""

    at = models.DateTimeField(default=now)
    actor = models.CharField(max_length=64, help_text="public id of the person, or system:NAME")
    acting_for = models.CharField(max_length=64, blank=True, default="")
    action = models.CharField(max_length=100)
    object_type = models.CharField(max_length=100)
    object_id = models.CharField(max_length=64)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "object_id", "-at"], name="audit_by_object"),
            models.Index(fields=["-at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_id}"


class AuditSeal(models.Model):
    """Closing hash over all entries ``first`` to ``last``, chained to the seal before.

    ``first`` is the number after the last seal's ``last``, so that the seals leave no gap in which an entry
    could be slipped in; its uniqueness is what stops two sealers from forking the chain.
    """

    at = models.DateTimeField(default=now)
    first = models.BigIntegerField(unique=True)
    last = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.first}-{self.last} {self.digest[:12]}"
