"""Subscriptions: what is new as Atom, milestones as a calendar; for the agenda, a field, a project."""

import hashlib
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from wurt.core.web.public import download, public_page
from wurt.modules.agenda.exports import wording
from wurt.modules.agenda.exports.feeds import CalendarEntry, FeedEntry, atom_feed, calendar_ics
from wurt.modules.agenda.queries.public_milestones import (
    MilestoneFilter,
    MilestoneLine,
    MilestonePage,
    milestone_page,
)
from wurt.modules.agenda.queries.public_news import (
    NewsPage,
    ReportNews,
    agenda_news,
    field_news,
    project_news,
)
from wurt.modules.agenda.queries.public_project import head
from wurt.modules.agenda.queries.public_published import Edition
from wurt.modules.agenda.views.public_http import actor_of, follow_renames

FEED_SECONDS = 900
ATOM = "application/atom+xml; charset=utf-8"
ICS = "text/calendar; charset=utf-8"


@public_page(FEED_SECONDS)
def agenda_atom(request: HttpRequest) -> HttpResponse:
    """What is new in the agenda."""
    return _atom(request, agenda_news(actor_of(request)), reverse("agenda:months"))


@public_page(FEED_SECONDS)
def field_atom(request: HttpRequest, slug: str) -> HttpResponse:
    """What is new in a field of action."""
    return _atom(request, field_news(actor_of(request), slug), f"{reverse('agenda:overview')}?feld={slug}")


@public_page(FEED_SECONDS)
@follow_renames
def project_atom(request: HttpRequest, slug: str) -> HttpResponse:
    """Every report of a project."""
    return _atom(request, project_news(actor_of(request), slug), reverse("agenda:project", args=[slug]))


@public_page(FEED_SECONDS)
def agenda_ics(request: HttpRequest) -> HttpResponse:
    """Milestones of all projects."""
    page = milestone_page(actor_of(request), MilestoneFilter.read(request.GET), per_page=None)
    return _calendar(page, page.agenda.name, "meilensteine", page.agenda.example)


@public_page(FEED_SECONDS)
def field_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """Milestones of a field of action."""
    page = milestone_page(actor_of(request), MilestoneFilter(field=slug), per_page=None)
    name = field_news(actor_of(request), slug).title
    return _calendar(page, name, f"meilensteine-{slug}", page.agenda.example)


@public_page(FEED_SECONDS)
@follow_renames
def project_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """Milestones of a project."""
    project = head(actor_of(request), slug)
    page = milestone_page(actor_of(request), MilestoneFilter(project=slug), per_page=None)
    return _calendar(page, project.title, f"meilensteine-{slug}", page.agenda.example or project.example)


def address(path: str) -> str:
    """A path as a full address of this site."""
    return f"{settings.WURT_URL}{path}"


def _atom(request: HttpRequest, page: NewsPage, path: str) -> HttpResponse:
    with translation.override("de"):
        entries = [_month_entry(page, month) for month in page.months]
        entries += [_report_entry(item, page.example) for item in page.reports]
        text = atom_feed(
            entries,
            title=page.title if page.title == page.agenda.name else f"{page.title} – {page.agenda.name}",
            url=address(path),
            feed_url=address(request.path),
            author=page.agenda.county,
            example=page.example,
        )
    response = HttpResponse(text, content_type=ATOM)
    if page.example:
        response["X-Robots-Tag"] = "noindex"
    return response


def _month_entry(page: NewsPage, month: Edition) -> FeedEntry:
    url = address(reverse("agenda:month", args=[month.month]))
    title = _("Status report %(month)s") % {"month": wording.month_name(month.month)}
    if month.number > 1:
        title = _("%(title)s, corrected") % {"title": title}
    return FeedEntry(
        title=title,
        url=url,
        unique_id=url,
        updated=month.published_at,
        summary=month.note,
        author=page.agenda.county,
        example=month.example or page.example,
    )


def _report_entry(item: ReportNews, example: bool) -> FeedEntry:
    url = address(reverse("agenda:project", args=[item.project.slug]))
    mark = wording.mark(item.fact.status)
    told = (item.fact.progress or "") if item.fact.has_progress else ""
    status = _("Status: %(word)s") % {"word": mark.word}
    return FeedEntry(
        title=f"{item.project.title} – {wording.month_name(item.month)}",
        url=address(reverse("agenda:month", args=[item.month])) + f"#{item.fact.profile.key}",
        unique_id=f"{url}#{item.month}",
        updated=item.at,
        summary="\n\n".join(part for part in (status, item.fact.status_reason, told) if part),
        author=item.project.lead_organisation,
        example=item.project.example or example,
    )


def _calendar(page: MilestonePage, name: str, file: str, example: bool) -> HttpResponse:
    with translation.override("de"):
        title = _("Milestones: %(name)s") % {"name": name}
        entries = [_event(line, example) for line in page.lines]
        content = calendar_ics(entries, name=f"{title} ({wording.EXAMPLE})" if example else title)
    return download(content, ICS, f"{file}.ics", example=example)


def _event(line: MilestoneLine, example: bool) -> CalendarEntry:
    same = hashlib.sha256(f"{line.project.id} {line.fact.label.casefold()}".encode()).hexdigest()[:32]
    return CalendarEntry(
        uid=f"{same}@{urlsplit(settings.WURT_URL).hostname}",
        project=line.project.name,
        milestone=line.fact,
        changed_at=line.changed_at,
        url=address(reverse("agenda:project", args=[line.project.slug])),
        example=line.project.example or example,
    )
