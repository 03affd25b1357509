"""Shapes of input for organisations."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from wurt.core.action.actor import Actor
from wurt.core.tenancy import queries


class OrganisationFilter(forms.Form):
    """Filter of the list of organisations."""

    text = forms.CharField(label=_("Name or spelling"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    partner = forms.ChoiceField(
        label=_("Partner of the cooperation"),
        required=False,
        choices=[("", _("all")), ("yes", _("yes")), ("no", _("no"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("all")), *queries.kind_choices()]  # type: ignore[attr-defined]


class OrganisationForm(forms.Form):
    """An organisation."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"))
    place = forms.ChoiceField(label=_("Place"))
    is_partner = forms.BooleanField(
        label=_("Partner of the cooperation"),
        required=False,
        help_text=_("Partners are shown with their seats in the groups of the agenda."),
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, actor: Actor, *args: Any, new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = queries.kind_choices()  # type: ignore[attr-defined]
        self.fields["place"].choices = queries.place_choices(actor)  # type: ignore[attr-defined]
        if new:
            del self.fields["version"]


class AliasForm(forms.Form):
    """Another spelling."""

    name = forms.CharField(
        label=_("Another spelling"),
        max_length=200,
        help_text=_("Imports recognise the organisation by it."),
    )


class MergeForm(forms.Form):
    """Which organisation takes over."""

    kept = forms.TypedChoiceField(label=_("Organisation that stays"), coerce=UUID)

    def __init__(self, actor: Actor, gone: UUID, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [pair for pair in queries.organisation_choices(actor) if pair[0] != str(gone)]
        self.fields["kept"].choices = [("", _("Please choose")), *others]  # type: ignore[attr-defined]
