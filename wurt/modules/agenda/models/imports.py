"""Imports: a batch of files, what was read from each, and the review of it. Nothing is stored unseen."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from wurt.core.db.clock import now
from wurt.core.db.ids import new_id
from wurt.core.files.models import StoredFile
from wurt.core.tenancy.models import Person
from wurt.modules.agenda.models.agenda import Agenda
from wurt.modules.agenda.models.month import Month, MonthVersion, Report
from wurt.modules.agenda.models.project import Project


class BatchState(models.TextChoices):
    READING = "reading", _("being read")
    REVIEW = "review", _("to be reviewed")
    APPLIED = "applied", _("taken over")
    TAKEN_BACK = "taken_back", _("taken back")
    FAILED = "failed", _("could not be read")


class ImportBatch(models.Model):
    """Files handed in together. Can be taken back until one of its months is published.

    ``undo`` holds what the batch changed: {"created": {model: {pk: values}}, "changed": [[model, pk,
    old, new]]}.
    ``messages``: files that were left out, as {"file", "text"}, with ``refused`` where they could not be
    taken in at all. ``names``: organisations that may be
    known already,
    as {printed: {"candidate", "decision"}}; a person decides once ("same" or "new").
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="imports")
    state = models.CharField(max_length=20, choices=BatchState, default=BatchState.READING)
    created = models.DateTimeField(default=now)
    created_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)
    pages_total = models.PositiveIntegerField(default=0)
    pages_done = models.PositiveIntegerField(default=0)
    undo = models.JSONField(default=dict, blank=True)
    messages = models.JSONField(default=list, blank=True)
    names = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return f"{self.created:%Y-%m-%d %H:%M}"

    def months(self) -> dict[int, date]:
        """All months that the batch wrote into, by key."""
        made = {int(pk) for pk in self.undo.get("created", {}).get("agenda.month", {})}
        reports = [int(pk) for pk in self.undo.get("created", {}).get("agenda.report", {})]
        for label, pk, _old, _new in self.undo.get("changed", []):
            if label == "agenda.month":
                made.add(pk)
            elif label == "agenda.report":
                reports.append(pk)
        made |= set(Report.objects.filter(pk__in=reports).values_list("month_id", flat=True))
        return dict(Month.objects.filter(pk__in=made).values_list("pk", "month"))

    def published_months(self) -> dict[int, date]:
        """Those of them that were published after the batch was taken over: they stay."""
        months = self.months()
        since = self.applied_at or now()
        versions = MonthVersion.objects.filter(month__in=months, published_at__gte=since)
        return {pk: months[pk] for pk in versions.values_list("month", flat=True)}


class DocumentKindRead(models.TextChoices):
    STATUS_REPORT = "status_report", _("status report")
    STRATEGY_PAGE = "strategy_page", _("strategy page")
    VORHABENLISTE = "vorhabenliste_entry", _("entry of a Vorhabenliste")
    UNKNOWN = "unknown", _("not recognised")


class ImportDocument(models.Model):
    """One file of a batch and what was read from it (``read`` is the JSON of the importer).

    ``read_at`` null: it waits for the worker. ``ok`` False: it could not be read, ``messages`` say why.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="documents")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=DocumentKindRead, default=DocumentKindRead.UNKNOWN)
    report_month = models.DateField(null=True, blank=True)
    month = models.ForeignKey(
        Month, null=True, blank=True, on_delete=models.SET_NULL, related_name="originals"
    )
    pages = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField(null=True, blank=True)
    ok = models.BooleanField(default=True)
    summary = models.JSONField(default=dict, blank=True)
    read = models.JSONField(default=dict, blank=True)
    messages = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name


class ItemState(models.TextChoices):
    REVIEW = "review", _("to be reviewed")
    ACCEPTED = "accepted", _("accepted")
    SKIPPED = "skipped", _("left out")
    STORED = "stored", _("taken over")
    SAME = "same", _("already stored")


class ItemKind(models.TextChoices):
    PROJECT = "project", _("project report")
    SUMMARY = "summary", _("summary of the month")
    PAGE = "page", _("strategy page")
    MEASURE = "measure", _("project of a list of measures")


class ImportItem(models.Model):
    """One project (or the page, or the entry) of a document under review.

    ``fields``: {name: {"value", "certain", "reason", "alternatives", "snippet", "place", "decided",
    "stored"}}; ``stored`` once it
    was written; a status read from a sentence about all projects also has ``of_all``. ``differences`` holds
    what the stored month says otherwise: {name: {"stored", "read", "hand_edited", "choice"}}, with
    ``of_all`` where such a sentence names a status and the stored report none.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    document = models.ForeignKey(ImportDocument, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=20, choices=ItemKind, default=ItemKind.PROJECT)
    key = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    match = models.CharField(max_length=20, default="new", help_text="match, probable, new or decided")
    state = models.CharField(max_length=20, choices=ItemState, default=ItemState.REVIEW)
    fields = models.JSONField(default=dict)
    warnings = models.JSONField(default=list)
    differences = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title
