"""Shapes of input at the moderation desk and of those who write to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wurt.core.moderation import things
from wurt.core.moderation.desk_queries import Candidate, CaseView
from wurt.core.moderation.models import Category, Ground, State
from wurt.core.moderation.things import Measure
from wurt.core.web.needed import Need, NeedsForm
from wurt.core.web.widgets import DateInput


class ReportForm(NeedsForm):
    """A notice (Art. 16 (2)); who sends it need not say who they are."""

    needs = (
        Need(
            "name",
            lambda data: bool(data.get("address")),
            _("needed for a letter"),
            _("A letter needs a name."),
        ),
    )
    category = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=Category.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a reason.")},
    )
    explanation = forms.CharField(
        label=_("Please explain"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What is it about, and why is it not all right? Two sentences are enough."),
        error_messages={"required": _("Please explain in a sentence or two what is wrong.")},
    )
    where = forms.CharField(
        label=_("Where exactly?"),
        max_length=500,
        help_text=_("The address is filled in; you may add the heading or the paragraph."),
    )
    name = forms.CharField(label=_("Your name"), max_length=200, required=False)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        help_text=_(
            "For the receipt and the answer. Without one you see both on a page whose address you get."
        ),
        error_messages={"invalid": _("Write the whole e-mail address, like name@example.org.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address = forms.CharField(
        label=_("Postal address"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only if you want the answer as a letter: street, postcode and town."),
    )
    good_faith = forms.BooleanField(
        label=_("What I say is true and complete as far as I know."),
        error_messages={"required": _("Please confirm that what you say is true as far as you know.")},
    )

    def __init__(self, *args: Any, for_another: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.for_another = for_another
        if for_another:
            self.fields["name"].label = gettext("Name of the person you write for")
            self.fields["email"].label = gettext("E-mail address of the person")
            self.fields["address"].label = gettext("Postal address of the person")


class ComplaintForm(forms.Form):
    """Why the decision is wrong."""

    text = forms.CharField(
        label=_("Why is the decision wrong?"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6})
    )


class DecisionForm(forms.Form):
    """Measure, ground and facts. ``version``: a case that changed meanwhile is looked at again."""

    measure = forms.ChoiceField(label=_("Measure"), widget=forms.RadioSelect)
    ground = forms.ChoiceField(label=_("It rests on"), choices=Ground.choices, widget=forms.RadioSelect)
    clause = forms.CharField(
        label=_("Provision or clause"),
        max_length=300,
        required=False,
        help_text=_("For example “§ 186 StGB” or “Terms of use, number 4”, and what it says."),
    )
    facts = forms.CharField(
        label=_("Facts"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("On which facts the decision rests. Both sides read this: no names."),
    )
    found_by_machine = forms.BooleanField(label=_("A program helped to find it"), required=False)
    decided_by_machine = forms.BooleanField(label=_("A program took part in the decision"), required=False)
    territory = forms.CharField(
        label=_("Only in"), max_length=200, required=False, help_text=_("Empty: everywhere on these pages.")
    )
    until = forms.DateField(
        label=_("Last day of the measure"),
        required=False,
        widget=DateInput(),
        help_text=_("Empty: no end. On the day after it is undone by itself."),
    )
    unfounded = forms.BooleanField(label=_("The notice was manifestly without ground"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, view: CaseView, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"version": view.version})
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [(one.value, one.label) for one in view.measures]  # type: ignore[attr-defined]

    def clean_measure(self) -> Measure:
        return Measure(self.cleaned_data["measure"])

    def clean_ground(self) -> Ground:
        return Ground(self.cleaned_data["ground"])


class AppealForm(DecisionForm):
    """The decision about a complaint."""

    outcome = forms.ChoiceField(
        label=_("The complaint"),
        choices=[
            ("upheld", _("changes nothing: the first decision stays")),
            ("reversed", _("is right: decide anew")),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ("outcome", "measure")

    def __init__(self, view: CaseView, *args: Any, **kwargs: Any) -> None:
        super().__init__(view, *args, **kwargs)
        del self.fields["unfounded"]


class HandOverForm(forms.Form):
    """To whom a case goes."""

    to = forms.ChoiceField(label=_("Give the case to"))

    def __init__(self, candidates: tuple[Candidate, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(str(one.public_id), one.name) for one in candidates]  # type: ignore[attr-defined]


class AbsenceForm(forms.Form):
    """Who is away, and who stands in."""

    person = forms.ChoiceField(label=_("Who is away?"))
    deputy = forms.ChoiceField(label=_("Who stands in?"))
    first = forms.DateField(label=_("First day"), widget=DateInput())
    last = forms.DateField(label=_("Last day"), widget=DateInput())

    def __init__(self, people: tuple[Candidate, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.public_id), one.name) for one in people]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]
        self.fields["deputy"].choices = choices  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why somebody is warned."""

    reason = forms.CharField(
        label=_("Reason for this step"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person reads it."),
    )


class SuspendForm(ReasonForm):
    """Why, and until when."""

    until = forms.DateField(label=_("Last day of the suspension"), widget=DateInput())


class QueueFilter(forms.Form):
    """What the queue shows; every field may be empty."""

    state = forms.ChoiceField(label=_("State"), required=False)
    whose = forms.ChoiceField(
        label=_("Whose"),
        required=False,
        choices=[
            ("", _("everybody’s")),
            ("mine", _("mine and those I stand in for")),
            ("nobody", _("nobody’s yet")),
        ],
    )
    category = forms.ChoiceField(label=_("Reason of the notice"), required=False)
    kind = forms.ChoiceField(label=_("Kind of content"), required=False)
    text = forms.CharField(
        label=_("Search"), required=False, max_length=100, help_text=_("Words of the content, or a number.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to_do, everything, any_one = gettext("to do"), gettext("all"), gettext("all of them")
        self.fields["state"].choices = [("", to_do), *State.choices, ("all", everything)]  # type: ignore[attr-defined]
        self.fields["category"].choices = [("", any_one), *Category.choices]  # type: ignore[attr-defined]
        kinds = [(one.kind, one.label) for one in things.kinds()]
        self.fields["kind"].choices = [("", any_one), *kinds]  # type: ignore[attr-defined]
