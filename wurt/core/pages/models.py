"""Text pages that staff edit (contact, legal notice, privacy, accessibility, about), and the glossary."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wurt.core.db.clock import now
from wurt.core.tenancy.models import Place


class Page(models.Model):
    """A page of Markdown. ``easy``: the same in Leichte Sprache, or empty. ``footer``: linked everywhere."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"), help_text=_("Markdown: # heading, - list, [words](address)"))
    easy = models.TextField(_("text in Easy Language"), blank=True, default="")
    footer = models.BooleanField(_("link in the footer"), default=False)
    order = models.PositiveSmallIntegerField(default=100)
    published = models.BooleanField(_("published"), default=True)
    changed = models.DateTimeField(default=now)
    is_example = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "title"]

    def __str__(self) -> str:
        return self.title


class GlossaryTerm(models.Model):
    """A word and what it means, in one or two sentences."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    term = models.CharField(_("term"), max_length=120, unique=True)
    text = models.TextField(_("meaning"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["term"]

    def __str__(self) -> str:
        return self.term
