"""Shapes of input: a campaign, its texts, channels, costs, press contacts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wurt.core.action.actor import Actor
from wurt.core.campaigns import queries
from wurt.core.web.widgets import DateInput

STATES = {
    "draft": _("draft"),
    "planned": _("planned"),
    "running": pgettext_lazy("state of a campaign", "running"),
    "over": _("over"),
}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class EditForm(forms.Form):
    """What is planned."""

    title = forms.CharField(label=_("Title"), max_length=120)
    audience = forms.CharField(
        label=_("For whom"),
        required=False,
        max_length=200,
        help_text=_("For example: families with children."),
    )
    places = forms.MultipleChoiceField(
        label=_("Where it is seen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Open a part of the county and tick its places; a whole Amt stands first in its part."),
    )
    starts = forms.DateField(label=_("From"), widget=DateInput())
    ends = forms.DateField(label=_("Until"), widget=DateInput())
    indicator = forms.ChoiceField(
        label=_("Measured by"),
        required=False,
        help_text=_("A figure that is looked at before, during and after the campaign."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["places"].choices = queries.place_groups(actor)  # type: ignore[attr-defined]
        none = [("", _("no figure"))]
        self.fields["indicator"].choices = none + queries.indicator_choices(actor)  # type: ignore[attr-defined]


class CreateForm(EditForm):
    """A new one also says what it is about and who looks after it."""

    about = forms.ChoiceField(
        label=_("What it makes known"), help_text=_("The short links of the campaign lead to this page.")
    )
    place = forms.ChoiceField(label=_("Looked after by"))
    field_order = ("title", "about", "audience", "place", "places", "starts", "ends", "indicator")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(actor, *args, **kwargs)
        del self.fields["version"]
        self.fields["about"].choices = queries.about_choices(actor)  # type: ignore[attr-defined]
        self.fields["place"].choices = queries.place_groups(actor)  # type: ignore[attr-defined]

    def clean_about(self) -> tuple[str, str]:
        """Kind and key."""
        kind, _space, key = self.cleaned_data["about"].partition(" ")
        return kind, key


class TextsForm(forms.Form):
    """What stands on flyer, poster and press release."""

    headline = forms.CharField(label=_("Headline"), required=False, max_length=60)
    subline = forms.CharField(label=_("Line below it"), required=False, max_length=140)
    body = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=600,
        widget=_area(5),
        help_text=_("An empty line parts paragraphs."),
    )
    call = forms.CharField(
        label=_("What to do"), required=False, max_length=80, help_text=_("For example: Register now.")
    )
    contact = forms.CharField(label=_("Contact"), required=False, max_length=160)
    press_title = forms.CharField(label=_("Title of the press release"), required=False, max_length=120)
    press_lead = forms.CharField(
        label=_("First paragraph of the press release"), required=False, max_length=400, widget=_area(3)
    )
    press_body = forms.CharField(
        label=_("Text of the press release"), required=False, max_length=4000, widget=_area(12)
    )
    embargo = forms.DateTimeField(
        label=_("Embargo until"),
        required=False,
        help_text=_(
            "Like 2027-03-01 10:00. It is printed on the release; mails go out at once all the same."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ChannelForm(forms.Form):
    """One more channel."""

    kind = forms.ChoiceField(label=_("Channel"))
    note = forms.CharField(
        label=_("Note"), required=False, max_length=160, help_text=_("For example: 500 pieces, 40 bus stops.")
    )
    planned = forms.DecimalField(
        label=_("Planned cost in euros"), min_value=0, max_digits=10, decimal_places=2, initial=0
    )

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]


class CostForm(forms.Form):
    """What a channel costs."""

    note = forms.CharField(label=_("Note"), required=False, max_length=160)
    planned = forms.DecimalField(
        label=_("Planned cost in euros"), min_value=0, max_digits=10, decimal_places=2
    )
    spent = forms.DecimalField(
        label=_("Spent so far in euros"), required=False, min_value=0, max_digits=10, decimal_places=2
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CallForm(forms.Form):
    """Nothing to fill in: what was looked at is what goes out."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ContactForm(forms.Form):
    """Somebody of the press."""

    medium = forms.CharField(label=_("Newspaper, station or other medium"), max_length=160)
    name = forms.CharField(label=_("Name"), required=False, max_length=120)
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("Only those who agreed to be written to belong on the list.")
    )
    area = forms.CharField(label=_("Area"), required=False, max_length=160)


class CampaignFilter(forms.Form):
    """Which campaigns the list shows."""

    text = forms.CharField(label=_("Title or audience"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("all")), *STATES.items()]  # type: ignore[attr-defined]
