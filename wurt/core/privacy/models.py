"""What data protection keeps of itself: receipts of erasure, a log of deletions, deadlines that run."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wurt.core.db.clock import now
from wurt.core.db.ids import new_id
from wurt.core.tenancy.models import Person


class Erasure(models.Model):
    """The proof that a person was erased: ids and counts, no content.

    ``rows``: {table: [rows about the person before, after]}. ``remains``: where name or address still stand,
    as [[table or file, column, number]]. ``digest``: SHA-256 of all of it (``receipts.py``).
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    person = models.UUIDField(db_index=True, help_text="public id")
    by = models.CharField(max_length=64, help_text="as in the audit trail")
    at = models.DateTimeField(default=now)
    rows = models.JSONField(default=dict)
    remains = models.JSONField(default=list)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.person}"


class Disposal(models.Model):
    """One batch of the daily deletion: which rule, how many rows."""

    rule = models.CharField(max_length=100)
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.rule}: {self.number}"


class DeadlineKind(models.TextChoices):
    LOGIN_ENDS = "login_ends", _("was warned that the login ends")
    UNUSED = "unused", _("has no login, role, project or seat")


class Deadline(models.Model):
    """A period that runs for a person since ``since``."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=DeadlineKind)
    since = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="deadline_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.since:%Y-%m-%d}"
