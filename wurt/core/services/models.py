"""Stages, operators and those who try a service out. What was set once stays: rows are withdrawn, not
deleted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurt.core.db.clock import now
from wurt.core.db.ids import new_id
from wurt.core.services.stages import Stage
from wurt.core.tenancy.models import Organisation, Person, Place

VALID = Q(withdrawn__isnull=True)


class ServiceStage(models.Model):
    """From ``starts`` on (a day) a service is in a stage at a place, until the next row of the place begins.

    So no two stages can overlap and none leaves a gap. ``instead``, ``expected`` and ``reason`` are read by
    citizens; ``decision`` names the resolution. ``roles``: who may enter in a test besides the invited.
    ``invited_only``: a pilot that is not open to everybody at the place. ``told``: since when followers know.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    service = models.CharField(max_length=60)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=20, choices=Stage)
    starts = models.DateField()
    reason = models.TextField(max_length=600, blank=True, default="")
    decision = models.CharField(max_length=200, blank=True, default="")
    expected = models.CharField(max_length=120, blank=True, default="")
    instead = models.TextField(max_length=600, blank=True, default="")
    roles = models.JSONField(default=list, blank=True)
    invited_only = models.BooleanField(default=False)
    told = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=now)
    withdrawn = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["service", "place", "starts"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "place", "starts"], condition=VALID, name="stage_once_a_day"
            ),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="stage_known"),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.get_stage_display()} ({self.starts})"


class ServiceOperator(models.Model):
    """From ``starts`` on an organisation runs a service at a place, until the next row of the place begins:
    a hand-over leaves no day without an operator."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    service = models.CharField(max_length=60)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    starts = models.DateField()
    phone = models.CharField(_("phone"), max_length=60, blank=True, default="")
    email = models.EmailField(_("e-mail"), blank=True, default="")
    hours = models.CharField(_("hours"), max_length=200, blank=True, default="")
    created = models.DateTimeField(default=now)
    withdrawn = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["service", "place", "starts"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "place", "starts"], condition=VALID, name="operator_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.organisation} ({self.starts})"


class Tester(models.Model):
    """A person who may use a service before it is open; ``organisation`` is the body that looks after it."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    service = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "person"], name="tester_once")]

    def __str__(self) -> str:
        return f"{self.service} {self.public_id}"


class ServiceStaff(models.Model):
    """A person works for the operator of a service at a place, from a day through the day before ``ends``.

    Modules ask ``works_for``. It is bound to the organisation, so a hand-over ends it by date.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    service = models.CharField(max_length=60)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["service", "place", "starts"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "place", "organisation", "person", "starts"], name="service_staff_once"
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("starts")),
                name="service_staff_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.public_id}"


class HandOver(models.Model):
    """An operator hands a service at a place over to another, on a day, with everything that belongs to it.

    Prepared, signed by a person of the giver, signed by another of the taker (then it is accepted and the
    operator changes by date), begun on the day, finished when nothing is left to move. Until it is accepted
    it can be cancelled.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    service = models.CharField(max_length=60)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    giver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    effective = models.DateField()
    reason = models.TextField(max_length=600, blank=True, default="")
    decision = models.CharField(max_length=200, blank=True, default="")
    phone = models.CharField(max_length=60, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    hours = models.CharField(max_length=200, blank=True, default="")
    prepared = models.DateTimeField(default=now)
    giver_signed = models.DateTimeField(null=True, blank=True)
    giver_signer = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    taker_signed = models.DateTimeField(null=True, blank=True)
    taker_signer = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    staff_ended = models.PositiveIntegerField(default=0)
    started = models.DateTimeField(null=True, blank=True)
    finished = models.DateTimeField(null=True, blank=True)
    cancelled = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.CharField(max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-prepared"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "place"],
                condition=Q(finished__isnull=True, cancelled__isnull=True),
                name="one_open_hand_over",
            ),
            models.CheckConstraint(condition=~Q(giver=models.F("taker")), name="hand_over_to_another"),
            models.CheckConstraint(
                condition=Q(cancelled__isnull=True) | Q(taker_signed__isnull=True),
                name="hand_over_accepted_stays",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.giver} → {self.taker}"


class HandOverItem(models.Model):
    """One thing that was moved: its key where it lives, and a label without names of people."""

    hand_over = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="items")
    holding = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    label = models.CharField(max_length=300)
    due = models.DateField(null=True, blank=True)
    moved = models.DateTimeField(default=now)

    class Meta:
        ordering = ["holding", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["hand_over", "holding", "key"], name="moved_once"),
        ]

    def __str__(self) -> str:
        return f"{self.holding} {self.label}"


class ServicePromise(models.Model):
    """Something that can be followed, as a project of the agenda, promised the service: kind and key of its
    topic, so that this room need not know what a project is."""

    service = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120)

    class Meta:
        ordering = ["service", "pk"]
        constraints = [models.UniqueConstraint(fields=["service", "kind", "key"], name="promise_once")]
        indexes = [models.Index(fields=["kind", "key"], name="promise_topic")]

    def __str__(self) -> str:
        return f"{self.service} {self.kind} {self.key}"
