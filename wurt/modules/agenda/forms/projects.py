"""Forms of projects."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wurt.core.web.widgets import DateInput
from wurt.modules.agenda.forms.base import (
    ChosenField,
    DeskForm,
    DueField,
    LinesField,
    MoneyField,
    PlannedField,
    RowForm,
    choice,
)
from wurt.modules.agenda.queries.desk import Choices

STATES = (
    ("running", _("running")),
    ("planned", _("planned")),
    ("completed", _("completed")),
    ("stopped", _("stopped")),
)
COST_KINDS = (
    ("total", _("total")),
    ("grant", _("grant")),
    ("own", _("own share")),
    ("yearly", _("running costs per year")),
    ("other", _("other")),
)


def _area(rows: int = 6) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ProjectFilter(forms.Form):
    """Filter of the list of projects."""

    q = forms.CharField(label=_("Search"), required=False)
    field = forms.ChoiceField(label=_("Field of action"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=choice(STATES, _("all")))
    visible = forms.ChoiceField(
        label=_("Visible to"),
        required=False,
        choices=choice([("yes", _("everybody")), ("no", _("staff only"))], _("either")),
    )
    mine = forms.BooleanField(label=_("Only projects that I lead"), required=False)

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["field"].choices = choice(choices.fields, _("all"))  # type: ignore[attr-defined]


class NewProjectForm(DeskForm):
    """A new project: its title is enough."""

    rules = {"agenda.project_title": "title"}

    title = forms.CharField(label=_("Title"), max_length=300)
    short_title = forms.CharField(
        label=_("Short title"), max_length=120, required=False, help_text=_("For lists and the address.")
    )
    field = forms.ChoiceField(label=_("Field of action"), required=False)
    state = forms.ChoiceField(label=_("State"), choices=STATES[:2], initial="planned")

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["field"].choices = choice(choices.fields)  # type: ignore[attr-defined]


class ProfileForm(DeskForm):
    """The profile: what the project is about, when, with whom, and how to take part."""

    rules = {"agenda.project_dates": "end", "agenda.planned_start": "planned_start"}

    field = forms.ChoiceField(label=_("Field of action"), required=False)
    goal = forms.CharField(label=_("Goal"), required=False, widget=_area(3))
    content = forms.CharField(
        label=_("Content"), required=False, widget=_area(8), help_text=_("An empty line parts paragraphs.")
    )
    start = forms.DateField(label=_("Start"), required=False, widget=DateInput())
    end = forms.DateField(label=_("End"), required=False, widget=DateInput())
    planned_start = PlannedField(
        label=_("Planned start"),
        help_text=_("While there is no day yet: 2025, 3. Quartal 2025 (or Q3 2025) or Juli 2025."),
    )
    partners = LinesField(label=_("Cooperation partners"))
    stakeholders = LinesField(label=_("Stakeholders"))
    participation = forms.CharField(label=_("Form of participation"), required=False, widget=_area(4))
    participation_none_reason = forms.CharField(
        label=_("Why there is no participation"), required=False, widget=_area(3)
    )
    contact = forms.CharField(
        label=_("Contact for taking part"),
        required=False,
        widget=_area(3),
        help_text=_("Everybody sees this."),
    )

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["field"].choices = choice(choices.fields)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if values.get("participation") and values.get("participation_none_reason"):
            message = _("Please name either the form of participation or the reason why there is none.")
            self.add_error("participation_none_reason", forms.ValidationError(message))
        return values


class PeopleForm(DeskForm):
    """Who leads."""

    lead_organisation = ChosenField(label=_("Lead organisation"), required=False)
    lead = ChosenField(
        label=_("Lead"),
        required=False,
        help_text=_("The name is shown in public only if the person agreed; else the function."),
    )
    deputy = ChosenField(label=_("Deputy"), required=False)
    lead_function = forms.CharField(label=_("Function of the lead"), max_length=200, required=False)

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["lead_organisation"].choices = choice(choices.organisations)  # type: ignore[attr-defined]
        for name in ("lead", "deputy"):
            self.fields[name].choices = choice(choices.people, _("nobody"))  # type: ignore[attr-defined]


class MilestoneForm(DeskForm):
    """A milestone."""

    rules = {"agenda.milestone_label": "label", "agenda.due": "due", "agenda.done_on": "done_on"}

    label = forms.CharField(label=_("Milestone"), max_length=300)
    due = DueField(label=_("Due"), help_text=DueField.HELP)
    done = forms.BooleanField(label=_("Done"), required=False)
    done_on = forms.DateField(label=_("Done on"), required=False, widget=DateInput())


class CostRow(RowForm):
    """One cost."""

    needed = ("text",)

    text = forms.CharField(label=_("What it is for"), max_length=300)
    amount = MoneyField(
        label=_("Amount in euros"), max_digits=14, decimal_places=2, help_text=_("As 1200,50")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=COST_KINDS)
    source = forms.CharField(label=_("Paid by"), max_length=200)

    @property
    def is_empty(self) -> bool:
        values = getattr(self, "cleaned_data", {})
        return not any(values.get(name) for name in ("text", "amount", "source"))


class CostsForm(DeskForm):
    """All costs of a project."""

    row_forms = {"costs": (CostRow, _("Costs"))}


class DecisionRow(RowForm):
    """One decision."""

    needed = ("body",)

    body = forms.CharField(label=_("Decided by"), max_length=200)
    reference = forms.CharField(label=_("Reference"), max_length=60)
    decided_on = forms.DateField(label=_("Date"), widget=DateInput())
    title = forms.CharField(label=_("What was decided"), max_length=300)


class DecisionsForm(DeskForm):
    """All decisions about a project."""

    row_forms = {"decisions": (DecisionRow, _("Decisions"))}


class StateForm(DeskForm):
    """The next step of a project's life."""

    rules = {"agenda.state": "step", "agenda.project_dates": "on"}

    step = forms.ChoiceField(label=_("Step"), widget=forms.RadioSelect)
    on = forms.DateField(label=_("On"), widget=DateInput())
    note = forms.CharField(
        label=_("Note"), required=False, max_length=300, help_text=_("Only staff see it, in the history.")
    )

    STEPS = {
        "planned": [("start", _("start the project")), ("stop", _("stop the project"))],
        "running": [
            ("complete", _("complete the project")),
            ("stop", _("stop the project")),
            ("plan", _("plan it again")),
        ],
        "completed": [("reopen", _("reopen the project"))],
        "stopped": [("reopen", _("reopen the project")), ("plan", _("plan it again"))],
    }

    def __init__(self, *args: Any, state: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["step"].choices = self.STEPS[state]  # type: ignore[attr-defined]


class RenameForm(DeskForm):
    """Another title and address."""

    rules = {"agenda.project_title": "title"}

    title = forms.CharField(label=_("Title"), max_length=300)
    short_title = forms.CharField(label=_("Short title"), max_length=120, required=False)


class AliasesForm(DeskForm):
    """Other spellings by which imports recognise the project."""

    rules = {"agenda.alias_taken": "aliases"}

    aliases = LinesField(label=_("Other names"))
