"""Choosing a month, a place and an area."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wurt.core.action.actor import Actor
from wurt.core.visits import queries
from wurt.core.visits.areas import ALL
from wurt.core.web.format import month_name


class UsageFilter(forms.Form):
    """State of the page, all of it in the address."""

    monat = forms.ChoiceField(label=_("Month"), required=False)
    ort = forms.ChoiceField(label=_("Pages about"), required=False)
    bereich = forms.ChoiceField(label=pgettext_lazy("part of the site", "Area"), required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = queries.months(actor)
        self.fields["monat"].choices = [(f"{one:%Y-%m}", month_name(one)) for one in known]  # type: ignore[attr-defined]
        self.fields["ort"].choices = queries.place_choices(actor)  # type: ignore[attr-defined]
        self.fields["bereich"].choices = queries.area_choices(actor)  # type: ignore[attr-defined]

    def chosen(self) -> tuple[date | None, str, str] | None:
        """Month, place and area; None if something was asked for that there is not."""
        if not self.is_valid():
            return None
        data = self.cleaned_data
        month = date.fromisoformat(f"{data['monat']}-01") if data["monat"] else None
        return month, data["ort"] or ALL, data["bereich"] or ALL
