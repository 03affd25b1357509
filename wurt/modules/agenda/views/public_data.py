"""Open data: the page that explains it, tables as CSV, profiles as PDF; what robots may read."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wurt.core.db.clock import today
from wurt.core.web.public import download, public_page, show
from wurt.modules.agenda.exports import tables
from wurt.modules.agenda.queries.public_milestones import MilestoneFilter, milestone_page, timeline
from wurt.modules.agenda.queries.public_months import month_facts
from wurt.modules.agenda.queries.public_overview import project_list
from wurt.modules.agenda.queries.public_profiles import profile, profiles
from wurt.modules.agenda.queries.public_projects import ProjectFilter
from wurt.modules.agenda.queries.public_scope import agenda, is_example, text_of
from wurt.modules.agenda.queries.public_strategy import goals, organisations
from wurt.modules.agenda.views import public_files as files
from wurt.modules.agenda.views import public_tables as rows
from wurt.modules.agenda.views.public_http import actor_of, follow_renames

FILE_SECONDS = 300


@public_page()
def data(request: HttpRequest) -> HttpResponse:
    """What can be taken, in which form, under which licence."""
    about = agenda(actor_of(request))
    return show(request, "agenda/data.html", example=about.example, agenda=about)


@public_page(FILE_SECONDS)
def projects_csv(request: HttpRequest) -> HttpResponse:
    """The projects that the overview shows."""
    page = project_list(actor_of(request), ProjectFilter.read(request.GET))
    return _csv(rows.projects_rows(page), "projekte", page.example)


@public_page(FILE_SECONDS)
def milestones_csv(request: HttpRequest) -> HttpResponse:
    """The milestones that the page shows."""
    page = milestone_page(actor_of(request), MilestoneFilter.read(request.GET), per_page=None)
    return _csv(rows.milestones_rows(page), "meilensteine", page.agenda.example)


@public_page(FILE_SECONDS)
def timeline_csv(request: HttpRequest) -> HttpResponse:
    """The timeline as a table."""
    page = timeline(actor_of(request), text_of(request.GET, "feld", 120), per_page=None)
    chart = rows.timeline_chart(page, today())
    return _csv((list(chart.columns), list(chart.rows)), "zeitplan", page.agenda.example)


@public_page(FILE_SECONDS)
def reports_csv(request: HttpRequest) -> HttpResponse:
    """All reports of all published months."""
    example = is_example(actor_of(request))
    content = tables.reports_csv(month_facts(actor_of(request)))
    return download(content, files.CSV, "berichte.csv", example=example)


@public_page(FILE_SECONDS)
def decisions_csv(request: HttpRequest) -> HttpResponse:
    """Political decisions of all projects."""
    found = profiles(actor_of(request))
    content = tables.decisions_csv(entry.fact for entry in found.entries)
    return download(content, files.CSV, "beschluesse.csv", example=found.agenda.example)


@public_page(FILE_SECONDS)
def costs_csv(request: HttpRequest) -> HttpResponse:
    """Costs of all projects."""
    found = profiles(actor_of(request))
    content = tables.costs_csv(entry.fact for entry in found.entries)
    return download(content, files.CSV, "kosten.csv", example=found.agenda.example)


@public_page(FILE_SECONDS)
def goals_csv(request: HttpRequest) -> HttpResponse:
    """The goals of the strategy with their projects."""
    example = is_example(actor_of(request))
    return _csv(rows.goals_rows(goals(actor_of(request)), example), "ziele", example)


@public_page(FILE_SECONDS)
def organisations_csv(request: HttpRequest) -> HttpResponse:
    """The organisations of the agenda."""
    found = organisations(actor_of(request))
    return _csv(rows.organisations_rows(found), "organisationen", is_example(actor_of(request)))


def _csv(table: rows.Rows, name: str, example: bool) -> HttpResponse:
    return download(tables.rows_csv(*table), files.CSV, f"{name}.csv", example=example)


@public_page(FILE_SECONDS)
@follow_renames
def project_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The profile of a project."""
    found = profile(actor_of(request), slug)
    example = found.agenda.example or found.entries[0].fact.example
    return download(
        files.profile_file(found), files.PDF, f"steckbrief-{slug}.pdf", example=example, inline=True
    )


@public_page(FILE_SECONDS)
def profiles_pdf(request: HttpRequest) -> HttpResponse:
    """All profiles in one document."""
    found = profiles(actor_of(request))
    return download(
        files.profiles_file(found),
        files.PDF,
        "steckbriefe.pdf",
        example=found.agenda.example,
        inline=True,
    )


@public_page()
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read everything public; nothing where the records are invented."""
    example = is_example(actor_of(request)) or settings.WURT_DEMO
    lines = ["User-agent: *"]
    lines += ["Disallow: /"] if example else [f"Disallow: {reverse('account_login')}", "Disallow: /arbeit/"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
