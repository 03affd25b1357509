"""Cases and everything in them. What was notified, decided and complained about is append-only until the case
is forgotten (``apps.py`` names the tables to the triggers of core/audit); contacts stand apart and can go."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurt.core.db.clock import now
from wurt.core.db.ids import new_id
from wurt.core.moderation.things import Measure
from wurt.core.tenancy.models import Person, Place


class Origin(models.TextChoices):
    """Why somebody looks at the thing."""

    NOTICE = "notice", _("a notice")
    BEFORE = "before", _("check before publication")
    OWN = "own", _("the desk's own initiative")


class State(models.TextChoices):
    """``HELD``: nothing proves that a person sent it; somebody looks first."""

    HELD = "held", _("perhaps automatic")
    OPEN = "open", _("open")
    DECIDED = "decided", _("decided")
    COMPLAINT = "complaint", _("complaint")
    CLOSED = "closed", _("closed")


class Category(models.TextChoices):
    """Reasons of a notice."""

    ILLEGAL = "illegal", _("Illegal content")
    PERSONAL = "personal", _("Personal data without consent")
    INSULT = "insult", _("Insult or hatred")
    MISLEADING = "misleading", _("Wrong or misleading information")
    SPAM = "spam", _("Advertising or spam")
    OTHER = "other", _("Something else")


class Ground(models.TextChoices):
    """What a decision rests on (Art. 17 (3) d and e)."""

    LAW = "law", _("a law")
    TERMS = "terms", _("our terms of use")
    NONE = "none", _("nothing to object to")


class Role(models.TextChoices):
    """Who somebody is in a case."""

    NOTIFIER = "notifier", _("who notified it")
    AUTHOR = "author", _("author")


class Case(models.Model):
    """One thing that is looked at, from the first notice to the end of the complaint.

    ``title``, ``excerpt`` and ``url`` are as they were when the case was opened. ``due``: the next deadline.
    ``forgotten``: since when its personal parts are gone; only then do the triggers let go of its rows.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=300, blank=True)
    excerpt = models.TextField(blank=True, default="")
    url = models.CharField(max_length=500, blank=True, default="")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.NOTICE)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    measure = models.CharField(max_length=10, choices=Measure, blank=True, default="")
    until = models.DateField(null=True, blank=True, help_text="last day of a measure that ends by itself")
    opened = models.DateTimeField(default=now)
    due = models.DateTimeField(default=now)
    taken_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    dismissed = models.BooleanField(default=False)
    forgotten = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=Q(state__in=["held", "open"]), name="case_open_once"
            )
        ]
        indexes = [
            models.Index(fields=["state", "due"], name="case_queue"),
            models.Index(fields=["closed_at"], name="case_closed"),
        ]

    def __str__(self) -> str:
        return f"M-{self.public_id.hex[:8].upper()}"


class Report(models.Model):
    """A notice (Art. 16). ``core/notices`` has the English word already, so it is a report here.

    ``where``: the exact place, as the notifier says it. ``proven``: came with a proof of work or a login.
    ``on_behalf``: staff wrote it down for somebody on the phone.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reports")
    category = models.CharField(max_length=12, choices=Category)
    explanation = models.TextField()
    where = models.CharField(max_length=500)
    good_faith = models.BooleanField()
    proven = models.BooleanField()
    on_behalf = models.BooleanField(default=False)
    created = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["created"], name="report_by_time")]

    def __str__(self) -> str:
        return f"M-{self.public_id.hex[:8].upper()}"


class Party(models.Model):
    """Whom to tell. Not append-only: a person may be forgotten while the case goes on."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parties")
    report = models.OneToOneField(
        Report, null=True, blank=True, on_delete=models.CASCADE, related_name="party"
    )
    role = models.CharField(max_length=10, choices=Role)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    address = models.TextField(max_length=400, blank=True, default="")
    language = models.CharField(max_length=5, default="de")
    who = models.CharField(
        max_length=64, blank=True, default="", help_text="keyed hash of the e-mail address"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(role="author"), name="party_one_author")
        ]
        indexes = [models.Index(fields=["who"], name="party_who")]

    def __str__(self) -> str:
        return f"{self.case} {self.role}"


class Decision(models.Model):
    """A decision: measure, ground, facts (Art. 17 (3)). ``appeal``: the one about the complaints; ``outcome``
    says whether it upheld the first one. ``unfounded``: the notice was manifestly unfounded (Art. 23)."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=10, choices=Measure)
    ground = models.CharField(max_length=6, choices=Ground)
    clause = models.CharField(max_length=300, blank=True, default="")
    facts = models.TextField()
    found_by_machine = models.BooleanField(default=False)
    decided_by_machine = models.BooleanField(default=False)
    territory = models.CharField(max_length=200, blank=True, default="")
    until = models.DateField(null=True, blank=True)
    unfounded = models.BooleanField(default=False)
    appeal = models.BooleanField(default=False)
    outcome = models.CharField(
        max_length=10, blank=True, default="", choices=[("upheld", _("upheld")), ("reversed", _("reversed"))]
    )
    created = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "appeal"], name="decision_once")]

    def __str__(self) -> str:
        return f"{self.case} {self.measure}"


class Complaint(models.Model):
    """A complaint about the first decision (Art. 20), by the author or a notifier; one each."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="complaints")
    role = models.CharField(max_length=10, choices=Role)
    report = models.ForeignKey(Report, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    created = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report"], name="complaint_once_per_report"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(role="author"), name="complaint_once_by_author"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.role}"


class Event(models.Model):
    """One step of a case: what, when, by whom (public id, or a system's name). Append-only."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    what = models.CharField(max_length=30)
    by = models.CharField(max_length=64)
    note = models.CharField(max_length=300, blank=True, default="")
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="event_of_case")]

    def __str__(self) -> str:
        return f"{self.case} {self.what}"


class Restriction(models.Model):
    """A person who may not contribute for a while, decided in a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="restrictions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=now)
    until = models.DateField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.case} {self.since:%Y-%m-%d}"


class Correction(models.Model):
    """A correction that a decision asks for: a task of the coordination."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="corrections")
    created = models.DateTimeField(default=now)
    done_at = models.DateTimeField(null=True, blank=True)
    cancelled = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.case}"


class Absence(models.Model):
    """A moderator is away from ``first`` to ``last`` (days); the deputy has their cases meanwhile."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    deputy = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    first = models.DateField()
    last = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=models.F("first")), name="absence_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(person=models.F("deputy")), name="absence_has_another_deputy"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"


class Misuse(models.Model):
    """Somebody who often sends manifestly unfounded notices (Art. 23): warned first, then suspended."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    who = models.CharField(max_length=64, unique=True, help_text="keyed hash of the e-mail address")
    reason = models.CharField(max_length=500, blank=True, default="")
    warned = models.DateTimeField(default=now)
    suspended = models.DateTimeField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.public_id)
