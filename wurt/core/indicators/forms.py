"""Shapes of input for figures that people enter."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from wurt.core.action.actor import Actor
from wurt.core.indicators import desk_queries
from wurt.core.indicators.models import DIRECTIONS, KINDS
from wurt.core.indicators.periods import Period
from wurt.core.web.format import german_decimal
from wurt.core.web.widgets import MonthInput


class AmountField(forms.DecimalField):
    """A number as people here write it: "1.234,5", "1234,5" or "1234.5"."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return super().to_python(german_decimal(str(value or "")))

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value


class MonthField(forms.CharField):
    """A month; the value is its first day."""

    widget = MonthInput

    def clean(self, value: Any) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return Period.read(text).first
        except ValueError:
            raise forms.ValidationError(
                _("Please give the month as year and number, like 2024-05.")
            ) from None


class ManualForm(forms.Form):
    """What a figure is called and means."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As “Charging points for cars”."))
    unit = forms.CharField(
        label=_("Unit"), max_length=60, required=False, help_text=_("In the plural, as “charging points”.")
    )
    meaning = forms.CharField(
        label=_("What it means"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One or two plain sentences: what is counted, and what is not."),
    )
    kind = forms.ChoiceField(label=_("The figure of a month is"), choices=KINDS, widget=forms.RadioSelect)
    direction = forms.ChoiceField(label=_("What is good news"), choices=DIRECTIONS, widget=forms.RadioSelect)
    decimals = forms.IntegerField(
        label=_("Digits after the comma"), min_value=0, max_value=4, initial=0, required=False
    )
    counts_people = forms.BooleanField(
        label=_("It counts people"),
        required=False,
        help_text=_("Numbers below 5 are then stored and shown only as “fewer than 5”. This stays so."),
    )
    keeper = forms.ChoiceField(label=_("Who may enter values besides the staff"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [("", _("nobody else")), *desk_queries.people(actor)]
        self.fields["keeper"].choices = people  # type: ignore[attr-defined]

    def clean_decimals(self) -> int:
        return self.cleaned_data["decimals"] or 0

    def clean_keeper(self) -> UUID | None:
        chosen = self.cleaned_data["keeper"]
        return UUID(chosen) if chosen else None


class NewManualForm(ManualForm):
    """A new figure belongs to a place whose staff looks after it."""

    place = forms.ChoiceField(label=_("Looked after by"))

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(actor, *args, **kwargs)
        del self.fields["version"]
        self.fields["place"].choices = desk_queries.places(actor)  # type: ignore[attr-defined]


class ValueForm(forms.Form):
    """The figure of a month."""

    month = MonthField(label=_("Month"), help_text=_("A month that is over, as 2024-05."))
    value = AmountField(label=_("Value"), max_digits=14, decimal_places=4)
    source = forms.CharField(
        label=_("Where it comes from"),
        max_length=300,
        help_text=_("So that others can check it, as “Count of the building office, list of 3 June”."),
    )
    reason = forms.CharField(
        label=_("Why it changes"),
        max_length=300,
        required=False,
        help_text=_("Only if there is a figure for this month already. Readers see it."),
    )


class CorrectForm(forms.Form):
    """Compute a month again."""

    month = MonthField(label=_("Month"), help_text=_("A month that is over, as 2024-05."))
    reason = forms.CharField(
        label=_("Why it changes"), max_length=300, help_text=_("One sentence. Readers see it.")
    )
