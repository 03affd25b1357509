"""Forms of months and reports."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wurt.core.web.widgets import DateInput, MonthInput
from wurt.modules.agenda.forms.base import DeskForm, DueField, LinesField, RowForm

STATUS = (
    ("green", _("green: as planned")),
    ("yellow", _("yellow: difficulties that the project solves itself")),
    ("red", _("red: the goal is in danger")),
    ("", _("no statement")),
)
PROGRESS = (("yes", _("there is progress")), ("no", _("there is none this month")), ("", _("not stated yet")))


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class OpenMonthForm(DeskForm):
    """A month to open."""

    rules = {"agenda.month_open": "month", "agenda.month_future": "month"}

    month = forms.CharField(label=_("Month"), widget=MonthInput(), help_text=_("As 2024-05."))
    due = forms.DateField(
        label=_("Hand in until"), required=False, widget=DateInput(), help_text=_("Who is late is reminded.")
    )

    def clean_month(self) -> date:
        try:
            return date.fromisoformat(f"{self.cleaned_data['month']}-01")
        except ValueError:
            raise forms.ValidationError(
                _("Please give the month as year and number, like 2024-05.")
            ) from None


class IntroForm(DeskForm):
    """The last day of handing in, and the editor's introduction."""

    due = forms.DateField(
        label=_("Hand in until"), required=False, widget=DateInput(), help_text=_("Who is late is reminded.")
    )
    intro = forms.CharField(
        label=_("Introduction"),
        required=False,
        widget=_area(8),
        help_text=_("An empty line parts paragraphs."),
    )


class AddReportForm(DeskForm):
    """A project that has no report in the month yet."""

    rules = {"agenda.report_exists": "project"}

    project = forms.ChoiceField(label=_("Project"))

    def __init__(self, *args: Any, projects: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["project"].choices = projects  # type: ignore[attr-defined]


class MilestoneRow(RowForm):
    """A milestone as the report states it."""

    needed = ("label",)

    label = forms.CharField(label=_("Milestone"), max_length=300)
    due = DueField(label=_("Due"), help_text=DueField.HELP)
    done = forms.BooleanField(label=_("Done"))
    done_on = forms.DateField(label=_("Done on"), widget=DateInput())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not str(self.prefix or "-0").endswith("-0"):
            self.fields["due"].help_text = ""  # the first row says it


class ReportForm(DeskForm):
    """One project in one month."""

    rules = {
        "agenda.status": "status",
        "agenda.status_reason": "status_reason",
        "agenda.progress": "progress",
    }
    row_forms = {"milestones": (MilestoneRow, _("Milestones"))}

    status = forms.ChoiceField(label=_("Status"), choices=STATUS, required=False, widget=forms.RadioSelect)
    status_reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=_area(3),
        help_text=_("Needed if the status is yellow or red."),
    )
    has_progress = forms.ChoiceField(
        label=_("Progress in the reporting period"),
        choices=PROGRESS,
        required=False,
        widget=forms.RadioSelect,
    )
    progress = forms.CharField(label=_("What was achieved"), required=False, widget=_area(6))
    overall_state = forms.CharField(label=_("Overall state"), required=False, widget=_area(10))
    next_activities = LinesField(label=_("Next steps"))
    risks = LinesField(label=_("Risks"))
    figures = forms.MultipleChoiceField(
        label=_("Figures of this month"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those that are ticked become part of the report and are frozen when it is published."),
    )

    def __init__(self, *args: Any, figures: Sequence[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        if not figures:
            del self.fields["figures"]
            return
        self.fields["figures"].choices = figures  # type: ignore[attr-defined]
        if self.initial.get("figures") is None:
            self.initial["figures"] = [key for key, _text in figures]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        stated = values.get("has_progress") or ""
        if stated == "" and values.get("progress"):
            stated = "yes"
        values["has_progress"] = stated == "yes"
        values["progress"] = None if stated == "" else values.get("progress", "")
        values["status"] = values.get("status") or None
        return values


class WithdrawForm(DeskForm):
    """Say why a published month is taken back."""

    rules = {"agenda.withdrawal_note": "note"}

    note = forms.CharField(
        label=_("Why the report is withdrawn"), max_length=500, help_text=_("Readers will see it.")
    )


class PublishForm(DeskForm):
    """Confirm that the month is published."""

    rules = {"agenda.correction_note": "note", "agenda.not_approved": "leave_out"}

    note = forms.CharField(
        label=_("What was corrected"), required=False, max_length=500, help_text=_("Readers will see it.")
    )
    leave_out = forms.BooleanField(
        label=_("Publish without the reports that are not approved"),
        required=False,
        help_text=_("They can follow as a correction once they are approved."),
    )
    sure = forms.BooleanField(label=_("I have checked the statements above."))

    def __init__(self, *args: Any, correction: bool, incomplete: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not incomplete:
            del self.fields["leave_out"]
        if correction:
            self.fields["note"].required = True
        else:
            del self.fields["note"]
