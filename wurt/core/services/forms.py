"""Shapes of input: a stage, an operator, people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wurt.core.action.actor import Actor
from wurt.core.db.clock import today
from wurt.core.services import desk_queries as queries
from wurt.core.services.stages import MEANINGS, Stage
from wurt.core.tenancy.roles import GRANTABLE, NAMES
from wurt.core.web.widgets import DateInput


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class StageForm(forms.Form):
    """A stage from a day on."""

    place = forms.ChoiceField(label=_("Place"), help_text=_("What is set for a place holds below it too."))
    stage = forms.ChoiceField(label=_("Stage"), widget=forms.RadioSelect)
    starts = forms.DateField(
        label=pgettext_lazy("beginning", "From"),
        widget=DateInput(),
        help_text=_("It holds until the next stage of this place begins. A later day is a plan."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=600,
        widget=_area(3),
        help_text=_("Citizens read it, and everybody who follows the service is told."),
    )
    decision = forms.CharField(
        label=_("Decision"),
        required=False,
        max_length=200,
        help_text=_("Who decided and where it can be read, for example: county council, 12 March, item 7."),
    )
    expected = forms.CharField(
        label=_("When it comes"),
        required=False,
        max_length=120,
        help_text=_("Only if there is no day yet, for example: expected in autumn 2027."),
    )
    instead = forms.CharField(
        label=_("What citizens can do instead"),
        required=False,
        max_length=600,
        widget=_area(3),
        help_text=_("A phone number, another offer. Empty: the text of the service."),
    )
    roles = forms.MultipleChoiceField(
        label=_("In a test also open to"), required=False, widget=forms.CheckboxSelectMultiple
    )
    invited_only = forms.BooleanField(label=_("A pilot for invited people only"), required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = queries.place_choices(actor)  # type: ignore[attr-defined]
        self.fields["stage"].choices = [  # type: ignore[attr-defined]
            (stage.value, f"{stage.label}: {MEANINGS[stage]}") for stage in Stage
        ]
        self.fields["roles"].choices = [  # type: ignore[attr-defined]
            (role.value, NAMES[role]) for role in GRANTABLE
        ]
        self.fields["starts"].initial = today


class WithdrawForm(forms.Form):
    """Say why an entry is taken back."""

    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=300,
        help_text=_("The entry stays in the history with this reason."),
    )


class OperatorForm(forms.Form):
    """Who runs a service from a day on."""

    place = forms.ChoiceField(label=_("Place"), help_text=_("What is set for a place holds below it too."))
    organisation = forms.ChoiceField(label=_("Operator"))
    starts = forms.DateField(
        label=pgettext_lazy("beginning", "From"),
        widget=DateInput(),
        help_text=_("The operator before ends on the day before."),
    )
    phone = forms.CharField(label=_("Phone"), required=False, max_length=60)
    email = forms.EmailField(label=_("E-mail"), required=False)
    hours = forms.CharField(
        label=_("Hours"), required=False, max_length=200, help_text=_("For example: Mo to Fr, 9 to 12.")
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = queries.place_choices(actor)  # type: ignore[attr-defined]
        self.fields["organisation"].choices = queries.organisation_choices(actor)  # type: ignore[attr-defined]
        self.fields["starts"].initial = today


class PromiseForm(forms.Form):
    """Which projects promised the service."""

    topics = forms.MultipleChoiceField(
        label=_("Promised by"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The project’s page names the service, and its report is offered every change of stage."),
    )

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = choices  # type: ignore[attr-defined]

    def clean_topics(self) -> list[tuple[str, str]]:
        """Pairs of kind and key."""
        parts = (one.partition(" ") for one in self.cleaned_data["topics"])
        return [(kind, key) for kind, _space, key in parts]


class InviteForm(forms.Form):
    """Somebody who tries the service out."""

    email = forms.EmailField(label=_("E-mail address of the login"))
    organisation = forms.ChoiceField(
        label=_("Looked after by"), required=False, help_text=_("A hand-over hands the invitation on.")
    )

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nobody = [("", _("nobody in particular"))]
        self.fields["organisation"].choices = nobody + queries.organisation_choices(actor)  # type: ignore[attr-defined]


class StaffForm(forms.Form):
    """Somebody who works for the operator."""

    email = forms.EmailField(label=_("E-mail address of the login"))
    place = forms.ChoiceField(label=_("Place"))
    starts = forms.DateField(label=pgettext_lazy("beginning", "From"), widget=DateInput())

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = queries.place_choices(actor)  # type: ignore[attr-defined]
        self.fields["starts"].initial = today


class MatrixFilter(forms.Form):
    """Which services the matrix shows."""

    text = forms.CharField(label=_("Name"), required=False, max_length=100)
    stage = forms.ChoiceField(label=_("Stage"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stages = [(stage.value, stage.label) for stage in Stage if stage is not Stage.INHERIT]
        self.fields["stage"].choices = [("", _("all")), *stages]  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """Who takes a service over, where and when."""

    place = forms.ChoiceField(
        label=_("Place"), help_text=_("Everything of the service at this place and below it is handed over.")
    )
    taker = forms.ChoiceField(label=_("New operator"))
    effective = forms.DateField(
        label=_("On"), widget=DateInput(), help_text=_("From this day on the new operator is in charge.")
    )
    reason = forms.CharField(label=_("Reason"), required=False, max_length=600, widget=_area(3))
    decision = forms.CharField(label=_("Decision"), required=False, max_length=200)
    phone = forms.CharField(label=_("Phone of the new operator"), required=False, max_length=60)
    email = forms.EmailField(label=_("E-mail of the new operator"), required=False)
    hours = forms.CharField(label=_("Hours of the new operator"), required=False, max_length=200)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = queries.place_choices(actor)  # type: ignore[attr-defined]
        self.fields["taker"].choices = queries.organisation_choices(actor)  # type: ignore[attr-defined]


class CancelForm(forms.Form):
    """Why a hand-over is given up."""

    reason = forms.CharField(label=_("Why it is cancelled"), max_length=300)


class AcceptForm(forms.Form):
    """The new operator accepts and names its people."""

    people = forms.MultipleChoiceField(
        label=_("Who works on it from that day on"), required=False, widget=forms.CheckboxSelectMultiple
    )
    sure = forms.BooleanField(
        label=_("We have read the check list and take the service over."),
        error_messages={"required": _("Tick the box if your body really takes the service over.")},
    )

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = people  # type: ignore[attr-defined]


class HandOverFilter(forms.Form):
    """Which hand-overs the list shows."""

    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("all")), *STATES.items()]  # type: ignore[attr-defined]


STATES = {
    "prepared": _("waits for the old operator’s signature"),
    "signed": _("waits for the new operator’s acceptance"),
    "accepted": _("accepted, waits for its day"),
    "moving": _("is being moved"),
    "finished": _("finished"),
    "cancelled": _("cancelled"),
}
