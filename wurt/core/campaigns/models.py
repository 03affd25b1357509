"""A campaign with its channels and texts; the press list; one row per mail to the press."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurt.core.db.clock import now
from wurt.core.db.ids import new_id
from wurt.core.links.models import Link
from wurt.core.tenancy.models import Organisation, Person, Place


class Campaign(models.Model):
    """``about``: kind and key of a topic that can be followed (a service, a project). ``place`` looks after
    it, ``places`` are where it is seen. ``released``: since when it counts; before, it is a draft.
    ``called``: when its mail to followers was ordered, which happens once."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    title = models.CharField(max_length=120)
    about_kind = models.CharField(max_length=60)
    about_key = models.CharField(max_length=120)
    target = models.CharField(max_length=300)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    places = models.ManyToManyField(Place, related_name="+", blank=True)
    audience = models.CharField(max_length=200, blank=True, default="")
    starts = models.DateField()
    ends = models.DateField()
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    indicator = models.CharField(max_length=120, blank=True, default="")
    headline = models.CharField(max_length=60, blank=True, default="")
    subline = models.CharField(max_length=140, blank=True, default="")
    body = models.TextField(max_length=600, blank=True, default="")
    call = models.CharField(max_length=80, blank=True, default="")
    contact = models.CharField(max_length=160, blank=True, default="")
    press_title = models.CharField(max_length=120, blank=True, default="")
    press_lead = models.TextField(max_length=400, blank=True, default="")
    press_body = models.TextField(max_length=4000, blank=True, default="")
    embargo = models.DateTimeField(null=True, blank=True)
    released = models.DateTimeField(null=True, blank=True)
    closed = models.DateTimeField(null=True, blank=True)
    press_sent = models.DateTimeField(null=True, blank=True)
    called = models.DateTimeField(null=True, blank=True)
    is_example = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-starts", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=models.F("starts")), name="campaign_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.title


class ChannelKind(models.TextChoices):
    """By what a campaign reaches people."""

    POSTER = "poster", _("poster")
    FLYER = "flyer", _("flyer")
    PRESS = "press", _("press")
    SOCIAL = "social", _("social media")
    EVENT = "event", _("event")
    LETTER = "letter", _("letter")
    FOLLOWERS = "followers", _("mail to followers")


class Channel(models.Model):
    """One channel of a campaign with its own short link, and what it costs in euros."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="channels")
    kind = models.CharField(max_length=20, choices=ChannelKind)
    note = models.CharField(max_length=160, blank=True, default="")
    planned = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    spent = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    link = models.OneToOneField(Link, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "kind"], name="channel_once"),
            models.CheckConstraint(
                condition=Q(planned__gte=0) & (Q(spent__isnull=True) | Q(spent__gte=0)),
                name="channel_costs_nothing_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campaign} {self.kind}"


class PressContact(models.Model):
    """Somebody of the press who agreed to be written to."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    name = models.CharField(max_length=120, blank=True, default="")
    medium = models.CharField(max_length=160)
    email = models.EmailField(unique=True)
    area = models.CharField(max_length=160, blank=True, default="")
    created = models.DateTimeField(default=now)
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ["medium", "name"]

    def __str__(self) -> str:
        return self.medium


class MailState(models.TextChoices):
    """How far a mail to the press got. ``UNCLEAR``: the worker was lost while it sent."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    UNCLEAR = "unclear", _("unclear")


class PressMail(models.Model):
    """A campaign's release to one contact; claimed before it goes out, so nobody gets it twice."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="press_mails")
    contact = models.ForeignKey(PressContact, on_delete=models.CASCADE, related_name="mails")
    state = models.CharField(max_length=10, choices=MailState, default=MailState.WAITING)
    claimed = models.DateTimeField(null=True, blank=True)
    sent = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "contact"], name="press_mail_once"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.contact_id}"
