"""What the agenda shows on My page: the projects that the signed-in person leads."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse

from wurt.core.action.actor import Actor
from wurt.modules.agenda.models import Project


def led_projects(actor: Actor) -> Mapping[str, Any] | None:
    """Titles and desk addresses of projects led or deputised for; None where there are none."""
    if actor.person is None:
        return None
    rows = Project.objects.filter(Q(lead=actor.person) | Q(deputy=actor.person)).order_by("title", "pk")
    projects = [
        {
            "title": row.name,
            "url": reverse("agenda:desk_project", args=[row.slug]),
            "state": row.get_state_display(),
            "deputy": row.lead_id != actor.person,
        }
        for row in rows
    ]
    return {"projects": projects} if projects else None
