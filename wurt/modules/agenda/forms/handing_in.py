"""Forms of handing in a report."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wurt.modules.agenda.forms.base import DeskForm
from wurt.modules.agenda.forms.months import STATUS

GREEN = "green_but_overdue"
_WHY = "why_"


class HandInForm(DeskForm):
    """A field for each thing that looks wrong: why it is right all the same."""

    def __init__(
        self, *args: Any, warnings: Sequence[tuple[str, str]], told: Mapping[str, str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for code, text in warnings:
            self.fields[_WHY + code] = forms.CharField(
                label=text,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=told.get(code, ""),
                help_text=_("Why is this right all the same? One sentence for the coordination."),
            )

    def clean(self) -> dict[str, Any]:
        """The answers go together into ``explanations``, by code of the warning."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        told = {name: text for name, text in values.items() if name.startswith(_WHY)}
        rest = {name: value for name, value in values.items() if name not in told}
        return rest | {"explanations": {name.removeprefix(_WHY): text for name, text in told.items()}}


class NothingNewForm(HandInForm):
    """The status of a month in which nothing happened."""

    rules = {"agenda.status": "status", "agenda.status_reason": "status_reason"}

    status = forms.ChoiceField(label=_("Status"), choices=STATUS[:3], widget=forms.RadioSelect)
    status_reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed if the status is yellow or red."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if _WHY + GREEN in self.fields:
            self.fields[_WHY + GREEN].required = False
            self.fields[_WHY + GREEN].help_text = _("Only if you choose green: why is it green all the same?")


class RemarkForm(DeskForm):
    """Something to say of a report."""

    part = forms.ChoiceField(label=_("Part of the report"), required=False)
    text = forms.CharField(label=_("Remark"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, parts: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["part"].choices = parts  # type: ignore[attr-defined]
