"""Shapes of input for short links."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wurt.core.action.actor import Actor
from wurt.core.db.clock import today
from wurt.core.db.errors import RuleBroken
from wurt.core.links.making import check_days, checked_target
from wurt.core.links.queries import place_choices
from wurt.core.web.widgets import DateInput

ERROR_LEVELS = [
    ("l", _("7 % – for screens")),
    ("m", _("15 % – for paper")),
    ("q", _("25 % – for posters outside")),
    ("h", _("30 % – for what gets dirty or scratched")),
]


class LinkForm(forms.Form):
    """Title, target and days."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        help_text=_("Where it is printed and what for, for example “Flyer Dorffest Mai”."),
    )
    target = forms.CharField(
        label=_("Leads to"),
        max_length=500,
        help_text=_("A public page of this site: copy its address from the browser, for example /projekte/."),
    )
    valid_from = forms.DateField(label=_("First day"), widget=DateInput)
    valid_until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=DateInput,
        help_text=_("Empty: it has no end. Afterwards the code shows a page that says so."),
    )
    mine = forms.BooleanField(label=_("I answer for this link from now on"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_target(self) -> str:
        try:
            return checked_target(self.cleaned_data["target"])
        except RuleBroken as error:
            raise forms.ValidationError(error.message) from error

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("valid_from"), data.get("valid_until")
        if isinstance(first, date) and isinstance(last, date):
            try:
                check_days(first, last)
            except RuleBroken as error:
                self.add_error("valid_until", error.message)
        return data


class NewLinkForm(LinkForm):
    """A new link belongs to a place, and to whoever makes it."""

    place = forms.ChoiceField(label=_("For"))
    field_order = ("title", "target", "place", "valid_from", "valid_until")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"valid_from": today(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        del self.fields["version"], self.fields["mine"]
        self.fields["place"].choices = place_choices(actor)  # type: ignore[attr-defined]


class LinkFilter(forms.Form):
    """Search in the list."""

    text = forms.CharField(label=_("Title, target or code"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), ("open", _("works")), ("planned", _("not yet")), ("over", _("is over"))],
    )
    mine = forms.BooleanField(label=_("Only mine"), required=False)


class QrForm(forms.Form):
    """How the QR code is drawn; every value has a default."""

    level = forms.ChoiceField(
        label=_("How much may be missing"),
        choices=ERROR_LEVELS,
        required=False,
        help_text=_("More tolerance means more and smaller dots."),
    )
    border = forms.IntegerField(
        label=_("White border in dots"),
        min_value=4,
        max_value=20,
        required=False,
        help_text=_("At least 4, or some cameras do not find the code (ISO/IEC 18004)."),
    )
    text = forms.BooleanField(label=_("Address beneath, for those who type it"), required=False)

    def choice(self) -> tuple[str, int, bool]:
        """Level, border, and whether the address stands beneath; the defaults where nothing was sent."""
        if not self.is_bound or not self.is_valid():
            return "m", 4, True
        data = self.cleaned_data
        return data["level"] or "m", data["border"] or 4, bool(data["text"])
