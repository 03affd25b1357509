"""Shapes of input for people and roles."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from wurt.core.accounts import queries
from wurt.core.action.actor import Actor, Role
from wurt.core.tenancy.queries import organisation_choices, place_choices
from wurt.core.tenancy.roles import AT_ORGANISATION, GRANTABLE, MEANINGS, NAMES
from wurt.core.web.widgets import DateInput


def _uuid(value: str) -> UUID | None:
    return UUID(value) if value else None


class PeopleFilter(forms.Form):
    """Filter of the list of people."""

    text = forms.CharField(label=_("Name, function or e-mail address"), required=False, max_length=200)
    role = forms.ChoiceField(label=_("Role"), required=False)
    login = forms.ChoiceField(label=_("Login"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everyone: tuple[str, Any] = ("", _("all"))
        self.fields["role"].choices = [everyone, *((role.value, NAMES[role]) for role in GRANTABLE)]  # type: ignore[attr-defined]
        self.fields["login"].choices = [everyone, *queries.login_choices()]  # type: ignore[attr-defined]


class TrailFilter(forms.Form):
    """Filter of the audit trail."""

    text = forms.CharField(label=_("What"), required=False, max_length=200)
    who = forms.CharField(label=_("Who"), required=False, max_length=200)
    since = forms.DateField(label=_("From"), required=False, widget=DateInput())
    until = forms.DateField(label=_("To"), required=False, widget=DateInput())


class PersonForm(forms.Form):
    """Name, function, organisation."""

    name = forms.CharField(label=_("Name"), required=False, max_length=200)
    function = forms.CharField(
        label=_("Function"),
        required=False,
        max_length=200,
        help_text=_("Is shown in public where the person has not agreed to show the name."),
    )
    organisation = forms.TypedChoiceField(
        label=_("Organisation"), required=False, coerce=_uuid, empty_value=None
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [("", _("– none –")), *organisation_choices(actor)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (data.get("name") or data.get("function")):
            self.add_error("name", _("Write a name or a function."))
        return data


class NewPersonForm(PersonForm):
    """A person without a login: a project lead or a member of a body."""

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(actor, *args, **kwargs)
        del self.fields["version"]


class InviteForm(PersonForm):
    """A new person with a login."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The link to choose a password goes to this address."),
        error_messages={"invalid": _("Write the whole e-mail address, like name@example.org.")},
    )
    field_order = ("name", "email", "function", "organisation")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(actor, *args, **kwargs)
        del self.fields["version"]
        self.fields["name"].required = True


class LoginForm(forms.Form):
    """An address for a person who has no login yet."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The link to choose a password goes to this address."),
        error_messages={"invalid": _("Write the whole e-mail address, like name@example.org.")},
    )


class MemberForm(forms.Form):
    """Somebody who is to act for an organisation."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The link to choose a password goes to this address."),
        error_messages={"invalid": _("Write the whole e-mail address, like name@example.org.")},
    )
    function = forms.CharField(label=_("Function"), required=False, max_length=200)
    admin = forms.BooleanField(
        label=_("Administers the organisation"),
        required=False,
        help_text=_("May invite others and end their roles. Needs a second factor for that."),
    )
    until = forms.DateField(
        label=_("Last day"), required=False, widget=DateInput, help_text=_("Empty: until it is taken back.")
    )


class EmailChangeForm(forms.Form):
    """Another address to sign in with."""

    email = forms.EmailField(
        label=_("New e-mail address"),
        help_text=_("We send a link there; only with it does the change count."),
        error_messages={"invalid": _("Write the whole e-mail address, like name@example.org.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class GrantForm(forms.Form):
    """A role for a person at a place or at an organisation."""

    role = forms.TypedChoiceField(label=_("Role"), coerce=Role)
    place = forms.ChoiceField(
        label=_("Place"), required=False, help_text=_("The role is valid there and in everything below.")
    )
    organisation = forms.TypedChoiceField(
        label=_("Organisation"),
        required=False,
        coerce=_uuid,
        empty_value=None,
        help_text=_("Only for members and administrators of an organisation."),
    )
    until = forms.DateField(
        label=_("Last day"), required=False, widget=DateInput, help_text=_("Empty: until it is taken back.")
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role.value, f"{NAMES[role]}: {MEANINGS[role]}") for role in GRANTABLE]
        self.fields["role"].choices = [("", _("Please choose")), *roles]  # type: ignore[attr-defined]
        self.fields["place"].choices = [("", _("– none –")), *place_choices(actor, for_grants=True)]  # type: ignore[attr-defined]
        self.fields["organisation"].choices = [("", _("– none –")), *organisation_choices(actor)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        role = data.get("role")
        if role in AT_ORGANISATION:
            if not data.get("organisation"):
                self.add_error("organisation", _("This role is held at an organisation: choose one."))
            data["place"] = ""
        elif role is not None:
            if not data.get("place"):
                self.add_error("place", _("This role is held at a place: choose one."))
            data["organisation"] = None
        return data
