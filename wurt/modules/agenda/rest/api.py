"""The endpoints. Read only, for everybody, without a key."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from ninja import NinjaAPI
from ninja.decorators import decorate_view
from ninja.params.functions import Query

import wurt
from wurt.core.action.actor import Actor
from wurt.core.db.errors import NotFound
from wurt.core.web.public import public_page
from wurt.modules.agenda.domain.snapshot import MilestoneFact, ReportFact, to_data
from wurt.modules.agenda.queries.public_milestones import MilestoneFilter, milestone_page
from wurt.modules.agenda.queries.public_months import month_list, version_json
from wurt.modules.agenda.queries.public_overview import numbers, project_list
from wurt.modules.agenda.queries.public_profiles import profile
from wurt.modules.agenda.queries.public_projects import ProjectCard, ProjectFilter
from wurt.modules.agenda.queries.public_published import Withdrawn, report_facts
from wurt.modules.agenda.queries.public_scope import AgendaFact, agenda
from wurt.modules.agenda.queries.public_strategy import goals, organisations
from wurt.modules.agenda.rest import shapes

SECONDS = 300
MOST = 200
EXAMPLE = "Beispieldaten"
FAST: dict[Any, Any] = {429: shapes.Problem}
CHECKED: dict[Any, Any] = {422: shapes.Invalid, **FAST}


class AgendaAPI(NinjaAPI):
    """Lives inside the module's own name space of addresses."""

    def get_root_path(self, path_params: dict[str, Any]) -> str:
        """Where the interface is mounted."""
        return reverse("agenda:api:api-root", kwargs=path_params)


api = AgendaAPI(
    title="Wurt – agenda of the county",
    version=wurt.__version__,
    description="Published projects, months and milestones of the county's agenda. Read only, no key needed.",
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api",
)


@api.exception_handler(Withdrawn)
def withdrawn(request: HttpRequest, error: Withdrawn) -> HttpResponse:
    """410 as JSON with the public reason."""
    return api.create_response(request, {"message": error.note}, status=410)


@api.exception_handler(NotFound)
def not_found(request: HttpRequest, error: Exception) -> HttpResponse:
    """404 as JSON, the same for what is absent and for what is not public."""
    return api.create_response(request, {"message": "There is no such record."}, status=404)


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _url(name: str, *args: str) -> str:
    return f"{settings.WURT_URL}{reverse(name, args=args)}"


def shared(about: AgendaFact, *, example: bool = False) -> dict[str, Any]:
    """What every answer carries."""
    invented = about.example or example
    return {
        "licence": about.licence,
        "licence_url": about.licence_url,
        "attribution": about.county,
        "example": invented,
        "note": EXAMPLE if invented else "",
    }


def _next(request: HttpRequest, count: int, limit: int, offset: int) -> str | None:
    if offset + limit >= count:
        return None
    query = {**request.GET.dict(), "limit": str(limit), "offset": str(offset + limit)}
    return f"{settings.WURT_URL}{request.path}?{urlencode(query)}"


def _project(card: ProjectCard) -> dict[str, Any]:
    return {
        "id": card.id,
        "key": card.slug,
        "title": card.title,
        "short_title": card.name if card.name != card.title else "",
        "state": card.state,
        "status": card.status,
        "reported": card.reported,
        "has_progress": card.has_progress,
        "field": card.field,
        "field_key": card.field_slug,
        "goal": card.goal,
        "lead_organisation": card.lead_organisation,
        "partners": card.partners,
        "place": card.place,
        "start": card.start,
        "end": card.end,
        "planned_start": card.planned_start,
        "ended_on": card.ended_on,
        "example": card.example,
        "url": _url("agenda:project", card.slug),
    }


def _milestone(fact: MilestoneFact) -> dict[str, Any]:
    data: dict[str, Any] = to_data(fact)
    return data


def _report(month: str, fact: ReportFact) -> dict[str, Any]:
    data = {key: value for key, value in to_data(fact).items() if key != "profile"}
    return {"month": month, **data}


@api.get("agenda", response={200: shapes.Agenda, **FAST}, summary="The agenda", tags=["agenda"])
@decorate_view(public_page(SECONDS))
def get_agenda(request: HttpRequest) -> dict[str, Any]:
    """Name, motto, horizon, number of projects by state, newest month."""
    about = agenda(actor_of(request))
    page = numbers(actor_of(request))
    return {
        **shared(about),
        "name": about.name,
        "county": about.county,
        "motto": about.motto,
        "intro": about.intro,
        "horizon": about.horizon,
        "counts": to_data(page.counts),
        "latest_month": page.latest,
        "url": _url("agenda:overview"),
    }


@api.get("fields", response={200: shapes.Fields, **FAST}, summary="Fields of action", tags=["agenda"])
@decorate_view(public_page(SECONDS))
def get_fields(request: HttpRequest) -> dict[str, Any]:
    """Fields of action that have public projects."""
    page = numbers(actor_of(request))
    items = [{"key": one.value, "name": one.label, "projects": one.count} for one in page.fields]
    return {**shared(agenda(actor_of(request))), "items": items}


@api.get("projects", response={200: shapes.Projects, **CHECKED}, summary="Projects", tags=["projects"])
@decorate_view(public_page(SECONDS))
def get_projects(
    request: HttpRequest,
    field: str = "",
    state: shapes.State | None = None,
    status: str = Query("", pattern="^(green|yellow|red|none)?$"),
    partner: str = "",
    place: str = "",
    q: str = Query("", max_length=100),
    limit: int = Query(50, ge=1, le=MOST),
    offset: int = Query(0, ge=0, le=100_000),
) -> dict[str, Any]:
    """All public projects by title. ``status=none``: reported, but nobody gave a status."""
    chosen = ProjectFilter(field, state or "", status, partner, place, q)
    page = project_list(actor_of(request), chosen, offset=offset, limit=limit)
    items = [_project(card) for card in page.cards]
    return {
        **shared(agenda(actor_of(request)), example=any(item["example"] for item in items)),
        "count": page.count,
        "next": _next(request, page.count, limit, offset),
        "items": items,
    }


@api.get(
    "projects/{key}",
    response={200: shapes.Project, 404: shapes.Problem, **FAST},
    summary="One project",
    tags=["projects"],
)
@decorate_view(public_page(SECONDS))
def get_project(request: HttpRequest, key: str) -> dict[str, Any]:
    """The profile of today with the newest published report."""
    found = profile(actor_of(request), key)
    entry = found.entries[0]
    facts = {
        name: value for name, value in to_data(entry.fact).items() if name not in ("lead_person", "example")
    }
    return {
        **shared(found.agenda, example=entry.fact.example),
        **facts,
        "id": entry.profile.id,
        "lead": entry.profile.lead,
        "place": entry.profile.place,
        "planned_start": entry.profile.planned_start,
        "ended_on": entry.profile.ended_on,
        "goals": [slug for slug, _title in entry.profile.goals],
        "milestones": [_milestone(item) for item in entry.milestones],
        "report": _report(entry.rows[0].month, entry.report) if entry.report else None,
        "months": [row.month for row in entry.rows],
        "url": _url("agenda:project", entry.slug),
    }


@api.get(
    "projects/{key}/reports",
    response={200: shapes.Reports, 404: shapes.Problem, **FAST},
    summary="All reports of a project",
    tags=["projects"],
)
@decorate_view(public_page(SECONDS))
def get_reports(request: HttpRequest, key: str) -> dict[str, Any]:
    """Month by month, newest first."""
    found = profile(actor_of(request), key)
    entry = found.entries[0]
    facts = report_facts(row.report for row in entry.rows)
    return {
        **shared(found.agenda, example=entry.fact.example),
        "key": key,
        "items": [_report(row.month, facts[row.report]) for row in entry.rows],
    }


@api.get("months", response={200: shapes.Months, **FAST}, summary="Published months", tags=["months"])
@decorate_view(public_page(SECONDS))
def get_months(request: HttpRequest) -> dict[str, Any]:
    """All published months with the hash of their facts."""
    page = month_list(actor_of(request))
    items = [
        {
            "month": line.edition.month,
            "version": line.edition.number,
            "published_at": line.edition.published_at,
            "sha256": line.edition.digest,
            "reports": line.reports,
            "with_progress": line.progress,
            "url": _url("agenda:month", line.edition.month),
            "json_url": _url("agenda:api:get_month", line.edition.month),
        }
        for line in page.lines
    ]
    return {**shared(page.agenda), "items": items}


@api.get(
    "months/{month}",
    response={200: dict[str, Any], 404: shapes.Problem, 410: shapes.Problem, **CHECKED},
    summary="One month as published",
    tags=["months"],
)
@decorate_view(public_page(SECONDS))
def get_month(
    request: HttpRequest, month: str, version: int | None = Query(None, ge=1, le=10_000)
) -> HttpResponse:
    """The canonical JSON exactly as hashed; the header ``X-Content-SHA256`` holds SHA-256 of the body."""
    chosen, text = version_json(actor_of(request), month, version)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["X-Content-SHA256"] = chosen.digest
    return response


@api.get(
    "milestones", response={200: shapes.Milestones, **CHECKED}, summary="Milestones", tags=["milestones"]
)
@decorate_view(public_page(SECONDS))
def get_milestones(
    request: HttpRequest,
    kind: shapes.Kind | None = None,
    field: str = "",
    project: str = "",
    limit: int = Query(50, ge=1, le=MOST),
    offset: int = Query(0, ge=0, le=100_000),
) -> dict[str, Any]:
    """Milestones of all public projects by date."""
    page = milestone_page(actor_of(request), MilestoneFilter(kind or "", field, project), per_page=None)
    lines = page.lines[offset : offset + limit]
    items = [
        {
            **_milestone(line.fact),
            "kind": line.kind,
            "project": line.project.slug,
            "project_title": line.project.title,
            "url": _url("agenda:project", line.project.slug),
        }
        for line in lines
    ]
    return {
        **shared(page.agenda, example=any(line.project.example for line in lines)),
        "count": len(page.lines),
        "next": _next(request, len(page.lines), limit, offset),
        "as_of": page.as_of,
        "items": items,
    }


@api.get(
    "organisations", response={200: shapes.Organisations, **FAST}, summary="Organisations", tags=["agenda"]
)
@decorate_view(public_page(SECONDS))
def get_organisations(request: HttpRequest) -> dict[str, Any]:
    """Partners of the county, and all organisations of public projects."""
    items = [{**to_data(one), "key": one.slug} for one in organisations(actor_of(request))]
    return {
        **shared(agenda(actor_of(request)), example=any(item["example"] for item in items)),
        "items": items,
    }


@api.get("goals", response={200: shapes.Goals, **FAST}, summary="Goals of the strategy", tags=["agenda"])
@decorate_view(public_page(SECONDS))
def get_goals(request: HttpRequest) -> dict[str, Any]:
    """The goals with the keys of the public projects that serve them."""
    items = [
        {
            "key": goal.slug,
            "title": goal.title,
            "text": goal.text,
            "projects": [link.slug for link in goal.projects],
        }
        for goal in goals(actor_of(request))
    ]
    return {**shared(agenda(actor_of(request))), "items": items}
