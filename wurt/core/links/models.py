"""Short links, and how often each was opened and led to something: totals per day, nobody in them."""

from django.db import models
from django.db.models import Q

from wurt.core.db.clock import now
from wurt.core.db.ids import new_id
from wurt.core.links.codes import LENGTH
from wurt.core.tenancy.models import Person, Place


class Link(models.Model):
    """A short address ``/k/CODE/`` for a page of this site.

    It works from ``valid_from`` to ``valid_until`` (both days included, no end if empty) unless ``ended``.
    ``owner`` answers for it. ``origin`` names what made it, such as a campaign; empty for staff by hand.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    code = models.CharField(max_length=LENGTH, unique=True)
    title = models.CharField(max_length=200)
    target = models.CharField(max_length=500)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    origin = models.CharField(max_length=80, blank=True, default="", db_index=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=now)
    is_example = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="link_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=Q(target__startswith="/"), name="link_stays_on_the_site"),
        ]

    def __str__(self) -> str:
        return f"{self.title} (/k/{self.code}/)"


class Tally(models.Model):
    """How often something happened behind a link on a day. ``kind``: ``opened``, or a kind of result."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="tallies")
    day = models.DateField()
    kind = models.CharField(max_length=60)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "day", "kind"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.link_id} {self.day} {self.kind}: {self.count}"
