"""Forms of fields, goals, bodies, strategy and documents."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wurt.modules.agenda.forms.base import ChosenField, DeskForm, RowForm, choice
from wurt.modules.agenda.queries.desk import Choices

BODY_KINDS = (
    ("steering", _("steering group")),
    ("project", _("project group")),
    ("working", _("working group")),
)
DOCUMENTS = (("strategy", _("Digital strategy")), ("agenda", _("Digital agenda")))


def _area(rows: int = 5) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class FieldForm(DeskForm):
    """A field of action."""

    rules = {"agenda.field_name": "name"}

    name = forms.CharField(label=_("Name"), max_length=200)
    description = forms.CharField(label=_("Description"), required=False, widget=_area())


class MergeFieldForm(DeskForm):
    """Into which field."""

    rules = {"agenda.same_field": "into"}

    into = forms.ChoiceField(label=_("Merge into"))

    def __init__(self, *args: Any, fields: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["into"].choices = fields  # type: ignore[attr-defined]


class GoalForm(DeskForm):
    """A goal with its projects."""

    rules = {"agenda.goal_title": "title"}

    title = forms.CharField(label=_("Title"), max_length=200)
    text = forms.CharField(label=_("Text"), required=False, widget=_area())
    projects = forms.MultipleChoiceField(
        label=_("Projects that serve it"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, projects: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["projects"].choices = projects  # type: ignore[attr-defined]

    def clean_projects(self) -> list[UUID]:
        return [UUID(value) for value in self.cleaned_data["projects"]]


class BodyForm(DeskForm):
    """A group."""

    rules = {"agenda.body_name": "name", "agenda.body_kind": "kind"}

    kind = forms.ChoiceField(label=_("Kind"), choices=BODY_KINDS)
    name = forms.CharField(label=_("Name"), max_length=200)
    text = forms.CharField(label=_("What it does"), required=False, widget=_area(8))


class MemberRow(RowForm):
    """A seat."""

    needed = ("organisation", "function")

    organisation = ChosenField(label=_("Organisation"))
    function = forms.CharField(label=_("Function"), max_length=200)
    person = ChosenField(label=_("Person"), help_text=_("The name is shown only if the person agreed."))


class MembersForm(DeskForm):
    """All members of a group."""

    row_forms = {"members": (MemberRow, _("Members"))}

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        for row in self.row_sets["members"].forms:
            row.fields["organisation"].choices = choice(choices.organisations)
            row.fields["person"].choices = choice(choices.people, _("nobody"))


class AgendaForm(DeskForm):
    """The texts of the agenda."""

    rules = {"agenda.name": "name"}

    name = forms.CharField(label=_("Name"), max_length=200)
    motto = forms.CharField(label=_("Motto"), max_length=300, required=False)
    intro = forms.CharField(label=_("Introduction"), required=False, widget=_area())
    strategy = forms.CharField(
        label=_("Strategy page"),
        required=False,
        widget=_area(20),
        help_text=_("Markdown: ## heading, - list, **bold**, [words](address)"),
    )
    horizon = forms.CharField(label=_("Horizon"), max_length=200, required=False)
    licence = forms.CharField(label=_("Licence of the data"), max_length=60)
    licence_url = forms.URLField(label=_("Address of the licence"), assume_scheme="https")
    contact = forms.CharField(label=_("Contact for taking part"), required=False, widget=_area(3))


class DocumentForm(DeskForm):
    """A version of a document."""

    rules = {
        "agenda.document_version": "version_name",
        "agenda.document_kind": "kind",
        "files.empty": "file",
        "files.too_large": "file",
        "files.wrong_type": "file",
    }

    kind = forms.ChoiceField(label=_("Document"), choices=DOCUMENTS)
    version_name = forms.CharField(label=_("Version"), max_length=40, help_text=_("For example 1.2."))
    note = forms.CharField(label=_("What changed"), max_length=300, required=False)
    file = forms.FileField(label=_("File (PDF)"), allow_empty_file=True)


class RoundsForm(DeskForm):
    """How rounds of reports open."""

    opens = forms.TypedChoiceField(
        label=_("A round opens"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Every running project then gets its report, and whoever is to write it a notice."),
    )
    back = forms.TypedChoiceField(
        label=_("It is about"),
        coerce=int,
        choices=[(1, _("the month before")), (0, _("the month in which it opens"))],
    )
    every = forms.TypedChoiceField(
        label=_("Rhythm"),
        coerce=int,
        choices=[
            (1, _("every month")),
            (2, _("every second month")),
            (3, _("every quarter")),
            (6, _("every half-year")),
        ],
    )
    days = forms.IntegerField(
        label=_("Days to hand in"),
        min_value=1,
        max_value=60,
        help_text=_(
            "Three days before the last one the leads are reminded who have not handed in, a day after it the"
            " deputies, too, and four days after it the coordination, too; only on working days by day."
        ),
    )
    approval = forms.BooleanField(
        label=_("The steering group approves reports in a meeting before they are published"), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        days = [(day, gettext("on day %(day)d of the month") % {"day": day}) for day in range(1, 29)]
        self.fields["opens"].choices = [("", gettext("by hand")), *days]  # type: ignore[attr-defined]
