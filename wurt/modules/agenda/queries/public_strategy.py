"""Strategy, goals, documents, bodies and organisations in public."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q

from wurt.core.action.actor import Actor
from wurt.core.db.errors import NotFound
from wurt.core.tenancy.models import Organisation
from wurt.modules.agenda.models import Agenda, Body, BodyMember, Goal, Project, StrategyDocument
from wurt.modules.agenda.queries.public_project import public_name
from wurt.modules.agenda.queries.public_scope import AgendaFact, agenda, public_projects


@dataclass(frozen=True, slots=True)
class Link:
    """A project as a link."""

    slug: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class GoalFact:
    """A goal with the public projects that serve it."""

    slug: str
    title: str
    text: str
    projects: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DocumentFact:
    """One version of a download. ``newest``: no later version of the same kind."""

    kind: str
    label: str
    version: str
    note: str
    published_at: datetime
    file: UUID
    file_name: str
    size: int
    newest: bool


@dataclass(frozen=True, slots=True)
class StrategyPage:
    """The strategy: text in Markdown, goals, downloads, bodies."""

    agenda: AgendaFact
    text: str
    goals: tuple[GoalFact, ...]
    documents: tuple[DocumentFact, ...]
    bodies: tuple["BodyLine", ...]


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body in a list."""

    slug: str
    kind: str
    name: str
    text: str
    seats: int


@dataclass(frozen=True, slots=True)
class Seat:
    """A member by partner and function; ``name`` only with consent, else empty."""

    organisation: str
    website: str
    function: str
    name: str


@dataclass(frozen=True, slots=True)
class BodyPage:
    """A body with its members, and the other bodies."""

    agenda: AgendaFact
    slug: str
    kind: str
    name: str
    text: str
    seats: tuple[Seat, ...]
    others: tuple[BodyLine, ...]


@dataclass(frozen=True, slots=True)
class OrganisationFact:
    """An organisation that is a partner of the county or named in a public project."""

    id: str
    slug: str
    name: str
    kind: str
    place: str
    website: str
    partner: bool
    example: bool


def strategy_page(actor: Actor) -> StrategyPage:
    """The strategy. Raises NotFound before ``wurt init``. Six queries."""
    text = Agenda.objects.values_list("strategy", flat=True).first()
    return StrategyPage(agenda(actor), text or "", goals(actor), documents(actor), bodies(actor))


def goals(actor: Actor) -> tuple[GoalFact, ...]:
    """All goals in order, each with its public projects by title."""
    projects = public_projects().only("slug", "title", "short_title", "state").order_by("title")
    rows = Goal.objects.prefetch_related(Prefetch("projects", queryset=projects, to_attr="public"))
    return tuple(GoalFact(row.slug, row.title, row.text, _links(row.public)) for row in rows)


def _links(projects: Iterable[Project]) -> tuple[Link, ...]:
    return tuple(Link(project.slug, project.name, project.state) for project in projects)


def documents(actor: Actor) -> tuple[DocumentFact, ...]:
    """All versions of the downloads whose file everybody may fetch, the newest of each kind first."""
    seen: set[str] = set()
    found = []
    for row in StrategyDocument.objects.filter(file__public=True).select_related("file"):
        found.append(
            DocumentFact(
                row.kind,
                str(row.get_kind_display()),
                row.version_name,
                row.note,
                row.published_at,
                row.file.public_id,
                row.file.name,
                row.file.size,
                row.kind not in seen,
            )
        )
        seen.add(row.kind)
    return tuple(found)


def bodies(actor: Actor) -> tuple[BodyLine, ...]:
    """Steering group, project group, working groups, in order."""
    rows = Body.objects.prefetch_related(Prefetch("members", queryset=BodyMember.objects.only("body_id")))
    return tuple(BodyLine(row.slug, row.kind, row.name, row.text, len(row.members.all())) for row in rows)


def body_page(actor: Actor, slug: str) -> BodyPage:
    """A body with its members. Raises NotFound. Four queries."""
    body = Body.objects.filter(slug=slug).first()
    if body is None:
        raise NotFound(code="agenda.body")
    seats = tuple(
        Seat(seat.organisation.name, seat.organisation.website, seat.function, public_name(seat.person))
        for seat in BodyMember.objects.filter(body=body).select_related("organisation", "person")
    )
    others = tuple(line for line in bodies(actor) if line.slug != slug)
    return BodyPage(agenda(actor), slug, body.kind, body.name, body.text, seats, others)


def organisations(actor: Actor) -> tuple[OrganisationFact, ...]:
    """Partners of the county and all organisations of public projects, by name."""
    shown = public_projects()
    rows = Organisation.objects.filter(
        Q(is_partner=True)
        | Q(pk__in=shown.values("lead_organisation"))
        | Q(pk__in=shown.values("parties__organisation"))
    ).select_related("place")
    return tuple(
        OrganisationFact(
            str(row.public_id),
            row.slug,
            row.name,
            row.kind,
            row.place.name,
            row.website,
            row.is_partner,
            row.is_example,
        )
        for row in rows.order_by("name")
    )
