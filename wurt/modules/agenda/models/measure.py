"""By which figures a project or a goal is measured, from where and to where."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurt.core.db.ids import new_id
from wurt.modules.agenda.models.agenda import Goal
from wurt.modules.agenda.models.project import Project


class Measure(models.Model):
    """A figure that a project or a goal shows. ``key`` names the indicator, ``place`` is the slug of a place
    or "" for all of the county. Baseline and target are optional, each with its day."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.CASCADE, related_name="measures"
    )
    goal = models.ForeignKey(Goal, null=True, blank=True, on_delete=models.CASCADE, related_name="measures")
    key = models.CharField(_("figure"), max_length=60)
    place = models.CharField(max_length=120, blank=True, default="")
    baseline = models.DecimalField(_("baseline"), max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=18, decimal_places=4, null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(project__isnull=True, goal__isnull=False)
                | Q(project__isnull=False, goal__isnull=True),
                name="measure_of_one",
            ),
            models.UniqueConstraint(fields=["project", "key", "place"], name="measure_once_a_project"),
            models.UniqueConstraint(fields=["goal", "key", "place"], name="measure_once_a_goal"),
        ]

    def __str__(self) -> str:
        return self.key
