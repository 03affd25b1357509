"""The desk's forms of figures: of a project, of a goal."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wurt.modules.agenda.actions import measures as actions
from wurt.modules.agenda.actions.values import MeasureValue
from wurt.modules.agenda.forms.measures import MeasuresForm
from wurt.modules.agenda.queries import desk_projects, desk_settings, measures
from wurt.modules.agenda.views.desk_forms import Page, actor_of, form_page

form_methods = require_http_methods(["GET", "HEAD", "POST"])


def _lead() -> str:
    return _(
        "Choose by which figures everybody can see what is achieved. With baseline and target, each with its "
        "day, the page says whether it is on the way: the straight line between the two is what counts."
    )


def _values(data: dict[str, Any]) -> list[MeasureValue]:
    return [MeasureValue(**row) for row in data["measures"]]


@form_methods
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures of a project."""
    actor = actor_of(request)
    row = desk_projects.project_to_edit(actor, slug)
    keys, places = measures.choices(actor)
    back = reverse("agenda:desk_project", args=[slug])

    def start() -> dict[str, Any]:
        found = desk_projects.project_to_edit(actor, slug)
        return {"measures": measures.measure_rows(actor, project=found), "version": found.version}

    def save(data: dict[str, Any]) -> None:
        actions.measure_project(actor, project=row.public_id, measures=_values(data), version=data["version"])

    trail = [(_("Projects"), reverse("agenda:desk_projects")), (row.name, back), (_("Figures"), "")]
    return form_page(
        request,
        Page(title=_("Figures"), back=back, trail=trail, lead=_lead(), done=_("The figures are saved.")),
        lambda data, values: MeasuresForm(data, initial=dict(values), keys=keys, places=places),
        start,
        save,
    )


@form_methods
def goal(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures of a goal."""
    actor = actor_of(request)
    row, _start = desk_settings.goal(actor, slug)
    keys, places = measures.choices(actor)
    back = reverse("agenda:desk_goals")

    def start() -> dict[str, Any]:
        found, _values = desk_settings.goal(actor, slug)
        return {"measures": measures.measure_rows(actor, goal=found), "version": found.version}

    def save(data: dict[str, Any]) -> None:
        actions.measure_goal(actor, slug=slug, measures=_values(data), version=data["version"])

    return form_page(
        request,
        Page(
            title=_("Figures"),
            back=back,
            trail=[(_("Goals"), back), (row.title, ""), (_("Figures"), "")],
            lead=_lead(),
            done=_("The figures are saved."),
        ),
        lambda data, values: MeasuresForm(data, initial=dict(values), keys=keys, places=places),
        start,
        save,
    )
