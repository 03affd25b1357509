"""Who acted for whom, when, by which right; what was done; mandates; letters that wait."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wurt.core.db.clock import now
from wurt.core.db.ids import new_id
from wurt.core.tenancy.models import Person, Place


class Channel(models.TextChoices):
    """Where the two speak."""

    PHONE = "phone", _("on the phone")
    COUNTER = "counter", _("at the counter")
    LETTER = "letter", _("by letter")
    HELPER = "helper", _("with a mandate")


class Check(models.TextChoices):
    """How it was made sure who it is."""

    KNOWN = "known", _("known personally")
    SHOWN = "shown", _("showed an identity card")
    CALLED_BACK = "called_back", _("called back on the known number")
    ASKED = "asked", _("named address and number correctly")
    MANDATE = "mandate", _("mandate")


class End(models.TextChoices):
    """Why it ended."""

    DONE = "done", _("finished")
    IDLE = "idle", _("nothing was done for half an hour")
    TIME = "time", _("two hours were over")
    SIGNED_OUT = "signed_out", _("signed out")
    MANDATE = "mandate", _("the mandate ended")
    RIGHTS = "rights", _("the right to act for others ended")


class Way(models.TextChoices):
    """How the person was told what was done."""

    LETTER = "letter", _("by letter")
    READ = "read", _("read out")
    NONE = "none", _("the person wanted none")
    DIGEST = "digest", _("with the daily overview")


class Mandate(models.Model):
    """A person (``giver``) lets somebody (``helper``) act for them: in some areas, for some days.

    ``invited``: the e-mail address it was offered to, until somebody who signs in with it accepts.
    ``helper_name``: what the giver calls the helper; letters name by it, never by an address.
    ``paper_on``, ``noted_by``: the day on the signed paper and who of the staff noted it. ``told``: up to
    when the giver was told what was done.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    giver = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    helper = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    invited = models.EmailField(blank=True, default="")
    helper_name = models.CharField(max_length=200, blank=True, default="")
    areas = models.JSONField(default=list)
    starts = models.DateField()
    ends = models.DateField()
    paper_on = models.DateField(null=True, blank=True)
    noted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created = models.DateTimeField(default=now)
    accepted = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    told = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["giver", "helper"], condition=Q(revoked__isnull=True), name="mandate_once"
            ),
            models.CheckConstraint(condition=~Q(giver=F("helper")), name="mandate_for_another"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="mandate_days_in_order"),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Assistance(models.Model):
    """One session of acting for somebody: by staff at a ``place``, or with a ``mandate``.

    ``way`` and ``decided`` say how the person was told what was done, never what. One open session at a time.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    operator = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    principal = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    mandate = models.ForeignKey(
        Mandate, null=True, blank=True, on_delete=models.SET_NULL, related_name="uses"
    )
    channel = models.CharField(max_length=10, choices=Channel)
    checked = models.CharField(max_length=20, choices=Check)
    started = models.DateTimeField(default=now)
    ended = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=20, choices=End, blank=True, default="")
    way = models.CharField(max_length=10, choices=Way, blank=True, default="")
    decided = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["operator"], condition=Q(ended__isnull=True), name="assistance_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(operator=F("principal")), name="assistance_for_another"),
        ]
        indexes = [models.Index(fields=["principal", "-started"], name="assistance_of_principal")]

    def __str__(self) -> str:
        return str(self.public_id)


class Act(models.Model):
    """One thing done in a session: the action of the trail, and the sentence for the confirmation, which is
    forgotten once the person was told."""

    assistance = models.ForeignKey(Assistance, on_delete=models.CASCADE, related_name="acts")
    at = models.DateTimeField(default=now)
    action = models.CharField(max_length=100)
    text = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"


class LetterKind(models.TextChoices):
    CONFIRMATION = "confirmation", _("Confirmation")
    MANDATE = "mandate", _("Mandate noted")
    OVERVIEW = "overview", _("What the helper did")


class Letter(models.Model):
    """A letter that waits to be printed. ``body`` (subject and blocks) is forgotten once it is posted."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=LetterKind)
    body = models.JSONField(default=dict)
    created = models.DateTimeField(default=now)
    posted = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["place"], name="letter_waits", condition=Q(posted__isnull=True))]

    def __str__(self) -> str:
        return str(self.public_id)
