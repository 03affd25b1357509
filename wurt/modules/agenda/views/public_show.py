"""Turns what the queries answer into labels, links and tables. No rules, no database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from wurt.core.web import format as formats
from wurt.core.web import marks
from wurt.core.web.tables import Export
from wurt.core.web.text import german
from wurt.modules.agenda.domain.snapshot import MilestoneFact
from wurt.modules.agenda.exports import wording
from wurt.modules.agenda.queries.public_home import Home
from wurt.modules.agenda.queries.public_milestones import KINDS, MilestonePage
from wurt.modules.agenda.queries.public_months import MonthPage
from wurt.modules.agenda.queries.public_overview import Overview
from wurt.modules.agenda.queries.public_project import ProjectPage
from wurt.modules.agenda.queries.public_scope import STATES, STATUSES, Choice


@dataclass(frozen=True, slots=True)
class Tab:
    """A link that looks like a tab."""

    label: str
    url: str
    active: bool
    count: int


@dataclass(frozen=True, slots=True)
class Filter:
    """A select field of a filter bar; ``choices`` begins with "all". ``german``: they are words of the
    county."""

    name: str
    label: str
    chosen: str
    choices: tuple[Choice, ...]
    german: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """One thing a visitor can do, on the home page."""

    title: str
    url: str
    text: str


def query(pairs: Iterable[tuple[str, str]]) -> str:
    """``?a=b`` or nothing."""
    text = urlencode(list(pairs))
    return f"?{text}" if text else ""


def _with(pairs: Sequence[tuple[str, str]], name: str, value: str) -> str:
    """The same address with one filter changed."""
    kept = [(key, old) for key, old in pairs if key != name]
    return query([*kept, (name, value)] if value else kept) or "?"


def state_word(state: str) -> str:
    """The state of a project in the language of the page."""
    return str(marks.state_of(state).word)


def status_word(status: str | None) -> str:
    """The status in the language of the page; None and "none" read "not stated"."""
    return str(marks.status_of(status).word)


def doors(page: Home) -> tuple[Door, ...]:
    """What can I do here, in the words of a citizen."""
    found = [
        Door(
            _("See what is being worked on"),
            reverse("agenda:overview"),
            _("All projects with goal, partners, costs and how far they are."),
        ),
        Door(
            _("Read how it is going"),
            reverse("agenda:months"),
            _("Every month a report: what moved, what is late, what comes next."),
        ),
        Door(
            _("Know when something comes"),
            reverse("agenda:milestones"),
            _("Milestones of all projects, also for your own calendar."),
        ),
        Door(
            _("See everything at a glance"),
            reverse("agenda:timeline"),
            _("All projects on one timeline."),
        ),
        Door(
            _("Understand where we want to go"),
            reverse("agenda:strategy"),
            _("Motto, goals and the people who steer."),
        ),
        Door(
            _("Use the data yourself"),
            reverse("agenda:data"),
            _("Tables and an open interface, free to use with the source named."),
        ),
    ]
    return tuple(found)


def pages(number: int, page: int) -> Page[int]:
    """Page ``page`` of ``number``, for the links below a list."""
    return Paginator(range(number), 1).get_page(page)


# --- overview


def state_tabs(page: Overview) -> tuple[Tab, ...]:
    """All, and one tab per state with the number of all projects in it."""
    pairs = page.filter.pairs
    first = Tab(_("All"), _with(pairs, "stand", ""), not page.filter.state, page.counts.total)
    return (
        first,
        *(
            Tab(
                capital(state_word(state)),
                _with(pairs, "stand", state),
                page.filter.state == state,
                getattr(page.counts, state),
            )
            for state in STATES
        ),
    )


def capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def project_filters(page: Overview) -> tuple[Filter, ...]:
    """Field, status, partner and place; the state is chosen by the tabs."""
    chosen = page.filter
    statuses = tuple(Choice(status, capital(status_word(status))) for status in STATUSES)
    return (
        Filter("feld", _("Field of action"), chosen.field, page.fields, german=True),
        Filter("status", _("Status"), chosen.status, statuses),
        Filter("partner", _("Partner"), chosen.partner, page.partners),
        *((Filter("ort", _("Place"), chosen.place, page.places),) if len(page.places) > 1 else ()),
    )


# --- project


def span(start: date | None, end: date | None, planned: str = "") -> str:
    """From when to when, in words."""
    if start and end:
        return _("%(start)s to %(end)s") % {"start": formats.day(start), "end": formats.day(end)}
    if start:
        return _("since %(start)s") % {"start": formats.day(start)}
    if end:
        return _("until %(end)s") % {"end": formats.day(end)}
    return _("planned from %(start)s") % {"start": formats.due(planned)} if planned else ""


def _lines(values: Sequence[str]) -> Any:
    if len(values) < 2:
        return values[0] if values else ""
    return format_html_join("", "{}", ((_item(value),) for value in values))


def _item(value: str) -> Any:
    return format_html_join("", "<p>{}</p>", ((value,),))


def profile_facts(page: ProjectPage) -> list[tuple[str, Any]]:
    """The profile as pairs of label and value; what is not known is left out."""
    profile = page.profile
    lead = " – ".join(part for part in (profile.lead, profile.lead_organisation) if part)
    return [
        (_("Field of action"), german(profile.field)),
        (_("Lead"), german(lead)),
        (_("Duration"), span(profile.start, profile.end, profile.planned_start)),
        (_ended(page.head.state), formats.day(profile.ended_on)),
        (_("Place"), profile.place),
        (_("Cooperation partners"), _lines(profile.partners)),
        (_("Stakeholders"), _lines([german(name) for name in profile.stakeholders])),
        (_("Costs"), _lines([german(wording.cost_text(cost)) for cost in profile.costs])),
    ]


def _ended(state: str) -> str:
    return _("Stopped on") if state == "stopped" else _("Completed on")


def shifts(milestones: Iterable[MilestoneFact]) -> int:
    """How many milestones were moved at least once."""
    return sum(bool(item.shifts) for item in milestones)


# --- months


def legend() -> tuple[Any, ...]:
    """The three meanings of the status, in their fixed order."""
    return wording.legend()


def month_downloads(page: MonthPage) -> tuple[Export, ...]:
    """PDF, slides, JSON, CSV of the version shown, and the imported originals."""
    values: dict[str, Any] = {"month": page.edition.month}
    name = "agenda:month_file"
    if page.edition.number != page.current:
        values["number"] = page.edition.number
        name = "agenda:version_file"
    labels = (("pdf", _("PDF")), ("pptx", _("Slides (PPTX)")), ("json", "JSON"), ("csv", "CSV"))
    made = [Export(label, reverse(name, kwargs={**values, "kind": kind})) for kind, label in labels]
    originals = [
        Export(
            _("Original: %(name)s") % {"name": item.name},
            reverse("agenda:original", args=[page.edition.month, item.id]),
        )
        for item in page.originals
    ]
    return (*made, *originals)


# --- milestones and timeline


def kind_word(kind: str) -> str:
    """A kind of milestone in words."""
    return {
        "overdue": _("overdue"),
        "due": _("open"),
        "undated": _("without a date"),
        "moved": _("moved"),
        "done": _("reached"),
    }[kind]


def milestone_tabs(page: MilestonePage) -> tuple[Tab, ...]:
    """All, and one tab per kind."""
    pairs = page.filter.pairs
    total = sum(count for kind, count in page.counts.items() if kind != "moved")
    return (
        Tab(_("All"), _with(pairs, "art", ""), not page.filter.kind, total),
        *(
            Tab(
                capital(kind_word(kind)),
                _with(pairs, "art", kind),
                page.filter.kind == kind,
                page.counts[kind],
            )
            for kind in KINDS
        ),
    )


def milestone_filters(page: MilestonePage) -> tuple[Filter, ...]:
    """Field and project."""
    return (
        Filter("feld", _("Field of action"), page.filter.field, page.fields, german=True),
        Filter("projekt", _("Project"), page.filter.project, page.projects, german=True),
    )
