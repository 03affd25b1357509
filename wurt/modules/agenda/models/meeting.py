"""Meetings of bodies, and what they decided about reports."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wurt.core.db.clock import now
from wurt.core.db.ids import new_id
from wurt.modules.agenda.models.agenda import Body
from wurt.modules.agenda.models.month import Report


class Meeting(models.Model):
    """A meeting of a body. ``held``: when its minutes were put on record; from then on it does not change."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    starts = models.DateTimeField(_("begins"))
    place = models.CharField(_("place"), max_length=300, blank=True, default="")
    items = models.TextField(
        _("further items of the agenda"), blank=True, default="", help_text="one per line; reports come first"
    )
    minutes = models.TextField(_("minutes"), blank=True, default="")
    held = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-starts", "-pk"]

    def __str__(self) -> str:
        return f"{self.body} {self.starts:%Y-%m-%d}"


class Outcome(models.TextChoices):
    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("returned")


class Verdict(models.Model):
    """What a meeting decided about a report as it stood then (``stamp``, see Report.stamp)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="verdicts")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="verdicts")
    outcome = models.CharField(_("result"), max_length=10, choices=Outcome)
    reason = models.TextField(_("reason"), blank=True, default="")
    stamp = models.CharField(max_length=60)
    decided = models.DateTimeField(default=now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "report"], name="verdict_once_per_meeting")]

    def __str__(self) -> str:
        return f"{self.report} {self.outcome}"
