"""What the selects of an import's review offer."""

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.modules.agenda.models import Field, Project
from wurt.modules.agenda.policies import IMPORT


def project_choices(actor: Actor) -> list[tuple[str, str]]:
    """All projects to choose from: (public id, title)."""
    authorize(actor, IMPORT)
    return [
        (str(pk), title) for pk, title in Project.objects.order_by("title").values_list("public_id", "title")
    ]


def field_choices(actor: Actor) -> list[tuple[str, str]]:
    """All fields of action: (slug, name)."""
    authorize(actor, IMPORT)
    return [(row.slug, row.name) for row in Field.objects.all()]
