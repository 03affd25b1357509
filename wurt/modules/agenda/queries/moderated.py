"""Projects and months as the moderation desk sees them."""

from dataclasses import dataclass
from uuid import UUID

from wurt.core.action.actor import Actor
from wurt.modules.agenda.models import Agenda, Project, PublishedReport
from wurt.modules.agenda.queries.public_published import editions, month_fact
from wurt.modules.agenda.queries.public_scope import public_projects


@dataclass(frozen=True, slots=True)
class Moderated:
    """``frozen``: published months tell about it, so it cannot be hidden."""

    key: str
    address: str
    title: str
    text: str
    place: int
    frozen: bool
    public: bool


def public_project(actor: Actor, slug: str) -> Moderated | None:
    """A project that everybody may see, by its address."""
    row = public_projects().filter(slug=slug).first()
    return _project(row) if row else None


def any_project(actor: Actor, key: str) -> Moderated | None:
    """A project by public id, hidden ones too."""
    try:
        row = Project.objects.filter(public_id=UUID(key)).first()
    except ValueError:
        return None
    return _project(row) if row else None


def public_month(actor: Actor, month: str) -> Moderated | None:
    """A published month (YYYY-MM)."""
    found = next((one for one in editions(actor) if one.month == month), None)
    place = Agenda.objects.values_list("place_id", flat=True).first()
    if found is None or place is None:
        return None
    return Moderated(month, month, month, month_fact(found).intro, place, True, True)


def _project(row: Project) -> Moderated:
    frozen = PublishedReport.objects.filter(project=row).exists()
    text = "\n\n".join(part for part in (row.goal, row.content, row.participation, row.contact) if part)
    public = row.public_since is not None
    return Moderated(str(row.public_id), row.slug, row.title, text, row.place_id, frozen, public)
