"""Shapes of input of assisted mode."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wurt.core.action.actor import Actor
from wurt.core.assisted import queries
from wurt.core.assisted.areas import areas
from wurt.core.assisted.models import Channel, Check
from wurt.core.db.clock import today
from wurt.core.tenancy.models import ToldBy
from wurt.core.web.needed import Need, NeedsForm
from wurt.core.web.widgets import DateInput

PLEASE: tuple[str, Any] = ("", _("Please choose"))
REACHED = (
    Need(
        "address",
        lambda data: data.get("told_by") == ToldBy.LETTER,
        _("needed for letters"),
        _("For letters we need the postal address: write the street and the town, one line each."),
    ),
    Need(
        "phone",
        lambda data: data.get("told_by") == ToldBy.PHONE,
        _("needed for calls"),
        _("For calls we need the telephone number: write it with its area code."),
    ),
)
"""Without one of the two nobody is reached."""


class SearchForm(forms.Form):
    """One of the first three, or name and place."""

    number = forms.CharField(
        label=_("Number on a letter"), required=False, max_length=8, help_text=_("Eight digits.")
    )
    phone = forms.CharField(label=_("Telephone number"), required=False, max_length=40)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    name = forms.CharField(
        label=_("Surname, or first name and surname"),
        required=False,
        max_length=200,
        help_text=_("The whole surname; a part of it finds nobody."),
    )
    place = forms.ChoiceField(label=_("Place"), required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [PLEASE, *queries.place_choices(actor, homes=True)]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"


class ContactForm(NeedsForm):
    """How a person wants to be told, and where they are reached. ``own``: they fill it in themselves."""

    needs = REACHED
    told_by = forms.ChoiceField(
        label=_("How does the person want to be told?"), choices=ToldBy.choices, widget=forms.RadioSelect
    )
    address = forms.CharField(
        label=_("Postal address"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Street in one line, postcode and town in the next."),
    )
    place = forms.ChoiceField(label=_("Municipality"))
    phone = forms.CharField(label=_("Telephone number"), required=False, max_length=40)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, actor: Actor, *args: Any, own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            self.fields["told_by"].label = _("How do you want to be told?")
        self.fields["place"].choices = [PLEASE, *queries.all_homes(actor)]  # type: ignore[attr-defined]


class RegisterForm(ContactForm):
    """Somebody who is not known yet."""

    name = forms.CharField(label=_("First name and surname"), max_length=200)
    field_order = ("name", "told_by", "address", "place", "phone")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(actor, *args, **kwargs)
        del self.fields["version"]
        self.fields["place"].choices = [PLEASE, *queries.place_choices(actor, homes=True)]  # type: ignore[attr-defined]


class BeginForm(forms.Form):
    """How it is known who it is."""

    channel = forms.ChoiceField(
        label=_("Where do you speak with the person?"),
        choices=[(one.value, one.label) for one in (Channel.PHONE, Channel.COUNTER, Channel.LETTER)],
        widget=forms.RadioSelect,
    )
    checked = forms.ChoiceField(
        label=_("How do you know who it is?"),
        choices=[(one.value, one.label) for one in Check if one is not Check.MANDATE],
        widget=forms.RadioSelect,
    )
    place = forms.ChoiceField(label=_("For which office do you act?"))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = queries.place_choices(actor)
        self.fields["place"].choices = choices  # type: ignore[attr-defined]


class MandateForm(forms.Form):
    """Who may do what from when to when."""

    name = forms.CharField(
        label=_("First name and surname of the helper"),
        max_length=200,
        help_text=_("It stands on letters; the e-mail address does not."),
    )
    email = forms.EmailField(
        label=_("E-mail address of the helper"),
        help_text=_("The helper signs in with it and accepts; before that nothing holds."),
        error_messages={"invalid": _("Write the whole e-mail address, like name@example.org.")},
    )
    allowed = forms.MultipleChoiceField(
        label=_("What may the helper do?"), widget=forms.CheckboxSelectMultiple
    )
    starts = forms.DateField(label=_("From"), widget=DateInput())
    ends = forms.DateField(
        label=_("To"), widget=DateInput(), help_text=_("At most two years; you can end it at any time.")
    )
    paper_on = forms.DateField(
        label=_("Date of the signature on the paper"), widget=DateInput(), required=False
    )

    def __init__(self, *args: Any, on_paper: bool = False, **kwargs: Any) -> None:
        kwargs["initial"] = {"starts": today(), "ends": today() + timedelta(days=364)}
        super().__init__(*args, **kwargs)
        self.fields["allowed"].choices = [  # type: ignore[attr-defined]
            (area.key, f"{area.label}: {area.meaning}") for area in areas(delegable=True)
        ]
        if on_paper:
            self.fields["paper_on"].required = True
        else:
            del self.fields["paper_on"]


class OfficeForm(forms.Form):
    """What stands on letters."""

    name = forms.CharField(label=_("Name of the office"), max_length=200)
    street = forms.CharField(label=_("Street"), max_length=200)
    town = forms.CharField(label=_("Postcode and town"), max_length=200)
    phone = forms.CharField(label=_("Telephone number"), max_length=40)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    hours = forms.CharField(label=_("Opening hours"), required=False, max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
