"""Shapes of input for pages and the glossary."""

from typing import Any

from django import forms
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from wurt.core.action.actor import Actor
from wurt.core.tenancy.queries import place_choices


class PageForm(forms.Form):
    """Title, text and where the page is linked."""

    title = forms.CharField(label=_("Title"), max_length=200)
    body = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 20}),
        help_text=_("# makes a heading, - a list, **two stars** bold, [words](address) a link."),
    )
    easy = forms.CharField(
        label=_("Text in Easy Language"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "The same in Leichte Sprache: one thought per sentence, one sentence per line, no hard words. "
            "Empty: there is none."
        ),
    )
    footer = forms.BooleanField(label=_("Link at the bottom of every page"), required=False)
    order = forms.IntegerField(
        label=_("Position there"),
        min_value=0,
        max_value=1000,
        initial=100,
        help_text=_("Small numbers come first."),
    )
    published = forms.BooleanField(label=_("Public"), required=False, initial=True)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NewPageForm(PageForm):
    """A page also gets an address and a place whose editors look after it."""

    slug = forms.SlugField(
        label=_("Address"),
        max_length=120,
        help_text=_("Small letters, digits and hyphens, for example “kontakt”. It cannot be changed later."),
    )
    place = forms.ChoiceField(label=_("Looked after by"))
    field_order = ("title", "slug", "place", "body", "easy", "footer", "order", "published")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        self.fields["place"].choices = place_choices(actor)  # type: ignore[attr-defined]

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).lower()
        try:
            found = resolve(f"/{slug}/").view_name
        except Resolver404:
            found = ""
        if found != "pages:page":
            raise forms.ValidationError(_("This address is used by the platform itself. Choose another."))
        return slug


class TermForm(forms.Form):
    """A word and what it means."""

    term = forms.CharField(label=_("Word"), max_length=120)
    text = forms.CharField(
        label=_("Meaning"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One or two sentences in plain language."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class NewTermForm(TermForm):
    """A new word belongs to a place whose editors look after it."""

    place = forms.ChoiceField(label=_("Looked after by"))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version"]
        self.fields["place"].choices = place_choices(actor)  # type: ignore[attr-defined]


class SureForm(forms.Form):
    """Removing a page is confirmed."""

    sure = forms.BooleanField(
        label=_("Yes, remove the page for good"),
        error_messages={"required": _("Tick the box if you really want to remove the page.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class GlossaryFilter(forms.Form):
    """Search in the glossary."""

    text = forms.CharField(label=_("Search for a word"), required=False, max_length=100)
