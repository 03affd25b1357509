"""How often something was tried, and which solutions are used up. Neither names anybody."""

from django.db import models


class Tally(models.Model):
    """Tries of one sender within one window of time. ``key``: keyed hash whose secret changes every day."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.count}"


class Spent(models.Model):
    """A challenge whose solution was used. The unique key is what makes a solution good for one form."""

    key = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key[:8]
