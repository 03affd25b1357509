"""Home, overview, project, history, timeline, milestones, strategy, bodies."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wurt.core.db.clock import today
from wurt.core.db.errors import NotFound
from wurt.core.web.public import page_of, public_page, show
from wurt.modules.agenda.queries.public_history import Pair, history_page
from wurt.modules.agenda.queries.public_home import home as home_query
from wurt.modules.agenda.queries.public_milestones import MilestoneFilter, milestone_page
from wurt.modules.agenda.queries.public_milestones import timeline as timeline_query
from wurt.modules.agenda.queries.public_overview import overview as overview_query
from wurt.modules.agenda.queries.public_project import project_page
from wurt.modules.agenda.queries.public_projects import ProjectFilter
from wurt.modules.agenda.queries.public_scope import text_of
from wurt.modules.agenda.queries.public_strategy import body_page, strategy_page
from wurt.modules.agenda.queries.public_success import success_page
from wurt.modules.agenda.queries.services import promised_services
from wurt.modules.agenda.views import public_lists as lists
from wurt.modules.agenda.views import public_show as present
from wurt.modules.agenda.views import public_tables as tables
from wurt.modules.agenda.views.public_difference import difference
from wurt.modules.agenda.views.public_http import actor_of, follow_renames
from wurt.modules.agenda.views.public_measures import goals_table, plot


@public_page(keep=True)
def home(request: HttpRequest) -> HttpResponse:
    """What can I do here?"""
    page = home_query(actor_of(request))
    if page is None:
        return show(request, "agenda/empty.html", example=False)
    return show(request, "agenda/home.html", example=page.example, page=page, doors=present.doors(page))


@public_page(keep=True)
def overview(request: HttpRequest) -> HttpResponse:
    """All projects by field of action and state."""
    page = overview_query(actor_of(request), ProjectFilter.read(request.GET), page_of(request))
    return show(
        request,
        "agenda/overview.html",
        example=page.example,
        page=page,
        tabs=present.state_tabs(page),
        filters=present.project_filters(page),
        query=present.query(page.filter.pairs),
        pages=present.pages(page.pages, page.page),
        chosen=[pair for pair in page.filter.pairs if pair[0] != "feld"],
    )


@public_page(keep=True)
@follow_renames
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """One project."""
    actor = actor_of(request)
    page = project_page(actor, slug)
    return show(
        request,
        "agenda/project.html",
        example=page.agenda.example or page.head.example,
        page=page,
        facts=present.profile_facts(page),
        shifts=present.shifts(page.milestones),
        plots=[plot(item) for item in page.measures],
        promised=promised_services(actor, page.head.public_id),
        table=lists.history_table(page.history[:6], slug, _("Status and progress in the newest months")),
    )


@public_page(keep=True)
@follow_renames
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """A project month by month, and the difference between two months."""
    page = history_page(actor_of(request), slug, Pair.read(request.GET))
    return show(
        request,
        "agenda/history.html",
        example=page.agenda.example or page.head.example,
        page=page,
        difference=difference(page.difference) if page.difference else None,
        table=lists.history_table(page.rows, slug, _("Status and progress in all months")),
    )


@public_page(keep=True)
def timeline(request: HttpRequest) -> HttpResponse:
    """The whole agenda on a time axis."""
    page = timeline_query(actor_of(request), text_of(request.GET, "feld", 120), page=page_of(request))
    chart = tables.timeline_chart(page, today(), get_language() or "de")
    return show(
        request,
        "agenda/timeline.html",
        example=page.agenda.example,
        page=page,
        chart=chart,
        table=tables.timeline_table(page, chart),
        pages=present.pages(page.pages, page.page),
    )


@public_page(keep=True)
def milestones(request: HttpRequest) -> HttpResponse:
    """Milestones of all projects."""
    page = milestone_page(actor_of(request), MilestoneFilter.read(request.GET), page=page_of(request))
    return show(
        request,
        "agenda/milestones.html",
        example=page.agenda.example,
        page=page,
        tabs=present.milestone_tabs(page),
        filters=present.milestone_filters(page),
        table=tables.milestone_table(page),
        query=present.query(page.filter.pairs),
        pages=present.pages(page.pages, page.page),
    )


@public_page(keep=True)
def strategy(request: HttpRequest) -> HttpResponse:
    """The strategy with its goals and downloads."""
    page = strategy_page(actor_of(request))
    return show(
        request,
        "agenda/strategy.html",
        example=page.agenda.example,
        page=page,
    )


@public_page()
def success(request: HttpRequest) -> HttpResponse:
    """Each goal with its figures, and the goals and projects that nobody measures."""
    page = success_page(actor_of(request))
    goals = [(goal, [plot(item) for item in goal.measures]) for goal in page.measured]
    return show(
        request,
        "agenda/success.html",
        example=page.agenda.example,
        page=page,
        goals=goals,
        table=goals_table(page),
    )


@public_page(keep=True)
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """Steering group, project group or working group."""
    page = body_page(actor_of(request), slug)
    return show(
        request,
        "agenda/body.html",
        example=page.agenda.example,
        page=page,
        table=lists.seats_table(page),
    )


@public_page(keep=True)
def bodies(request: HttpRequest) -> HttpResponse:
    """All bodies."""
    page = strategy_page(actor_of(request))
    if not page.bodies:
        raise NotFound(code="agenda.body")
    return show(request, "agenda/bodies.html", example=page.agenda.example, page=page)
