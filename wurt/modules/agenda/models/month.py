"""Months and the reports in them; published months are frozen in versions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurt.core.db.clock import now
from wurt.core.db.ids import new_id
from wurt.core.tenancy.models import Organisation, Person
from wurt.modules.agenda.models.agenda import Agenda, Field
from wurt.modules.agenda.models.project import Project, ProjectState


class Month(models.Model):
    """The status report of one month (``month`` is its first day). Editable until published; then by
    correction.

    ``current`` is the newest published version, None while it is a draft and after it was withdrawn;
    versions below ``public_from`` were withdrawn and stay so when the month is published again.
    """

    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="months")
    month = models.DateField(unique=True)
    intro = models.TextField(_("introduction"), blank=True, default="")
    printed = models.JSONField(
        default=dict,
        blank=True,
        help_text="what an imported original printed: counts, progress_projects, status_sentence",
    )
    current = models.OneToOneField(
        "agenda.MonthVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    public_from = models.PositiveIntegerField(
        default=1, help_text="number of the oldest version readers may see"
    )
    due = models.DateField(
        _("hand in until"), null=True, blank=True, help_text="last day of handing in; null: none was set"
    )
    reminded = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="stages of reminding that are over (domain/rounds.py)"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_note = models.TextField(
        blank=True, default="", help_text="why it was withdrawn; readers see it"
    )
    is_example = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-month"]
        constraints = [models.CheckConstraint(condition=Q(month__day=1), name="month_is_first_day")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"

    @property
    def withdrawn(self) -> bool:
        """Was it published, and is it not any more?"""
        return self.current_id is None and self.withdrawn_at is not None


class MonthVersion(models.Model):
    """A published month: canonical JSON of its facts and the hash of it. Never changed; a correction is a
    new one.
    """

    month = models.ForeignKey(Month, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    facts = models.TextField()
    digest = models.CharField(max_length=64)
    note = models.TextField(
        blank=True, default="", help_text="what was corrected; empty for the first version"
    )
    published_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["month", "-number"]
        constraints = [models.UniqueConstraint(fields=["month", "number"], name="month_version_once")]
        # What lists need of a version, without reading past its facts, which may be megabytes.
        indexes = [
            models.Index(fields=["month", "number", "digest", "published_at"], name="month_version_head")
        ]

    def __str__(self) -> str:
        return f"{self.month} v{self.number}"


class PublishedReport(models.Model):
    """One project's part of a published version, as its own row so that a project's history is one small
    query.

    ``facts`` is the JSON of the ReportFact; it is a piece of the version's ``facts`` and never changed
    either.
    """

    version = models.ForeignKey(MonthVersion, on_delete=models.PROTECT, related_name="reports")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="published_reports")
    order = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=10, null=True, blank=True)
    has_progress = models.BooleanField(default=False)
    facts = models.TextField()
    source = models.CharField(
        max_length=60, default="", help_text="Report.stamp of the report that it was made from"
    )

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["version", "project"], name="published_report_once")]
        # A page of a month's reports, and which status stands in which month, without reading the texts.
        indexes = [
            models.Index(
                fields=["version", "order", "project", "status", "has_progress"], name="published_report_line"
            )
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.version}"


class StatusColour(models.TextChoices):
    GREEN = "green", _("green")
    YELLOW = "yellow", _("yellow")
    RED = "red", _("red")


class Report(models.Model):
    """One project in one month, with the profile as it stood then.

    Null text: not in the source (absent is not empty). ``milestones`` null: the source said nothing
    about them;
    else a list of {"label", "due", "done", "done_on"} as reported that month. ``state`` is the
    project's state then.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    month = models.ForeignKey(Month, on_delete=models.CASCADE, related_name="reports")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="reports")
    status = models.CharField(_("status"), max_length=10, choices=StatusColour, null=True, blank=True)
    status_reason = models.TextField(_("reason"), blank=True, default="")
    progress = models.TextField(_("progress in the reporting period"), null=True, blank=True)
    has_progress = models.BooleanField(_("there is progress"), default=False)
    overall_state = models.TextField(_("overall state"), null=True, blank=True)
    next_activities = models.JSONField(_("next steps"), default=list, blank=True)
    risks = models.JSONField(_("risks"), default=list, blank=True)
    milestones = models.JSONField(null=True, blank=True)
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=20, choices=ProjectState, default=ProjectState.RUNNING)
    field = models.ForeignKey(Field, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    goal = models.TextField(blank=True, default="")
    content = models.TextField(blank=True, default="")
    lead_organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lead = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    partners = models.JSONField(default=list, blank=True)
    stakeholders = models.JSONField(default=list, blank=True)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    figures = models.JSONField(
        null=True,
        blank=True,
        help_text="public ids of the measures whose figures the report shows; null: all of the project",
    )
    hand_edited = models.JSONField(
        default=list, blank=True, help_text="names of fields a person changed after import"
    )
    handed_in = models.DateTimeField(_("handed in"), null=True, blank=True)
    handed_in_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    explanations = models.JSONField(
        default=dict,
        null=True,
        blank=True,
        help_text="code of a plausibility warning: why it is right all the same",
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["project__title"]
        constraints = [models.UniqueConstraint(fields=["month", "project"], name="report_once_per_month")]

    def __str__(self) -> str:
        return f"{self.project} {self.month}"

    @property
    def stamp(self) -> str:
        """Public id and version: the same as long as nobody edits the report."""
        return f"{self.public_id} {self.version}"


class Part(models.TextChoices):
    """What of a report a remark is about."""

    WHOLE = "", _("the whole report")
    STATUS = "status", _("status")
    PROGRESS = "progress", _("progress in the reporting period")
    OVERALL_STATE = "overall_state", _("overall state")
    NEXT = "next_activities", _("next steps")
    RISKS = "risks", _("risks")
    MILESTONES = "milestones", _("milestones")


class Remark(models.Model):
    """What somebody of the project group says of a report, at a part of it; settled by whoever writes the
    report."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="remarks")
    part = models.CharField(max_length=20, choices=Part, blank=True, default=Part.WHOLE)
    text = models.TextField(_("remark"), max_length=2000)
    author = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created = models.DateTimeField(default=now)
    settled = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.report} {self.public_id}"
