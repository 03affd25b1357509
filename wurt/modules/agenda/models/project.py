"""Projects: profile, people, milestones, costs, decisions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurt.core.db.clock import now
from wurt.core.db.ids import new_id
from wurt.core.tenancy.models import Organisation, Person, Place
from wurt.modules.agenda.models.agenda import Agenda, Field


class ProjectState(models.TextChoices):
    RUNNING = "running", _("running")
    PLANNED = "planned", _("planned")
    COMPLETED = "completed", _("completed")
    STOPPED = "stopped", _("stopped")


class Project(models.Model):
    """A project of the agenda; what it is now. What it was in a month stands in that month's report.

    ``start``/``end`` are days; a planned project may only have ``planned_start`` (YYYY, YYYY-Qn or YYYY-MM).
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="projects")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=140, unique=True)
    title = models.CharField(_("title"), max_length=300)
    short_title = models.CharField(_("short title"), max_length=120, blank=True, default="")
    field = models.ForeignKey(Field, null=True, blank=True, on_delete=models.PROTECT, related_name="projects")
    state = models.CharField(_("state"), max_length=20, choices=ProjectState, default=ProjectState.PLANNED)
    goal = models.TextField(_("goal"), blank=True, default="")
    content = models.TextField(_("content"), blank=True, default="")
    lead_organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lead_function = models.CharField(_("function of the lead"), max_length=200, blank=True, default="")
    lead = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    deputy = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    start = models.DateField(_("start"), null=True, blank=True)
    end = models.DateField(_("end"), null=True, blank=True)
    planned_start = models.CharField(_("planned start"), max_length=10, blank=True, default="")
    ended_on = models.DateField(_("completed or stopped on"), null=True, blank=True)
    participation = models.TextField(_("form of participation"), blank=True, default="")
    participation_none_reason = models.TextField(_("why there is no participation"), blank=True, default="")
    contact = models.TextField(_("contact for taking part"), blank=True, default="")
    public_since = models.DateTimeField(
        null=True,
        blank=True,
        help_text="empty: only staff see it; set by hand or by the first published month",
    )
    is_example = models.BooleanField(default=False)
    created = models.DateTimeField(default=now)
    changed = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=models.F("start")),
                name="project_ends_after_start",
            )
        ]
        # What lists choose and count by, in their order, without reading the texts of thousands of projects.
        indexes = [
            models.Index(
                fields=["title", "state", "field", "place", "start", "end", "planned_start", "public_since"],
                condition=Q(public_since__isnull=False),
                name="project_public_line",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        """The short title if there is one."""
        return self.short_title or self.title


class ProjectSlug(models.Model):
    """An old address of a renamed project; it redirects."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="old_slugs")
    slug = models.SlugField(max_length=140, unique=True)

    def __str__(self) -> str:
        return self.slug


class ProjectAlias(models.Model):
    """Another spelling of the title that a person confirmed once; the import knows it from then on."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=300, unique=True)

    def __str__(self) -> str:
        return self.name


class PartyRole(models.TextChoices):
    PARTNER = "partner", _("cooperation partner")
    STAKEHOLDER = "stakeholder", _("stakeholder")


class Party(models.Model):
    """An organisation taking part in a project, in the order of the profile.

    Stakeholders are often groups ("clubs") and not organisations: then only ``name`` is set.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(max_length=20, choices=PartyRole)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["role", "order"]
        constraints = [models.UniqueConstraint(fields=["project", "role", "name"], name="party_once")]
        indexes = [models.Index(fields=["role", "organisation", "project"], name="party_by_organisation")]

    def __str__(self) -> str:
        return self.name


class Milestone(models.Model):
    """``due`` is YYYY-MM-DD, YYYY-MM, YYYY-Qn or "" (unknown); ``due_latest`` its last day, for sorting
    and overdue.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="milestones")
    label = models.CharField(_("milestone"), max_length=300)
    due = models.CharField(_("due"), max_length=10, blank=True, default="")
    due_latest = models.DateField(null=True, blank=True)
    done = models.BooleanField(_("done"), default=False)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "due_latest", "pk"]
        constraints = [models.UniqueConstraint(fields=["project", "label"], name="milestone_once")]

    def __str__(self) -> str:
        return self.label


class MilestoneShift(models.Model):
    """A milestone moved, as seen from the report of ``month`` (first day)."""

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="shifts")
    month = models.DateField()
    before = models.CharField(max_length=10, blank=True, default="")
    after = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        ordering = ["month", "pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class CostKind(models.TextChoices):
    TOTAL = "total", _("total")
    GRANT = "grant", _("grant")
    OWN = "own", _("own share")
    YEARLY = "yearly", _("running costs per year")
    OTHER = "other", _("other")


class Cost(models.Model):
    """Costs as far as they can be given: text always, amount where possible."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="costs")
    text = models.CharField(_("text"), max_length=300)
    amount = models.DecimalField(_("amount in euros"), max_digits=14, decimal_places=2, null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=CostKind, default=CostKind.TOTAL)
    source = models.CharField(_("paid by"), max_length=200, blank=True, default="")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class Decision(models.Model):
    """A political decision about a project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="decisions")
    body = models.CharField(_("decided by"), max_length=200)
    reference = models.CharField(_("reference"), max_length=60, blank=True, default="")
    decided_on = models.DateField(_("date"), null=True, blank=True)
    title = models.CharField(_("what was decided"), max_length=300, blank=True, default="")

    class Meta:
        ordering = ["decided_on", "pk"]

    def __str__(self) -> str:
        return f"{self.reference or self.body}"
