"""Fields, goals, bodies, strategy and documents on the desk."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from wurt.core.action.actor import Actor
from wurt.core.db.errors import NotFound
from wurt.modules.agenda.domain.rounds import USUAL
from wurt.modules.agenda.models import Agenda, Body, Field, Goal, Project, StrategyDocument
from wurt.modules.agenda.queries.desk import check_manage, check_strategy


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of action with how many projects it has."""

    slug: str
    name: str
    projects: int


def field_rows(actor: Actor) -> list[FieldRow]:
    """The fields in their order."""
    check_manage(actor)
    rows = Field.objects.annotate(number=Count("projects"))
    return [FieldRow(row.slug, row.name, row.number) for row in rows]


def field(actor: Actor, slug: str) -> Field:
    """One field for its form. Raises NotFound."""
    check_manage(actor)
    row = Field.objects.filter(slug=slug).first()
    if row is None:
        raise NotFound(code="agenda.field")
    return row


def goal_rows(actor: Actor) -> list[tuple[str, str, int]]:
    """(slug, title, number of projects) of the goals in their order."""
    check_manage(actor)
    return [(row.slug, row.title, row.number) for row in Goal.objects.annotate(number=Count("projects"))]


def goal(actor: Actor, slug: str) -> tuple[Goal, dict[str, Any]]:
    """One goal and what its form starts from. Raises NotFound."""
    check_manage(actor)
    row = Goal.objects.filter(slug=slug).first()
    if row is None:
        raise NotFound(code="agenda.goal")
    linked = [str(key) for key in row.projects.values_list("public_id", flat=True)]
    return row, {"title": row.title, "text": row.text, "projects": linked, "version": row.version}


def project_choices(actor: Actor) -> list[tuple[str, str]]:
    """All projects, for linking."""
    check_manage(actor)
    return [(str(key), title) for key, title in Project.objects.values_list("public_id", "title")]


def body_rows(actor: Actor) -> list[tuple[str, str, str, int]]:
    """(slug, name, kind, number of members) of the bodies in their order."""
    check_manage(actor)
    rows = Body.objects.annotate(number=Count("members"))
    return [(row.slug, row.name, row.get_kind_display(), row.number) for row in rows]


def body(actor: Actor, slug: str) -> Body:
    """One body. Raises NotFound."""
    check_manage(actor)
    row = Body.objects.filter(slug=slug).first()
    if row is None:
        raise NotFound(code="agenda.body")
    return row


def member_values(actor: Actor, row: Body) -> list[dict[str, Any]]:
    """Rows of the form of a body's members."""
    return [
        {
            "organisation": str(member.organisation.public_id),
            "function": member.function,
            "person": str(member.person.public_id) if member.person else "",
        }
        for member in row.members.select_related("organisation", "person")
    ]


def agenda_values(actor: Actor) -> dict[str, Any]:
    """What the form of the agenda's texts starts from."""
    row: Agenda = check_strategy(actor)
    names = ("name", "motto", "intro", "strategy", "horizon", "licence", "licence_url", "contact", "version")
    return {name: getattr(row, name) for name in names}


def rounds_values(actor: Actor) -> dict[str, Any]:
    """What the form of the rounds starts from."""
    row: Agenda = check_strategy(actor)
    return {
        "opens": row.round_opens,
        "days": row.round_days or USUAL.days,
        "every": row.round_every or USUAL.every,
        "back": USUAL.back if row.round_back is None else row.round_back,
        "approval": bool(row.approval),
        "version": row.version,
    }


def documents(actor: Actor) -> list[StrategyDocument]:
    """All versions of the documents, newest first."""
    agenda = check_strategy(actor)
    return list(agenda.documents.select_related("file"))
