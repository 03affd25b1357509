"""What every public query starts from: the agenda, the projects that are public, words of the filters.

Public pages show the same to everybody, whoever is signed in: the scope is the anonymous visitor's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_date

from wurt.core.action.actor import ANONYMOUS, Actor
from wurt.core.action.permission import scope_q
from wurt.core.db.errors import NotFound
from wurt.modules.agenda.models import Agenda, Project, ProjectState
from wurt.modules.agenda.policies import VIEW_PROJECT

STATES: tuple[str, ...] = (
    ProjectState.RUNNING.value,
    ProjectState.PLANNED.value,
    ProjectState.COMPLETED.value,
    ProjectState.STOPPED.value,
)
STATUSES = ("green", "yellow", "red", "none")


@dataclass(frozen=True, slots=True)
class AgendaFact:
    """The agenda as the head of every page needs it. ``contact``: whom to ask about taking part."""

    name: str
    county: str
    motto: str
    intro: str
    horizon: str
    contact: str
    licence: str
    licence_url: str
    example: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: ``value`` stands in the address, ``count`` how many projects have it."""

    value: str
    label: str
    count: int = 0


def agenda(actor: Actor) -> AgendaFact:
    """The county's agenda. Raises NotFound before ``wurt init``."""
    row = Agenda.objects.values_list(
        "name", "place__name", "motto", "intro", "horizon", "contact", "licence", "licence_url", "is_example"
    ).first()
    if row is None:
        raise NotFound(code="agenda.agenda")
    return AgendaFact(*row)


def is_example(actor: Actor) -> bool:
    """Is this the demo county? False before ``wurt init``."""
    return bool(Agenda.objects.values_list("is_example", flat=True).first())


def visible() -> Q:
    """The projects that everybody may see."""
    return scope_q(ANONYMOUS, VIEW_PROJECT)


def public_projects() -> QuerySet[Project]:
    """The projects that everybody may see."""
    return Project.objects.filter(visible())


def text_of(query: Mapping[str, str], name: str, longest: int = 100) -> str:
    """A filter from the address: trimmed, cut, never an error."""
    return " ".join(query.get(name, "").replace("\x00", "").split())[:longest]


def one_of(query: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    """A filter from the address that must be one of the allowed words; anything else counts as not set."""
    value = query.get(name, "")
    return value if value in allowed else ""


def is_month(value: str) -> bool:
    """Is this YYYY-MM?"""
    return len(value) == 7 and value[4] == "-" and _day(f"{value}-01") is not None


def _day(value: str) -> date | None:
    try:
        return parse_date(value)
    except ValueError:
        return None
