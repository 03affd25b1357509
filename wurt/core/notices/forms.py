"""Shapes of input: following, preferences, readers of letters."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wurt.core.notices import topics
from wurt.core.notices.call_queries import DUE, HELD_NOW, LATER
from wurt.core.notices.kinds import CHOSEN_CHANNELS, Channel, Frequency, chosen_kinds, frequency
from wurt.core.notices.queries import SettingsView


class FollowForm(forms.Form):
    """An e-mail address, nothing else."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("A mail asks you to confirm. Until then nothing is sent."),
        error_messages={"invalid": _("Write the whole e-mail address, like name@example.org.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


def _hours() -> list[tuple[int, str]]:
    return [(hour, gettext("%(hour)d o’clock") % {"hour": hour}) for hour in range(24)]


class SettingsForm(forms.Form):
    """A frequency for each kind and channel, and quiet hours."""

    quiet_from = forms.TypedChoiceField(label=_("Quiet from"), coerce=int)
    quiet_until = forms.TypedChoiceField(
        label=_("Quiet until"),
        coerce=int,
        help_text=_("No notice is mailed in these hours. The same hour twice means no quiet hours."),
    )

    def __init__(self, view: SettingsView, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"quiet_from": view.quiet_from, "quiet_until": view.quiet_until}
        super().__init__(*args, **kwargs)
        self.view = view
        for name in ("quiet_from", "quiet_until"):
            self.fields[name].choices = _hours()  # type: ignore[attr-defined]
        fields = {}
        for kind in chosen_kinds():
            for channel in self.channels():
                fields[f"{kind.key}:{channel.value}"] = forms.ChoiceField(
                    label=f"{kind.label}, {channel.label}",
                    choices=Frequency.choices,
                    initial=frequency(view.choices, kind.key, channel).value,
                    help_text=str(kind.meaning),
                )
        self.fields = fields | self.fields

    def channels(self) -> tuple[Channel, ...]:
        """What this subscriber can be reached by."""
        return tuple(
            channel
            for channel in CHOSEN_CHANNELS
            if channel is Channel.EMAIL
            or (channel is Channel.IN_APP and self.view.signed_in)
            or (channel is Channel.PUSH and self.view.devices)
        )

    def choices(self) -> dict[str, dict[str, str]]:
        """What was chosen, as ``{kind: {channel: frequency}}``."""
        return {
            kind.key: {
                channel.value: self.cleaned_data[f"{kind.key}:{channel.value}"] for channel in self.channels()
            }
            for kind in chosen_kinds()
        }


class DeviceForm(forms.Form):
    """What the browser says of itself when it lets notices come; a script fills in all but the name."""

    name = forms.CharField(
        label=_("Name of this device"),
        max_length=60,
        help_text=_("So that you know it again, like “My phone”."),
    )
    endpoint = forms.CharField(max_length=1000, widget=forms.HiddenInput)
    p256dh = forms.CharField(max_length=100, widget=forms.HiddenInput)
    auth = forms.CharField(max_length=40, widget=forms.HiddenInput)


class LetterReaderForm(forms.Form):
    """Somebody without e-mail."""

    name = forms.CharField(label=_("Name"), max_length=200)
    address = forms.CharField(
        label=_("Postal address"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Street and number, postcode and town; at most five lines."),
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one topic.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = [  # type: ignore[attr-defined]
            (kind.label, [(f"{topic.kind} {topic.key}", topic.title) for topic in found])
            for kind in topics.kinds()
            if (found := kind.choices())
        ]

    def clean_topics(self) -> list[tuple[str, str]]:
        """Pairs of kind and key."""
        return [
            (kind, key) for kind, _space, key in (one.partition(" ") for one in self.cleaned_data["topics"])
        ]


def call_states() -> list[tuple[str, str]]:
    """Words for the states of calls."""
    return [
        (DUE, gettext("to be called now")),
        (LATER, gettext("to be called later")),
        (HELD_NOW, gettext("is being called")),
    ]


class CallFilter(forms.Form):
    """Which calls the list shows."""

    place = forms.ChoiceField(label=_("Place"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, places: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", gettext("all"))]
        self.fields["place"].choices = [*every, *places]  # type: ignore[attr-defined]
        self.fields["state"].choices = [*every, *call_states()]  # type: ignore[attr-defined]
