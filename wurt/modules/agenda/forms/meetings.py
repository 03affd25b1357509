"""Forms of meetings."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wurt.core.web.widgets import DateTimeInput
from wurt.modules.agenda.actions.meetings import LONGEST_REASON
from wurt.modules.agenda.forms.base import DeskForm

OUTCOMES = (("approved", _("approved")), ("returned", _("returned")))


class MeetingForm(DeskForm):
    """When, where, about what; and for a new one, of which group."""

    body = forms.ChoiceField(label=_("Group"))
    starts = forms.DateTimeField(label=_("Begins"), widget=DateTimeInput())
    place = forms.CharField(
        label=_("Place"),
        required=False,
        max_length=300,
        help_text=_("A room, or the address of a video call."),
    )
    items = forms.CharField(
        label=_("Further items of the agenda"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One per line. The reports that wait for a decision stand on the agenda by themselves."),
    )

    def __init__(self, *args: Any, bodies: Sequence[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        if bodies:
            self.fields["body"].choices = bodies  # type: ignore[attr-defined]
        else:
            del self.fields["body"]


class DecideForm(DeskForm):
    """Approved or returned, for every report that waits."""

    def __init__(self, *args: Any, reports: Sequence[tuple[UUID, str]], **options: Any) -> None:
        """``reports``: public id and title."""
        super().__init__(*args, **options)
        self.reports = reports
        for public_id, title in reports:
            self.fields[f"outcome_{public_id.hex}"] = forms.ChoiceField(
                label=title, choices=OUTCOMES, widget=forms.RadioSelect
            )
            self.fields[f"reason_{public_id.hex}"] = forms.CharField(
                label=gettext("Why it goes back: %(title)s") % {"title": title},
                required=False,
                max_length=LONGEST_REASON,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        returned = {}
        for public_id, _title in self.reports:
            if values.get(f"outcome_{public_id.hex}") == "returned":
                reason = returned[str(public_id)] = values.get(f"reason_{public_id.hex}", "")
                if not reason:
                    text = gettext("Please say why; whoever writes the report is told.")
                    self.add_error(f"reason_{public_id.hex}", text)
        values["returned"] = returned
        return values


class MinutesForm(DeskForm):
    """What was talked about; then the meeting is closed."""

    minutes = forms.CharField(
        label=_("Minutes"),
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("An empty line parts paragraphs."),
    )
    sure = forms.BooleanField(label=_("The minutes are complete; the meeting will not change any more."))
