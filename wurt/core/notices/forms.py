"""Shapes of input: following, preferences, readers of letters."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wurt.core.notices import topics
from wurt.core.notices.kinds import CHOSEN_CHANNELS, Channel, Frequency, frequency, kinds
from wurt.core.notices.queries import SettingsView


class FollowForm(forms.Form):
    """An e-mail address, nothing else. ``website`` is a trap: people do not see it, programs fill it in."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("A mail asks you to confirm. Until then nothing is sent."),
        error_messages={"invalid": _("Write the whole e-mail address, like name@example.org.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
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
        for kind in kinds():
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
        return CHOSEN_CHANNELS if self.view.signed_in else (Channel.EMAIL,)

    def choices(self) -> dict[str, dict[str, str]]:
        """What was chosen, as ``{kind: {channel: frequency}}``."""
        return {
            kind.key: {
                channel.value: self.cleaned_data[f"{kind.key}:{channel.value}"] for channel in self.channels()
            }
            for kind in kinds()
        }


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
            (f"{topic.kind} {topic.key}", f"{kind.label}: {topic.title}")
            for kind in topics.kinds()
            for topic in kind.choices()
        ]

    def clean_topics(self) -> list[tuple[str, str]]:
        """Pairs of kind and key."""
        return [
            (kind, key) for kind, _space, key in (one.partition(" ") for one in self.cleaned_data["topics"])
        ]
