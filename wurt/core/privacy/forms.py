"""Shapes of input for data protection."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DeleteForm(forms.Form):
    """Deleting one's own account is confirmed, so that no slip of the hand does it."""

    sure = forms.BooleanField(
        label=_("Yes, delete my account and my data for good"),
        error_messages={"required": _("Tick the box if you really want to delete your account.")},
    )


class EraseForm(forms.Form):
    """Erasing is confirmed, so that no slip of the hand does it."""

    sure = forms.BooleanField(
        label=_("Yes, erase this person's data for good"),
        error_messages={"required": _("Tick the box if you really want to erase the data.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
