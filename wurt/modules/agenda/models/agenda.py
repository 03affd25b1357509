"""The agenda itself: strategy, fields of action, goals, bodies."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wurt.core.db.clock import now
from wurt.core.files.models import StoredFile
from wurt.core.tenancy.models import Organisation, Person, Place


class Agenda(models.Model):
    """The programme of one county. One row per installation; made by ``wurt init``."""

    place = models.OneToOneField(Place, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    motto = models.CharField(_("motto"), max_length=300, blank=True, default="")
    intro = models.TextField(_("introduction"), blank=True, default="")
    strategy = models.TextField(_("strategy page (Markdown)"), blank=True, default="")
    horizon = models.CharField(_("horizon"), max_length=200, blank=True, default="")
    licence = models.CharField(_("licence of the data"), max_length=60, default="CC BY 4.0")
    licence_url = models.URLField(default="https://creativecommons.org/licenses/by/4.0/deed.de")
    contact = models.TextField(_("contact for taking part"), blank=True, default="")
    round_opens = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="day of the month on which a round opens; null: by hand"
    )
    round_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="days to hand in; null: ten"
    )
    round_every = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="months from one round to the next; null: one"
    )
    round_back = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="0: about the month in which it opens; 1 or null: the month before"
    )
    rounds_until = models.DateField(null=True, blank=True, help_text="newest month that opened by itself")
    approval = models.BooleanField(
        null=True, blank=True, help_text="does the steering group approve reports before they are published?"
    )
    is_example = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class Field(models.Model):
    """A field of action (Handlungsfeld)."""

    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="fields")
    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=200, unique=True)
    description = models.TextField(_("description"), blank=True, default="")
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class Goal(models.Model):
    """A goal of the strategy, linked to the projects that serve it."""

    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="goals")
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True, default="")
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    projects = models.ManyToManyField("agenda.Project", related_name="goals", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "title"]

    def __str__(self) -> str:
        return self.title


class BodyKind(models.TextChoices):
    STEERING = "steering", _("steering group")
    PROJECT = "project", _("project group")
    WORKING = "working", _("working group")


class Body(models.Model):
    """Steering group, project group, working group."""

    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="bodies")
    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=BodyKind)
    name = models.CharField(_("name"), max_length=200)
    text = models.TextField(_("what it does"), blank=True, default="")
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class BodyMember(models.Model):
    """A seat: by partner and function; the name only with the person's consent."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    function = models.CharField(_("function"), max_length=200)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["order", "organisation__name"]

    def __str__(self) -> str:
        return f"{self.function}, {self.organisation}"


class DocumentKind(models.TextChoices):
    STRATEGY = "strategy", _("Digital strategy")
    AGENDA = "agenda", _("Digital agenda")


class StrategyDocument(models.Model):
    """A version of a download; older ones stay reachable."""

    agenda = models.ForeignKey(Agenda, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind)
    version_name = models.CharField(_("version"), max_length=40)
    note = models.CharField(_("what changed"), max_length=300, blank=True, default="")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["kind", "-published_at"]
        constraints = [models.UniqueConstraint(fields=["kind", "version_name"], name="document_version_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version_name}"
