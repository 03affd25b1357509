"""Values of figures, each computation a version that is never changed, and figures that people enter."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurt.core.db.clock import now
from wurt.core.indicators.registry import LONGEST_KEY, Direction, Kind
from wurt.core.tenancy.models import Person, Place

KINDS = ((Kind.FLOW.value, _("counted over the month")), (Kind.STOCK.value, _("as it stands at its end")))
DIRECTIONS = (
    (Direction.MORE.value, _("more is better")),
    (Direction.LESS.value, _("less is better")),
    (Direction.NEUTRAL.value, _("neither")),
)
LEAST = 5
"""Entered counts of people below this are stored as "fewer than 5"."""


class Computation(models.Model):
    """The figures of one indicator for one month, as they were computed (or entered) at ``at``.

    ``number`` counts from 1; a higher one is a correction and has a ``reason``. ``current`` is the highest.
    ``source``: which code in which version, or what the person named who entered it.
    """

    key = models.CharField(max_length=LONGEST_KEY)
    month = models.DateField()
    number = models.PositiveIntegerField(default=1)
    current = models.BooleanField(default=True)
    at = models.DateTimeField(default=now)
    source = models.CharField(_("source"), max_length=300)
    reason = models.CharField(_("reason"), max_length=300, blank=True, default="")
    is_example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "month", "number"], name="computation_once"),
            models.UniqueConstraint(
                fields=["key", "month"], condition=Q(current=True), name="computation_one_current"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="computation_month_is_first_day"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="computation_correction_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.month:%Y-%m}"


class Value(models.Model):
    """One figure: of a place, or of all of the county (``place`` null).

    ``below``: fewer than so many people. Neither ``value`` nor ``below``: not told, because another one could
    be worked out from it.
    """

    computation = models.ForeignKey(Computation, on_delete=models.CASCADE, related_name="values")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    below = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["computation", "place"], condition=Q(place__isnull=False), name="value_once_a_place"
            ),
            models.UniqueConstraint(
                fields=["computation"], condition=Q(place__isnull=True), name="value_once_for_all"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(below__isnull=True), name="value_exact_or_below"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value}"


class ManualIndicator(models.Model):
    """A figure that no system measures yet: a person enters it month by month.

    ``keeper`` may enter values besides the staff of the ``place``.
    """

    key = models.SlugField(_("address"), max_length=LONGEST_KEY, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    unit = models.CharField(_("unit"), max_length=60, blank=True, default="")
    meaning = models.TextField(_("meaning"))
    kind = models.CharField(max_length=10, choices=KINDS, default=Kind.STOCK.value)
    direction = models.CharField(max_length=10, choices=DIRECTIONS, default=Direction.NEUTRAL.value)
    decimals = models.PositiveSmallIntegerField(_("digits after the comma"), default=0)
    counts_people = models.BooleanField(default=False)
    keeper = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_example = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
