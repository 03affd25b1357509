"""Numbers of visitors, in which nobody is; and which accounts were active this month, until it is counted."""

from django.db import models

from wurt.core.db.clock import now
from wurt.core.tenancy.models import Person


class VisitorCount(models.Model):
    """How many different people came to pages of a place and area on a day, in one run of the counter.

    ``place``: a slug, ``-`` for pages without a place, ``*`` for all; ``area``: likewise, ``*`` for all. A
    restart of the counter within a day begins a new ``run`` with a new salt: whoever comes again is counted
    again, so the day's sum over its runs is at least the truth.
    """

    day = models.DateField()
    place = models.CharField(max_length=120)
    area = models.CharField(max_length=40)
    run = models.CharField(max_length=16)
    visitors = models.PositiveIntegerField()
    is_example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "place", "area", "run"], name="visitor_count_once")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.place} {self.area}: {self.visitors}"


class CounterRun(models.Model):
    """From when to when the counter was seen counting on a day: tells days that were counted from gaps."""

    day = models.DateField()
    run = models.CharField(max_length=16)
    first_seen = models.DateTimeField(default=now)
    last_seen = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "run"], name="counter_run_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.run}"


class ActiveAccount(models.Model):
    """A person signed in was here in a month: that and nothing else, neither day nor page."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    month = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "month"], name="active_account_once")]

    def __str__(self) -> str:
        return f"{self.month}"


class ActiveMonth(models.Model):
    """How many accounts were active in a month: exact. ``accounts`` once it is over; ``erased`` are people
    who were active and then erased, who must not be found any more but do count."""

    month = models.DateField(unique=True)
    accounts = models.PositiveIntegerField(null=True, blank=True)
    erased = models.PositiveIntegerField(default=0)
    is_example = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.month}: {self.accounts}"
